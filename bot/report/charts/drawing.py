"""A drawing → SVG that belongs to the page: in its font and colours, with ids of its own.

A chart as the page shows it: under its heading, a drawing and what there is to say about it.

Axes with nothing on them but what is read, and lines with their names beside them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

WIDTH, HEIGHT = 420, 280
DOTS = 72  # an inch, as SVG counts them, so that a point is a unit of the drawing
STYLE = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "footnote",  # the same drawing has the same ids
    "font.size": 12,
}
UNWANTED = {"font-family", "id", "version"}  # the page's own font is inherited
REFERENCE = re.compile(r"#(\w+)")
LEFT, RIGHT = 42, 14  # what the numbers at the axis need, and half of the last one
BOTTOM, TOP = 46, HEIGHT - 32  # below stand numbers and a name, above a name
ROW = 18  # that a line of text takes up
SMALL = 11.5
TICKS = (0, 0.25, 0.5, 0.75, 1)  # of a share


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, as SVG, under its heading; "" where there is nothing to draw, and `note` says so.

    Headings and notes are this package's own words, and hold nothing that a document says.
    """

    heading: str
    note: str
    drawing: str = ""


class Colour(StrEnum):
    """The colours to draw with, each standing for the variable of that name in the page's style,
    so that a drawing is light or dark as the page is."""

    INK = "#010101"
    MUTED = "#020202"
    RULE = "#030303"
    PAPER = "#040404"
    SHADE = "#050505"
    ANSWERABLE = "#060606"
    ABSENT = "#070707"
    TRICK = "#080808"


# For words that lines run through.
GROUND = {"facecolor": Colour.PAPER, "edgecolor": "none", "pad": 1.5}


def draw(name: str, words: str, paint: Callable[["Canvas"], None], height: float = HEIGHT) -> str:
    """The SVG that `paint` draws. `name` sets its ids apart, `words` describe it in text."""
    # Imported here: a second's work that only reports need.
    from matplotlib import style
    from matplotlib.figure import Figure as Canvas

    file = StringIO()
    # Reset, because an operator's own settings of matplotlib would change what is drawn.
    with style.context(STYLE, after_reset=True):
        canvas = Canvas((WIDTH / DOTS, height / DOTS), dpi=DOTS)
        paint(canvas)
        canvas.savefig(file, format="svg", transparent=True, metadata={"Date": None})
    return _inline(file.getvalue(), name, words)


def height_of(canvas: "Canvas") -> float:
    """The height of a drawing, in its own units."""
    return float(canvas.get_figheight()) * DOTS


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
    """Label the axes: upwards in the top corner, where it is read without turning the head, and
    across in the bottom corner."""
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


def _inline(svg: str, name: str, words: str) -> str:
    for colour in Colour:
        svg = svg.replace(colour, f"var(--{colour.name.lower()})")
    root = ElementTree.fromstring(svg)  # noqa: S314 -- drawn a moment ago
    used = set(REFERENCE.findall(svg))
    for element in root.iter():
        _drop_needless(element)
        element.attrib = dict(_attributes(element, name, used))
        element.tag = _local(element.tag)
        element.text = (element.text or "").strip()
        element.tail = ""
    # A drawing in a page is as large as its place.
    root.attrib = {"viewBox": root.attrib["viewBox"], "role": "img", "aria-label": words}
    return ElementTree.tostring(root, encoding="unicode")


def _drop_needless(element: ElementTree.Element) -> None:
    for child in list(element):
        nothing = child.get("style") == "fill: none"
        # A style element in here would be one of the whole page.
        if nothing or _local(child.tag) == "metadata" or child.find("{*}style") is not None:
            element.remove(child)


def _attributes(
    element: ElementTree.Element, name: str, used: set[str]
) -> Iterator[tuple[str, str]]:
    """Its attributes, and its style's parts as such: the page allows no style in an attribute."""
    given = {_local(key): " ".join(value.split()) for key, value in element.attrib.items()}
    for part in filter(None, given.pop("style", "").split(";")):
        key, value = part.split(":", 1)
        given[key.strip()] = value.strip()
    if given.get("id") in used:
        yield "id", f"{name}-{given['id']}"
    for key, value in given.items():
        if key not in UNWANTED:
            yield key, REFERENCE.sub(rf"#{name}-\1", value)


def _local(name: str) -> str:
    """A name without its namespace, as HTML has it."""
    return name.rsplit("}", 1)[-1]
