"""Show an evaluation on a terminal: one table, then each failed case in two lines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.output.text import printable, shortened
from retrieval.types import COMMON

from .figure_groups import make_groups
from .report import Report

if TYPE_CHECKING:
    from retrieval.evaluation.golden import Outcome

LONGEST = 160  # characters of an answer that is shown to say what came instead


def show_scores(console: Console, report: Report) -> None:
    """Show the figures, the cases that changed sides since an earlier run, and the failed ones."""
    from retrieval.evaluation.golden import Kind

    console.print(figures_table(report))
    if report.comparison is not None:
        _show_changes(console, "Right now, wrong before", report.comparison.mended)
        _show_changes(console, "Wrong now, right before", report.comparison.broken)
    failed = [outcome for outcome in report.evaluation.outcomes if outcome.fault is not None]
    tricked = [outcome for outcome in failed if outcome.golden.kind is Kind.TRICK]
    shown = [outcome for outcome in failed if outcome.golden.kind is not Kind.TRICK]
    if shown:
        noun = "case" if len(report.evaluation.outcomes) == 1 else "cases"
        console.print(f"\n{len(shown)} of {len(report.evaluation.outcomes)} {noun} failed:")
    for outcome in shown:
        _show_failure(console, outcome, report.threshold)
    if tricked:
        console.print(
            f"\n{len(tricked)} of SQuAD's own unanswerable questions were answered; "
            "--report and --json list them."
        )


def figures_table(report: Report) -> Table:
    """A row for each figure, with the earlier value and the change where there is one."""
    compared = report.comparison is not None
    table = Table(box=None, pad_edge=False, header_style="dim", show_header=compared)
    table.add_column("figure")
    for name in ("now", "before", "change") if compared else ("now",):
        table.add_column(name, justify="right")
    for group in make_groups(report):
        table.add_row(Text(group.heading, style="bold"))
        for line in group.lines:
            values = (line.value, line.before, line.change) if compared else (line.value,)
            table.add_row(f"  {line.label}", *values)
    return table


def _show_changes(console: Console, heading: str, outcomes: Sequence["Outcome"]) -> None:
    if outcomes:
        console.print(f"\n{heading}:")
    for outcome in outcomes:
        console.print(f"  {one_line(outcome.golden.question)}")


def _show_failure(console: Console, outcome: "Outcome", threshold: float) -> None:
    golden = outcome.golden
    asked_of = f", asked of {golden.library}" if golden.library != COMMON else ""
    console.print(
        Text.assemble(
            "\n",
            (f"{outcome.fault}: ", "bold"),
            one_line(golden.question),
            (f"  {one_line(golden.place)}{asked_of}", "dim"),
        )
    )
    console.print(
        f"   expected {one_line(expected(outcome))}; {one_line(came(outcome, threshold))}"
    )


def expected(outcome: "Outcome") -> str:
    """The right answer, for people."""
    golden = outcome.golden
    answers = " or ".join(f"“{answer}”" for answer in golden.answers) or "that it abstains"
    return f"{answers} from {golden.source}" if golden.source else answers


def came(outcome: "Outcome", threshold: float) -> str:
    """The answer that came instead, for people."""
    answer, rank = outcome.answer, outcome.rank
    found = f", though passage {rank} holds it" if rank else ""
    if not answer.answered:
        return (
            f"it abstained, at a confidence of {answer.confidence:.2f} below {threshold:.2f}{found}"
        )
    cited = ", ".join(dict.fromkeys(citation.title for citation in answer.citations))
    text = shortened(" ".join(answer.text.split()), LONGEST)
    return f"came “{text}” from {cited}, at a confidence of {answer.confidence:.2f}{found}"


def one_line(text: str) -> str:
    """Text that can neither steer the terminal nor begin a line of its own."""
    return printable(" ".join(text.split()))
