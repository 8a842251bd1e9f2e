"""Word's documents (.docx, .docm, …): WordprocessingML, as in ECMA-376, part 1.

It is walked through here and not by a library, so as to keep what was inserted in review, text
boxes, and content controls, and to read however deep tables stand in tables.
"""

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from zipfile import ZipFile

from lxml import etree

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.hyperlinks import OPENING, closing

from .docx_numbering import BULLET, Numbering, number, read_numbering
from .docx_numbering import value as _value
from .flow import WIDEST_SPAN, Flow
from .package import (
    addresses,
    attribute,
    local,
    main_part,
    open_archive,
    parsed,
    read_properties,
    related,
    style_chain,
    walk,
)
from .struck_and_raised import Look, based_on, read_docx_looks, text_of

# What was deleted or moved away in review; and what stands there twice, for older programs.
LEFT_OUT = {"del", "moveFrom", "Fallback"}
WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
ON, OFF = ("1", "true", "on"), ("0", "false", "off")
NOTES = ("footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """All that says how a document's paragraphs and runs look."""

    styles: dict[str, "Style"]
    looks: dict[str, Look]
    numbering: Numbering
    addresses: dict[str, str]


def read_docx(data: bytes, gathering: Gathering) -> None:
    """Add a document's paragraphs, lists, tables and notes, in order."""
    archive = open_archive(data)
    read_properties(archive, gathering)
    part = main_part(archive)
    sheet = _Sheet(
        read_styles(archive, part),
        read_docx_looks(archive, part),
        read_numbering(archive, part),
        addresses(archive, part),
    )
    flow = Flow(gathering)
    _read_story(parsed(archive.read(part)), sheet, flow)
    for kind in NOTES:
        _read_notes(archive, related(archive, part, kind), sheet, flow)
    flow.finish()


def _read_notes(archive: ZipFile, part: str | None, sheet: _Sheet, flow: Flow) -> None:
    if not part:
        return
    sheet = replace(sheet, addresses=addresses(archive, part))
    for note in parsed(archive.read(part)):
        # The others are the rules between text and notes.
        if attribute(note, "type") in ("", "normal"):
            flow.open_note()
            _read_story(note, sheet, flow)
            flow.close_note()


def _read_story(story: etree._Element, sheet: _Sheet, flow: Flow) -> None:
    left_out = 0
    for opening, name, element in walk(story):
        if name in LEFT_OUT:
            left_out += 1 if opening else -1
        elif not left_out and opening:
            _open(name, element, sheet, flow)
        elif not left_out:
            _close(name, element, sheet, flow)


def _open(name: str, element: etree._Element, sheet: _Sheet, flow: Flow) -> None:
    if name == "p":
        flow.open_paragraph()
    elif name == "t":
        flow.write(text_of(element, sheet.looks))
    elif name in WRITTEN and _in_run(element):
        flow.write(WRITTEN[name])
    elif name == "hyperlink":
        flow.write(OPENING)
    elif name == "tbl":
        flow.open_table()
    elif name == "tr":
        flow.open_row()
    elif name == "tc":
        flow.open_cell()


def _in_run(element: etree._Element) -> bool:
    # A "tab" may also be the place of a tab stop.
    parent = element.getparent()
    return parent is not None and local(parent) == "r"


def _close(name: str, element: etree._Element, sheet: _Sheet, flow: Flow) -> None:
    if name == "p":
        style = style_of(element, sheet.styles)
        mark = _mark(style, sheet.numbering)
        if style.contents:
            flow.drop_paragraph()
        else:
            flow.close_paragraph(style.level, mark)
    elif name == "hyperlink":
        address = sheet.addresses.get(attribute(element, "id"), "")
        flow.write(closing(address, whole=True))
    elif name == "tc":
        _close_cell(element, flow)
    elif name == "tbl":
        flow.close_table(_headed(element), _heads(element))


def _close_cell(cell: etree._Element, flow: Flow) -> None:
    width = min(number(_value(cell, "tcPr/{*}gridSpan"), 1), WIDEST_SPAN)
    merged = cell.find("{*}tcPr/{*}vMerge")
    flow.close_cell(width, merged is not None and attribute(merged, "val") in ("", "continue"))
    for _ in range(width - 1):
        flow.open_cell()
        flow.close_cell(covered=True)


def _mark(style: "Style", numbering: Numbering) -> str:
    """The mark in front of a paragraph: its number, or "- "; headings have numbers alone."""
    if style.list_id in NO_LIST:
        return BULLET if style.item else ""
    place = numbering.level_of_style(style.list_id, style.name)
    mark = numbering.label(style.list_id, style.list_level if place is None else place)
    return "" if style.level and mark == BULLET else mark


def _heads(table: etree._Element) -> int:
    """The number of rows that are to be repeated on every page."""
    marks = (row.find("{*}trPr/{*}tblHeader") for row in table.iterfind("{*}tr"))
    marked = (mark is not None and attribute(mark, "val") not in OFF for mark in marks)
    return sum(1 for _ in takewhile(bool, marked))


def _headed(table: etree._Element) -> bool:
    """Return whether the first row may be a header: not where the first column alone is set off."""
    look = table.find("{*}tblPr/{*}tblLook")
    if look is None:
        return True
    return attribute(look, "firstRow") not in OFF or attribute(look, "firstColumn") not in ON


# --- Styles: what they make of paragraphs

NO_LIST = ("", "0")  # the list that a paragraph is in
BODY = 9  # the outline level that is none; those of headings count from 0
# The names of Word's own styles are English in the file, whatever language they are shown in.
HEADING = re.compile(r"heading (\d)")
LISTS = ("list bullet", "list number")


@dataclass(frozen=True, slots=True)
class Style:
    """The use of a paragraph: a heading of a level, an item of a list, or a line of a table of
    contents.
    """

    level: int = 0
    item: bool = False
    contents: bool = False
    list_id: str = ""
    list_level: int = 0
    name: str = ""


PLAIN = Style()


def read_styles(archive: ZipFile, part: str) -> dict[str, Style]:
    """The styles of paragraphs, by their ids."""
    sheet = related(archive, part, "styles")
    if not sheet:
        return {}
    raw = {
        attribute(style, "styleId"): style
        for style in parsed(archive.read(sheet)).iterfind("{*}style")
        if attribute(style, "type") == "paragraph"
    }
    return {name: _resolved(style, raw) for name, style in raw.items()}


def _resolved(style: etree._Element, raw: dict[str, etree._Element]) -> Style:
    chain = list(style_chain(attribute(style, "styleId"), raw, based_on))
    names = [_value(each, "name").casefold() for each in chain]
    outline = next(filter(None, (_value(each, "pPr/{*}outlineLvl") for each in chain)), "")
    heading = next(filter(None, map(HEADING.fullmatch, names)), None)
    # Styles of one's own have names in any language, and a level.
    level = _level(outline) or (int(heading[1]) if heading else int("title" in names))
    listed = next(filter(None, map(_list_of, chain)), "")
    item = listed not in NO_LIST or names[0].startswith(LISTS)
    at = number(next(filter(None, map(_list_level, chain)), ""), 0)
    name = attribute(style, "styleId")
    return Style(level, item, names[0].startswith("toc "), listed, at, name)


def style_of(paragraph: etree._Element, styles: dict[str, "Style"]) -> Style:
    """The style of a paragraph, by its own properties or else by what it is based on."""
    style = styles.get(_value(paragraph, "pPr/{*}pStyle"), PLAIN)
    own = _value(paragraph, "pPr/{*}outlineLvl")
    level = _level(own) if own else style.level
    listed, at = _list_of(paragraph), _list_level(paragraph)
    item = listed not in NO_LIST if listed else style.item
    return Style(
        level,
        item and not level,
        style.contents,
        listed or style.list_id,
        number(at, style.list_level),
        "" if listed or at else style.name,
    )


def _list_of(element: etree._Element) -> str:
    return _value(element, "pPr/{*}numPr/{*}numId")


def _list_level(element: etree._Element) -> str:
    return _value(element, "pPr/{*}numPr/{*}ilvl")


def _level(value: str) -> int:
    return int(value) + 1 if value.isdecimal() and int(value) < BODY else 0
