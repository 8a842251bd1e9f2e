"""The verbs that ask once: `ask`, `search`. A terminal shows answers as they are written."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.output.answers import show_answer, show_passages
from bot.output.explanation import explanation_form, show_explanation
from bot.output.json_forms import answer_form, search_form
from bot.output.terminal import Terminal
from bot.output.text import printable
from retrieval.errors import FootnoteError
from retrieval.types import COMMON, SAMPLE_LIBRARY, Answer

from .context import (
    HomeOption,
    JsonOption,
    LibraryOption,
    drop_sample,
    library_of,
    terminal_of,
)

if TYPE_CHECKING:
    from retrieval.answer.explanation import Explanation
    from retrieval.library import Library

ExplainOption = Annotated[
    bool, typer.Option("--explain", help="Say why it was answered, or why not.")
]

CollectionsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--collection", metavar="NAME", help="Of which collections; may be repeated. [default: all]"
    ),
]

# Stands before a question that was typed, or read from a file.
PROMPT = "? "


def ask(
    context: typer.Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION", help="The question; - reads one a line."),
    ],
    library: LibraryOption = COMMON,
    collection: CollectionsOption = None,
    explain: ExplainOption = False,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Answer a question, with footnotes.

    The footnotes show where in the documents the answer stands. Where the documents don't say,
    it says so, and shows what came nearest. Quotes around the question are only needed for signs
    that mean something to the shell.
    """
    terminal, question = terminal_of(context), joined(words, "question")
    with asking(context, home, library, collection) as (opened, asked):
        if question == "-":
            ask_each_line(terminal, opened, asked, json, explain)
        else:
            answers = opened.stream(question, libraries=asked)
            why = partial(opened.explain, libraries=asked) if explain else None
            show_written(terminal, answers, json, why)


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(metavar="QUERY", help="What to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 5,
    library: LibraryOption = COMMON,
    collection: CollectionsOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Show the passages that match a query best."""
    query = joined(words, "query")
    with asking(context, home, library, collection) as (opened, asked):
        passages = opened.search(query, k, asked)
    terminal = terminal_of(context)
    if json:
        terminal.print_json(search_form(query, passages))
    elif passages:
        show_passages(terminal.console(), passages)
    else:
        terminal.notice("Nothing was found: the library holds no documents.")


def joined(words: Sequence[str], what: str) -> str:
    """A question as it was typed, with quotes around it or without.

    Raises typer.BadParameter where it is empty.
    """
    text = " ".join(words)
    if not text.strip():
        raise typer.BadParameter(
            f"the {what} is empty. Ask something, in a few words or a sentence."
        )
    return text


@contextmanager
def asking(
    context: typer.Context, home: Path | None, library: str, collections: list[str] | None = None
) -> Iterator[tuple["Library", list[str]]]:
    """The home's library, and what in it is to be asked: some collections, or all of them.

    Raises FootnoteError where that is not there, or was made with another model.
    """
    with library_of(context, home, asking=True) as opened:
        if opened.chat is not None and terminal_of(context).own:
            tell_of_the_model()
        drop_sample(terminal_of(context), opened)
        named = is_named(context) or collections
        name = library if named else name_to_ask(terminal_of(context), opened)
        opened.existing(name)  # a conversation is refused before its first question
        yield opened, stores_to_ask(opened, name, collections)


def stores_to_ask(opened: "Library", library: str, collections: list[str] | None) -> list[str]:
    """Those of a library's collections that are named, or all."""
    if not collections:
        return opened.collections.stores(library)
    named = (opened.collections.store_called(name, library) for name in collections)
    return list(dict.fromkeys(named))


def is_named(context: typer.Context) -> bool:
    """Return True where the command line says which library to ask."""
    source = context.get_parameter_source("library")
    return source is not None and source.name != "DEFAULT"


def name_to_ask(terminal: Terminal, opened: "Library") -> str:
    """The library that is asked where none is named: the sample's, while there is nothing else."""
    if opened.has_own_documents():
        return COMMON
    if opened.add_sample():
        terminal.notice("No documents yet: added the built-in sample briefing.")
    return SAMPLE_LIBRARY


def ask_each_line(
    terminal: Terminal,
    opened: "Library",
    libraries: list[str],
    json: bool,
    explain: bool = False,
) -> None:
    """Answer every line of standard input; one that can't be answered doesn't stop the rest."""
    failed, why = False, partial(opened.explain, libraries=libraries) if explain else None
    for question in filter(None, map(str.strip, terminal.stdin)):
        if not json:
            terminal.tell(f"{PROMPT}{question}")
        try:
            show_written(terminal, opened.stream(question, libraries=libraries), json, why)
        except FootnoteError as error:
            failed = True
            terminal.notice(f"footnote: {error}")
            if json:
                terminal.print_json({"question": question, "error": str(error)})
        if not json:
            terminal.tell("")
    if failed:
        raise typer.Exit(1)


def show_written(
    terminal: Terminal,
    answers: Iterable[Answer],
    json: bool,
    why: "Callable[[str], Explanation] | None" = None,
) -> Answer:
    """Show an answer in the form asked for, and return it whole; `why` explains it, if asked for.

    On a terminal it appears a sentence after the other, and its footnotes when it is done. What
    reads a pipe gets the whole alone.
    """
    console = terminal.console()
    watched = console.is_terminal and not json
    answer = _watched(console, answers, terminal.own) if watched else _last(answers)
    explanation = why(answer.question) if why else None
    if json:
        more = {"explanation": explanation_form(explanation)} if explanation else {}
        terminal.print_json(answer_form(answer) | more)
        return answer
    show_answer(console, answer)
    if explanation:
        show_explanation(console, explanation)
    return answer


def _watched(console: Console, answers: Iterable[Answer], own: bool) -> Answer:
    # What was shown may yet be taken back, so it goes when the whole is there. Only in a process
    # of its own are the process's streams its terminal's.
    with Live(
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=own,
        redirect_stderr=own,
    ) as live:
        return _last(_shown(live, answer) for answer in answers)


def _shown(live: Live, answer: Answer) -> Answer:
    if not answer.whole:
        live.update(Text(printable(answer.text), style="bold"), refresh=True)
    return answer


def _last(answers: Iterable[Answer]) -> Answer:
    *_, answer = answers
    return answer


class _Notices(logging.Handler):
    """Warnings as lines on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        reason = getattr(record, "reason", "")
        told = f"footnote: {record.getMessage()}{f': {reason}' if reason else ''}"
        print(printable(told), file=sys.stderr, flush=True)


def tell_of_the_model() -> None:
    """Let warnings say why it wasn't the chat model that answered."""
    logging.disable(logging.NOTSET)
    logging.root.handlers[:] = [logging.NullHandler()]
    log = logging.getLogger("retrieval.answer.chat")
    log.handlers[:] = [_Notices(logging.WARNING)]
    log.propagate = False
