"""The quote reader: the units of text that carry the answer, verbatim, each cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answer.citation import cite
from retrieval.search.query import ParsedQuery
from retrieval.text.duplicates import SaidBefore
from retrieval.text.identifiers import held_by
from retrieval.text.terms import words
from retrieval.types import Citation, Passage
from retrieval.weights.fitted import Ranking

from .blocks import Kind
from .headings import with_heading
from .units import ENOUGH, Unit, about, grow, unit_of

MOST_PLACES = 4
# The reader's probability of a span, from which on what follows it need not be quoted.
SURE = 0.5
# Hardly ever reached: it lets a second sentence in where the first is long.
MOST_CHARACTERS = 520
# What opens a list item, a quoted line or a heading, and is no part of what it says.
MARKER = re.compile(r"(?:[-*+•>]|#{1,6}|\d{1,3}[.)]|[a-z]\))\s+(?=\S)")
# The lines of a list, and those of code.
LINES = re.compile(r"^[ \t]*(?:(?:[-*+•]|\d{1,3}[.)])[ \t]|```)", re.MULTILINE)
PRONOUNS = frozenset("he him his she her hers it its they them their theirs".split())
TABLE_ROW = re.compile(r"\|\s*(?P<cells>\S.*?)\s*\|?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Quotable:
    """A sentence that may be quoted, and what it is worth as an answer."""

    passage: Passage
    start: int
    end: int
    worth: float


@dataclass(frozen=True, slots=True)
class _Quote:
    """A unit that is quoted, and the passage that holds it."""

    passage: Passage
    unit: Unit

    @property
    def start(self) -> int:
        return self.unit.start

    @property
    def end(self) -> int:
        return self.unit.end


def read(
    passages: Sequence[Passage], ranking: Ranking, query: ParsedQuery | None = None
) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text, with a [n] behind each quote, and the citations they point at.

    There are none where nothing but questions was found. Where the `query` names an identifier,
    only what names it too is quoted.
    """
    found = _led_on(_candidates(passages, ranking), ranking.answer_goes_on)
    chosen = _choose(found, ranking.answer_margin, query)
    quotes = _apart(_joined(_grown(chosen, query)))
    citations = tuple(_cite(number, quote) for number, quote in enumerate(quotes, start=1))
    lines = [_shown(quote, cited) for quote, cited in zip(quotes, citations, strict=True)]
    return _numbered(lines), citations


def _candidates(passages: Sequence[Passage], ranking: Ranking) -> list[_Quotable]:
    """Every sentence of the passages once, the worthiest first."""
    best: dict[tuple[str, int], _Quotable] = {}
    for passage in passages:
        for sentence in passage.sentences:
            worth = (
                sentence.score
                + ranking.answer_words * sentence.words
                + ranking.answer_passage * passage.score
                + ranking.answer_reader * sentence.answered
                + ranking.answer_span * sentence.spanned
            )
            key = (passage.document, sentence.start)
            if key not in best or worth > best[key].worth:
                best[key] = _Quotable(passage, sentence.start, sentence.end, worth)
    return sorted(best.values(), key=lambda candidate: -candidate.worth)


def _led_on(candidates: list[_Quotable], more: float) -> list[_Quotable]:
    """The candidates, with the sentence that follows the best one worth more where it goes on
    about the same: "She accused …"."""
    return sorted(
        (
            replace(candidate, worth=min(candidate.worth + more, candidates[0].worth))
            if _goes_on(candidates[0], candidate)
            else candidate
            for candidate in candidates
        ),
        key=lambda candidate: -candidate.worth,
    )


def _goes_on(best: _Quotable, other: _Quotable) -> bool:
    if other.start < best.end or _between(best, other) is None:
        return False
    return not PRONOUNS.isdisjoint(words(other.passage.slice(other.start, other.end)))


def _choose(
    candidates: Sequence[_Quotable], margin: float, query: ParsedQuery | None
) -> list[_Quote]:
    """The unit of the best sentence, and of those that come close to it while there is room."""
    chosen: list[_Quote] = []
    best, room, said = 0.0, MOST_CHARACTERS, SaidBefore()
    # A question like the one asked is no answer, and makes nothing else one.
    only_asked = bool(candidates) and _is_only_asked(candidates[0])
    for candidate in candidates:
        if chosen and (candidate.worth < best - margin or len(chosen) == MOST_PLACES):
            break
        if only_asked and _is_refused(candidate.passage):
            continue
        unit = None if _holds(chosen, candidate) else _unit(candidate, query)
        if unit is None or (chosen and len(unit) > room):
            continue
        if said.anew(candidate.passage.slice(unit.start, unit.end)):
            best = best if chosen else candidate.worth
            chosen.append(_Quote(candidate.passage, unit))
            room -= len(unit)
    return chosen


def _is_only_asked(candidate: _Quotable) -> bool:
    """Return whether a sentence is a question that nothing answers where it stands."""
    return unit_of(candidate.passage, candidate.start, candidate.end) is None


