"""Make the process's own streams, signals and libraries fit for a command line."""

import io
import logging
import os
import signal
import sys
import tempfile
import traceback
import warnings
from pathlib import Path


def mend_streams() -> None:
    """Make the standard streams fit to be used, closed or in another encoding as they are."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 -- for the whole run
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdin, sys.stdout):
        # A question with a stray byte in it is still a question, and an answer still an answer.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def end_in_order() -> None:
    """Let what is open be closed, temporary homes too, when the process is told to end."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))


def leave_unread() -> None:
    """Drop unwritten output, once its reader has ended: else Python complains at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def keep_traceback() -> str:
    """Write the current traceback to a file, and say where."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="footnote-", suffix=".log", encoding="utf-8", delete=False
    ) as file:
        traceback.print_exc(file=file)
    return f"The details are in {file.name}; `footnote doctor` may tell more."


def silence_libraries() -> None:
    """Keep the libraries' own words off the user's terminal."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
