"""PDFs: good ones as programs write them, and odd ones put together by hand."""

from collections.abc import Sequence
from io import BytesIO

import pypdf
from fpdf import FPDF
from PIL import Image

from tests.support.formats.office import WRITTEN, level_and_words

SIZES = (11, 24, 18, 14)  # points of the body and of headings of level 1, 2 and 3
CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>>>>>"
)
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


class Pages(FPDF):
    """Pages with a line at their top, and their number at their foot, if there is such a line."""

    def __init__(self, running: str) -> None:
        super().__init__()
        self.running = running

    def header(self) -> None:
        """Write the line at the top."""
        if self.running:
            self.set_font("Helvetica", size=8)
            self.cell(0, 10, self.running, new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        """Write the page's number."""
        if self.running:
            self.set_y(-15)
            self.set_font("Helvetica", size=8)
            self.cell(0, 10, f"Page {self.page_no()}")


def pdf(
    pages: Sequence[Sequence[str]],
    title: str = "",
    author: str = "",
    outlined: bool = True,
    running: str = "",
) -> bytes:
    """Pages of blocks, marked as in `office`; headings also stand in the outline, if there is one.

    `running` stands at the top of every page, and the page's number at its foot.
    """
    made = Pages(running)
    made.set_title(title)
    made.set_author(author)
    made.set_creation_date(WRITTEN)
    for blocks in pages:
        made.add_page()
        for block in blocks:
            _write(made, block, outlined)
    return bytes(made.output())


def _write(made: FPDF, block: str, outlined: bool) -> None:
    level, words = level_and_words(block)
    made.set_font("Helvetica", size=SIZES[level])
    if level and outlined:
        made.start_section(words, level - 1)
    made.multi_cell(0, SIZES[level] / 2, words, new_x="LMARGIN", new_y="NEXT", align="L")
    made.ln(SIZES[level] / 2)


def tabled(rows: Sequence[Sequence[str]], borders: str = "ALL") -> bytes:
    """A page with a table, and those of its borders that fpdf2 draws under such a name."""
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    with made.table(borders_layout=borders) as table:
        for row in rows:
            table.row(row)
    return bytes(made.output())


def scanned() -> bytes:
    """A page that is a picture and nothing else."""
    made = FPDF()
    made.add_page()
    made.image(Image.new("RGB", (30, 30), "grey"), 10, 10, 100)
    return bytes(made.output())


def locked(data: bytes, password: str, algorithm: str) -> bytes:
    """A PDF encrypted by RC4-128, AES-128 or AES-256; an empty password lets everyone read it."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    writer.encrypt(password, "the owner's", algorithm=algorithm)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def by_hand(*objects: bytes) -> bytes:
    """A PDF of numbered objects, the first being its catalog."""
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    data_end = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n%b%b" % (size, entries, data_end)


def stream(content: bytes, facts: bytes = b"") -> bytes:
    """An object that holds a stream of bytes."""
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), facts, content)


def page_of(content: bytes, facts: bytes = b"", page: bytes = PAGE) -> bytes:
    """A PDF of one page, drawn by some operators."""
    return by_hand(CATALOG, PAGES, page, stream(content, facts), FONT)


def in_dots(codes: bytes) -> bytes:
    """A page of characters that a font without a name draws as dots, as TeX's bitmaps are."""
    numbers = sorted(set(codes))
    first, last = numbers[0], numbers[-1]
    dot = stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    names = b" ".join(b"%d/a%d" % (number, number) for number in numbers)
    drawn = b" ".join(b"/a%d 6 0 R" % number for number in numbers)
    widths = b" ".join(b"600" for _ in range(first, last + 1))
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]"
        b"/Encoding<</Type/Encoding/Differences[%b]>>/CharProcs<<%b>>/FirstChar %d/LastChar %d"
        b"/Widths[%b]/Resources<<>>>>" % (names, drawn, first, last, widths)
    )
    content = stream(b"BT /F 12 Tf 50 700 Td <%b> Tj ET" % codes.hex().encode())
    return by_hand(CATALOG, PAGES, PAGE, content, font, dot)