def _is_refused(passage: Passage) -> bool:
    """Return whether the reader has read a passage, and says that it rather doesn't answer."""
    return passage.answered is not None and passage.answered < 0


def _holds(chosen: Sequence[_Quote], candidate: _Quotable) -> bool:
    """Return whether a sentence stands in a quote already."""
    return any(_overlap(quote, candidate) for quote in chosen)


def _unit(candidate: _Quotable, query: ParsedQuery | None) -> Unit | None:
    passage = candidate.passage
    unit = unit_of(passage, candidate.start, candidate.end)
    if unit is None or query is None:
        return unit
    unit = with_heading(passage, unit, frozenset(words(" ".join(query.words))), query.text)
    around = (passage.slice(unit.start, unit.end), passage.section, passage.title)
    return unit if not query.identifiers or held_by(around, query.identifiers) else None


def _grown(chosen: Sequence[_Quote], query: ParsedQuery | None) -> list[_Quote]:
    """The quotes, the first with as much around it as there is room for."""
    if not chosen:
        return []
    first, *others = chosen
    room = ENOUGH - sum(len(quote.unit) for quote in others)
    names = query.identifiers if query else ()
    # What follows what is said of an identifier is about another one as often as not.
    onward = not _is_whole(first) and not names
    grown = [replace(first, unit=grow(first.passage, first.unit, room, onward)), *others]
    return [replace(quote, unit=about(quote.passage, quote.unit, names)) for quote in grown]


def _is_whole(quote: _Quote) -> bool:
    """Return whether the reader is sure that the answer itself stands in a quote."""
    inside = (s for s in quote.passage.sentences if quote.start <= s.start < quote.end)
    return any(sentence.spanned >= SURE for sentence in inside)


def _joined(chosen: Sequence[_Quote]) -> list[_Quote]:
    """The quotes, those that overlap or stand side by side made one; in their order of worth."""
    joined: list[_Quote] = []
    left = list(chosen)
    while left:
        quote = left.pop(0)
        while found := next(((q, p) for q in left if (p := _side_by_side(quote, q))), None):
            other, passage = found
            left.remove(other)
            quote = _Quote(passage, quote.unit | other.unit)
        joined.append(quote)
    return joined


def _apart(quotes: Sequence[_Quote]) -> list[_Quote]:
    """The quotes without those that overlap one before them: two passages may part their sentences
    otherwise, and share a few words of one."""
    kept: list[_Quote] = []
    for quote in quotes:
        if not any(_overlap(other, quote) for other in kept):
            kept.append(quote)
    return kept


def _overlap(one: "_Quotable | _Quote", other: "_Quotable | _Quote") -> bool:
    same = one.passage.document == other.passage.document
    return same and one.start < other.end and other.start < one.end


def _side_by_side(one: _Quote, other: _Quote) -> Passage | None:
    """A passage in which two quotes go on from each other; rows of a table never do."""
    return None if Kind.ROW in (one.unit.kind, other.unit.kind) else _between(one, other)


def _shown(quote: _Quote, citation: Citation) -> str:
    """A quote as it is shown: lists, steps and code keep their lines."""
    kept = quote.unit.kind in (Kind.LIST, Kind.CODE) or LINES.search(citation.quote)
    return citation.quote if kept else " ".join(citation.quote.split())


def _numbered(quotes: Sequence[str]) -> str:
    """The quotes, each with its number; one of several lines stands by itself."""
    text = ""
    for number, quote in enumerate(quotes, start=1):
        apart = "\n" in quote or "\n" in text
        gap = "" if not text else "\n\n" if apart else " "
        mark = "\n" if quote.endswith("```") else " "
        text += f"{gap}{quote}{mark}[{number}]"
    return text


def _between(one: "_Quotable | _Quote", other: "_Quotable | _Quote") -> Passage | None:
    """A passage that holds both with nothing but white space between them, if any."""
    if one.passage.document != other.passage.document:
        return None
    first, second = sorted((one, other), key=lambda candidate: candidate.start)
    for passage in (one.passage, other.passage):
        holds = passage.start <= first.start and second.end <= passage.end
        if holds and not passage.slice(first.end, second.start).strip():
            return passage
    return None


def _cite(number: int, quote: _Quote) -> Citation:
    words = quote.passage.slice(quote.start, quote.end)
    # The mark of a lone item is no part of what it says; those of several tell them apart.
    begin, stop = (0, len(words)) if "\n" in words.strip() else undressed(words)
    return cite(number, quote.passage, quote.start + begin, quote.start + stop)


def undressed(text: str) -> tuple[int, int]:
    """The span of a quote's words, without a list's marker or a table row's bars."""
    if row := TABLE_ROW.fullmatch(text):
        return row.span("cells")
    marker = MARKER.match(text)
    return (marker.end() if marker else 0), len(text)
