"""What stands around a quote: the stored passage that holds it, or those that it goes across."""

from retrieval.store.library_store import LibraryStore
from retrieval.store.passages import unpack_rows
from retrieval.types import Passage


def passage_around(store: LibraryStore, document: str, start: int, end: int) -> Passage | None:
    """The stretch of a document that its passages around two offsets make up, to the letter.

    None where the document does not answer any more, or has no passage there.
    """
    with store.catalog.lock:
        touched = store.catalog.rows(
            'SELECT title, source, page, start, "end", kind, section, passages.rows FROM passages '
            "JOIN documents ON documents.id = document WHERE document = ? AND state = 'ready' "
            'AND start < ? AND "end" > ? ORDER BY start',
            [document, end, start],
        )
        if not touched:
            return None
        # Passages share sentences, so a quote may touch several and yet stand whole in one.
        holding = [row for row in touched if row[3] <= start and end <= row[4]][:1] or touched
        title, source, page, first, _, kind, section, _ = holding[0]
        rows = tuple(row for held in holding for row in unpack_rows(held[7]))
        last = max(row[4] for row in holding)
        text = (store.catalog.text(document) or "")[first:last]
    return Passage(
        document, title, source, page, first, last, text, kind=kind, section=section, rows=rows
    )
