"""What a chat model writes → sentences and what they cite, each as soon as it is complete."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.text.sentences import Sentence, sentences

from .claims import alike, parted, unfinished
from .thoughts import Thoughts

# What Markdown puts around words, and before a line that is more than its mark.
DRESS = re.compile(r"\*\*|__|`")
BEFORE = re.compile(r"^\s*(?:[-*•>]|#{1,6}|\d{1,2}[.)])\s+(?!(?:\[\d{1,3}\]\s*)+\Z)", re.MULTILINE)
# A number of a list that is taken for a sentence, or for the end of one.
ITEM = re.compile(r"(?:\A|\n)\s*\d{1,2}[.)]\Z")
# More white space than tells a paragraph from a line, and a line from a word.
BLANK = re.compile(r"\s{3,}")
# What comes next is a word, and no mark, that is complete or longer than words are.
WORD = re.compile(r"(?:\[\d{1,3}\]\s*){0,20}+(?:\S{80}|\S+\s)")


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer, without its marks, and the numbers of the passages it cites."""

    text: str
    cited: tuple[int, ...]


@dataclass(slots=True)
class Writing:
    """An answer that is being written.

    What each piece costs doesn't grow with what was written before: of that, only what isn't a
    sentence yet is kept, in which no run of white space, no citation and no sentence is endless.
    """

    _thoughts: Thoughts = field(default_factory=Thoughts, init=False)
    _text: str = field(default="", init=False)

    def add(self, piece: str) -> Iterator[Claim]:
        """Takes what was written next, and yields the sentences that are complete with it."""
        text = BLANK.sub(_breaks, self._text + self._thoughts.left_out(piece))
        until = unfinished(text)
        readable = _readable(text[:until])
        *complete, last = sentences(readable) or [Sentence(0, 0, 0, False)]
        # Where a sentence ends depends on the word that comes next.
        begins = last.start if complete and WORD.match(readable, last.start) else 0
        self._text = readable[begins:] + text[until:]
        if begins:
            yield from _claims(readable, complete)

    def rest(self) -> Iterator[Claim]:
        """The sentences that are left when the model is done."""
        readable, self._text = _readable(self._text + self._thoughts.rest()).rstrip(), ""
        yield from _claims(readable, sentences(readable))


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
