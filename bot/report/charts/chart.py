"""A chart as the page shows it: under its heading, a drawing and what there is to say about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, as SVG, under its heading; "" where there is nothing to draw, and `note` says so.

    Headings and notes are this package's own words, and hold nothing that a document says.
    """

    heading: str
    note: str
    drawing: str = ""
