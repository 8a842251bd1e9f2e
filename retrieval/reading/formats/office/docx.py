"""Word's documents (.docx, .docm, …): WordprocessingML, as in ECMA-376, part 1.

It is walked through here and not by a library, so as to keep what was inserted in review, text
boxes, and content controls, and to read however deep tables stand in tables.
"""

from zipfile import ZipFile

from lxml import etree

from retrieval.reading.formats.content import Gathering

from .flow import Running
from .package import open_archive
from .package_x import main_part, read_properties, related
from .trees import attribute, local, parsed, walk
from .word_styles import Style, read_styles, style_of

# What was deleted or moved away in review; and what stands there twice, for older programs.
LEFT_OUT = {"del", "moveFrom", "Fallback"}
WRITTEN = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
ON, OFF = ("1", "true", "on"), ("0", "false", "off")
NOTES = ("footnotes", "endnotes")


def read_docx(data: bytes, gathering: Gathering) -> None:
    """Adds a document's paragraphs, lists, tables and notes, in order."""
    archive = open_archive(data)
    read_properties(archive, gathering)
    part = main_part(archive)
    styles = read_styles(archive, part)
    running = Running(gathering)
    _read_story(parsed(archive.read(part)), styles, running)
    for kind in NOTES:
        _read_notes(archive, related(archive, part, kind), styles, running)
    running.finish()


def _read_notes(
    archive: ZipFile, part: str | None, styles: dict[str, Style], running: Running
) -> None:
    for note in parsed(archive.read(part)) if part else ():
        # The others are the rules between text and notes.
        if attribute(note, "type") in ("", "normal"):
            running.open_note()
            _read_story(note, styles, running)
            running.close_note()


def _read_story(story: etree._Element, styles: dict[str, Style], running: Running) -> None:
    left_out = 0
    for opening, name, element in walk(story):
        if name in LEFT_OUT:
            left_out += 1 if opening else -1
        elif not left_out and opening:
            _open(name, element, running)
        elif not left_out:
            _close(name, element, styles, running)


def _open(name: str, element: etree._Element, running: Running) -> None:
    if name == "p":
        running.open_paragraph()
    elif name == "t":
        running.write(element.text or "")
    elif name in WRITTEN and _in_run(element):
        running.write(WRITTEN[name])
    elif name == "tbl":
        running.open_table()
    elif name == "tr":
        running.open_row()
    elif name == "tc":
        running.open_cell()


def _in_run(element: etree._Element) -> bool:
    # A "tab" may also be the place of a tab stop.
    parent = element.getparent()
    return parent is not None and local(parent) == "r"


def _close(name: str, element: etree._Element, styles: dict[str, Style], running: Running) -> None:
    if name == "p":
        style = style_of(element, styles)
        if style.contents:
            running.drop_paragraph()
        else:
            running.close_paragraph(style.level, style.item)
    elif name == "tc":
        span = element.find("{*}tcPr/{*}gridSpan")
        width = attribute(span, "val") if span is not None else ""
        running.close_cell(int(width) if width.isdecimal() else 1)
    elif name == "tbl":
        running.close_table(_headed(element))


def _headed(table: etree._Element) -> bool:
    """Whether its first row may be its header: not where its first column alone is set off."""
    look = table.find("{*}tblPr/{*}tblLook")
    if look is None:
        return True
    return attribute(look, "firstRow") not in OFF or attribute(look, "firstColumn") not in ON
