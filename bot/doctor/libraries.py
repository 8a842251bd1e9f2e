"""Check the libraries: their files, dates and vectors, and the shards they belong to."""

from collections.abc import Iterator
from datetime import UTC, datetime
from shlex import quote
from typing import TYPE_CHECKING

from bot.output.text import many
from bot.shards import SETTING, Shards
from retrieval.errors import FootnoteError

from .check_result import Check

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.store.home import Home

BY_THEMSELVES = (
    "They are made by themselves while the bot or `footnote serve` runs, and at once by: footnote "
    "reindex"
)
MOVE = (
    "Stop both processes, then: mv -n {files} HOME/libraries/ (HOME being the home of the process "
    "that runs shard {shard}; its vectors are made anew there by themselves)"
)


def check_library(library: "Library", name: str) -> Iterator[Check]:
    """A library's documents, and that its vectors are those of its catalog's passages."""
    try:
        yield from _check_files(library, name)
        yield _check_passages(library, name)
    except FootnoteError as error:
        yield Check(_called(library, name), False, str(error))


def _check_files(library: "Library", name: str) -> Iterator[Check]:
    """Faults of a library's file. Raises FootnoteError where it is damaged."""
    from retrieval.store.inventory import clock_is_behind

    catalog = library.home.store_of_any_model(name).catalog
    catalog.check()
    newest = catalog.newest()
    if clock_is_behind(newest, datetime.now(UTC)):
        found = f"its newest document was added at {newest}, which is still to come"
        yield Check(
            _called(library, name),
            False,
            found,
            "Set this machine's clock; nothing else is wrong by that.",
        )


def _check_passages(library: "Library", name: str) -> Check:
    from retrieval.store.vectors.vector_store import VectorsError

    size, shown = library.size(name), _called(library, name)
    found = f"{size.documents} documents, {size.passages} passages{_earlier(library, name)}"
    found += _untold(library, name)
    try:
        census = library.census(name)
    except VectorsError:
        return Check(shown, False, f"{found}, which answer from the full text alone", BY_THEMSELVES)
    if census.missing or census.stray:
        found += f"; {census.missing} without a vector, {census.stray} vectors without a passage"
        return Check(shown, False, found, BY_THEMSELVES)
    return Check(shown, True, f"{found}, catalog and vectors agree")


def _called(library: "Library", name: str) -> str:
    """The name of a library for people, and of its collection where it is one."""
    from retrieval.library.collections import full_name

    try:
        return full_name(library.home.store_of_any_model(name))
    except FootnoteError:  # its file can't be read, which is said beside it
        return name


def _earlier(library: "Library", name: str) -> str:
    """The size of earlier versions, which `footnote restore-version` goes back to."""
    from retrieval.store.sources.earlier import measure_earlier

    count, size = measure_earlier(library.existing(name).catalog)
    return f", {many(count, 'earlier version')} ({size / 1e6:,.1f} MB)" if count else ""


def _untold(library: "Library", name: str) -> str:
    """The number of documents from before languages were told, all of which count as English."""
    query = "SELECT count(*) FROM documents WHERE state = 'ready' AND language = ''"
    (count,) = library.existing(name).catalog.row(query)
    if not count:
        return ""
    return (
        f", {many(count, 'document')} from before languages were told (`footnote reindex` has "
        "those that aren't in English found by their own words)"
    )


def check_vectors(library: "Library") -> Check:
    """The place where vectors are kept, which has to be reachable."""
    store = library.home.vectors
    if store.failure:
        return Check("vectors", False, store.failure, "Until then the full text answers alone.")
    return Check("vectors", True, store.where)


def check_shards(home: "Home", shards: Shards) -> Iterator[Check]:
    """The servers' libraries that no question reaches here, as other processes run their shards."""
    from bot.discord.services.libraries import guild_of

    guilds = {name: guild for name in home.names() if (guild := guild_of(name)) is not None}
    away = {name: guild for name, guild in guilds.items() if not shards.have(guild)}
    for name, guild in away.items():
        shard = shards.shard_of(guild)
        found = f"{name} belongs to shard {shard} of {shards.count}, which does not run here"
        files = f"{quote(str(home.folder / 'libraries' / name))}.db*"
        yield Check("shards", False, found, MOVE.format(files=files, shard=shard))
    if not away:
        yield Check("shards", True, f"{SETTING}: {shards}; no library here belongs elsewhere")
