"""Tell what a sync would do, without doing it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from retrieval.errors import FootnoteError, Sentence
from retrieval.indexing.prepare import version_of
from retrieval.indexing.receive import declining, title_by_now
from retrieval.reading.intake import Intake
from retrieval.reading.load import load
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import Source
from retrieval.store.library_store import LibraryStore
from retrieval.store.sources.places import places_of, standing
from retrieval.types import SINGLE, DocumentInfo, SourceInfo

from .change import Change
from .plan import NOTHING_READ, Plan, plan_sync, revisited, with_nothing_removed


@dataclass(slots=True)
class _Met:
    """Notes on the way: documents that would move, and places that turned out gone."""

    moved: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    read: int = 0
    failed: int = 0


def preview(store: LibraryStore, source: SourceInfo, intake: Intake) -> Iterator[Change]:
    """Tell what a sync of a source would find and do. Its files and pages are read for that."""
    try:
        plan = plan_sync(store, source, intake)
    except FootnoteError as error:
        yield Change("failed", source.id, source.place, error=with_nothing_removed(error.sentence))
        return
    met = _Met()
    # Of what lies in archives that are no sources of their own, nothing is foretold.
    single = [one for one in plan.sources if one.picked is None]
    for one in revisited(store, source, single):
        try:
            change = _change(store, source, one, intake, met)
            met.read += 1
            yield change
        except FootnoteError as error:
            met.failed += 1
            if error.gone and source.kind != SINGLE:
                met.gone.add(one.place)
            else:
                yield Change("failed", source.id, one.place or one.name, error=error.sentence)
    if source.kind == SINGLE:
        return
    if met.failed and not met.read:
        why = with_nothing_removed(Sentence(NOTHING_READ, place=source.place))
        yield Change("failed", source.id, source.place, error=why)
    else:
        yield from _gone(store, source, plan, met)


def _change(
    store: LibraryStore, source: SourceInfo, one: Source, intake: Intake, met: _Met
) -> Change:
    place, raw = one.place or one.name, one.fetch(intake)
    if raw is None:
        return Change("unchanged", source.id, place, store.catalog.document(one.document))
    known = _known(store, raw, intake)
    if known is None:
        older = store.catalog.at_source(raw.source)
        document = store.catalog.with_version(older[0]) if older else None
        return Change("replaced" if older else "added", source.id, place, document)
    if known.source in one.gone and known.source != raw.source and known.id not in met.moved:
        met.moved.add(known.id)
        return Change("moved", source.id, place, known, before=known.source)
    title = title_by_now(store, one, raw, intake, known)
    before = known.title if title != known.title else ""
    return Change("unchanged", source.id, place, replace(known, title=title), called_before=before)


def _known(store: LibraryStore, raw: RawDocument, intake: Intake) -> DocumentInfo | None:
    """The document that says the same, by its bytes or, where those are new, by its text."""
    if kept := declining(store, raw.source, raw.sha256):
        return kept
    version = store.catalog.with_bytes(raw.sha256)
    if version is None:
        version = version_of(load(raw, intake.parsers))
    if kept := declining(store, raw.source, version):
        return kept
    known = store.catalog.with_version(version)
    return known if known is not None and known.state == "ready" else None


def _gone(store: LibraryStore, source: SourceInfo, plan: Plan, met: _Met) -> Iterator[Change]:
    gone, known = plan.gone | met.gone, places_of(store.catalog, source.id)
    for place in (known[one] for one in sorted(gone) if one in known and known[one].own):
        document = store.catalog.document(place.document)
        if document is None or document.id in met.moved:
            continue
        if not standing(store.catalog, document.id, gone):
            yield Change("removed", source.id, place.place, document)
