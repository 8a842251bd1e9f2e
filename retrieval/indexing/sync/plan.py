"""Plan a sync: list what a source holds now, beside what is known of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from retrieval.errors import N_, Sentence
from retrieval.reading.again import all_again, page_again
from retrieval.reading.intake import Intake
from retrieval.reading.listing import list_origin
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import SITE, Source, from_url
from retrieval.store.library_store import LibraryStore
from retrieval.store.sources.places import Place, places_of
from retrieval.types import SINGLE, DocumentInfo, SourceInfo

from .known import singles

# What is said of a source of which nothing could be looked at.
NOTHING_READ = N_("Nothing of {place} can be read.")


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources to read, of new places first, and the places that are not there any more.

    They are read as for the first time: `revisited` asks of those that are known what is new.
    """

    sources: tuple[Source, ...]
    gone: frozenset[str]


def with_nothing_removed(why: str) -> str:
    """The reason why a source could not be looked at, and that nothing came of that."""
    return Sentence("{why} Nothing was removed.", why=why)


def plan_sync(store: LibraryStore, source: SourceInfo, intake: Intake) -> Plan:
    """Plan the sync of a source.

    Raises FootnoteError where it is gone, holds nothing at all, or doesn't answer.
    """
    if source.kind == SINGLE:
        return Plan(tuple(_again(store, singles(store))), frozenset())
    known, listing = places_of(store.catalog, source.id), list_origin(source.origin, intake)
    listed = {one.place: one for one in listing.sources if one.place}
    missing = [place for place in known if place not in listed]
    if not listing.whole:
        # What was not listed may have been left out: its server is to say whether it is there.
        listed |= {place: _page(place, source) for place in missing}
        missing = []
    new = [one for place, one in listed.items() if place not in known]
    room = None if listing.whole else max(0, (source.most or 0) - len(known))
    old = [one for place, one in listed.items() if place in known and not known[place].left_out]
    strays = [one for one in listing.sources if not one.place]
    left = _left(store, [known[place] for place in missing]) - set(listed)
    sources = [*new[:room], *old, *strays]
    return Plan(tuple(replace(one, gone=left) for one in sources), frozenset(missing))


def _left(store: LibraryStore, missing: Sequence[Place]) -> frozenset[str]:
    """The places that documents may move from, as the documents themselves have them."""
    found = (store.catalog.document(place.document) for place in missing if place.own)
    theirs = {document.source for document in found if document is not None}
    return frozenset(theirs.union(place.place for place in missing))


def _again(store: LibraryStore, documents: Iterable[DocumentInfo]) -> list[Source]:
    catalog = store.catalog
    known = (
        (document, catalog.given_title(document.version), catalog.validators(document.version))
        for document in documents
    )
    return all_again([*known])


def _page(place: str, source: SourceInfo) -> Source:
    return replace(from_url(place), origin=source.origin, place=place)


def revisited(
    store: LibraryStore, source: SourceInfo, sources: Iterable[Source]
) -> Iterator[Source]:
    """The same sources: of those that have a document, only what is new by now is wanted."""
    known = places_of(store.catalog, source.id)
    for one in sources:
        place = known.get(one.place)
        document = store.catalog.document(place.document) if place is not None else None
        yield one if document is None else _revisit(store, one, document)


def _revisit(store: LibraryStore, source: Source, document: DocumentInfo) -> Source:
    catalog, version = store.catalog, document.version
    own = document.source == source.place
    title = catalog.given_title(version) if own else None
    if source.origin is not None and source.origin.kind == SITE:
        seen = page_again(source.place, document, title, catalog.validators(version))
        return replace(seen, origin=source.origin, place=source.place, gone=source.gone)
    return replace(source, fetch=partial(_titled, source, title)) if title else source


def _titled(source: Source, title: str, intake: Intake) -> RawDocument | None:
    """The bytes of a document, called as a person called it."""
    raw = source.fetch(intake)
    return None if raw is None else replace(raw, title=title)
