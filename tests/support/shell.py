"""Plays the shell: runs `footnote`, in this process or in one of its own, and keeps its words."""

import io
import json
import logging
import os
import pty
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import pytest

from bot.cli import main

from .processes.preloaded import preloaded

# What would steer a terminal, and has no place in anything that is printed.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exit code of a run, and what it wrote to standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one line of JSON that standard output is."""
        (value,) = self.lines
        return value

    @property
    def lines(self) -> list[Any]:
        """The lines of JSON that standard output is."""
        *lines, rest = self.out.split("\n")
        assert rest == "", "the last line has no end"
        return [json.loads(line) for line in lines]


def footnote(*arguments: str | Path, typed: str | bytes | TextIO = "") -> Outcome:
    """Runs the command line in this process, with `typed` as its standard input.

    What would reach a user as a traceback is raised here.
    """
    if isinstance(typed, str | bytes):
        data = typed.encode() if isinstance(typed, str) else typed
        typed = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
    with _streams(typed) as (out, err), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["footnote", *map(str, arguments)])
        code = _run()
        return Outcome(code, _written(out), _written(err))


@contextmanager
def _streams(typed: TextIO) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Standard streams of its own for the block, and the interpreter's settings back after it."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    disabled = logging.root.manager.disable
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setattr(sys, "stdin", typed)
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(sys, "excepthook", sys.excepthook)
        try:
            yield out, err
        finally:
            logging.disable(disabled)


def _run() -> int:
    """Runs the command line; returns its exit code."""
    try:
        main()
    except SystemExit as end:
        code = end.code
    else:
        code = 0
    assert isinstance(code, int)
    return code


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


def assert_refused(done: Outcome, *words: str) -> None:
    """It failed in one sentence on standard error, and printed nothing."""
    assert (done.code, done.out) == (1, "")
    (sentence,) = done.err.splitlines()
    assert sentence.startswith("footnote: ")
    assert sentence.endswith(".")
    assert [word for word in words if word not in sentence] == []


def measure(home: Path, *arguments: str | Path) -> Any:
    """Return what `eval --json` prints, with nothing said beside it."""
    done = footnote("eval", *arguments, "--json", "--home", home)
    assert (done.code, done.err) == (0, "")
    return done.json


def contents(folder: Path) -> dict[Path, bytes]:
    """The files of a folder and what is in them."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@contextmanager
def powerless() -> Iterator[None]:
    """Runs the block as a user whom permissions bind; root, whom they don't, steps down for it."""
    user = os.geteuid()
    os.seteuid(user or 65534)
    try:
        yield
    finally:
        os.seteuid(user)


def footnote_process(
    *arguments: str | Path,
    home: Path,
    typed: str = "",
    terminal: bool = False,
    cold: bool = False,
) -> Outcome:
    """Runs the command line in a process of its own, its home set by FOOTNOTE_HOME.

    With `terminal`, standard error is one; otherwise all streams are pipes. With `cold`, the
    process imports its libraries itself.
    """
    theirs = {"FOOTNOTE_HOME": str(home), "TERM": "xterm", "COLUMNS": "100"}
    ours = {name: value for name, value in os.environ.items() if not name.startswith("FOOTNOTE_")}
    python = [sys.executable] if cold else preloaded()
    command = [*python, "-m", "bot", *map(str, arguments)]
    screen, end = pty.openpty() if terminal else (None, subprocess.PIPE)
    with subprocess.Popen(
        command,
        env=ours | theirs,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=end,
        encoding="utf-8",
    ) as process:
        drawn = ""
        if screen is not None:
            os.close(end)
            drawn = _drawn_on(screen)
        out, err = process.communicate(typed)
    return Outcome(process.returncode, out, drawn or err)


def _drawn_on(screen: int) -> str:
    """Everything that is written to a terminal until no one has it open any more."""
    drawn = b""
    with open(screen, "rb", buffering=0) as file:
        try:
            while data := file.read(4096):
                drawn += data
        except OSError:  # how Linux says that the other side is closed
            pass
    return drawn.decode()
