"""The verbs of care: `reindex` and `doctor`."""

import typer

from ..check import Check
from ..console import make_console
from ..doctor import check_up
from .options import HomeOption, JsonOption
from .progress import progress_bar
from .state import library_of, print_json, settings_of


def reindex(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Make all indexes anew from the stored texts.

    Needed when FOOTNOTE_EMBEDDING_MODEL has changed. The documents' own files are not read again.
    """
    documents = 0
    with library_of(context, home) as opened:
        total, model = opened.count(), opened.embedder.identity
        with progress_bar(total) as (passages, done):
            for _ in opened.reindex(passages):
                documents += 1
                done()
    if json:
        print_json({"documents": documents, "embedding_model": model})
    else:
        make_console().print(f"Reindexed {documents} documents with {model}.")


def doctor(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Check that all is well, and say what to do.

    Looks at the home, the embedding model, every library and its index, the chat model, which is
    asked for a word, and the settings.
    """
    checks = list(check_up(settings_of(context, home)))
    if json:
        print_json({"ok": all(check.ok for check in checks), "checks": [c.form() for c in checks]})
    else:
        show_checks(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


def show_checks(checks: list[Check]) -> None:
    """A line for each check; what to do stands below what is wrong."""
    console = make_console()
    for check in checks:
        console.print(f"{'ok' if check.ok else 'WRONG':6} {check.name:12} {check.found}")
        if check.advice:
            console.print(f"{'':19} → {check.advice}")
