"""Pictures of text, as screens show it and scanners see it."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import matplotlib
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

FONT = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")


def written(lines: Sequence[str], size: int = 28) -> Image.Image:
    """A picture of lines, black on white."""
    font = ImageFont.truetype(FONT, size)
    width = max(int(font.getlength(line)) for line in lines) + 2 * size
    image = Image.new("RGB", (width, (len(lines) * 2 + 1) * size), "white")
    draw = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        draw.text((size, (number * 2 + 0.5) * size), line, fill="black", font=font)
    return image


def saved(image: Image.Image, kind: str = "PNG") -> bytes:
    """The bytes of a picture in a file of some kind."""
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


def page_seen(pdf: bytes, dots: int = 200, askew: float = 0) -> Image.Image:
    """The first page of a PDF, with so many dots an inch, turned by some degrees."""
    document = pypdfium2.PdfDocument(pdf)
    image: Image.Image = document[0].render(scale=dots / 72).to_pil().convert("RGB")
    document.close()
    return image.rotate(askew, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def scan(pages: Sequence[Image.Image | str]) -> bytes:
    """A PDF whose pages are pictures, or lines of text."""
    made = FPDF(unit="pt")
    made.set_font("Helvetica", size=12)
    for page in pages:
        made.add_page()
        if isinstance(page, str):
            made.multi_cell(0, 16, page)
        else:
            made.image(page, 40, 40, 515)
    return bytes(made.output())
