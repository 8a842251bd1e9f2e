"""A document's text → passages that end at sentence ends and fit the embedding model's window.

A paragraph is one passage where it fits; a longer one becomes several that share a sentence, so
that what is said across the cut stands whole in one of them. Short paragraphs are put together,
and a heading stays with what it heads. (On SQuAD, passages that keep to paragraphs are found
first for 0.77 of the questions, passages packed full across them for 0.69.)
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.text.segmentation.paragraphs import KnownLayout
from retrieval.text.segmentation.sentences import UNKNOWN, Sentence, sentences
from retrieval.types import ENGLISH, PassageSpan

TokenCounter = Callable[[Sequence[str]], list[int]]

LONGEST = 1000  # characters of a passage
SHORT = 300  # a run of paragraphs shorter than this is joined by the next one


@dataclass(frozen=True, slots=True)
class _Sized:
    """A sentence with what it costs."""

    sentence: Sentence
    tokens: int


def split(
    text: str,
    count_tokens: TokenCounter,
    window: int,
    known: KnownLayout = UNKNOWN,
    language: str = ENGLISH,
) -> list[PassageSpan]:
    """The passages of `text`: at most LONGEST characters and `window` tokens each.

    Every character that is not white space stands in at least one passage. `known` is what is
    known of the text's layout beforehand, `language` what it is written in.
    """
    sized = list(
        _fitting(text, sentences(text, known=known, language=language), count_tokens, window)
    )
    return [_passage(run) for section in _sections(sized) for run in _windows(section, window)]


def _fitting(
    text: str, found: Sequence[Sentence], count_tokens: TokenCounter, window: int
) -> Iterator[_Sized]:
    """Sentences with their token counts, those too long for the window cut until they fit."""
    counts = count_tokens([text[sentence.start : sentence.end] for sentence in found])
    for sentence, tokens in zip(found, counts, strict=True):
        if tokens <= window or sentence.end - sentence.start == 1:
            yield _Sized(sentence, tokens)
        else:
            yield from _fitting(text, _halves(text, sentence), count_tokens, window)


def _halves(text: str, sentence: Sentence) -> list[Sentence]:
    start, end = sentence.start, sentence.end
    middle = (start + end) // 2
    gap = text.rfind(" ", start + 1, middle)
    cut = gap if gap > (start + middle) // 2 else middle
    spans = [(start, cut), (cut, end)]
    stripped = [_strip(text, *span) for span in spans]
    return [sentence._replace(start=s, end=e) for s, e in stripped if s < e]


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _sections(sized: Sequence[_Sized]) -> Iterator[list[_Sized]]:
    """Paragraphs, short ones joined with what follows; a heading always opens a new section."""
    section: list[_Sized] = []
    for _, group in groupby(sized, key=lambda item: item.sentence.paragraph):
        paragraph = list(group)
        opens = paragraph[0].sentence.heading and not all(i.sentence.heading for i in section)
        if section and (opens or not _joins(section, paragraph)):
            yield section
            section = []
        section += paragraph
    if section:
        yield section


def _joins(section: Sequence[_Sized], paragraph: Sequence[_Sized]) -> bool:
    start, end = section[0].sentence.start, section[-1].sentence.end
    only_headings = all(item.sentence.heading for item in section)
    fits = paragraph[-1].sentence.end - start <= LONGEST
    return only_headings or (end - start < SHORT and fits)


def _windows(section: Sequence[_Sized], window: int) -> Iterator[Sequence[_Sized]]:
    """Runs of sentences as long as fits, each but the first beginning with the last one's end."""
    first = 0
    while True:
        after = _reach(section, first, window)
        yield section[first:after]
        if after >= len(section):
            return
        # The shared sentence is given up where it would leave no room for the next one.
        first = after - 1 if _reach(section, after - 1, window) > after > first + 1 else after


def _reach(section: Sequence[_Sized], first: int, window: int) -> int:
    start, tokens, after = section[first].sentence.start, 0, first
    while after < len(section):
        tokens += section[after].tokens
        if after > first and (section[after].sentence.end - start > LONGEST or tokens > window):
            break
        after += 1
    return after


def _passage(run: Sequence[_Sized]) -> PassageSpan:
    found = [item.sentence for item in run]
    # A heading says what comes, not what is so: it is quoted only where nothing else stands.
    quotable = [sentence for sentence in found if not sentence.heading] or found
    spans = tuple((sentence.start, sentence.end) for sentence in quotable)
    return PassageSpan(found[0].start, found[-1].end, spans)
