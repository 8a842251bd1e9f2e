"""The verb `sources`: list what documents came from, say how often to look at it, or forget it."""

from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.context import HomeOption, JsonOption, library_of, settings_of, terminal_of
from bot.output.source_list import called, list_sources, show_sources, sources_form, where_of
from bot.output.terminal import Terminal
from bot.output.text import many, printable
from retrieval.errors import FootnoteError

if TYPE_CHECKING:
    from retrieval.library import Library
    from retrieval.types import SourceInfo


class Action(StrEnum):
    """The things that can be done with sources."""

    LIST = "list"
    SET = "set"
    REMOVE = "remove"


class Every(StrEnum):
    """The schedules that a source may have: `usual` is as FOOTNOTE_REFRESH says."""

    NEVER = "never"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    USUAL = "usual"


def sources(
    context: typer.Context,
    action: Annotated[
        Action, typer.Argument(metavar="ACTION", help="list, set or remove.")
    ] = Action.LIST,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Ids of sources, for set and remove."),
    ] = None,
    every: Annotated[
        Every | None,
        typer.Option("--every", help="How often to look at it, for set."),
    ] = None,
    with_documents: Annotated[
        bool, typer.Option("--with-documents", help="Remove its documents as well.")
    ] = False,
    library: Annotated[
        str | None,
        typer.Option("--library", "-l", metavar="NAME", help="Of which library. [default: all]"),
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List, set or remove the sources of documents.

    They are the folders and sites that documents came from; set says how often to look at one.

    A source that is removed is not looked at any more. Its documents stay, unless they are to go
    with it.
    """
    check(action, ids or [], every, with_documents)
    terminal, usual = terminal_of(context), settings_of(context, home).refresh
    with library_of(context, home) as opened:
        names = opened.home.names() if library is None else opened.collections.stores(library)
        if action is Action.SET:
            assert every is not None  # checked above
            set_schedule(opened, names, ids or [], every)
        elif action is Action.REMOVE:
            told = [remove(opened, one, with_documents) for one in chosen(opened, names, ids or [])]
        listed = list_sources(opened, names, usual, datetime.now(UTC))
        channels = followed_channels(opened, names)
    if json:
        terminal.print_json({**sources_form(listed), "channels": channels})
    elif action is Action.REMOVE:
        tell(terminal, told)
    else:
        show_sources(terminal.console(), listed)
        for channel in channels:
            terminal.tell(_line(channel))


def followed_channels(library: "Library", libraries: list[str]) -> list[dict[str, Any]]:
    """The channels of Discord that documents of some libraries are taken from."""
    home = library.home.folder
    from bot.discord.records.activity_file import ACTIVITY
    from bot.discord.records.records import open_records
    from bot.discord.services.libraries import library_of as library_of_server

    if not (home / ACTIVITY).exists():
        return []
    with open_records(home) as records:
        return [
            {
                "server": str(one.server),
                "channel": str(one.channel),
                "name": one.name,
                "take": one.take,
                "collection": _name_of(library, library_of_server(one.server), one.collection),
                "documents": records.kept.count(one.channel),
                "read": one.read,
                "whole": one.whole,
            }
            for one in records.followed.all()
            if library_of_server(one.server) in libraries
        ]


def _name_of(library: "Library", name: str, store: str) -> str:
    """The name of a collection of a library, by its store; "" for what everybody may read."""
    return next((one.name for one in library.collections.of(name) if one.store == store), "")


def _line(channel: dict[str, Any]) -> str:
    how_far = "" if channel["whole"] else f", history being read: {channel['read']:,} so far"
    place = f"discord:{channel['server']}/{channel['channel']}"
    count, name = many(channel["documents"], "document"), printable(channel["name"])
    into = f" into “{printable(channel['collection'])}”" if channel["collection"] else ""
    return f"{place}  #{name}  {channel['take']}{into}, {count}{how_far}"


def check(action: Action, ids: list[str], every: Every | None, with_documents: bool) -> None:
    """Raise typer.BadParameter where options don't go with the action."""
    if bool(ids) == (action is Action.LIST):
        raise typer.BadParameter("set and remove need the ids of sources, and list takes none.")
    if (every is not None) != (action is Action.SET):
        raise typer.BadParameter("--every goes with set, which needs it.")
    if with_documents and action is not Action.REMOVE:
        raise typer.BadParameter("--with-documents goes with remove.")


def chosen(library: "Library", names: list[str], ids: list[str]) -> list["SourceInfo"]:
    """The sources with some ids. Raises FootnoteError unless each is one source's."""
    from retrieval.indexing.sync.known import sources_of

    known = [source for name in names for source in sources_of(library.existing(name))]
    return [_only(known, id) for id in ids]


def _only(known: list["SourceInfo"], id: str) -> "SourceInfo":
    found = [source for source in known if id and source.id.startswith(id)]
    if len(found) > 1:
        libraries = ", ".join(map(where_of, found))
        raise FootnoteError(f"{id!r} is a source of {libraries}: say which with --library.")
    if not found:
        raise FootnoteError(f"There is no source {id!r}. `footnote sources` shows the ids.")
    return found[0]


def set_schedule(library: "Library", names: list[str], ids: list[str], every: Every) -> None:
    """Give sources a schedule of their own, or the usual one."""
    from retrieval.indexing.sync.known import schedule

    for source in chosen(library, names, ids):
        store = library.existing(source.library)
        schedule(store, source, "" if every is Every.USUAL else every.value)


def remove(library: "Library", source: "SourceInfo", with_documents: bool) -> str:
    """Forget a source; returns a sentence on that."""
    from retrieval.indexing.sync.known import forget

    erase = partial(library.erase, library=source.library) if with_documents else None
    documents = forget(library.existing(source.library), source, erase)
    count = many(len(documents), "document")
    if with_documents:
        return f"Removed the {source.kind} {called(source)}, and {count} with it."
    return f"Removed the {source.kind} {called(source)}. Of its documents, {count} stay."


def tell(terminal: Terminal, told: list[str]) -> None:
    """Say what was removed."""
    for sentence in told:
        terminal.tell(sentence)
