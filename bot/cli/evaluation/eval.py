"""The verb that measures: `eval`, with a gate (`--fail-under`) for a CI to insist on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.context import (
    HomeOption,
    JsonOption,
    LibraryOption,
    settings_of,
    shell_of,
    terminal_of,
)
from bot.output.progress import question_bar
from bot.output.terminal import Terminal
from bot.report.eval_json import eval_form
from retrieval.errors import FootnoteError
from retrieval.types import COMMON

from .golden_options import Chosen, Documents, Files, Questions, library_to_ask

if TYPE_CHECKING:
    from bot.report.baseline import Baseline
    from bot.report.report import Report
    from retrieval.evaluation.figures import Figure
    from retrieval.evaluation.run import Evaluation
    from retrieval.library import Library


def evaluate(
    context: typer.Context,
    files: Files,
    documents: Documents = None,
    questions: Questions = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What `eval --json` printed earlier, to be shown beside this run with the cases "
            "that changed sides.",
        ),
    ] = None,
    fail_under: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE,…",
            help="Exit with 1 if a figure, named as in the JSON, is below its value from 0 to 1, "
            "as in hit@5=0.9,abstention.recall=0.8. Without it, failed cases are no error.",
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.html", help="Write a page to look at.")
    ] = None,
    library: LibraryOption = COMMON,
    json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Measure answers on golden questions.

    Each is asked as `ask` would ask it. Cases in YAML are asked of the current home, and look
    like these:

    \b
      - question: How many books can I borrow?
        expect: [five books, 5 books]
      - question: Is there parking?
        expect: abstain

    One of the texts to expect must stand in the answer or its quotes; abstain stands where the
    documents don't say. A case may also have a source, the title or the end of the path that must
    be cited, and a library to ask. SQuAD's articles are put into a temporary home, whole and in
    halves, so that questions on the one half can be asked of the other.
    """
    shell, terminal = shell_of(context), terminal_of(context)
    files = [terminal.path(file) for file in files]
    report = report and terminal.path(report)
    gate, earlier = checked(fail_under or [], baseline and terminal.path(baseline), report, files)
    chosen = Chosen(files, documents or (), questions, library)
    with library_to_ask(shell, settings_of(context, home), chosen) as (opened, planned):
        from retrieval.evaluation.run import evaluate

        with question_bar(terminal, len(planned)) as done:
            evaluation = evaluate(opened, planned, done)
        found = report_on(files, opened, evaluation, earlier)
    tell(terminal, found, report, json)
    short = list(shortfalls(gate, found.figures))
    for sentence in short:
        terminal.notice(f"footnote: {sentence}")
    if short:
        raise typer.Exit(1)


def checked(
    fail_under: Sequence[str], baseline: Path | None, report: Path | None, files: Sequence[Path]
) -> tuple[dict[str, float], "Baseline | None"]:
    """The gate and the baseline, checked before a minute is spent on asking."""
    from bot.report.baseline import read_baseline
    from retrieval.evaluation.figures import every_figure

    gate = parse_gate(fail_under, gated(every_figure()))
    if report is not None:
        check_report(report, [*files, baseline] if baseline is not None else files)
    return gate, read_baseline(baseline) if baseline is not None else None


def check_report(report: Path, read: Sequence[Path]) -> None:
    """Raise FootnoteError where a report can't go to that place, or would replace what is read."""
    if not report.absolute().parent.is_dir():
        raise FootnoteError(f"There is no folder {report.absolute().parent} to write a report to.")
    if report.is_dir():
        raise FootnoteError(f"{report} is a folder. Name a file in it for the report.")
    if report.resolve() in {path.resolve() for path in read}:
        raise FootnoteError(f"The report would replace {report}, which is read. Name another file.")


def parse_gate(texts: Sequence[str], known: Sequence[str]) -> dict[str, float]:
    """The least value of each figure named in texts such as `hit@5=0.9,mrr=0.8`.

    Raises typer.BadParameter where that is not their form, no such figure is `known`, or one is
    named twice.
    """
    gate = dict[str, float]()
    for part in filter(None, (part.strip() for text in texts for part in text.split(","))):
        name, least = _least(part, known)
        if name in gate:
            raise typer.BadParameter(f"{name} is named twice.")
        gate[name] = least
    return gate


def _least(part: str, known: Sequence[str]) -> tuple[str, float]:
    name, _, value = (piece.strip() for piece in part.partition("="))
    if name not in known:
        close = get_close_matches(name, known, n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise typer.BadParameter(
            f"there is no figure {name!r} to insist on.{meant} The figures are {', '.join(known)}."
        )
    try:
        least = float(value)
    except ValueError:
        least = -1.0
    if not 0.0 <= least <= 1.0:
        raise typer.BadParameter(f"{part!r} needs a number from 0 to 1, as in {name}=0.9.")
    return name, least


def gated(figures: Sequence["Figure"]) -> list[str]:
    """The names of the figures that can be insisted on: those of which more is better."""
    return [figure.name for figure in figures if figure.unit == "share"]


def shortfalls(gate: Mapping[str, float], figures: Sequence["Figure"]) -> Iterator[str]:
    """A sentence for each figure that is below its least value, or could not be measured."""
    values = {figure.name: figure.value for figure in figures}
    for name, least in gate.items():
        value = values.get(name)
        if value is None:
            yield f"{name} could not be measured: no question of that sort was asked."
        elif value < least:
            yield f"{name} is {value:.4f}, and must be at least {least:g}."


def report_on(
    files: Sequence[Path],
    opened: "Library",
    evaluation: "Evaluation",
    earlier: "Baseline | None",
) -> "Report":
    """The report of an evaluation."""
    from bot.report.baseline import compare
    from bot.report.report import Report
    from retrieval.evaluation.figures import measure

    figures, numbers = measure(evaluation), opened.fitted.confidence
    return Report(
        title=", ".join(file.name for file in files),
        made_at=datetime.now().astimezone(),
        facts=(
            ("Embedding model", opened.embedder.identity),
            ("Answers from confidence", f"{numbers.threshold:.2f}"),
            ("Confidence fitted", f"{numbers.date} to {numbers.data}"),
        ),
        evaluation=evaluation,
        figures=figures,
        threshold=numbers.threshold,
        comparison=compare(earlier, figures, evaluation) if earlier is not None else None,
    )


def tell(terminal: Terminal, found: "Report", page: Path | None, json: bool) -> None:
    """Print an evaluation, and write the page where one is wanted."""
    from bot.report.terminal_summary import show_scores

    if json:
        terminal.print_json(eval_form(found))
    else:
        show_scores(terminal.console(), found)
    if page is not None:
        from bot.report.page import write_report  # drawing takes a second to load

        write_report(page, found)
        terminal.notice(f"The report is in {page}.")
