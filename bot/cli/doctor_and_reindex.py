"""The verbs that look after a home: `doctor`, `reindex`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot.doctor.check_result import Check
from bot.doctor.check_up import check_up
from bot.output.progress import progress_bar
from retrieval.errors import FootnoteError

from .context import HomeOption, JsonOption, library_of, settings_of, shell_of, terminal_of

ModelOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The embedding model from now on: multilingual, bundled, or a sentence-transformers "
        "name or path.",
    ),
]


def reindex(
    context: typer.Context,
    model: ModelOption = None,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Make all indexes anew from the stored texts.

    Needed when FOOTNOTE_EMBEDDING_MODEL has changed; --model names another model, which the home
    has from then on. The documents' own files are not read again.
    """
    documents, terminal = 0, terminal_of(context)
    if model is not None:
        _choose(context, model, home)
    with library_of(context, home) as opened:
        total, model = opened.count(), opened.embedder.identity
        with progress_bar(terminal, total) as bar:
            for _ in opened.reindex(bar.passages):
                documents += 1
                bar.done()
    if json:
        terminal.print_json({"documents": documents, "embedding_model": model})
    else:
        terminal.console().print(f"Reindexed {documents} documents with {model}.")


def _choose(context: typer.Context, model: str, home: Path | None) -> None:
    """Give a home another embedding model, which its libraries are made anew with next.

    Raises FootnoteError, with the home as it was, where the model can't be had, where another is
    set, or where a running bot has the home.
    """
    from retrieval.embedding.embedder import SentenceEmbedder
    from retrieval.store.files.chosen_model import BUNDLED, keep_model

    settings = settings_of(context, home)
    if settings.embedding_model not in (None, model):
        raise FootnoteError(
            f"FOOTNOTE_EMBEDDING_MODEL is {settings.embedding_model!r}, which goes before --model. "
            "Unset it, or name the model there and run `footnote reindex`."
        )
    if shell_of(context).held is not None:
        raise FootnoteError(
            "The bot, or `footnote serve`, has this home open, with the model that it has. Stop "
            "it, change the model, and start it again."
        )
    name = None if model == BUNDLED else model
    _ = SentenceEmbedder(name, settings.device).model
    keep_model(settings.home, name)


def doctor(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Check that all is well, and say what to do.

    Looks at the home, the embedding model, every library and its index, the chat model, which is
    asked for a word, and the settings.
    """
    terminal, held = terminal_of(context), shell_of(context).held
    checks = list(check_up(settings_of(context, home), held.library if held else None))
    well = all(check.ok for check in checks)
    if json:
        terminal.print_json({"ok": well, "checks": [check.form() for check in checks]})
    else:
        show_checks(terminal.console(), checks)
    if not well:
        raise typer.Exit(1)


def show_checks(console: Console, checks: list[Check]) -> None:
    """A line for each check; what to do stands below what is wrong."""
    for check in checks:
        console.print(f"{'ok' if check.ok else 'WRONG':6} {check.name:12} {check.found}")
        if check.advice:
            console.print(f"{'':19} → {check.advice}")
