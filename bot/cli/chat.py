"""The verb that holds a conversation: `chat`, question after question, until an empty line."""

from collections.abc import Iterator

import typer

from bot.output.terminal import Terminal
from retrieval.errors import FootnoteError
from retrieval.types import COMMON, Turn

from .ask_and_search import PROMPT, CollectionsOption, asking, show_written
from .context import HomeOption, JsonOption, LibraryOption, terminal_of


def chat(
    context: typer.Context,
    library: LibraryOption = COMMON,
    collection: CollectionsOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Hold a conversation of questions.

    Each may refer to the one before. An empty line, or the end of the input (Ctrl-D), ends the
    conversation.
    """
    terminal, turns = terminal_of(context), list[Turn]()
    with asking(context, home, library, collection) as (opened, asked):
        for question in questions_typed(terminal):
            if turns and not json:
                terminal.tell("")
            try:
                answer = show_written(terminal, opened.stream(question, turns, asked), json)
            except FootnoteError as error:
                terminal.notice(f"footnote: {error}")
                continue
            turns.append(Turn(question, answer.text))


def questions_typed(terminal: Terminal) -> Iterator[str]:
    """Questions from standard input until an empty line or its end, prompted for on a terminal."""
    prompted = terminal.stdin.isatty()
    while True:
        if prompted:
            print(f"\n{PROMPT}", end="", file=terminal.stderr, flush=True)
        question = terminal.stdin.readline().strip()
        if not question:
            return
        yield question
