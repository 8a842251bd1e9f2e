"""Note down where the documents of a folder, a site or an archive stand, as they come in."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from retrieval.reading.source import Source
from retrieval.store.catalog import Catalog
from retrieval.types import Added, Origin

from .places import note_document, note_failure, place_of
from .sources import id_of, remember


def time_now() -> str:
    """The time, as the catalog has it."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def note_places(catalog: Catalog, settled: Sequence[tuple[Source, Added]]) -> None:
    """Note what became of some sources, where they belong to a folder or the like.

    That itself is remembered with the first of its documents.
    """
    news = [
        (source.origin, source.place, added)
        for source, added in settled
        if source.origin is not None and source.place
        if not _is_noted(catalog, id_of(source.origin), source.place, added)
    ]
    if news:
        with catalog.transaction() as connection:
            for origin, place, added in news:
                _note(connection, origin, place, added)


def _is_noted(catalog: Catalog, id: str, place: str, added: Added) -> bool:
    """True where there is nothing to write: most of what is looked at again is as it was."""
    known = place_of(catalog, id, place)
    if known is None or added.document is None:
        return False
    as_noted = (known.document, known.own) == (added.document.id, not added.elsewhere)
    return as_noted and not known.failure and not known.left_out


def _note(connection: sqlite3.Connection, origin: Origin, place: str, added: Added) -> None:
    if added.document is not None:
        id = remember(connection, origin, time_now())
        note_document(connection, id, place, added.document.id, own=not added.elsewhere)
    elif _is_remembered(connection, id_of(origin)):
        note_failure(connection, id_of(origin), place, added.error or "", time_now())


def _is_remembered(connection: sqlite3.Connection, id: str) -> bool:
    return connection.execute("SELECT 1 FROM sources WHERE id = ?", [id]).fetchone() is not None
