"""The command line with all its verbs, run at its own terminal or that of an owner's client."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer
from typer._click.exceptions import ClickException  # what typer raises, and has no name for
from typer.main import get_command

from bot import VERSION
from bot.output.terminal import Terminal
from bot.remote.client import STOPPED
from bot.remote.owner_address import OwnedError
from retrieval.errors import FootnoteError

from .ask_and_search import ask, search
from .backup_and_restore import backup, restore
from .chat import chat
from .context import Held, HomeOption, Shell, shell_of, terminal_of
from .discord.gaps import gaps
from .discord.privacy import privacy
from .discord.settings import settings
from .doctor_and_reindex import doctor, reindex
from .documents.add import add
from .documents.collections import collections
from .documents.conflicts import conflicts
from .documents.list_show_remove import list_documents, remove, show
from .documents.restore_version import restore_version
from .documents.sources import sources
from .documents.sync import refresh, sync
from .evaluation.calibrate import calibrate
from .evaluation.eval import evaluate
from .process import keep_traceback
from .serve import playground, run_bot, serve
from .synonyms import synonyms

EPILOG = "Answers go to standard output, everything else to standard error. Exit 0: done; 1: it "
EPILOG += "failed and said why; 2: used wrongly."


def build_app() -> typer.Typer:
    """The command line with all its verbs."""
    app = typer.Typer(
        name="footnote",
        help="Answer questions from your own documents, and show where each answer stands.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(begin)
    app.command("ask")(ask)
    app.command("chat")(chat)
    app.command("search")(search)
    app.command("add")(add)
    app.command("list")(list_documents)
    app.command("show")(show)
    app.command("remove")(remove)
    app.command("refresh")(refresh)
    app.command("sync")(sync)
    app.command("sources")(sources)
    app.command("collections")(collections)
    app.command("conflicts")(conflicts)
    app.command("restore-version")(restore_version)
    app.command("eval")(evaluate)
    app.command("calibrate")(calibrate)
    app.command("synonyms")(synonyms)
    app.command("settings")(settings)
    app.command("gaps")(gaps)
    app.command("privacy")(privacy)
    app.command("reindex")(reindex)
    app.command("backup")(backup)
    app.command("restore")(restore)
    app.command("doctor")(doctor)
    app.command("run")(run_bot)
    app.command("serve")(serve)
    app.command("playground")(playground)
    return app


def tell_version(context: typer.Context, wanted: bool) -> None:
    """Print the version, and be done, where that is wanted."""
    if wanted:
        terminal_of(context).tell(f"footnote {VERSION}")
        raise typer.Exit


def begin(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", is_eager=True, callback=tell_version),
    ] = False,
    home: HomeOption = None,
) -> None:
    """Answer questions from your own documents, and show where each answer stands."""
    context.obj = replace(shell_of(context), home=home)


def run(arguments: Sequence[str], terminal: Terminal, held: Held | None = None) -> int:
    """Run a verb, and return its exit code; `held` is what an owner has open for it.

    What went wrong is said in a sentence, never in a traceback. Raises OwnedError where another
    process has taken the home, and BrokenPipeError where nobody reads the output any more.
    """
    try:
        code = _call(arguments, Shell(terminal, run, held=held))
    except ClickException as error:
        error.show(file=terminal.stderr)
        return error.exit_code
    except (OwnedError, BrokenPipeError):
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
    """Call a verb. Ctrl-C ends it with STOPPED; typer raises Exit for it, or Abort at a prompt."""
    command = get_command(build_app())
    try:
        ended = command.main(list(arguments), "footnote", standalone_mode=False, obj=shell)
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    return int(ended or 0)
