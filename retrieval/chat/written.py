"""What a chat model writes → sentences and what they cite, each as soon as it is complete."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..sentences import Sentence, sentences

# What some models write before their answer, for themselves.
THOUGHT = re.compile(r"\s*<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
NUMBERS = r"(?P<numbers>[\^#]?\d{1,3}(?:\s*(?:[,;&–-]|and)\s*[\^#]?\d{1,3})*)"
PASSAGES = r"(?:passages?|sources?|documents?)\s+"
# A citation as models write it: [1], [1, 2], [1-3], [^1], [Passage 1], and 【1】 in wide brackets;
# (Passage 1), where a bare number would be a number.
CITED = re.compile(rf"[\[【]\s*(?:{PASSAGES})?{NUMBERS}\s*[\]】]", re.IGNORECASE)
IN_WORDS = re.compile(rf"\(\s*(?:see\s+)?{PASSAGES}{NUMBERS}\s*\)", re.IGNORECASE)
# What a sentence may begin with. Members see other numbers, those of the footnotes.
LEAD = re.compile(
    rf"(?:according to|as \w+ in|based on|in|from|per)\s+{PASSAGES}{NUMBERS}\s*,\s*(?P<next>\w+)",
    re.IGNORECASE,
)
RANGE = re.compile(r"(\d+)\s*[–-]\s*[\^#]?(\d+)")
MARK = re.compile(r"\s*\[(\d{1,3})\]")
# A citation that isn't complete yet.
UNCLOSED = re.compile(r"\s*(?:[\[【][^\]】]*|\([^)]{0,40})\Z")
# What Markdown puts around words, and before a line.
DRESS = re.compile(r"\*\*|__|`")
BEFORE = re.compile(r"^\s*(?:[-*•>]|#{1,6}|\d{1,2}[.)])\s+", re.MULTILINE)
# A word that is complete, after which what stands before it can be judged.
WORD = re.compile(r"\S+\s")
MOST_CITED = 20


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, without its marks, and the numbers of the passages it cites."""

    text: str
    cited: tuple[int, ...]


@dataclass(slots=True)
class Writing:
    """An answer that is being written."""

    _text: str = field(default="", init=False)

    def add(self, piece: str) -> Iterator[Claim]:
        """Takes what was written next, and yields the sentences that are complete with it."""
        self._text += piece
        written = UNCLOSED.sub("", self._text)
        readable = _readable(written)
        *complete, last = sentences(readable) or [Sentence(0, 0, 0, False)]
        # Where a sentence ends depends on the word that comes next.
        if complete and WORD.match(readable, last.start):
            self._text = readable[last.start :] + self._text[len(written) :]
            yield from _claims(readable, complete)

    def rest(self) -> Iterator[Claim]:
        """The sentences that are left when the model is done."""
        readable, self._text = _readable(self._text), ""
        yield from _claims(readable, sentences(readable))


def _readable(text: str) -> str:
    """The text with its citations written alike, without thoughts and without Markdown."""
    cited = IN_WORDS.sub(_marks, CITED.sub(_marks, THOUGHT.sub("", text, count=1)))
    return DRESS.sub("", cited)


def _marks(match: re.Match[str]) -> str:
    spelled = RANGE.sub(lambda m: _through(int(m[1]), int(m[2])), match["numbers"])
    return "".join(f"[{number}]" for number in re.findall(r"\d+", spelled))


def _through(first: int, last: int) -> str:
    return ",".join(str(number) for number in range(first, min(last, first + MOST_CITED) + 1))


def _claims(text: str, found: list[Sentence]) -> Iterator[Claim]:
    for sentence in found:
        written = _plainly(text[sentence.start : sentence.end])
        cited = dict.fromkeys(int(number) for number in MARK.findall(written))
        if said := " ".join(MARK.sub("", written).split()):
            yield Claim(said, tuple(cited))


def _plainly(sentence: str) -> str:
    """The sentence without what stands before it in a list, and without the passage that it begins
    with, which it cites instead."""
    sentence = BEFORE.sub("", sentence)
    if (lead := LEAD.match(sentence)) is None:
        return sentence
    following = lead["next"]
    return f"{following[0].upper()}{following[1:]}{_marks(lead)}{sentence[lead.end() :]}"
