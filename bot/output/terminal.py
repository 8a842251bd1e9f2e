"""Where a verb of the shell reads and writes: this process's streams, or those of its client."""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from rich.console import Console

from .console import escaped, make_console, printable


def nobody() -> None:
    """Whom nobody interrupts but by a signal."""


def as_it_is() -> tuple[int, int] | None:
    """Whose screen can be asked for its size by whoever draws on it."""
    return None


@dataclass(frozen=True, slots=True)
class Terminal:
    """Three streams, the folder that relative paths start from, and what is known of the screen.

    `environment` are the variables by which programs tell what a screen can do, TERM and NO_COLOR
    among them; `own` says that the streams are this process's own. Whoever is long at work calls
    `check` now and then: it raises KeyboardInterrupt where the person has had enough. `size` is
    that of somebody else's screen, columns and lines, once they have changed it.
    """

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO
    folder: Path
    environment: Mapping[str, str]
    own: bool = True
    check: Callable[[], None] = nobody
    size: Callable[[], tuple[int, int] | None] = as_it_is

    def path(self, named: Path) -> Path:
        """The path that is meant by one that was typed there."""
        return named if self.own else self.folder / named

    def console(self, stream: TextIO | None = None) -> Console:
        """A console on a stream, standard output where none is named."""
        return make_console(stream or self.stdout, self.environment)

    def look_up(self, console: Console) -> None:
        """Called by whoever is long at work and draws: stops where that is wanted, and fits what is
        drawn to the screen as it has become."""
        self.check()
        if (size := self.size()) is not None:
            console.size = size

    def notice(self, text: str) -> None:
        """A line on standard error."""
        print(printable(text), file=self.stderr, flush=True)

    def tell(self, text: str) -> None:
        """A line on standard output, seen at once by whoever reads it."""
        print(printable(text), file=self.stdout, flush=True)

    def print_json(self, value: Any) -> None:
        """One line of JSON on standard output, seen at once by whoever reads it."""
        print(escaped(json.dumps(value, ensure_ascii=False)), file=self.stdout, flush=True)

    def ask_for_number(self, question: str, default: int) -> int:
        """A whole number above zero from whoever sits there; `default` where they just go on."""
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
