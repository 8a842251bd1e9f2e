"""The verb for an operator's own synonyms: `synonyms`."""

from enum import StrEnum
from typing import Annotated

import typer

from bot.output.terminal import Terminal
from bot.output.text import printable
from retrieval.store.files.synonyms import add_synonyms, read_synonyms, remove_synonyms

from .context import HomeOption, JsonOption, library_of, terminal_of


class Action(StrEnum):
    """The things that can be done with synonyms."""

    LIST = "list"
    ADD = "add"
    REMOVE = "remove"


def synonyms(
    context: typer.Context,
    action: Annotated[Action, typer.Argument(metavar="ACTION", help="list, add or remove.")],
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD", help="Words or quoted phrases, for add and remove."),
    ] = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List, add or remove synonyms.

    Words that stand for one another: where a question holds one of them, the others are looked up
    beside it. The common ones come with Footnote; these are the home's own.
    """
    terms, terminal = words or [], terminal_of(context)
    if (action is Action.LIST) == bool(terms):
        raise typer.BadParameter(f"{action.value} wants {'no words' if terms else 'words'}.")
    with library_of(context, home) as opened:
        folder = opened.home.folder
        if action is Action.LIST:
            _tell_synonyms(terminal, read_synonyms(folder), json)
            return
        change = add_synonyms if action is Action.ADD else remove_synonyms
        done, key = change(folder, terms), "added" if action is Action.ADD else "removed"
    if json:
        terminal.print_json({key: done})
    else:
        terminal.tell(f"{key.capitalize()}: {', '.join(done)}")


def _tell_synonyms(terminal: Terminal, groups: list[list[str]], json: bool) -> None:
    if json:
        terminal.print_json({"synonyms": groups})
    elif not groups:
        terminal.notice("No synonyms of your own yet. Add some: footnote synonyms add WORD WORD")
    for group in groups if not json else []:
        terminal.tell(", ".join(map(printable, group)))
