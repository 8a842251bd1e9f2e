"""The verb `collections`: the named sets of a library's documents, and what is in which."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.context import HomeOption, JsonOption, LibraryOption, library_of, terminal_of
from bot.output.json_forms import document_form
from bot.output.progress import progress_bar
from bot.output.terminal import Terminal
from bot.output.text import many, printable
from retrieval.types import COMMON

if TYPE_CHECKING:
    from retrieval.indexing.sync.move_to import Moved
    from retrieval.library import Library
    from retrieval.library.collections import CollectionInfo


class Action(StrEnum):
    """The things that can be done with collections."""

    LIST = "list"
    ADD = "add"
    RENAME = "rename"
    MOVE = "move"
    DELETE = "delete"


# The fewest and the most names or ids that go with each.
TAKES = {
    Action.LIST: (0, 0, "no names"),
    Action.ADD: (1, 1, "the name of the new collection"),
    Action.RENAME: (2, 2, "the collection's name and its new one"),
    Action.MOVE: (1, None, "the ids of documents or sources, and --to"),
    Action.DELETE: (1, 1, "the collection's name"),
}


def collections(
    context: typer.Context,
    action: Annotated[
        Action, typer.Argument(metavar="ACTION", help="list, add, rename, move or delete.")
    ] = Action.LIST,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="Names of collections; ids, for move."),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="Where to move documents.")
    ] = None,
    come_from: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME", help="Where they are, if they are in several."),
    ] = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List or change the collections of documents.

    A collection is a named set of a library's documents. What is in none is for everybody; who may
    read the others, a server says by /collections in Discord. A folder or a site moves as a whole,
    by its id as `footnote sources` shows it. Only an empty collection can be deleted.
    """
    given = names or []
    check(action, given, to, come_from)
    terminal = terminal_of(context)
    with library_of(context, home) as opened:
        opened.existing(library)
        if action is Action.MOVE:
            assert to is not None  # checked above
            moved = move(terminal, opened, library, given, to, come_from)
        else:
            done = change(opened, library, action, given)
        known = opened.collections.of(library)
        for_all = len(opened.documents(library))
    if action is Action.MOVE:
        tell_moved(terminal, moved, json)
    elif json:
        terminal.print_json({"collections": [form(one) for one in ([done] if done else known)]})
    elif done:
        terminal.tell(f"{DONE[action]} “{printable(done.name)}”.")
    else:
        tell(terminal, library, for_all, known)


DONE = {Action.ADD: "Added", Action.RENAME: "It is called now:", Action.DELETE: "Deleted"}


def check(action: Action, names: list[str], to: str | None, come_from: str | None) -> None:
    """Raise typer.BadParameter where what is given doesn't go with the action."""
    fewest, most, takes = TAKES[action]
    if len(names) < fewest or (most is not None and len(names) > most):
        raise typer.BadParameter(f"{action.value} takes {takes}.")
    if (to is not None) != (action is Action.MOVE):
        raise typer.BadParameter("--to goes with move, which needs it.")
    if come_from is not None and action is not Action.MOVE:
        raise typer.BadParameter("--from goes with move.")


def change(
    opened: "Library", library: str, action: Action, names: list[str]
) -> "CollectionInfo | None":
    """Add, rename or delete a collection; None where they are only listed."""
    known = opened.collections
    if action is Action.ADD:
        return known.create(names[0], library)
    if action is Action.RENAME:
        return known.rename(names[0], names[1], library)
    return known.delete(names[0], library) if action is Action.DELETE else None


def move(
    terminal: Terminal,
    opened: "Library",
    library: str,
    ids: list[str],
    to: str,
    come_from: str | None,
) -> "list[Moved]":
    """Move documents, and say how far it is."""
    known, moved = opened.collections, list["Moved"]()
    there = known.store_called(come_from, library) if come_from is not None else None
    with progress_bar(terminal, len(ids)) as bar:
        for one in known.move(ids, to, library, there, bar.passages):
            moved.append(one)
            bar.done()
    return moved


def tell_moved(terminal: Terminal, moved: "list[Moved]", json: bool) -> None:
    """Say which documents are where now."""
    if json:
        terminal.print_json({"moved": [document_form(one.document) for one in moved]})
        return
    for one in moved:
        verdict = "there already" if one.stayed else "moved"
        terminal.tell(f"{verdict:13}  {one.document.id}  {printable(one.document.title)}")


def form(collection: "CollectionInfo") -> dict[str, Any]:
    """One of the collections in `collections --json`."""
    return {
        "library": collection.library,
        "name": collection.name,
        "documents": collection.documents,
    }


def tell(terminal: Terminal, library: str, for_all: int, known: "list[CollectionInfo]") -> None:
    """List the collections of a library."""
    terminal.tell(f"everybody: {many(for_all, 'document')}")
    for one in known:
        terminal.tell(f"{printable(one.name)}: {many(one.documents, 'document')}")
    if not known:
        terminal.notice(
            f"The library {library} has no other collection. Add a document to one: "
            "footnote add FILE --collection NAME"
        )
