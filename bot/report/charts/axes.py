"""Axes with nothing on them but what is read, and lines with their names beside them."""

from typing import TYPE_CHECKING

from .drawing import HEIGHT, WIDTH, Colour, height_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

LEFT, RIGHT = 42, 14  # what the numbers at the axis need, and half of the last one
BOTTOM, TOP = 46, HEIGHT - 32  # below stand numbers and a name, above a name
ROW = 18  # that a line of text takes up
SMALL = 11.5
TICKS = (0, 0.25, 0.5, 0.75, 1)  # of a share
# For words that lines run through.
GROUND = {"facecolor": Colour.PAPER, "edgecolor": "none", "pad": 1.5}


def add_axes(canvas: "Canvas", bottom: float = BOTTOM, top: float = TOP) -> "Axes":
    """Axes between two heights, with a line to stand on and others, faint, to measure by."""
    height, wide = height_of(canvas), WIDTH - LEFT - RIGHT
    place = LEFT / WIDTH, bottom / height, wide / WIDTH, (top - bottom) / height
    axes = canvas.add_axes(place)
    axes.spines[["left", "right", "top"]].set_visible(False)
    axes.spines["bottom"].set(color=Colour.MUTED, linewidth=0.8)
    axes.tick_params(length=0, colors=Colour.MUTED, labelsize=SMALL, pad=6)
    axes.grid(axis="y", color=Colour.RULE, linewidth=0.8)
    axes.set_axisbelow(True)
    return axes


def name_axes(canvas: "Canvas", up: str, across: str) -> None:
    """Says what is measured: upwards in the top corner, where it is read without turning the head,
    and across in the bottom corner."""
    small = {"color": Colour.MUTED, "fontsize": SMALL}
    margin = 6 / height_of(canvas)
    canvas.text(0, 1 - margin, up, small, ha="left", va="top")
    canvas.text(1 - RIGHT / WIDTH, margin, across, small, ha="right", va="bottom")


def mark(axes: "Axes", at: float, words: str, *, left: bool) -> None:
    """A line at a place on the axis across, up to a row above the axes, with its name there."""
    top = 1 + ROW / axes.bbox.height
    where = axes.get_xaxis_transform()
    axes.plot([at, at], [0, top], color=Colour.INK, linewidth=1, transform=where, clip_on=False)
    axes.annotate(
        words,
        (at, top),
        (-5 if left else 5, 0),
        xycoords=where,
        textcoords="offset points",
        ha="right" if left else "left",
        va="top",
        color=Colour.INK,
        fontsize=SMALL,
    )
