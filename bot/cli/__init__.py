"""The `footnote` command line: one verb a function, a few related verbs a module."""

import logging
import os
import sys
import warnings

import typer

from retrieval.errors import FootnoteError

from . import asking, care, documents

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
    app.command("add")(documents.add)
    app.command("list")(documents.list_documents)
    app.command("show")(documents.show)
    app.command("remove")(documents.remove)
    app.command("refresh")(documents.refresh)
    app.command("reindex")(care.reindex)
    app.command("doctor")(care.doctor)
    return app


def main() -> None:
    """Runs the command line. What went wrong is said in a sentence, never in a traceback."""
    silence_libraries()
    try:
        build_app()()
    except FootnoteError as error:
        print(f"footnote: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("footnote: stopped.", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read the output has had enough; without this, Python complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def silence_libraries() -> None:
    """Keeps the libraries' own words off the user's terminal."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
