"""A chat model's text → claims: its sentences and what they cite, each as soon as it is complete.

First the many ways in which models write citations, made alike: [1][2]. Then the sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.answer.chat.thinking import Thoughts
from retrieval.text.segmentation.sentences import CITED as NOTE
from retrieval.text.segmentation.sentences import Sentence, sentences

PASSAGES = r"(?:passages?|sources?|documents?)(?:\s*:\s*|\s+)"
NUMBER = r"[\^#]?\d{1,3}"
NUMBERS = rf"(?P<numbers>{NUMBER}(?:\s*(?:[,;&–-]|and)\s*(?:{PASSAGES})?{NUMBER})*)"
MARK = re.compile(r"\s*\[(\d{1,3})\]")
MARKS = r"(?P<marks>\[\d{1,3}\](?:\s*\[\d{1,3}\])*)"
# [1], [1, 2], [1-3], [^1], [Passage 1], and 【1】 in wide brackets.
CITED = re.compile(rf"[\[【]\s*(?:{PASSAGES})?{NUMBERS}\s*[\]】]", re.IGNORECASE)
# [1]–[3]; [1], [2] and [3].
FROM_TO = re.compile(r"\[(\d{1,3})\]\s*[–-]\s*\[(\d{1,3})\]")
BETWEEN = re.compile(r"(?<=\d\])\s*(?:[,;&]|,?\s*and)\s*(?=\[\d{1,3}\])")
# Marks that have a line of their own, under the sentence that they belong to.
ON_A_LINE = re.compile(r"\s*\n\s*(?=(?:\[\d{1,3}\][^\S\n]*)+\n)")
# (Passage 1) and (see [1]), but a number alone in round brackets is a number.
IN_BRACKETS = re.compile(
    r"\(\s*(?:(?:see|from|(?:as\s+)?per)\s+)?"
    rf"(?:{PASSAGES}{NUMBERS}|(?:{PASSAGES})?{MARKS})\s*\)",
    re.IGNORECASE,
)
RANGE = re.compile(rf"(\d+)\s*[–-]\s*(?:{PASSAGES})?[\^#]?(\d+)", re.IGNORECASE)
MOST_CITED = 20
# What a sentence may begin or end with. Members see other numbers, those of the footnotes.
NAMED = rf"(?:{PASSAGES}{NUMBERS}|{MARKS})"
BY = r"according to|as \w+ in|(?:as\s+)?per"
LEAD = re.compile(rf"(?:{BY}|based on|in|from)\s+{NAMED}\s*,\s*(?P<next>\w+)", re.IGNORECASE)
TRAIL = re.compile(
    rf",?\s+(?:{BY})\s+{NAMED}(?=\s*[.!?]?(?:\s*\[\d{{1,3}}\])*\s*\Z)", re.IGNORECASE
)
# A full stop before the mark, and one behind it.
STOPPED_TWICE = re.compile(r"(?<=[.!?])((?:\s*\[\d{1,3}\])+)\.")
# A citation that isn't complete yet. What is longer is none.
UNFINISHED = re.compile(
    r"\s*(?:[\[【][^\]】]{0,100}|\([^)]{0,40}|(?<=\d\])\s*(?:[,;&–-]|,?\s*and)\s*)\Z"
)


def alike(text: str) -> str:
    """The text with each citation as the numbers of passages, each in brackets."""
    text = FROM_TO.sub(r"[\1-\2]", CITED.sub(_marks, text))
    text = IN_BRACKETS.sub(_marks, BETWEEN.sub("", CITED.sub(_marks, text)))
    return ON_A_LINE.sub(" ", text)


def unfinished(text: str) -> int:
    """The offset of what may become a citation at the end of a text; its length if nothing may."""
    match = UNFINISHED.search(text)
    return match.start() if match else len(text)


def parted(sentence: str) -> tuple[str, tuple[int, ...]]:
    """A sentence whose marks are alike → itself without them, and the numbers of what it cites.

    A passage that it names, as in “According to passage 1, …”, is cited instead.
    """
    named = ""
    if lead := LEAD.match(sentence):
        named += _marks(lead)
        sentence = f"{lead['next'][0].upper()}{lead['next'][1:]}{sentence[lead.end() :]}"
    if trail := TRAIL.search(sentence):
        sentence = sentence[: trail.start()] + _marks(trail) + sentence[trail.end() :]
    numbers = dict.fromkeys(int(number) for number in MARK.findall(named + sentence))
    return MARK.sub("", STOPPED_TWICE.sub(r"\1", sentence)), tuple(numbers)


def _marks(match: re.Match[str]) -> str:
    named = match.groupdict()
    if marks := named.get("marks"):
        return marks
    spelled = RANGE.sub(lambda m: _through(int(m[1]), int(m[2])), named["numbers"])
    return "".join(f"[{number}]" for number in re.findall(r"\d+", spelled))


def _through(first: int, last: int) -> str:
    return ",".join(str(number) for number in range(first, min(last, first + MOST_CITED) + 1))


# What Markdown puts around words, and before a line that is more than its mark.
DRESS = re.compile(r"\*\*|__|`")
BEFORE = re.compile(r"^\s*(?:[-*•>]|#{1,6}|\d{1,2}[.)])\s+(?!(?:\[\d{1,3}\]\s*)+\Z)", re.MULTILINE)
# A number of a list that is taken for a sentence, or for the end of one.
ITEM = re.compile(r"(?:\A|\n)\s*\d{1,2}[.)]\Z")
# More white space than tells a paragraph from a line, and a line from a word.
BLANK = re.compile(r"\s{3,}")
# What comes next is a word that is complete or longer than words are. Marks and points are none:
# they are part of the sentence before them. So many of them that no word can be waited for are one.
WORD = re.compile(rf"(?:(?:{NOTE}|[^\w\s]|_)\s*){{0,40}}+(?:\S{{80}}|\S+\s)")
# What is read at once: a word, or a part of one where no space is near, as in Chinese.
STEP = re.compile(r"\s{20}|\s*(?:\S{20}|\S+\s)")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, without its marks, and the numbers of the passages it cites."""

    text: str
    cited: tuple[int, ...]


