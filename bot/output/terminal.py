"""The terminal that a verb reads from and writes to: this process's streams, or its client's."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from .text import escaped, printable

# In a pipe, lines are as long as they are: the program that reads them wraps them.
UNWRAPPED = 10_000


def make_console(stream: TextIO, environment: Mapping[str, str] | None = None) -> Console:
    """A console on a stream that prints text as it is.

    `environment` are the variables that say what the stream's screen can do, COLUMNS among them;
    this process's own where it is None.
    """
    width = None if stream.isatty() else UNWRAPPED
    return Console(
        file=stream,
        width=width,
        markup=False,
        highlight=False,
        emoji=False,
        _environ=environment,  # there is no public name for it, and a client has its own
    )


def never() -> None:
    """Default for `check`: never interrupts; Ctrl-C still arrives as a signal."""


def as_it_is() -> tuple[int, int] | None:
    """Default for `size`: unknown, as a screen of this process can be asked for its own."""
    return None


@dataclass(frozen=True, slots=True)
class Terminal:
    """Three streams, the folder that relative paths start from, and what is known of the screen.

    `environment` are the variables by which programs tell what a screen can do, TERM and NO_COLOR
    among them; `own` says that the streams are this process's own. Long work calls `check` now and
    then: it raises KeyboardInterrupt after Ctrl-C at another process's terminal. `size` is that of
    such a terminal, columns and lines, once it has changed.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    folder: Path
    environment: Mapping[str, str]
    own: bool = True
    check: Callable[[], None] = never
    size: Callable[[], tuple[int, int] | None] = as_it_is

    def path(self, named: Path) -> Path:
        """The path that is meant by one that was typed there."""
        return named if self.own else self.folder / named

    def console(self, stream: TextIO | None = None) -> Console:
        """A console on a stream, standard output where none is named."""
        return make_console(stream or self.stdout, self.environment)

    def look_up(self, console: Console) -> None:
        """Stop long work where that is wanted, and fit what it draws to the screen as it is now."""
        self.check()
        if (size := self.size()) is not None:
            console.size = size

    def notice(self, text: str) -> None:
        """Print a line on standard error, flushed."""
        print(printable(text), file=self.stderr, flush=True)

    def tell(self, text: str) -> None:
        """Print a line on standard output, flushed."""
        print(printable(text), file=self.stdout, flush=True)

    def print_json(self, value: Any) -> None:
        """Print one line of JSON on standard output, flushed."""
        print(escaped(json.dumps(value, ensure_ascii=False)), file=self.stdout, flush=True)

    def ask_for_number(self, question: str, default: int) -> int:
        """Ask for a whole number above zero; an empty line means `default`."""
        while True:
            print(f"{question} [{default}]: ", end="", file=self.stderr, flush=True)
            typed = self.stdin.readline().strip()
            if not typed:
                return default
            if typed.isdecimal() and int(typed) > 0:
                return int(typed)
            self.notice("Type a whole number above zero.")


def own_terminal(environment: Mapping[str, str]) -> Terminal:
    """The streams that this process was started with."""
    return Terminal(sys.stdin, sys.stdout, sys.stderr, Path(), environment)
