"""OpenDocument texts (.odt), as in ISO/IEC 26300, and what all OpenDocument files share."""

import re
from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree

from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.hyperlinks import OPENING, closing

from .flow import Flow
from .odt_lists import Lists
from .package import attribute, first_text, local, open_archive, parsed, walk
from .struck_and_raised import PLAIN, Look, read_odt_looks

# Text deleted in review, comments, and lists of things that stand elsewhere, with page numbers.
LEFT_OUT = {
    *("tracked-changes", "annotation", "table-of-content", "illustration-index", "table-index"),
    *("alphabetical-index", "forms", "sequence-decls", "note-citation"),
}
WRITTEN = {"s": " ", "tab": "\t", "line-break": "\n"}
CELLS = ("table-cell", "covered-table-cell")
PARAGRAPHS = ("p", "h")
LOOKING = (*PARAGRAPHS, "span")
TITLE, PARENT = "Title", "parent-style-name"
LAST_LEVEL = 10
WHITE_SPACE = re.compile("[ \t\r\n]+")


def open_document(data: bytes, gathering: Gathering) -> etree._Element:
    """Note what a file says of itself, and return the root of its content."""
    archive = open_archive(data)
    manifest = _read(archive, "META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise errors.protected()
    if facts := _read(archive, "meta.xml"):
        told = parsed(facts, forgiving=True)
        gathering.title, gathering.author = first_text(told, "title"), first_text(told, "creator")
        gathering.date = first_text(told, "date") or first_text(told, "creation-date")
    return parsed(archive.read("content.xml"))


def _read(archive: ZipFile, name: str) -> bytes:
    return archive.read(name) if name in archive.NameToInfo else b""


def read_odt(data: bytes, gathering: Gathering) -> None:
    """Add a text's paragraphs, lists, tables and notes, in order."""
    content = open_document(data, gathering)
    styles = _read(open_archive(data), "styles.xml")
    roots = [content, *([parsed(styles, forgiving=True)] if styles else [])]
    story = _Story(_title_styles(content), read_odt_looks(roots), Lists(roots), Flow(gathering), [])
    left_out = 0
    for opening, name, element in walk(content):
        if name in LEFT_OUT:
            left_out += 1 if opening else -1
        elif not left_out and opening:
            _open(name, element, story)
        elif not left_out:
            _close(name, element, story)
        if not opening and not left_out:
            story.write(_folded(element.tail))
    story.flow.finish()


@dataclass(frozen=True, slots=True)
class _Story:
    """A text that is being read: its styles, its open lists, and the looks of what is open."""

    titles: set[str]
    looks: dict[str, Look]
    lists: Lists
    flow: Flow
    open_looks: list[Look]

    def write(self, text: str) -> None:
        look = self.open_looks[-1] if self.open_looks else PLAIN
        self.flow.write(look.shown(text) if text else text)

    def push(self, element: etree._Element) -> None:
        look = self.looks.get(attribute(element, "style-name"), PLAIN)
        self.open_looks.append(look.over(self.open_looks[-1]) if self.open_looks else look)


def _title_styles(content: etree._Element) -> set[str]:
    styles = content.iterfind("{*}automatic-styles/{*}style")
    made = {attribute(style, "name") for style in styles if attribute(style, PARENT) == TITLE}
    return made | {TITLE}


def _open(name: str, element: etree._Element, story: _Story) -> None:
    flow = story.flow
    if name in LOOKING:
        story.push(element)
    if name in PARAGRAPHS:
        flow.open_paragraph()
    elif name == "list":
        story.lists.begin(element)
    elif name == "list-item":
        story.lists.count(element)
    elif name == "table":
        flow.open_table()
    elif name == "table-row":
        flow.open_row()
    elif name in CELLS:
        flow.open_cell()
    elif name == "note":
        flow.open_note()
    elif name == "a":
        flow.write(OPENING)
    story.write(WRITTEN.get(name) or _folded(element.text))


def _close(name: str, element: etree._Element, story: _Story) -> None:
    flow = story.flow
    if name in LOOKING:
        story.open_looks.pop()
    if name in PARAGRAPHS:
        mark = story.lists.mark() if _opens_item(element) else ""
        flow.close_paragraph(_level(name, element, story.titles), mark)
    elif name == "list":
        story.lists.end()
    elif name in CELLS:
        width = number(element, "number-columns-spanned")
        repeated = number(element, "number-columns-repeated")
        flow.close_cell(width, name == "covered-table-cell", repeated)
    elif name == "table":
        flow.close_table()
    elif name == "note":
        flow.close_note()
    elif name == "a":
        # A relative one leads to a file beside this one, which nobody has.
        flow.write(closing(attribute(element, "href"), whole=True))


def _level(name: str, element: etree._Element, titles: set[str]) -> int:
    if name == "h":
        return min(number(element, "outline-level"), LAST_LEVEL)
    return int(attribute(element, "style-name") in titles)


def _opens_item(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and local(parent) == "list-item" and parent[0] is element


def number(element: etree._Element, name: str) -> int:
    """An attribute that counts something, which is 1 where it isn't said."""
    value = attribute(element, name)
    # A file may say any number; no use is made of such as have ten digits.
    return int(value[:9]) if value.isdecimal() else 1


def _folded(text: str | None) -> str:
    return WHITE_SPACE.sub(" ", text or "")
