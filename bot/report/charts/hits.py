"""Draw hit@k over k: the share of questions whose gold is among the first k passages."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bot.report.number_format import write_share
from bot.report.report import Report
from retrieval.evaluation.golden import Kind

from .drawing import GROUND, SMALL, TICKS, Chart, Colour, add_axes, draw, name_axes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

HEADING = "Found among the first passages"
MISSING = "No question that the documents answer was asked."
NEAR = 0.15  # an earlier share so little above a new one stands where its number would

Shares = Mapping[int, float]  # by k


def hits(report: Report) -> Chart:
    """hit@k of the answerable questions, and what it was in the earlier run."""
    # Imported here, as what measuring takes is.
    from retrieval.evaluation.figures import DEPTH, rank_measures

    asked = report.evaluation.of(Kind.ANSWERABLE)
    if not asked:
        return Chart(HEADING, MISSING)
    measures = rank_measures([outcome.rank for outcome in asked])
    shares = {k: measures[f"Success@{k}"] for k in range(1, DEPTH + 1)}
    earlier = report.comparison.before if report.comparison else {}
    before = {k: earlier[f"hit@{k}"] for k in shares if f"hit@{k}" in earlier}
    note = "How many answerable questions have their gold in one of the first k passages."
    note += " Rings are the earlier run." if before else ""
    words = ", ".join(f"hit@{k} {write_share(share)}" for k, share in shares.items())
    return Chart(HEADING, note, draw("hits", words, lambda canvas: _paint(canvas, shares, before)))


def _paint(canvas: "Canvas", shares: Shares, before: Shares) -> None:
    axes = add_axes(canvas)
    # Room above a full share for its number.
    axes.set(xlim=(0.6, max(shares) + 0.4), ylim=(0, 1.1), xticks=list(shares), yticks=TICKS)
    name_axes(canvas, "share of the answerable questions", "k, passages looked at")
    rings = axes.plot(list(before), list(before.values()), "o", markersize=7, clip_on=False)
    rings[0].set(markerfacecolor=Colour.PAPER, markeredgecolor=Colour.MUTED)
    axes.plot(list(shares), list(shares.values()), color=Colour.ANSWERABLE, linewidth=2)
    axes.plot(list(shares), list(shares.values()), "o", color=Colour.ANSWERABLE, clip_on=False)
    for k, share in shares.items():
        _number(axes, k, share, below=k in before and 0 <= before[k] - share < NEAR)


def _number(axes: "Axes", k: int, share: float, *, below: bool) -> None:
    axes.annotate(
        write_share(share),
        (k, share),
        (0, -8 if below else 8),
        textcoords="offset points",
        ha="center",
        va="top" if below else "bottom",
        color=Colour.INK,
        fontsize=SMALL,
        bbox=GROUND,
    )
