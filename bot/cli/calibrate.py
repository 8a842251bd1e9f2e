"""The verb that fits confidence to the operator's own questions: `calibrate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.output.progress import question_bar
from bot.output.terminal import Terminal
from bot.report.json_forms import refit_form
from retrieval.types import COMMON

from .context import HomeOption, JsonOption, LibraryOption, settings_of, shell_of, terminal_of
from .golden_options import FILES, Chosen, Documents, Questions, library_to_ask

if TYPE_CHECKING:
    from retrieval.evaluation.calibrate import Refit


def calibrate(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FILE", help=FILES)] = None,
    documents: Documents = None,
    questions: Questions = None,
    false_answers: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            min=0.0,
            max=1.0,
            help="The most of the questions to abstain on that may be answered all the same.",
        ),
    ] = 0.05,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Show the difference it would make, and keep nothing."),
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Go back to what comes with Footnote.")
    ] = False,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Fit confidence to your own questions.

    Confidence decides between answering and abstaining. It is fitted to golden questions, as eval
    takes them: at least 20 with an answer, and 20 to abstain on. The result stays in the home.
    """
    settings, terminal = settings_of(context, home), terminal_of(context)
    if reset and (files or dry_run):
        raise typer.BadParameter("--reset goes with no file, and not with --dry-run.")
    if reset:
        go_back(terminal, settings.home, json)
        return
    if not files:
        raise typer.BadParameter("name a file of golden questions, or --reset.")
    files = [terminal.path(file) for file in files]
    chosen = Chosen(files, documents or (), questions, library)
    with library_to_ask(shell_of(context), settings, chosen) as (opened, planned):
        from retrieval.evaluation.calibrate import check_enough, gather, refit, to_gather
        from retrieval.evaluation.golden import Kind
        from retrieval.weights.calibration_file import (
            SavedCalibration,
            in_force,
            keep,
            measured_with,
        )
        from retrieval.weights.fitted import load_fitted

        golden = to_gather(planned)
        check_enough([one.kind is Kind.ANSWERABLE for one in golden])
        with question_bar(terminal, len(golden)) as asked:
            samples = gather(opened, golden, asked)
        data = f"{', '.join(file.name for file in files)}, {len(samples)} questions"
        # From what comes with Footnote, not from what is kept, which may have seen these questions.
        found = refit(
            samples, load_fitted().confidence, opened.fitted.confidence, false_answers, data
        )
        if not dry_run:
            made_with = measured_with(opened.embedder.identity, opened.fitted.ranking)
            kept = SavedCalibration(made_with, found.calibration)
            keep(settings.home, kept)
            opened.fitted = in_force(load_fitted(), kept, opened.embedder.identity)
    tell(terminal, found, len(samples), settings.home, dry_run, json)


def go_back(terminal: Terminal, home: Path, json: bool) -> None:
    """Forgets the home's own calibration."""
    from retrieval.weights.calibration_file import forget

    forgot = forget(home)
    if json:
        terminal.print_json({"reset": forgot})
    else:
        done = "Back to" if forgot else "There was none of your own: it stays"
        terminal.console().print(f"{done} the calibration that comes with Footnote.")


def tell(
    terminal: Terminal, found: "Refit", questions: int, home: Path, dry_run: bool, json: bool
) -> None:
    """Prints what the new numbers are worth."""
    if json:
        terminal.print_json(refit_form(found, questions, kept=not dry_run))
        return
    terminal.console().print(standing_table(found))
    if dry_run:
        terminal.notice("Nothing was changed: this was a dry run.")
    else:
        terminal.notice(f"Kept in {home}, and in force from now on; --reset goes back.")


def standing_table(found: "Refit") -> Table:
    """How questions are told apart before and after."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("")
    table.add_column("before", justify="right")
    table.add_column("after, cross-validated", justify="right")
    before, after = found.before, found.after
    table.add_row("AUROC of confidence", f"{before.auroc:.3f}", f"{after.auroc:.3f}")
    table.add_row("threshold", f"{before.threshold:.3f}", f"{after.threshold:.3f}")
    answered = "questions with an answer, answered"
    table.add_row(answered, f"{before.answered:.1%}", f"{after.answered:.1%}")
    false = "questions to abstain on, answered"
    table.add_row(false, f"{before.false_answers:.1%}", f"{after.false_answers:.1%}")
    return table
