"""The `footnote` command line: one verb a function, a few related verbs a module."""

import io
import logging
import os
import signal
import sqlite3
import sys
import tempfile
import traceback
import warnings
from pathlib import Path

import typer

from retrieval.errors import FootnoteError

from . import adding, asking, calibrating, care, documents, measuring, running
from .state import notice

STOPPED = 128 + signal.SIGINT
EPILOG = "Answers go to standard output, everything else to standard error. Exit 0: done; 1: it "
EPILOG += "failed and said why; 2: used wrongly."


def build_app() -> typer.Typer:
    """The command line with all its verbs."""
    app = typer.Typer(
        name="footnote",
        help="Answers questions from your own documents, and shows where each answer stands.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(asking.begin)
    app.command("ask")(asking.ask)
    app.command("chat")(asking.chat)
    app.command("search")(asking.search)
    app.command("add")(adding.add)
    app.command("list")(documents.list_documents)
    app.command("show")(documents.show)
    app.command("remove")(documents.remove)
    app.command("refresh")(adding.refresh)
    app.command("eval")(measuring.evaluate)
    app.command("calibrate")(calibrating.calibrate)
    app.command("reindex")(care.reindex)
    app.command("doctor")(care.doctor)
    app.command("run")(running.run)
    app.command("playground")(running.playground)
    return app


def main() -> None:
    """Runs the command line. What went wrong is said in a sentence, never in a traceback."""
    silence_libraries()
    mend_streams()
    end_in_order()
    try:
        build_app()(prog_name="footnote")
    except FootnoteError as error:
        notice(f"footnote: {error}")
        sys.exit(1)
    except KeyboardInterrupt:
        notice("footnote: stopped.")
        sys.exit(STOPPED)
    except SystemExit as end:
        if end.code == STOPPED:  # what Typer makes of Ctrl-C
            notice("footnote: stopped.")
        raise
    except BrokenPipeError:
        # Whoever read the output has had enough; without this, Python complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (OSError, sqlite3.Error) as error:
        notice(f"footnote: {error}.")
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 -- the last resort, so that nobody meets a traceback
        notice(f"footnote: Something unforeseen went wrong: {error!r}. {keep_traceback()}")
        sys.exit(1)


def mend_streams() -> None:
    """Makes the standard streams fit to be used, closed or in another encoding as they are."""
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
    """Lets what is open be closed, temporary homes too, when the process is told to end."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))


def keep_traceback() -> str:
    """Writes the current traceback to a file, and says where."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="footnote-", suffix=".log", encoding="utf-8", delete=False
    ) as file:
        traceback.print_exc(file=file)
    return f"The details are in {file.name}; `footnote doctor` may tell more."


def silence_libraries() -> None:
    """Keeps the libraries' own words off the user's terminal."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
