"""Draw confidence, by kind of question."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from bot.report.report import Report
from retrieval.evaluation.golden import Kind, Outcome

from .drawing import (
    BOTTOM,
    GROUND,
    HEIGHT,
    ROW,
    SMALL,
    TOP,
    Chart,
    Colour,
    add_axes,
    draw,
    height_of,
    mark,
    name_axes,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

HEADING = "How sure"
MISSING = "No question was asked."
NOTE = "How many questions were given which confidence. Those left of the threshold abstain."
BINS = np.linspace(0, 1, 21)
MIDDLE = 0.5
FEW, PANEL = 2, 60  # panels that a drawing has room for, and what each further one adds

Panel = tuple[Kind, Sequence[Outcome]]


def certainty(report: Report) -> Chart:
    """A histogram of confidence for each kind of question that was asked, one above the other."""
    panels = [(kind, report.evaluation.of(kind)) for kind in Kind]
    panels = [(kind, outcomes) for kind, outcomes in panels if outcomes]
    if not panels:
        return Chart(HEADING, MISSING)
    words = f"{'; '.join(map(_words, panels))}; the threshold is {report.threshold:g}"
    height = HEIGHT + PANEL * max(0, len(panels) - FEW)
    drawing = draw(
        "certainty", words, lambda canvas: _paint(canvas, panels, report.threshold), height
    )
    return Chart(HEADING, NOTE, drawing)


def _words(panel: Panel) -> str:
    kind, outcomes = panel
    answered = sum(outcome.answer.answered for outcome in outcomes)
    return f"{kind.value}: {answered:,} of {len(outcomes):,} answered"


def _paint(canvas: "Canvas", panels: Sequence[Panel], threshold: float) -> None:
    top = height_of(canvas) - HEIGHT + TOP - ROW
    _paint_threshold(canvas, top, threshold)
    high = (top - BOTTOM) / len(panels)
    for number, panel in enumerate(panels, start=1):
        bottom = top - number * high
        axes = add_axes(canvas, bottom, bottom + high - ROW)
        _paint_panel(axes, panel)
        axes.axvline(threshold, color=Colour.INK, linewidth=1)  # before the bars as well
        axes.tick_params(labelbottom=number == len(panels))
    name_axes(canvas, "questions", "confidence")


def _paint_threshold(canvas: "Canvas", top: float, threshold: float) -> None:
    # Axes of its own behind all panels, so that one line runs through them.
    axes = add_axes(canvas, BOTTOM, top)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.set_axis_off()
    mark(axes, threshold, f"threshold {threshold:g}", left=threshold > MIDDLE)


def _paint_panel(axes: "Axes", panel: Panel) -> None:
    from matplotlib.ticker import MaxNLocator

    kind, outcomes = panel
    counts, _ = np.histogram([outcome.answer.confidence for outcome in outcomes], BINS)
    axes.bar(BINS[:-1] + 0.004, counts, width=0.042, align="edge", color=Colour[kind.name])
    axes.set(xlim=(0, 1), xticks=np.linspace(0, 1, 6))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, integer=True))
    axes.set_title(
        _words(panel), loc="left", pad=5, color=Colour[kind.name], fontsize=SMALL, bbox=GROUND
    )
