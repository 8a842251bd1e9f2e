"""The bytes of a file → what it holds."""

from dataclasses import dataclass

from retrieval.reading.formats.encoding.decode import decode

from .content import Content, Gathering
from .detect import kind_of, text_kind


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read.

    `name` is a file name, or "". `charset` is the encoding that came with it, and `kind` what it
    was said to be: "text", which is believed, or "markdown" or "html".
    """

    data: bytes
    name: str = ""
    charset: str | None = None
    kind: str | None = None


def read(request: Request, most: int) -> Content:
    """What a file holds, `most` bytes of text at most. Raises UnreadableError where it can't be
    read, and whatever its libraries raise for broken files.
    """
    gathering = Gathering(most)
    kind = "" if request.kind == "text" else kind_of(request.data)
    if kind:
        _read_document(kind, request.data, gathering)
    else:
        kind = _read_text(request, gathering)
    return gathering.content(kind)


def _read_document(kind: str, data: bytes, gathering: Gathering) -> None:
    # A library is imported when its kind turns up.
    if kind == "pdf":
        from retrieval.reading.formats.pdf.pdf import read_pdf as reader
    elif kind == "docx":
        from retrieval.reading.formats.office.docx import read_docx as reader
    elif kind == "pptx":
        from retrieval.reading.formats.office.pptx import read_pptx as reader
    elif kind == "xlsx":
        from retrieval.reading.formats.office.xlsx import read_xlsx as reader
    elif kind == "epub":
        from retrieval.reading.formats.office.epub import read_epub as reader
    elif kind == "odt":
        from retrieval.reading.formats.office.odt import read_odt as reader
    else:
        from retrieval.reading.formats.office.ods import read_ods as reader
    reader(data, gathering)


def _read_text(request: Request, gathering: Gathering) -> str:
    text = decode(request.data, request.charset)
    kind = text_kind(text, request.name, request.kind)
    if kind in ("json", "text") and request.kind != "text" and _read_json(kind, text, gathering):
        return "json"
    if kind == "rst" and _read_rst(text, gathering):
        return "rst"
    if kind in ("csv", "html", "markdown"):
        _read_as(kind, text, gathering)
        return kind
    gathering.laid_out(text)
    return "text"


def _read_as(kind: str, text: str, gathering: Gathering) -> None:
    if kind == "csv":
        from retrieval.reading.formats.plain.csv_tsv import read_csv

        read_csv(text, gathering)
    elif kind == "html":
        from retrieval.reading.formats.html.webpage import read_html

        read_html(text, gathering)
    else:
        from retrieval.reading.formats.plain.markdown import read_markdown

        read_markdown(text, gathering)


def _read_json(kind: str, text: str, gathering: Gathering) -> bool:
    from retrieval.reading.formats.plain.json_lines import looks_like_json, parse_json, read_json

    value = parse_json(text) if kind == "json" or looks_like_json(text) else None
    if value is not None:
        read_json(value, gathering)
    return value is not None


def _read_rst(text: str, gathering: Gathering) -> bool:
    from retrieval.reading.formats.plain.rst import read_rst, too_long

    if too_long(text):
        return False
    read_rst(text, gathering)
    return True
