"""Hostile archives: Office documents, Open Document, books, and old Office files."""

import os
import struct
from collections.abc import Mapping

from .. import office, opened, zips
from ..specimens import SENTENCE, specimens
from ..zips import Swollen
from .specimen import Hostile

DAMAGED, BOMB, ENTITIES = "is damaged", "unpacks to", "entities"
GROWING = (
    "<!DOCTYPE lolz [<!ENTITY a0 'lollollollol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)
FETCHING = "<!DOCTYPE x [<!ENTITY a9 SYSTEM 'file:///etc/passwd'>]>"
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
PARAGRAPH = b"<w:p><w:r><w:t>" + b"a" * 1000 + b"</w:t></w:r></w:p>"


def _good(kind: str) -> bytes:
    return specimens()[kind].data


def _with_doctype(kind: str, name: str, doctype: str) -> bytes:
    """The specimen with an entity in place of its sentence."""
    text = zips.members(_good(kind))[name].decode()
    head, mark, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
    rest = rest.replace("<!DOCTYPE html>", "")
    assert SENTENCE in rest
    changed = f"{head}{mark}{doctype}{rest.replace(SENTENCE, f'{SENTENCE} &a9;')}"
    return zips.changed(_good(kind), {name: changed})


def in_body(middle: bytes, times: int) -> bytes:
    """A Word document that begins with some of its own XML, many times over."""
    document = zips.members(_good("docx"))["word/document.xml"]
    before, mark, after = document.partition(b"<w:body>")
    return zips.swollen(
        _good("docx"), "word/document.xml", Swollen(before + mark, middle, times, after)
    )


def _long_line() -> bytes:
    document = zips.members(_good("docx"))["word/document.xml"]
    before, mark, after = document.partition(b"Ask early")
    return zips.swollen(
        _good("docx"), "word/document.xml", Swollen(before + mark, b"a" * 100_000, 2_000, after)
    )


def _sheet(row: bytes, times: int, book: bytes | None = None) -> bytes:
    """A workbook of one sheet that holds one row over and over."""
    book = book or _good("xlsx")
    text = zips.members(book)[SHEET]
    before, mark, rest = text.partition(b"<sheetData>")
    after = rest[rest.index(b"</sheetData>") :]
    return zips.swollen(book, SHEET, Swollen(before + mark, row, times, after))


def _ten_million_cells() -> bytes:
    row = b"<row>" + b"<c><v>12345</v></c>" * 100 + b"</row>"
    return _sheet(row * 100, 1_000)


def _far_cells() -> bytes:
    cell = b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>'
    return _sheet(b"".join(cell % (n, n) for n in range(1, 1001)), 1)


def _far_corners() -> bytes:
    corners = b'<row r="1"><c r="A1" t="inlineStr"><is><t>%b</t></is></c></row>' % SENTENCE.encode()
    return _sheet(corners + b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>', 1)


def _shared_strings() -> bytes:
    start = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    strings = Swollen(start, b"<si><t>aaaaaaaaaaaaaaaa</t></si>" * 1000, 10_000, b"</sst>")
    return zips.swollen(_good("xlsx"), STRINGS, strings)


def _one_string_everywhere() -> bytes:
    strings = zips.members(_good("xlsx"))[STRINGS].decode()
    long = strings.replace(SENTENCE, SENTENCE * 500)
    book = zips.changed(_good("xlsx"), {STRINGS: long})
    return _sheet(b'<row><c t="s"><v>4</v></c></row>' * 20, 10_000, book)


def _nested_tables() -> bytes:
    start, end = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return office.with_xml(_good("docx"), f"{start * 60}<w:p/>{end * 60}")


def _nested_paragraphs() -> bytes:
    return office.with_xml(_good("docx"), f"{'<w:p>' * 20_000}{'</w:p>' * 20_000}")


def _cut(kind: str) -> bytes:
    return _good(kind)[: len(_good(kind)) * 2 // 3]


def _pointing_outside() -> bytes:
    return zips.edited(
        zips.changed(_good("epub"), {"../../../../srv/outside": "x", "/srv/outside": "x"}),
        *("OEBPS/book.opf", "1.xhtml", "../../../../etc/passwd"),
    )


def _chapter_that_repeats() -> bytes:
    chapter = '<itemref idref="c1"/>'
    return zips.edited(_good("epub"), "OEBPS/book.opf", chapter, chapter * 30_000)


def _without(kind: str, name: str) -> bytes:
    return zips.archive({n: text for n, text in zips.members(_good(kind)).items() if n != name})


def old_office(*streams: str) -> bytes:
    """A compound file, the container of Office's files before 2007, with empty streams."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    head += b"\xff" * (512 - len(head))
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    entries = _entry("Root Entry", 5) + b"".join(_entry(name, 2) for name in streams)
    return head + table + entries.ljust(512, b"\0")


def _entry(name: str, kind: int) -> bytes:
    text = name.encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text) + 2, kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 1 if kind == 5 else 0xFFFFFFFF)
    return entry.ljust(128, b"\0")


def _random_old_office() -> bytes:
    return old_office()[:8] + os.urandom(4000)


def _repeated_spaces() -> bytes:
    xml = f'<text:p>{SENTENCE}<text:s text:c="2000000000"/></text:p>'
    return opened.odt([], xml=xml)


def _repeated_rows() -> bytes:
    text = zips.members(_good("ods"))["content.xml"].decode()
    rows = text.replace(
        "<table:table-row>", "<table:table-row table:number-rows-repeated='9999999'>"
    )
    return zips.changed(_good("ods"), {"content.xml": rows})


ARCHIVES: Mapping[str, Hostile] = {
    "many_times_its_size": Hostile("a.docx", lambda: in_body(PARAGRAPH * 100, 5_000), BOMB),
    "one_endless_line": Hostile("a.docx", _long_line, BOMB),
    "many_paragraphs": Hostile("a.docx", lambda: in_body(b"<w:p/>" * 10_000, 5_000), BOMB),
    "size_understated": Hostile(
        "a.docx",
        lambda: zips.swollen(
            _good("docx"),
            "word/document.xml",
            Swollen(b"", PARAGRAPH * 100, 3_000, b""),
            declared=100,
        ),
        DAMAGED,
    ),
    "ten_million_cells": Hostile("a.xlsx", _ten_million_cells, BOMB),
    "cells_far_to_the_right": Hostile("a.xlsx", _far_cells, "cells"),
    "cells_in_far_corners": Hostile("a.xlsx", _far_corners, "", SENTENCE),
    "ten_million_strings": Hostile("a.xlsx", _shared_strings, BOMB),
    "one_string_in_every_cell": Hostile("a.xlsx", _one_string_everywhere, "holds more than 20 MiB"),
    "entities_docx": Hostile(
        "a.docx", lambda: _with_doctype("docx", "word/document.xml", GROWING), ENTITIES
    ),
    "entities_xlsx": Hostile("a.xlsx", lambda: _with_doctype("xlsx", STRINGS, GROWING), ENTITIES),
    "entities_odt": Hostile(
        "a.odt", lambda: _with_doctype("odt", "content.xml", GROWING), ENTITIES
    ),
    "entities_epub": Hostile(
        "a.epub", lambda: _with_doctype("epub", "OEBPS/1.xhtml", GROWING), ENTITIES
    ),
    "entity_of_a_file_docx": Hostile(
        "a.docx", lambda: _with_doctype("docx", "word/document.xml", FETCHING), ENTITIES
    ),
    "entity_of_a_file_epub": Hostile(
        "a.epub", lambda: _with_doctype("epub", "OEBPS/1.xhtml", FETCHING), ENTITIES
    ),
    "tables_in_tables": Hostile("a.docx", _nested_tables, "", SENTENCE),
    "paragraphs_in_paragraphs": Hostile("a.docx", _nested_paragraphs, ""),
    "names_that_point_outside": Hostile("a.epub", _pointing_outside, "lead out"),
    "links": Hostile(
        "a.epub", lambda: zips.linked(_good("epub"), "OEBPS/3.xhtml", "/etc/passwd"), "lead out"
    ),
    "a_chapter_over_and_over": Hostile("a.epub", _chapter_that_repeats, "", SENTENCE),
    "many_members": Hostile(
        "a.docx", lambda: zips.changed(_good("docx"), {f"{n}": "" for n in range(6_000)}), "5,000"
    ),
    "members_with_a_password": Hostile(
        "a.docx", lambda: zips.scrambled(_good("docx")), "is protected with a password"
    ),
    "repeated_spaces": Hostile("a.odt", _repeated_spaces, "", SENTENCE),
    "repeated_rows": Hostile("a.ods", _repeated_rows, ""),
    "old_office_of_nonsense": Hostile("a.doc", _random_old_office, "old Office"),
    "no_content_types": Hostile("a.docx", lambda: _without("docx", "[Content_Types].xml"), ""),
    "no_document": Hostile("a.docx", lambda: _without("docx", "word/document.xml"), ""),
    "no_package": Hostile("a.epub", lambda: _without("epub", "OEBPS/book.opf"), DAMAGED),
    "no_content": Hostile("a.odt", lambda: _without("odt", "content.xml"), DAMAGED),
    **{
        f"cut_{kind}": Hostile(f"a.{kind}", lambda kind=kind: _cut(kind), DAMAGED)  # type: ignore[misc]
        for kind in ("docx", "pptx", "xlsx", "epub", "odt", "ods")
    },
}
