"""Draw the time that answers take."""

from typing import TYPE_CHECKING

import numpy as np

from bot.report.number_format import write_milliseconds
from bot.report.report import Report

from .drawing import BOTTOM, ROW, TOP, Chart, Colour, add_axes, draw, mark, name_axes

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Canvas

HEADING = "How fast"
MISSING = "No question was asked."
NOTE = "How many questions took how long."
BINS = 41
# The axis ends this much after the 95th percentile: the first question, which loads the model,
# takes a hundred times as long as others. It leaves room for the percentile's name.
REACH = 1.6
CLOSE = 0.2  # so near to the axis, a name finds room on the right alone


def times(report: Report) -> Chart:
    """A histogram of the time that each question took, with its median and 95th percentile."""
    taken = [outcome.answer.elapsed_ms for outcome in report.evaluation.outcomes]
    if not taken:
        return Chart(HEADING, MISSING)
    p50, p95 = np.percentile(taken, [50, 95]).tolist()
    limit = _limit(p95)
    beyond = sum(time > limit for time in taken)
    note = f"{NOTE} {_beyond(beyond, max(taken))}" if beyond else NOTE
    words = f"median {write_milliseconds(p50)}, 95th percentile {write_milliseconds(p95)}"
    drawing = draw("times", words, lambda canvas: _paint(canvas, taken, p50, p95))
    return Chart(HEADING, note, drawing)


def _limit(p95: float) -> float:
    return (p95 or 1.0) * REACH


def _beyond(count: int, slowest: float) -> str:
    if count == 1:
        return f"One more took {slowest:,.0f}\u00a0ms."
    return f"{count:,} more took longer, up to {slowest:,.0f}\u00a0ms."


def _paint(canvas: "Canvas", taken: list[float], p50: float, p95: float) -> None:
    from matplotlib.ticker import MaxNLocator

    limit = _limit(p95)
    axes = add_axes(canvas, BOTTOM, TOP - ROW)
    axes.hist(taken, np.linspace(0, limit, BINS).tolist(), rwidth=0.84, color=Colour.SHADE)
    axes.set(xlim=(0, limit))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    mark(axes, p50, f"median {write_milliseconds(p50)}", left=p50 > limit * CLOSE)
    mark(axes, p95, f"95% within {write_milliseconds(p95)}", left=False)
    name_axes(canvas, "questions", "milliseconds")
