"""Read the straight lines that a page draws: those of borders, and the edges of filled cells."""

import ctypes
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pypdfium2

MOST_OBJECTS, MOST_SEGMENTS = 30_000, 40_000  # a page with more is a map or a drawing
DEEPEST = 4  # forms within forms
SHORTEST = 4.0  # points; what is shorter is a stroke's thickness, or part of a letter
SLANT = 0.5  # points that a line may be off the straight by
FEWEST_POINTS = 2
WHITE = 255

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A straight line in points, upright or level: `at` a place across it, from `start` to `end`
    along it.
    """

    upright: bool
    at: float
    start: float
    end: float

    def turned(self, angle: int) -> "Rule":
        """The line on a page turned back by a multiple of 90 degrees, as its characters are."""
        points = ((self.at, self.start), (self.at, self.end))
        if not self.upright:
            points = ((self.start, self.at), (self.end, self.at))
        turn = math.radians(-angle)
        sine, cosine = round(math.sin(turn)), round(math.cos(turn))
        (x, y), (to_x, to_y) = ((h * cosine - v * sine, h * sine + v * cosine) for h, v in points)
        upright = self.upright if angle % 180 == 0 else not self.upright
        if upright:
            return Rule(True, x, min(y, to_y), max(y, to_y))
        return Rule(False, y, min(x, to_x), max(x, to_x))


def rules_of(page: "pypdfium2.PdfPage") -> list[Rule]:
    """The lines that a page draws; none where it draws so many that they are no tables'."""
    from pypdfium2 import raw as pdfium

    rules: list[Rule] = []
    budget = [MOST_OBJECTS, MOST_SEGMENTS]
    count = pdfium.FPDFPage_CountObjects(page.raw)
    objects = (pdfium.FPDFPage_GetObject(page.raw, at) for at in range(count))
    for path, matrix in _paths(objects, SAME, budget, 0):
        segments = pdfium.FPDFPath_CountSegments(path)
        budget[1] -= segments
        if min(budget) < 0:
            return []
        if segments >= FEWEST_POINTS and _is_seen(path):
            rules += _straight(path, segments, matrix)
    return rules if min(budget) >= 0 else []


def _paths(
    objects: Iterator[Any], matrix: Matrix, budget: list[int], depth: int
) -> Iterator[tuple[Any, Matrix]]:
    """The paths of a page or of a form on it, and what turns their points into the page's."""
    from pypdfium2 import raw as pdfium

    for held in objects:
        budget[0] -= 1
        if min(budget) < 0:
            return
        kind = pdfium.FPDFPageObj_GetType(held)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield held, _within(_matrix(held), matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(held)
            inner = (pdfium.FPDFFormObj_GetObject(held, at) for at in range(count))
            yield from _paths(inner, _within(_matrix(held), matrix), budget, depth + 1)


def _matrix(held: Any) -> Matrix:
    from pypdfium2 import raw as pdfium

    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(held, found):
        return SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _within(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that turns by the inner one first, and then by the outer."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _is_seen(path: Any) -> bool:
    """Return whether a path has a stroke, or is filled with something else than white."""
    from pypdfium2 import raw as pdfium

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return False
    if stroke.value or not fill.value:
        return bool(stroke.value)
    colour = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *map(ctypes.byref, colour)):
        return True
    *shades, opacity = (each.value for each in colour)
    return opacity > 0 and any(shade < WHITE for shade in shades)


def _straight(path: Any, segments: int, matrix: Matrix) -> Iterator[Rule]:
    """The upright and the level lines among the segments of a path."""
    from pypdfium2 import raw as pdfium

    began = last = (0.0, 0.0)
    for at in range(segments):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        kind, point = pdfium.FPDFPathSegment_GetType(segment), _point(segment, matrix)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            began = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _rule(last, point)
        if kind != pdfium.FPDF_SEGMENT_MOVETO and pdfium.FPDFPathSegment_GetClose(segment):
            yield from _rule(point, began)
            point = began
        last = point


def _point(segment: Any, matrix: Matrix) -> Point:
    from pypdfium2 import raw as pdfium

    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    a, b, c, d, e, f = matrix
    return a * x.value + c * y.value + e, b * x.value + d * y.value + f


def _rule(one: Point, other: Point) -> Iterator[Rule]:
    (left, bottom), (right, top) = one, other
    wide, high = abs(right - left), abs(top - bottom)
    if wide <= SLANT and high >= SHORTEST:
        yield Rule(True, (left + right) / 2, min(bottom, top), max(bottom, top))
    elif high <= SLANT and wide >= SHORTEST:
        yield Rule(False, (bottom + top) / 2, min(left, right), max(left, right))
