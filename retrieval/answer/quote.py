"""The quote reader: the one to three sentences that carry the answer, verbatim, each cited.

Also the footnote that points at a quote, and what stands around one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.reading.formats.registry import BY_KIND
from retrieval.store.library_store import LibraryStore
from retrieval.store.passages import unpack_rows
from retrieval.text.duplicates import SaidBefore
from retrieval.text.terms import words
from retrieval.types import Citation, Passage
from retrieval.weights.fitted import Ranking

MOST_SENTENCES = 3
# Hardly ever reached: it lets a second sentence in where the first is long.
MOST_CHARACTERS = 520
# What opens a list item, a quoted line or a heading, and is no part of what it says.
MARKER = re.compile(r"(?:[-*+•>]|#{1,6}|\d{1,3}[.)]|[a-z]\))\s+(?=\S)")
PRONOUNS = frozenset("he him his she her hers it its they them their theirs".split())
TABLE_ROW = re.compile(r"\|\s*(?P<cells>\S.*?)\s*\|?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Quotable:
    """A sentence that may be quoted, and what it is worth as an answer."""

    passage: Passage
    start: int
    end: int
    worth: float


def read(passages: Sequence[Passage], ranking: Ranking) -> tuple[str, tuple[Citation, ...]]:
    """The answer's text, with a [n] behind each quote, and the citations they point at."""
    found = _led_on(_candidates(passages, ranking), ranking.answer_goes_on)
    chosen = _choose(found, ranking.answer_margin)
    citations = tuple(
        _cite(number, quote) for number, quote in enumerate(_join_neighbours(chosen), start=1)
    )
    text = " ".join(f"{' '.join(c.quote.split())} [{c.number}]" for c in citations)
    return text, citations


def _candidates(passages: Sequence[Passage], ranking: Ranking) -> list[_Quotable]:
    """Every sentence of the passages once, the worthiest first."""
    best: dict[tuple[str, int], _Quotable] = {}
    for passage in passages:
        for sentence in passage.sentences:
            worth = (
                sentence.score
                + ranking.answer_words * sentence.words
                + ranking.answer_passage * passage.score
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


def _choose(candidates: Sequence[_Quotable], margin: float) -> list[_Quotable]:
    """The best sentence, and those that come close to it while there is room."""
    chosen: list[_Quotable] = []
    room = MOST_CHARACTERS
    said = SaidBefore()
    for candidate in candidates:
        length = candidate.end - candidate.start
        text = candidate.passage.slice(candidate.start, candidate.end)
        if chosen and candidate.worth < chosen[0].worth - margin:
            break
        if (length <= room or not chosen) and said.anew(text):
            chosen.append(candidate)
            room -= length
        if len(chosen) == MOST_SENTENCES:
            break
    return chosen


def _join_neighbours(chosen: Sequence[_Quotable]) -> Iterator[_Quotable]:
    """Sentences that stand side by side become one quote; the rest keep their order of worth."""
    left = list(chosen)
    while left:
        quote = left.pop(0)
        while found := next(((c, p) for c in left if (p := _between(quote, c))), None):
            other, passage = found
            left.remove(other)
            start, end = min(quote.start, other.start), max(quote.end, other.end)
            quote = _Quotable(passage, start, end, quote.worth)
        yield quote


def _between(one: _Quotable, other: _Quotable) -> Passage | None:
    """A passage that holds both sentences with nothing but white space between them, if any."""
    if one.passage.document != other.passage.document:
        return None
    first, second = sorted((one, other), key=lambda candidate: candidate.start)
    for passage in (one.passage, other.passage):
        holds = passage.start <= first.start and second.end <= passage.end
        if holds and not passage.slice(first.end, second.start).strip():
            return passage
    return None


def _cite(number: int, quote: _Quotable) -> Citation:
    passage = quote.passage
    begin, stop = undressed(passage.slice(quote.start, quote.end))
    return cite(number, passage, quote.start + begin, quote.start + stop)


def undressed(text: str) -> tuple[int, int]:
    """The span of a quote's words, without a list's marker or a table row's bars."""
    if row := TABLE_ROW.fullmatch(text):
        return row.span("cells")
    marker = MARKER.match(text)
    return (marker.end() if marker else 0), len(text)


def cite(number: int, passage: Passage, start: int, end: int) -> Citation:
    """The footnote for what stands between two offsets, which lie within the passage."""
    return Citation(
        number=number,
        document=passage.document,
        title=passage.title,
        source=passage.source,
        page=passage.page,
        start=start,
        end=end,
        quote=passage.slice(start, end),
        section=passage.section,
        place=whereabouts(passage, start, end),
        version=passage.version,
    )


def whereabouts(passage: Passage, start: int, end: int) -> str:
    """The page, slide or rows of a passage that stand between two offsets, in words, if any."""
    if passage.page is not None:
        return f"{_part_of(passage.kind)} {passage.page}"
    # A quote may begin in the middle of a row.
    numbers = [number for offset, number in passage.rows if offset < end]
    begun = [number for offset, number in passage.rows if offset <= start]
    if not numbers:
        return ""
    first, last = (begun or numbers[:1])[-1], numbers[-1]
    return f"row {first}" if first == last else f"rows {first}–{last}"


def _part_of(kind: str) -> str:
    known = BY_KIND.get(kind)
    return (known and known.part) or "page"


def passage_around(store: LibraryStore, version: str, start: int, end: int) -> Passage | None:
    """The stretch of a document that its passages around two offsets make up, to the letter.

    None where that version of it does not answer any more, or has no passage there.
    """
    with store.catalog.lock:
        touched = store.catalog.rows(
            'SELECT documents.id, title, source, page, start, "end", kind, section, passages.rows '
            "FROM passages JOIN documents ON documents.version = document "
            "WHERE document = ? AND state = 'ready' AND start < ? AND \"end\" > ? ORDER BY start",
            [version, end, start],
        )
        if not touched:
            return None
        # Passages share sentences, so a quote may touch several and yet stand whole in one.
        holding = [row for row in touched if row[4] <= start and end <= row[5]][:1] or touched
        id, title, source, page, first, _, kind, section, _ = holding[0]
        rows = tuple(row for held in holding for row in unpack_rows(held[8]))
        last = max(row[5] for row in holding)
        text = (store.catalog.text(version) or "")[first:last]
    return Passage(
        *(id, title, source, page, first, last, text),
        kind=kind,
        section=section,
        rows=rows,
        version=version,
    )
