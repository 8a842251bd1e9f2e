"""Show the sources of libraries: what is looked at again, when, and what could not be read."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from retrieval.store.files.names import library_of_store
from retrieval.types import SINGLE, SourceInfo

from .text import many, printable

if TYPE_CHECKING:
    from retrieval.library import Library

ONE_BY_ONE = "files and pages added one by one"
DAY = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A file or page that could not be read when it was last looked at."""

    place: str
    since: str
    error: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A source with what is told of it: how often it is looked at, when next, and dead links."""

    source: SourceInfo
    every: str
    next: datetime | None
    dead: Sequence[DeadLink]


def list_sources(
    library: "Library", names: Sequence[str], usual: str, now: datetime
) -> list[Listed]:
    """The sources of some libraries."""
    from retrieval.indexing.sync.known import sources_of
    from retrieval.indexing.sync.schedule import every_of, next_look
    from retrieval.store.sources.places import dead_places

    listed = list[Listed]()
    for store in map(library.existing, names):
        dead = dead_places(store.catalog)
        for source in sources_of(store):
            theirs = [
                DeadLink(place.place, place.failed_since, place.failure)
                for id, place in dead
                if id == source.id
            ]
            due = next_look(source, usual, now)
            listed.append(Listed(source, every_of(source, usual), due, theirs))
    return listed


def where_of(source: SourceInfo) -> str:
    """The library of a source, and its collection where it is one that not everybody reads."""
    library = library_of_store(source.library)
    return f"{library} · {printable(source.collection)}" if source.collection else library


def called(source: SourceInfo) -> str:
    """The place of a source, for people."""
    return ONE_BY_ONE if source.kind == SINGLE else printable(source.place)


def show_sources(console: Console, listed: Sequence[Listed]) -> None:
    """Show one line for each source, and below them what could not be read."""
    if not listed:
        console.print("No sources yet. Add one with: footnote add FOLDER, or --sitemap URL")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for column in ("id", "library", "kind", "documents", "looked at", "every", "next"):
        table.add_column(column, no_wrap=True)
    table.add_column("what", overflow="fold")
    for one in listed:
        source = one.source
        table.add_row(
            *(source.id, where_of(source), source.kind, str(source.documents)),
            *(_minute(source.looked_at or source.added_at), one.every, _next(one)),
            Text(called(source)),
        )
    console.print(table)
    for one in listed:
        for line in trouble(one):
            console.print(Text(f"\n{line}" if line[0] != " " else line))


def trouble(listed: Listed) -> list[str]:
    """Lines on what is wrong with a source: why it could not be looked at, and dead links."""
    source, lines = listed.source, []
    if source.failure:
        times = many(source.failures, "time")
        lines.append(f"{source.id} could not be looked at, {times}: {printable(source.failure)}")
    if listed.dead:
        lines.append(f"{source.id} has {many(len(listed.dead), 'dead link')}:")
        lines += [f"  since {dead.since[:10]}: {printable(dead.error)}" for dead in listed.dead]
    return lines


def _next(listed: Listed) -> str:
    return listed.next.strftime(DAY) if listed.next is not None else ""


def _minute(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime(DAY) if moment else "never"


def sources_form(listed: Sequence[Listed]) -> dict[str, Any]:
    """`sources --json`."""
    return {"sources": [_form(one) for one in listed]}


def _form(listed: Listed) -> Mapping[str, Any]:
    source = listed.source
    due = listed.next.isoformat(timespec="seconds").replace("+00:00", "Z") if listed.next else None
    return {
        "id": source.id,
        "library": library_of_store(source.library),
        **({"collection": source.collection} if source.collection else {}),
        "kind": source.kind,
        "what": source.place,
        "documents": source.documents,
        "looked_at": source.looked_at or source.added_at or None,
        "every": listed.every,
        "own_schedule": bool(source.every),
        "next": due,
        "failures": source.failures,
        "failure": source.failure or None,
        "dead": [asdict(dead) for dead in listed.dead],
    }
