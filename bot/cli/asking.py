"""The verbs that ask: `ask`, `chat`, `search`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from retrieval.errors import FootnoteError
from retrieval.schema import COMMON, Answer, Turn

from ..console import make_console, show_answer, show_passages
from ..forms import answer_form, search_form
from .options import HomeOption, JsonOption, LibraryOption
from .state import library_of, notice, print_json

if TYPE_CHECKING:
    from retrieval.library import Library


def begin(context: typer.Context, home: HomeOption = None) -> None:
    """Answers questions from your own documents, and shows where each answer stands."""
    context.obj = home


def ask(
    context: typer.Context,
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="The question; - reads one a line.")
    ],
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Answer a question, with footnotes.

    The footnotes show where in the documents the answer stands. Where the documents don't say,
    it says so, and shows what came nearest.
    """
    with asking(context, home, library) as opened:
        if question == "-":
            ask_each_line(opened, library, json)
        else:
            show(make_console(), opened.ask(question, libraries=[library]), json)


def chat(
    context: typer.Context,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Hold a conversation of questions.

    Each may refer to the one before. An empty line, or the end of the input (Ctrl-D), ends the
    conversation.
    """
    console, turns = make_console(), list[Turn]()
    with asking(context, home, library) as opened:
        for question in questions_typed():
            try:
                answer = opened.ask(question, turns, [library])
            except FootnoteError as error:
                notice(f"footnote: {error}")
                continue
            if turns and not json:
                console.print()
            show(console, answer, json)
            turns.append(Turn(question, answer.text))


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 5,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show the passages that match a query best."""
    with asking(context, home, library) as opened:
        passages = opened.search(query, k, [library])
    if json:
        print_json(search_form(query, passages))
    elif passages:
        show_passages(make_console(), passages)
    else:
        notice("Nothing was found: the library holds no documents.")


@contextmanager
def asking(context: typer.Context, home: Path | None, library: str) -> Iterator["Library"]:
    """The library to ask; a home that holds nothing is given the sample first."""
    with library_of(context, home) as opened:
        if library == COMMON and opened.add_sample():
            notice("No documents yet: added the built-in sample briefing.")
        yield opened


def ask_each_line(opened: "Library", library: str, json: bool) -> None:
    """Answers every line of standard input; one that can't be answered doesn't stop the rest."""
    console, failed = make_console(), False
    for question in filter(None, map(str.strip, sys.stdin)):
        try:
            show(console, opened.ask(question, libraries=[library]), json)
        except FootnoteError as error:
            failed = True
            notice(f"footnote: {error}")
            if json:
                print_json({"question": question, "error": str(error)})
        if not json:
            console.print()
    if failed:
        raise typer.Exit(1)


def questions_typed() -> Iterator[str]:
    """Questions from standard input until an empty line or its end, prompted for on a terminal."""
    prompted = sys.stdin.isatty()
    while True:
        if prompted:
            print("\n? ", end="", file=sys.stderr, flush=True)
        question = sys.stdin.readline().strip()
        if not question:
            return
        yield question


def show(console: Console, answer: Answer, json: bool) -> None:
    """Prints an answer in the form asked for."""
    if json:
        print_json(answer_form(answer))
    else:
        show_answer(console, answer)
