"""The verb `conflicts`: list the places where documents say different things of the same."""

import typer

from bot.cli.context import HomeOption, JsonOption, LibraryOption, library_of, terminal_of
from bot.output.answers import said_by
from bot.output.json_forms import citation_form
from bot.output.text import many
from retrieval.types import COMMON


def conflicts(
    context: typer.Context,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """List where documents say different things of the same.

    Those are pairs of places in different documents whose numbers, hours, days or rules exclude
    each other, the newer first; no side is taken. An older version of a document is none, and
    what may be about something else is left out. Who is responsible is compared only on a question.
    """
    with library_of(context, home) as opened:
        found = opened.conflicts(opened.collections.stores(library))
    terminal = terminal_of(context)
    if json:
        forms = [[citation_form(place) for place in pair] for pair in found]
        terminal.print_json({"conflicts": forms})
        return
    if not found:
        terminal.notice("No conflicts: no two documents were found to say different things.")
    for number, pair in enumerate(found, start=1):
        console = terminal.console()
        console.print(f"{number}." if number == 1 else f"\n{number}.")
        for place in pair:
            console.print(said_by(place))
    if found:
        terminal.notice(
            f"{many(len(found), 'conflict')}. `footnote show ID` shows a document whole."
        )
