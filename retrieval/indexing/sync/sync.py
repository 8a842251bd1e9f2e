"""Sync a source: add what is new, replace what changed, move what was renamed, remove what is gone.

A source that can't be listed, or of which nothing can be read, removes nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from retrieval.errors import FootnoteError, Sentence
from retrieval.reading.intake import Intake
from retrieval.reading.source import Source
from retrieval.store.library_store import LibraryStore
from retrieval.store.sources.note import time_now
from retrieval.store.sources.places import (
    forget_places,
    move,
    note_failure,
    places_of,
    standing,
)
from retrieval.store.sources.sources import note_look, remember
from retrieval.types import SINGLE, Added, DocumentInfo, SourceInfo

from .change import Change
from .known import ONE_BY_ONE, find_sources
from .plan import NOTHING_READ, Plan, plan_sync, revisited, with_nothing_removed
from .preview import preview

# Adds sources, and tells what became of each.
Add = Callable[[Iterable[Source]], Iterator[Added]]
# Removes documents by their ids, all or none.
Remove = Callable[[Sequence[str]], object]


@dataclass(slots=True)
class _Seen:
    """Notes on the way: versions by their places, places that are gone, and failures."""

    versions: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    failures: dict[str, str] = field(default_factory=dict)

    def note(self, place: str, added: Added) -> None:
        if added.document is not None:
            self.versions[place] = added.document.version
        elif added.gone:
            self.gone.add(place)
        if added.error is not None:
            self.failures[place] = added.error

    @property
    def nothing_read(self) -> bool:
        return bool(self.failures) and not self.versions


def sync_all(
    store: LibraryStore,
    ids: Sequence[str],
    intake: Intake,
    add: Add,
    remove: Remove,
    dry_run: bool,
) -> Iterator[Change]:
    """Sync some sources of a library, all where none is named, or only tell what that would do.

    Raises FootnoteError where there is no such source.
    """
    for source in find_sources(store, ids):
        if dry_run:
            yield from preview(store, source, intake)
        else:
            yield from sync(store, source, intake, add, remove)


def sync(
    store: LibraryStore, source: SourceInfo, intake: Intake, add: Add, remove: Remove
) -> Iterator[Change]:
    """Sync a source, telling what was found at each of its places as soon as that is settled."""
    try:
        plan = plan_sync(store, source, intake)
    except FootnoteError as error:
        if not intake.closed:
            yield failed(store, source, error.sentence)
        return
    before, seen = _documents(store, source), _Seen()
    yield from _read(source, [*revisited(store, source, plan.sources)], seen, add)
    yield from _read(source, [*revisited(store, source, _lost(store, plan, seen))], seen, add)
    if intake.closed:
        return  # what could not be read may well be there
    if source.kind == SINGLE:
        _note_singles(store, source, seen)
    elif seen.nothing_read:
        yield failed(store, source, Sentence(NOTHING_READ, place=source.place))
        return
    else:
        yield from _remove(store, source, plan.gone | seen.gone, remove)
    yield from _vanished(store, source, before)
    note_look(store.catalog, source.id, time_now())


def failed(store: LibraryStore, source: SourceInfo, why: str) -> Change:
    """A look at a source that came to nothing, noted down."""
    note_look(store.catalog, source.id, time_now(), why)
    return Change("failed", source.id, source.place, error=with_nothing_removed(why))


def _documents(store: LibraryStore, source: SourceInfo) -> dict[str, DocumentInfo]:
    """The documents that a source has, by their ids."""
    ids = {place.document for place in places_of(store.catalog, source.id).values()}
    found = (store.catalog.document(id) for id in ids)
    return {document.id: document for document in found if document is not None}


def _read(source: SourceInfo, sources: Sequence[Source], seen: _Seen, add: Add) -> Iterator[Change]:
    places = {one.name: one.place or one.name for one in sources}
    for added in add(sources) if sources else ():
        if added.is_whole_archive:
            continue
        place = places.get(added.source, added.source)
        seen.note(place, added)
        if not added.gone or source.kind == SINGLE:
            yield as_change(source, place, added)


def as_change(source: SourceInfo, place: str, added: Added) -> Change:
    """The change that adding a source came to."""
    if added.document is None:
        return Change("failed", source.id, place, error=added.error or "")
    if added.moved_from:
        return Change("moved", source.id, place, added.document, before=added.moved_from)
    if added.unchanged:
        called = added.called_before
        return Change("unchanged", source.id, place, added.document, called_before=called)
    return Change("replaced" if added.replaced else "added", source.id, place, added.document)


def _lost(store: LibraryStore, plan: Plan, seen: _Seen) -> list[Source]:
    """The places whose text was another's as well, and went with that: they are read once more."""
    return [
        one
        for one in plan.sources
        if (version := seen.versions.get(one.place)) is not None
        if store.catalog.with_version(version) is None
    ]


def _note_singles(store: LibraryStore, source: SourceInfo, seen: _Seen) -> None:
    """Keep which of the documents that were added one by one can't be read any more."""
    with store.catalog.transaction() as connection:
        remember(connection, ONE_BY_ONE, time_now())
        for place, failure in seen.failures.items():
            note_failure(connection, source.id, place, failure, time_now())
    well = [place for place in places_of(store.catalog, source.id) if place not in seen.failures]
    forget_places(store.catalog, source.id, well)


def _remove(
    store: LibraryStore, source: SourceInfo, gone: frozenset[str], remove: Remove
) -> Iterator[Change]:
    """Take out what stood at places that are gone, or have it stand where it still does."""
    known, going = places_of(store.catalog, source.id), dict[str, DocumentInfo]()
    for place in (known[one] for one in sorted(gone) if one in known and known[one].own):
        document = store.catalog.document(place.document)
        if document is None:
            continue
        elsewhere = standing(store.catalog, document.id, gone)
        if not elsewhere:
            going[place.place] = document
        elif document.source not in elsewhere:
            move(store.catalog, document, elsewhere[0], document.title)
            now = store.catalog.document(document.id)
            yield Change("moved", source.id, elsewhere[0], now, before=document.source)
    for left, error in _take_out(going, remove):
        yield Change("failed", source.id, left, going[left], error=error)
        gone -= {left}
    forget_places(store.catalog, source.id, gone)


def _take_out(going: Mapping[str, DocumentInfo], remove: Remove) -> list[tuple[str, str]]:
    """Remove documents, together or else one by one; returns the places of those that can't be,
    each with the reason: one is being added anew just now, or the disk is full."""
    if not going:
        return []
    try:
        remove(list({document.id: None for document in going.values()}))
    except (FootnoteError, OSError) as error:
        if len(going) == 1:
            why = error.sentence if isinstance(error, FootnoteError) else str(error)
            return [(place, why) for place in going]
        one_by_one = ({place: document} for place, document in going.items())
        return [failed for one in one_by_one for failed in _take_out(one, remove)]
    return []


def _vanished(
    store: LibraryStore, source: SourceInfo, before: Mapping[str, DocumentInfo]
) -> Iterator[Change]:
    """The documents that the source had and the library has no more."""
    for id, document in before.items():
        if store.catalog.document(id) is None:
            yield Change("removed", source.id, document.source, document)