@dataclass(slots=True)
class Writing:
    """An answer that is being written.

    It is read word by word, however many of them come at once, so where its pieces are cut makes
    no difference. What a word costs doesn't grow with what was written before: of that, only what
    isn't a sentence yet is kept, in which no run of white space, no citation and no sentence is
    endless.
    """

    _thoughts: Thoughts = field(default_factory=Thoughts, init=False)
    _text: str = field(default="", init=False)
    _unread: str = field(default="", init=False)

    def add(self, piece: str) -> Iterator[Claim]:
        """Takes what was written next, and yields the sentences that are complete with it."""
        written = self._unread + self._thoughts.left_out(piece)
        steps = STEP.findall(written)
        self._unread = written[sum(map(len, steps)) :]
        for step in steps:
            yield from self._read(step)

    def rest(self) -> Iterator[Claim]:
        """The sentences that are left when the model is done."""
        text, self._text, self._unread = self._text + self._unread + self._thoughts.rest(), "", ""
        readable = _readable(text).rstrip()
        yield from _claims(readable, sentences(readable))

    def _read(self, step: str) -> Iterator[Claim]:
        text = BLANK.sub(_breaks, self._text + step)
        until = unfinished(text)
        readable = _readable(text[:until])
        *complete, last = sentences(readable) or [Sentence(0, 0, 0, False)]
        # Where a sentence ends depends on the word that comes next.
        begins = last.start if complete and WORD.match(readable, last.start) else 0
        self._text = readable[begins:] + text[until:]
        if begins:
            yield from _claims(readable, complete)


def _breaks(blank: re.Match[str]) -> str:
    return "\n" * min(blank.group().count("\n"), 2) or " "


def _readable(text: str) -> str:
    """The text without Markdown, and with its citations written alike."""
    return alike(DRESS.sub("", text))


def _claims(text: str, found: list[Sentence]) -> Iterator[Claim]:
    for sentence in found:
        written = text[sentence.start : sentence.end]
        item = ITEM.search(written) if sentence.end < len(text) else None
        said, cited = parted(BEFORE.sub("", written[: item.start()] if item else written))
        if said := " ".join(said.split()):
            yield Claim(said, cited)
