"""Citations: the footnote that points at a quote, and what stands around one."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.reading.formats.registry import BY_KIND, IN_PICTURE, SOLVED
from retrieval.reading.source import MESSAGE
from retrieval.store.library_store import LibraryStore
from retrieval.store.passages import unpack_rows
from retrieval.types import ENGLISH, Citation, Passage

# What the title, or the heading above, of a message says already is its day.
DATED = (MESSAGE, *SOLVED)


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
        date="" if passage.kind in DATED else passage.date,
    )


def whereabouts(passage: Passage, start: int, end: int) -> str:
    """The page, slide or rows of a passage that stand between two offsets, in words, if any."""
    seen = "read from a picture" if any(number == IN_PICTURE for _, number in passage.rows) else ""
    if passage.page is not None:
        place = f"{_part_of(passage.kind)} {passage.page}"
        return f"{place}, {seen}" if seen else place
    if seen:
        return seen
    # A quote may begin in the middle of a row.
    numbered = [row for row in passage.rows if row[1] > IN_PICTURE]
    numbers = [number for offset, number in numbered if offset < end]
    begun = [number for offset, number in numbered if offset <= start]
    if not numbers:
        return ""
    first, last = (begun or numbers[:1])[-1], numbers[-1]
    return f"row {first}" if first == last else f"rows {first}–{last}"


def _part_of(kind: str) -> str:
    known = BY_KIND.get(kind)
    return (known and known.part) or "page"


def with_languages(
    question: str, citations: Sequence[Citation], passages: Sequence[Passage]
) -> tuple[Citation, ...]:
    """The citations, of some of these passages, with the language of each that is surely in another
    than the question."""
    # Imported here: only a model that knows several languages finds what is in another.
    from retrieval.text.languages.detect import is_in_another

    language_of = {passage.document: passage.language or ENGLISH for passage in passages}
    others = {each for each in set(language_of.values()) if is_in_another(question, each)}
    return tuple(
        replace(cited, language=language) if language in others else cited
        for cited in citations
        for language in [language_of[cited.document]]
    )


def passage_around(store: LibraryStore, version: str, start: int, end: int) -> Passage | None:
    """The stretch of a document that its passages around two offsets make up, to the letter.

    None where that version of it does not answer any more, or has no passage there.
    """
    with store.catalog.lock:
        touched = store.catalog.rows(
            'SELECT documents.id, title, source, page, start, "end", kind, section, '
            "passages.rows, date FROM passages JOIN documents ON documents.version = document "
            "WHERE document = ? AND state = 'ready' AND start < ? AND \"end\" > ? ORDER BY start",
            [version, end, start],
        )
        if not touched:
            return None
        # Passages share sentences, so a quote may touch several and yet stand whole in one.
        holding = [row for row in touched if row[4] <= start and end <= row[5]][:1] or touched
        id, title, source, page, first, _, kind, section, _, date = holding[0]
        rows = tuple(row for held in holding for row in unpack_rows(held[8]))
        last = max(row[5] for row in holding)
        text = (store.catalog.text(version) or "")[first:last]
        _, hyperlinks = store.catalog.addresses(version, first, last)
    return Passage(
        *(id, title, source, page, first, last, text),
        kind=kind,
        section=section,
        rows=rows,
        version=version,
        date=date,
        hyperlinks=hyperlinks,
    )
