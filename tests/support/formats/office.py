"""Word documents, slides and sheets, made by the libraries that people's programs use.

A block of text opens with "# ", "## " or "### " where it is a heading, and "- " where it is an item
of a list; a block that is a list of rows is a table.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO

import docx as word
import openpyxl
import pptx as slideshow

from . import zips

Table = Sequence[Sequence[str]]
Block = str | Table
WRITTEN = datetime(2024, 5, 6, tzinfo=UTC)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def level_and_words(block: str) -> tuple[int, str]:
    """The level of a heading, 0 for other blocks, and what it says."""
    mark, _, words = block.partition(" ")
    return (len(mark), words) if mark in ("#", "##", "###") else (0, block)


def docx(blocks: Sequence[Block], title: str = "", author: str = "") -> bytes:
    """A Word document of these blocks, written on 2024-05-06 by its own account."""
    document = word.Document()
    properties = document.core_properties
    properties.title, properties.author = title, author
    properties.created = properties.modified = WRITTEN
    for block in blocks:
        if not isinstance(block, str):
            table = document.add_table(len(block), len(block[0]))
            for row, cells in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            continue
        level, words = level_and_words(block)
        if level:
            document.add_heading(words, level)
        elif words.startswith("- "):
            document.add_paragraph(words[2:], style="List Bullet")
        else:
            document.add_paragraph(words)
    return _saved(document)


def with_xml(document: bytes, xml: str) -> bytes:
    """The Word document with some of its own XML (with the prefix w) in front of the rest."""
    return zips.edited(document, "word/document.xml", "<w:body>", f"<w:body>{xml}")


def with_footnote(document: bytes, note: str) -> bytes:
    """The Word document with a footnote, which stands in a file of its own."""
    ordinary = f'<w:footnote w:id="1"><w:p><w:r><w:t>{note}</w:t></w:r></w:p></w:footnote>'
    rule = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    part = f'<w:footnotes xmlns:w="{WORD}">{rule}{ordinary}</w:footnotes>'
    link = f'Type="{RELATIONSHIPS}/footnotes" Target="footnotes.xml"'
    kind = f'PartName="/word/footnotes.xml" ContentType="{WORD_TYPE}.footnotes+xml"'
    document = with_xml(document, '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>')
    document = zips.changed(document, {"word/footnotes.xml": part})
    document = _inside_the_end(
        document, "word/_rels/document.xml.rels", f'<Relationship Id="rId99" {link}/>'
    )
    return _inside_the_end(document, "[Content_Types].xml", f"<Override {kind}/>")


def _inside_the_end(document: bytes, name: str, xml: str) -> bytes:
    end = "</Types>" if name == "[Content_Types].xml" else "</Relationships>"
    return zips.edited(document, name, end, f"{xml}{end}")


def pptx(slides: Sequence[tuple[str, Sequence[str], str]], title: str = "") -> bytes:
    """Slides, each of a heading, points and notes; the last is hidden."""
    show = slideshow.Presentation()
    show.core_properties.title, show.core_properties.author = title, "Ann Lee"
    show.core_properties.created = show.core_properties.modified = WRITTEN
    for heading, points, notes in slides:
        slide = show.slides.add_slide(show.slide_layouts[1])
        assert slide.shapes.title is not None
        slide.shapes.title.text = heading
        slide.placeholders[1].text = "\n".join(points)
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
    slide.element.set("show", "0")
    return _saved(show)


def slide_of_shapes(table: Table, box: str) -> bytes:
    """A slide without a heading, with a table and a group that holds a box of text."""
    show = slideshow.Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    shape = slide.shapes.add_table(len(table), len(table[0]), 0, 0, 100_000, 100_000)
    for row, cells in zip(shape.table.rows, table, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 100_000, 100_000).text_frame.text = box
    return _saved(show)


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[object]]], title: str = "", merged: str = ""
) -> bytes:
    """A workbook of these sheets; cells as Python has them. `merged` is a range of each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = title, "Ann Lee"
    book.properties.created = WRITTEN.replace(tzinfo=None)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if merged:
            sheet.merge_cells(merged)
    return _saved(book)


def with_shared_strings(book: bytes) -> bytes:
    """The workbook with its text in a table of its own, as Excel writes it."""
    strings: list[str] = []

    def shared(cell: re.Match[str]) -> str:
        strings.append(cell[1])
        return f't="s"><v>{len(strings) - 1}</v>'

    sheets = {
        name: re.sub('(?s)t="inlineStr"><is>(.*?)</is>', shared, text.decode())
        for name, text in zips.members(book).items()
        if name.startswith("xl/worksheets/")
    }
    table = "".join(f"<si>{text}</si>" for text in strings)
    part = {"xl/sharedStrings.xml": f'<sst xmlns="{SHEETS}">{table}</sst>'}
    link = f'Type="{RELATIONSHIPS}/sharedStrings" Target="sharedStrings.xml"'
    kind = f'PartName="/xl/sharedStrings.xml" ContentType="{SHEET_TYPE}.sharedStrings+xml"'
    book = zips.changed(book, {**sheets, **part})
    book = _inside_the_end(book, "xl/_rels/workbook.xml.rels", f'<Relationship Id="rId99" {link}/>')
    return _inside_the_end(book, "[Content_Types].xml", f"<Override {kind}/>")


def _saved(document: object) -> bytes:
    file = BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    # Packed anew, as the libraries put the time of day into the archive.
    return zips.archive(zips.members(file.getvalue()))
