"""The command line with all its verbs, run at a terminal: its own, or that of an owner's client."""

import sqlite3
from collections.abc import Sequence

import typer
from typer._click.exceptions import ClickException  # what typer raises, and has no name for
from typer.main import get_command

from bot.output.terminal import Terminal
from bot.remote.address import OwnedError
from bot.remote.client import STOPPED
from retrieval.errors import FootnoteError

from . import add as adding
from . import ask as asking
from . import calibrate as calibrating
from . import documents
from . import eval as measuring
from . import maintenance as care
from . import maintenance as keeping
from . import serve as running
from .context import Held, Shell
from .process import keep_traceback

# Verbs that are to own a home themselves.
OWN = frozenset({"run", "serve", "playground"})
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
    app.command("backup")(keeping.backup)
    app.command("restore")(keeping.restore)
    app.command("doctor")(care.doctor)
    app.command("run")(running.run)
    app.command("serve")(running.serve)
    app.command("playground")(running.playground)
    return app


def run(arguments: Sequence[str], terminal: Terminal, held: Held | None = None) -> int:
    """Runs a verb, and returns its exit code; `held` is what an owner has open for it.

    What went wrong is said in a sentence, never in a traceback. Raises OwnedError where somebody
    has taken the home meanwhile, and BrokenPipeError where nobody reads the output any more.
    """
    try:
        code = _call(arguments, Shell(terminal, held=held))
    except ClickException as error:
        error.show(file=terminal.stderr)
        return error.exit_code
    except OwnedError as error:
        if OWN.isdisjoint(arguments):
            raise
        terminal.notice(f"footnote: {error}")
        return 1
    except BrokenPipeError:
        raise
    except FootnoteError as error:
        terminal.notice(f"footnote: {error}")
        return 1
    except (OSError, sqlite3.Error) as error:
        terminal.notice(f"footnote: {error}.")
        return 1
    except Exception as error:  # noqa: BLE001 -- the last resort, so that nobody meets a traceback
        told = f"Something unforeseen went wrong: {error!r}. {keep_traceback()}"
        terminal.notice(f"footnote: {told}")
        return 1
    if code == STOPPED:
        terminal.notice("footnote: stopped.")
    return code


def _call(arguments: Sequence[str], shell: Shell) -> int:
    """Ctrl-C ends a verb with its own code; typer raises Exit for it, or Abort where it asks."""
    command = get_command(build_app())
    try:
        ended = command.main(list(arguments), "footnote", standalone_mode=False, obj=shell)
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    return int(ended or 0)
