"""Open Document texts and sheets, and electronic books, written by hand.

Blocks of text are marked as in `office`.
"""

from collections.abc import Mapping, Sequence
from html import escape

from . import zips
from .office import Block, level_and_words

OPEN = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    f'xmlns:{name}="{OPEN}:{name}:1.0"' for name in ("office", "text", "table", "meta")
)
DUBLIN = "http://purl.org/dc/elements/1.1/"
MANIFEST = f'<manifest:manifest xmlns:manifest="{OPEN}:manifest:1.0">{{}}</manifest:manifest>'
CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""


def odt(blocks: Sequence[Block], title: str = "", author: str = "", xml: str = "") -> bytes:
    """An Open Document text of these blocks, with some XML of its own at the end."""
    body = "".join(_odt_block(block) for block in blocks) + xml
    return _open_document("text", f"<office:text>{body}</office:text>", title, author)


def _odt_block(block: Block) -> str:
    if not isinstance(block, str):
        return _odt_table("Table", [[_paragraph_cell(text) for text in row] for row in block])
    level, words = level_and_words(block)
    if level:
        return f'<text:h text:outline-level="{level}">{escape(words)}</text:h>'
    if words.startswith("- "):
        item = f"<text:list-item><text:p>{escape(words[2:])}</text:p></text:list-item>"
        return f"<text:list>{item}</text:list>"
    return f"<text:p>{escape(words)}</text:p>"


def _paragraph_cell(text: str) -> str:
    paragraph = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="string">{paragraph}</table:table-cell>'


def _odt_table(name: str, rows: Sequence[Sequence[str]]) -> str:
    inside = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    return f'<table:table table:name="{escape(name)}">{inside}</table:table>'


def ods(sheets: Mapping[str, Sequence[Sequence[str]]], title: str = "") -> bytes:
    """An Open Document workbook of these sheets. A cell that opens with "<" is XML as it is."""
    tables = "".join(
        _odt_table(name, [[_sheet_cell(text) for text in row] for row in rows])
        for name, rows in sheets.items()
    )
    body = f"<office:spreadsheet>{tables}</office:spreadsheet>"
    return _open_document("spreadsheet", body, title, "Ann Lee")


def _sheet_cell(text: str) -> str:
    return text if text.startswith("<") else _paragraph_cell(text)


def _open_document(kind: str, body: str, title: str, author: str) -> bytes:
    facts = f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
    facts += "<dc:date>2024-05-06T10:00:00</dc:date>"
    content = f"<office:document-content {SPACES}><office:body>{body}</office:body>"
    meta = f'<office:document-meta {SPACES} xmlns:dc="{DUBLIN}"><office:meta>{facts}'
    return zips.archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"{content}</office:document-content>",
            "meta.xml": f"{meta}</office:meta></office:document-meta>",
            "META-INF/manifest.xml": MANIFEST.format(""),
        }
    )


def epub(chapters: Sequence[str], title: str = "", author: str = "", contents: str = "") -> bytes:
    """A book of these chapters (XHTML inside `body`), the nth in “OEBPS/n.xhtml”.

    `contents` is the XHTML of its table of contents, “OEBPS/nav.xhtml”.
    """
    numbers = range(1, len(chapters) + 1)
    items = "".join(
        f'<item id="c{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in numbers
    )
    items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    spine = "".join(f'<itemref idref="c{n}"/>' for n in numbers)
    facts = f"<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
    facts += "<dc:date>2024-05-06</dc:date><dc:language>en</dc:language>"
    package = f"""<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
        <metadata xmlns:dc="{DUBLIN}">{facts}</metadata>
        <manifest>{items}</manifest><spine>{spine}</spine></package>"""
    files = {f"OEBPS/{n}.xhtml": xhtml(body) for n, body in enumerate(chapters, 1)}
    return zips.archive(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package,
            "OEBPS/nav.xhtml": xhtml(f'<nav xmlns:epub="o" epub:type="toc">{contents}</nav>'),
            **files,
        }
    )


def xhtml(body: str) -> str:
    """A page of a book."""
    head = '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
    return (
        f'{head}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>file name</title></head>'
        f"<body>{body}</body></html>"
    )
