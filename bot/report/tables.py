"""Figures as the page lists them: in groups, written out, with what they were before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    write = _writer(figure)
    value = NOTHING if figure.value is None else write(figure.value)
    if before is None:
        return FigureRow(figure.label, value, NOTHING, NOTHING)
    change = NOTHING if figure.value is None else _signed(figure.value - before, write)
    return FigureRow(figure.label, value, write(before), change)


def _writer(figure: "Figure") -> Callable[[float], str]:
    return {
        "share": "{:.3f}",
        "count": "{:,.0f}",
        "characters": "{:,.0f}",
        "ms": "{:,.1f} ms",
        "a second": "{:,.1f}",
    }[figure.unit].format


def _signed(change: float, write: Callable[[float], str]) -> str:
    written = write(abs(change))
    if written == write(0):
        return "±0"
    return f"{'+' if change > 0 else '−'}{written}"
