"""Read the lines of a page, each with its place on the page and the size of its type."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.reading.formats.content import tidy

if TYPE_CHECKING:
    from pypdf import PageObject


# Letters that are set as one: a search for "file" is not written with them.
LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `height` is that of its foot over the page's, and `size` its type's, in points.

    Both are 0 where they aren't known.
    """

    text: str
    height: float = 0.0
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class _Run:
    """Some text in one type; it may end one line and begin others."""

    text: str
    height: float
    size: float


def lines_of(page: "PageObject") -> list[Line]:
    """The lines of a page that hold anything, in the order of reading as the page has it."""
    runs: list[_Run] = []

    def visit(
        text: str,
        user: Sequence[float],
        matrix: Sequence[float],
        font: object,
        size: float,
    ) -> None:
        runs.append(_run(text, user, matrix, size))

    text = page.extract_text(visitor_text=visit)
    # The parts should be the whole. Where they aren't, the whole is what counts.
    if "".join(run.text for run in runs).split() != text.split():
        runs = [_Run(text, 0.0, 0.0)]
    return _lines(runs)


def _run(text: str, user: Sequence[float], matrix: Sequence[float], size: float) -> _Run:
    """Some text, placed by the matrices of user space and of text space (8.3 of the standard)."""
    height = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
    across = matrix[2] * user[0] + matrix[3] * user[2]
    up = matrix[2] * user[1] + matrix[3] * user[3]
    scaled = abs(size) * math.hypot(across, up)
    known = math.isfinite(height) and math.isfinite(scaled)
    return _Run(text, height if known else 0.0, scaled if known else 0.0)


def _lines(runs: list[_Run]) -> list[Line]:
    lines: list[list[_Run]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if text.strip():
                lines[-1].append(_Run(text, run.height, run.size))
            elif text and lines[-1]:
                lines[-1].append(_Run(text, lines[-1][-1].height, 0.0))
    return [line for line in map(_joined, lines) if line.text]


def _joined(runs: list[_Run]) -> Line:
    text = tidy("".join(run.text for run in runs)).strip().replace("\n", " ").translate(LIGATURES)
    if not text:
        return Line("")
    # A footnote's mark is set small and high: the longest run of a line stands for it.
    main = max(runs, key=lambda run: len(run.text.strip()))
    return Line(text, main.height, main.size)
