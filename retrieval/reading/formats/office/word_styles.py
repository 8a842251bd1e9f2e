"""What the styles of a Word document make of its paragraphs: headings, or items of lists."""

import re
from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree

from .package_x import related
from .trees import attribute, parsed

NO_LIST = ("", "0")  # the list that a paragraph is in
BODY = 9  # the outline level that is none; those of headings count from 0
LONGEST_CHAIN = 20  # styles are based on one another, some on themselves
# The names of Word's own styles are English in the file, whatever language they are shown in.
HEADING = re.compile(r"heading (\d)")
LISTS = ("list bullet", "list number")


@dataclass(frozen=True, slots=True)
class Style:
    """A level, if it makes a heading; and whether it makes an item of a list, or a line of a
    table of contents.
    """

    level: int = 0
    item: bool = False
    contents: bool = False


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
    chain, above = [style], _value(style, "basedOn")
    while above in raw and len(chain) < LONGEST_CHAIN:
        chain.append(raw[above])
        above = _value(raw[above], "basedOn")
    names = [_value(each, "name").casefold() for each in chain]
    outline = next(filter(None, (_value(each, "pPr/{*}outlineLvl") for each in chain)), "")
    heading = next(filter(None, map(HEADING.fullmatch, names)), None)
    # Styles of one's own have names in any language, and a level.
    level = _level(outline) or (int(heading[1]) if heading else int("title" in names))
    item = any(_list_of(each) not in NO_LIST for each in chain) or names[0].startswith(LISTS)
    return Style(level, item, names[0].startswith("toc "))


def style_of(paragraph: etree._Element, styles: dict[str, Style]) -> Style:
    """What a paragraph is, by its own properties or else by its style."""
    style = styles.get(_value(paragraph, "pPr/{*}pStyle"), PLAIN)
    own = _value(paragraph, "pPr/{*}outlineLvl")
    level = _level(own) if own else style.level
    listed = _list_of(paragraph)
    item = listed not in NO_LIST if listed else style.item
    return Style(level, item and not level, style.contents)


def _list_of(element: etree._Element) -> str:
    return _value(element, "pPr/{*}numPr/{*}numId")


def _level(value: str) -> int:
    return int(value) + 1 if value.isdecimal() and int(value) < BODY else 0


def _value(element: etree._Element, path: str) -> str:
    found = element.find(f"{{*}}{path}")
    return attribute(found, "val") if found is not None else ""
