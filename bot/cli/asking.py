"""The verbs that ask: `ask`, `chat`, `search`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retrieval.errors import FootnoteError
from retrieval.schema import COMMON, Turn

from ..console import make_console, show_passages
from ..forms import search_form
from .answering import show_written, tell_of_the_model
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
            show_written(make_console(), opened.stream(question, libraries=[library]), json)


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
            if turns and not json:
                console.print()
            try:
                answer = show_written(console, opened.stream(question, turns, [library]), json)
            except FootnoteError as error:
                notice(f"footnote: {error}")
                continue
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
    with library_of(context, home, asking=True) as opened:
        if opened.chat is not None:
            tell_of_the_model()
        if library == COMMON and opened.add_sample():
            notice("No documents yet: added the built-in sample briefing.")
        yield opened


def ask_each_line(opened: "Library", library: str, json: bool) -> None:
    """Answers every line of standard input; one that can't be answered doesn't stop the rest."""
    console, failed = make_console(), False
    for question in filter(None, map(str.strip, sys.stdin)):
        try:
            show_written(console, opened.stream(question, libraries=[library]), json)
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
