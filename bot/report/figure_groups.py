"""Figures as the terminal and the page list them: in groups, with what they were before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .number_format import write_change, write_number
from .report import Report

if TYPE_CHECKING:
    from retrieval.evaluation.figures import Figure

GROUPS = {
    "Finding": ("questions", "answerable", "hit", "mrr", "ndcg"),
    "Quoting": (
        "answer_in_quote",
        "answer_in_quote_never_abstaining",
        "right_document",
        "quoted_characters",
    ),
    "Abstaining": ("abstention",),
    "SQuAD’s tricks": ("unanswerable",),
    "Speed": ("ask_ms", "questions_a_second"),
}
OTHERS = "Others"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure, written out; `before` and `change` are "–" where there was none."""

    label: str
    value: str
    before: str
    change: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that are about one thing."""

    heading: str
    lines: tuple[FigureRow, ...]


def make_groups(report: Report) -> tuple[FigureGroup, ...]:
    """The report's figures, in groups that have any."""
    return tuple(_groups(report.figures, report.comparison.before if report.comparison else {}))


def _groups(figures: Sequence["Figure"], before: Mapping[str, float]) -> Iterator[FigureGroup]:
    for heading in (*GROUPS, OTHERS):
        found = [figure for figure in figures if _heading(figure) == heading]
        if found:
            yield FigureGroup(
                heading, tuple(_line(figure, before.get(figure.name)) for figure in found)
            )


def _heading(figure: "Figure") -> str:
    subject = figure.name.split(".")[0].split("@")[0]
    return next((heading for heading, subjects in GROUPS.items() if subject in subjects), OTHERS)


def _line(figure: "Figure", before: float | None) -> FigureRow:
    value, unit = figure.value, figure.unit
    now = NOTHING if value is None else write_number(value, unit)
    if before is None:
        return FigureRow(figure.label, now, NOTHING, NOTHING)
    change = NOTHING if value is None else write_change(value - before, unit)
    return FigureRow(figure.label, now, write_number(before, unit), change)
