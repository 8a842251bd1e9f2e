"""Draw answers given against false answers, over all thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bot.report.number_format import write_share
from bot.report.report import Report
from retrieval.evaluation.golden import Kind

from .drawing import GROUND, SMALL, TICKS, Chart, Colour, add_axes, draw, name_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

HEADING = "Answers against false answers"
NONE_ABSENT = "No question that must be refused was asked."
NONE_HELD = "No question that the documents answer was asked."
NOTE = (
    "Each point of the line is a threshold: how many answerable questions are answered there, and "
    "how many on what the documents don’t hold. Few false answers are spread out on the scale."
)
FALSE_TICKS = (0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1)
NARROW = 0.5  # from there on, no name finds room on the right
CORNER = (1, 0.06)
LOW = 0.25  # a name below a point that is not higher would stand in the axis

Sorted = NDArray[np.float64]  # confidences, the least first


@dataclass(frozen=True, slots=True)
class Point:
    """The shares answered at one threshold: `false` is of the absent questions."""

    false: float
    answered: float


def trade(report: Report) -> Chart:
    """The two shares at every threshold, with the one in use marked."""
    # Imported here, as what measuring takes is.
    from retrieval.evaluation.figures import confidences

    absent = np.sort(confidences(report.evaluation.of(Kind.ABSENT)))
    held = np.sort(confidences(report.evaluation.held))
    if not absent.size or not held.size:
        return Chart(HEADING, NONE_HELD if absent.size else NONE_ABSENT)
    thresholds = np.unique([*held, *absent]).tolist()
    points = [*(_at(threshold, held, absent) for threshold in thresholds), Point(0, 0)]
    here = _at(report.threshold, held, absent)
    name = f"threshold {report.threshold:g}"
    shares = f"{write_share(here.answered)} answered, {write_share(here.false)} falsely"
    drawing = draw("trade", f"At the {name}: {shares}", lambda c: _paint(c, points, here, name))
    return Chart(HEADING, NOTE, drawing)


def _at(threshold: float, held: Sorted, absent: Sorted) -> Point:
    false, answered = (
        1 - float(np.searchsorted(values, threshold)) / values.size for values in (absent, held)
    )
    return Point(false, answered)


def _paint(canvas: "Canvas", points: Sequence[Point], here: Point, name: str) -> None:
    axes = add_axes(canvas)
    # A threshold is chosen where few answers are false: a root gives those few more room.
    axes.set_xscale("function", functions=(np.sqrt, np.square))
    axes.set(xlim=(0, 1), ylim=(0, 1.02), yticks=TICKS, xticks=FALSE_TICKS)
    axes.set_xticklabels([f"{tick:g}" for tick in FALSE_TICKS])
    name_axes(
        canvas, "answered, of the answerable questions", "answered falsely, of the absent questions"
    )
    line = [point.false for point in points], [point.answered for point in points]
    axes.plot(*line, color=Colour.ANSWERABLE, linewidth=2, clip_on=False)
    axes.plot([here.false], [here.answered], "o", color=Colour.INK, markersize=7, clip_on=False)
    _name(
        axes,
        here,
        f"{name}\n{write_share(here.answered)} answered\n{write_share(here.false)} falsely",
    )


def _name(axes: "Axes", point: Point, words: str) -> None:
    # The line comes from below on its left and goes on above: on its right, below, is room, and
    # where that is narrow, there is the corner.
    beside, low = point.false < NARROW, point.answered < LOW
    axes.annotate(
        words,
        (point.false, point.answered),
        (8, 8 if low else -8) if beside else CORNER,
        textcoords="offset points" if beside else "axes fraction",
        ha="left" if beside else "right",
        va="bottom" if low or not beside else "top",
        color=Colour.INK,
        fontsize=SMALL,
        bbox=GROUND,
        arrowprops=None if beside else {"arrowstyle": "-", "color": Colour.MUTED},
    )
