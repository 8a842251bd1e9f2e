"""The verb that fits confidence to the operator's own questions: `calibrate`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from bot.cli.context import (
    HomeOption,
    JsonOption,
    LibraryOption,
    Shell,
    settings_of,
    shell_of,
    terminal_of,
)
from bot.output.progress import question_bar
from bot.output.terminal import Terminal
from bot.report.eval_json import refit_form
from retrieval.errors import FootnoteError
from retrieval.types import COMMON

from .golden_options import FILES, Chosen, Documents, Questions, library_to_ask

if TYPE_CHECKING:
    from retrieval.evaluation.calibrate import Refit
    from retrieval.evaluation.run import Plan
    from retrieval.library import Library


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
    force: Annotated[
        bool,
        typer.Option(
            "--force",
            help="Keep the result even if more than a tenth of the questions with an answer would "
            "no longer be answered.",
        ),
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
    if reset and (files or dry_run or force):
        raise typer.BadParameter("--reset goes with no file, and not with --dry-run or --force.")
    if reset:
        go_back(shell_of(context), settings.home, json)
        return
    if not files:
        raise typer.BadParameter("name a file of golden questions, or --reset.")
    chosen = Chosen([terminal.path(file) for file in files], documents or (), questions, library)
    with library_to_ask(shell_of(context), settings, chosen) as (opened, planned):
        found, count = fit_to(terminal, opened, planned, false_answers, chosen.files)
        keeping = not dry_run and (force or not found.loses_answers)
        if keeping:
            put_in_force(shell_of(context), settings.home, opened, found)
    tell(terminal, found, count, settings.home, keeping, json)
    if dry_run and not json:
        tell_of_dry_run(terminal, found)
    elif not dry_run and not keeping:
        raise FootnoteError(
            f"Nothing was changed: {loss_of(found)}, which is more than a tenth less. Check the "
            "questions, allow more false answers with --false-answers, or keep it all the same "
            "with --force."
        )


def fit_to(
    terminal: Terminal,
    opened: "Library",
    planned: "Plan",
    false_answers: float,
    files: Sequence[Path],
) -> tuple["Refit", int]:
    """Confidence fitted to the questions of a plan, which are asked, and how many those are."""
    from retrieval.evaluation.calibrate import check_enough, gather, refit, to_gather
    from retrieval.evaluation.golden import Kind
    from retrieval.weights.fitted import load_fitted

    golden = to_gather(planned)
    check_enough([one.kind is Kind.ANSWERABLE for one in golden])
    with question_bar(terminal, len(golden)) as asked:
        samples = gather(opened, golden, asked)
    data = f"{', '.join(file.name for file in files)}, {len(samples)} questions"
    # From what comes with Footnote, not from what is kept, which may have seen these questions.
    shipped = load_fitted(opened.embedder.multilingual).confidence
    before = opened.fitted.confidence
    return refit(samples, shipped, before, false_answers, data), len(samples)


def put_in_force(shell: Shell, home: Path, opened: "Library", found: "Refit") -> None:
    """Keep a calibration in the home. Where this process has the home open, it answers by it."""
    from retrieval.weights.calibration_file import SavedCalibration, keep, measured_with

    made_with = measured_with(opened.embedder.identity, opened.fitted.ranking)
    keep(home, SavedCalibration(made_with, found.calibration))
    if shell.held is not None:
        library = shell.held.library
        library.fitted = replace(library.fitted, confidence=found.calibration)


def go_back(shell: Shell, home: Path, json: bool) -> None:
    """Forget the home's own calibration. Where this process has the home open, it does at once."""
    from retrieval.weights.calibration_file import forget
    from retrieval.weights.fitted import load_fitted

    forgot = forget(home)
    if shell.held is not None:
        library = shell.held.library
        library.fitted = load_fitted(library.embedder.multilingual)
    if json:
        shell.terminal.print_json({"reset": forgot})
    else:
        done = "Back to" if forgot else "There was none of your own: it stays"
        shell.terminal.console().print(f"{done} the calibration that comes with Footnote.")


def tell(
    terminal: Terminal, found: "Refit", questions: int, home: Path, kept: bool, json: bool
) -> None:
    """Print what the new numbers are worth."""
    if json:
        terminal.print_json(refit_form(found, questions, kept))
        return
    terminal.console().print(standing_table(found))
    if kept:
        terminal.notice(f"Kept in {home}, and in force from now on; --reset goes back.")


def tell_of_dry_run(terminal: Terminal, found: "Refit") -> None:
    """Say that nothing was kept, and if it would be refused."""
    terminal.notice("Nothing was changed: this was a dry run.")
    if found.loses_answers:
        terminal.notice(f"It would be kept with --force alone: {loss_of(found)}.")


def loss_of(found: "Refit") -> str:
    """The shares answered with the new numbers and now, as part of a sentence."""
    return (
        f"{found.after.answered:.1%} of the questions with an answer would be answered, and "
        f"{found.before.answered:.1%} are now"
    )


def standing_table(found: "Refit") -> Table:
    """A table of how questions are told apart, before and after."""
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
