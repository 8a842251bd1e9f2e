"""PDFs whose pages are laid out in columns and tables, or drawn in some order, by ReportLab."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

Rows = Sequence[Sequence[str]]
Words = Sequence[tuple[float, float, str]]
Line = tuple[float, float, float, float]
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
MARGIN, GAP = 50, 20  # points


def pages(
    blocks: Sequence[str | Rows], columns: int = 1, ruled: bool = False, repeated: bool = True
) -> bytes:
    """Pages of paragraphs ("# …" is a heading) and tables, in columns from the left.

    A table that goes on on another page has its header there again if that is `repeated`.
    """
    file = BytesIO()
    document = BaseDocTemplate(file, pagesize=A4)
    width = (A4[0] - 2 * MARGIN - (columns - 1) * GAP) / columns
    frames = [
        Frame(MARGIN + at * (width + GAP), MARGIN, width, A4[1] - 2 * MARGIN, 0, 0, 0, 0)
        for at in range(columns)
    ]
    document.addPageTemplates(PageTemplate(frames=frames))
    document.build([_flowing(block, width, ruled, repeated) for block in blocks])
    return file.getvalue()


def _flowing(block: str | Rows, width: float, ruled: bool, repeated: bool) -> object:
    styles = getSampleStyleSheet()
    if isinstance(block, str):
        return Paragraph(block.removeprefix("# "), styles["h2" if block[0] == "#" else "Normal"])
    cells = [[Paragraph(cell, styles["Normal"]) for cell in row] for row in block]
    usual = width / len(block[0])
    return Table(
        cells, [usual] * len(block[0]), style=RULED if ruled else [], repeatRows=int(repeated)
    )


def drawn(
    words: Words,
    size: float = 11,
    turned: int = 0,
    lines: Sequence[Line] = (),
    way: str = "strokes",
) -> bytes:
    """A page with words at places in points from its lower left corner, drawn in that order.

    Lines go from one place to another, and are strokes, thin filled boxes, or all one path.
    """
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setPageRotation(turned)
    if turned == 90:  # as a reader turns it, the text stands upright
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
    canvas.setFont("Helvetica", size)
    _rule(canvas, lines, way)
    for x, y, text in words:
        canvas.drawString(x, y, text)
    canvas.save()
    return file.getvalue()


def grid(across: Sequence[float], down: Sequence[float]) -> list[Line]:
    """The lines of a table whose columns and rows end at places, down from the top."""
    upright = [(x, down[-1], x, down[0]) for x in across]
    return [*upright, *((across[0], y, across[-1], y) for y in down)]


def _rule(canvas: Canvas, lines: Sequence[Line], way: str) -> None:
    if way == "strokes":
        canvas.lines(lines)
        return
    path = canvas.beginPath()
    for left, bottom, right, top in lines:
        if way == "boxes":
            wide, high = max(right - left, 0.75), max(top - bottom, 0.75)
            canvas.rect(left, bottom, wide, high, stroke=0, fill=1)
        else:
            path.moveTo(left, bottom)
            path.lineTo(right, top)
    canvas.drawPath(path)
