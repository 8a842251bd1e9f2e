"""The sources of a library, those that are named, and what may be done with them but a sync."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.errors import FootnoteError
from retrieval.reading.again import can_read_again
from retrieval.store.library_store import CALLED, LibraryStore
from retrieval.store.sources.note import time_now
from retrieval.store.sources.sources import (
    all_sources,
    forget_source,
    id_of,
    listed_elsewhere,
    remember,
    set_every,
)
from retrieval.types import SINGLE, DocumentInfo, Origin, SourceInfo

# All files and pages that were added one by one.
ONE_BY_ONE = Origin(SINGLE, "")


def sources_of(store: LibraryStore) -> list[SourceInfo]:
    """The sources of a library; documents that were added one by one are the last, if any."""
    known = [source for source in all_sources(store.catalog) if source.kind != SINGLE]
    if not (documents := singles(store)):
        return known
    kept = [source for source in all_sources(store.catalog) if source.kind == SINGLE]
    collection = store.catalog.setting(CALLED) or ""
    new = SourceInfo(
        *(id_of(ONE_BY_ONE), store.name, SINGLE, "", None, "", "", "", 0, "", 0, 0, collection)
    )
    return [*known, replace((*kept, new)[0], documents=len(documents))]


def find_sources(store: LibraryStore, ids: Sequence[str]) -> list[SourceInfo]:
    """The sources with some ids, or beginnings of them; all where none is named.

    Raises FootnoteError where there is no such source, or more than one.
    """
    sources = sources_of(store)
    return [_only(store, sources, id) for id in ids] or sources


def _only(store: LibraryStore, sources: Sequence[SourceInfo], id: str) -> SourceInfo:
    found = [source for source in sources if id and source.id.startswith(id)]
    if len(found) == 1:
        return found[0]
    if found:
        raise FootnoteError(
            f"{len(found)} sources have ids that begin with {id!r} in the library {store.name!r}. "
            "`footnote sources` shows the ids."
        )
    raise FootnoteError(
        "There is no source {id} in the library {library}. `footnote sources` shows the ids.",
        id=repr(id),
        library=repr(store.name),
    )


def singles(store: LibraryStore) -> list[DocumentInfo]:
    """The documents that can be read again and belong to no other source."""
    listed = listed_elsewhere(store.catalog)
    documents = filter(can_read_again, store.catalog.documents())
    return [document for document in documents if document.id not in listed]


def forget(
    store: LibraryStore,
    source: SourceInfo,
    remove: Callable[[Sequence[str]], object] | None = None,
) -> list[DocumentInfo]:
    """Forget a source; returns its documents, which are removed if it is said how.

    Those that another source has as well are not its own. Raises FootnoteError for documents that
    were added one by one.
    """
    if source.kind == SINGLE:
        raise FootnoteError(
            "Documents that were added one by one are removed by `footnote remove ID`; "
            f"`footnote sources set {source.id} --every never` leaves them as they are."
        )
    found = (store.catalog.document(id) for id in forget_source(store.catalog, source.id))
    documents = [document for document in found if document is not None]
    if remove is not None and documents:
        remove([document.id for document in documents])
    return documents


def schedule(store: LibraryStore, source: SourceInfo, every: str) -> None:
    """Give a source a schedule of its own, "" for that of all."""
    if source.kind == SINGLE:
        with store.catalog.transaction() as connection:
            remember(connection, ONE_BY_ONE, time_now())
    set_every(store.catalog, source.id, every)
