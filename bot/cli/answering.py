"""An answer on a terminal: as it is written, and then whole."""

import logging
import sys
from collections.abc import Iterable

from rich.console import Console
from rich.live import Live
from rich.text import Text

from bot.output.console import printable, show_answer
from bot.output.json_forms import answer_form
from bot.output.terminal import Terminal
from retrieval.types import Answer


def show_written(terminal: Terminal, answers: Iterable[Answer], json: bool) -> Answer:
    """Shows an answer in the form asked for, and returns it whole.

    On a terminal it appears a sentence after the other, and its footnotes when it is done. What
    reads a pipe gets the whole alone.
    """
    console = terminal.console()
    watched = console.is_terminal and not json
    answer = _watched(console, answers, terminal.own) if watched else _last(answers)
    if json:
        terminal.print_json(answer_form(answer))
    else:
        show_answer(console, answer)
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
    """Lets whoever asks in the shell know why it wasn't the chat model that answered."""
    logging.disable(logging.NOTSET)
    logging.root.handlers[:] = [logging.NullHandler()]
    log = logging.getLogger("retrieval.chat")
    log.handlers[:] = [_Notices(logging.WARNING)]
    log.propagate = False
