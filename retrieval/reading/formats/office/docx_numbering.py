"""Word's automatic numbers of paragraphs (ECMA-376, part 1, 17.9), and numbers in its formats."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree

from retrieval.text.numbers import roman

from .package import attribute, parsed, related

LEVELS = 9
BULLET = "- "
PLACE = re.compile(r"%([1-9])")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_LETTERED = 26 * 20
LONGEST_LABEL = 60  # characters


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: the number it begins with, its format, and the text around numbers.

    `restart` is the level (1 the highest) after which it begins anew, 0 for never.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str = ""
    restart: int = LEVELS
    plain: bool = False


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, levels: dict[str, dict[int, Level]], counted_by: dict[str, str]) -> None:
        self._levels = levels
        self._counted_by = counted_by  # lists with the same definition count on together
        self._counts = dict[str, dict[int, int]]()
        self._begun = set[tuple[str, int]]()

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a style of paragraphs stands for in a list."""
        levels = self._levels.get(list_id, {})
        return next((at for at, level in levels.items() if style and level.style == style), None)

    def label(self, list_id: str, at: int) -> str:
        """The mark in front of the next paragraph of a list's level, with what parts them."""
        levels = self._levels.get(list_id)
        level = levels.get(at) if levels else None
        if not levels or level is None:
            return BULLET
        counts = self._count(list_id, at, levels)
        if level.format == "bullet":
            return BULLET
        label = PLACE.sub(
            lambda place: _shown(int(place[1]) - 1, counts, levels, level), level.text
        )
        return f"{label[:LONGEST_LABEL].strip()} " if label.strip() else ""

    def _count(self, list_id: str, at: int, levels: dict[int, Level]) -> dict[int, int]:
        counts = self._counts.setdefault(self._counted_by.get(list_id, list_id), {})
        if at not in counts or self._begins(list_id, at, levels):
            counts[at] = levels[at].start
        else:
            counts[at] += 1
        for below in [each for each in counts if each > at]:
            if levels.get(below, Level()).restart > at:
                del counts[below]
        return counts

    def _begins(self, list_id: str, at: int, levels: dict[int, Level]) -> bool:
        """Return whether a list that counts with another begins anew here, once."""
        key = (list_id, at)
        new = key not in self._begun
        self._begun.add(key)
        return new and f"{list_id}:{at}" in self._counted_by


def read_numbering(archive: ZipFile, part: str) -> Numbering:
    """The lists that a document defines."""
    sheet = related(archive, part, "numbering")
    if not sheet:
        return Numbering({}, {})
    root = parsed(archive.read(sheet))
    raw = {attribute(each, "abstractNumId"): each for each in root.iterfind("{*}abstractNum")}
    linked = {link: each for each in raw.values() if (link := value(each, "styleLink"))}
    levels: dict[str, dict[int, Level]] = {}
    counted_by: dict[str, str] = {}
    for each in root.iterfind("{*}num"):
        name, abstract = attribute(each, "numId"), value(each, "abstractNumId")
        defined = raw.get(abstract)
        if defined is None:
            continue
        # A definition may only point to a style's.
        source = linked.get(value(defined, "numStyleLink"), defined)
        levels[name] = _levels(source.iterfind("{*}lvl"))
        counted_by[name] = attribute(source, "abstractNumId")
        _override(name, each, levels[name], counted_by)
    return Numbering(levels, counted_by)


def _override(
    name: str, listed: etree._Element, levels: dict[int, Level], counted_by: dict[str, str]
) -> None:
    for change in listed.iterfind("{*}lvlOverride"):
        at = number(attribute(change, "ilvl"), 0)
        levels |= _levels(change.iterfind("{*}lvl"))
        start = value(change, "startOverride")
        if start and at in levels:
            old = levels[at]
            levels[at] = Level(number(start, 1), old.format, old.text, old.style, old.restart)
            counted_by[f"{name}:{at}"] = name


def _levels(elements: Iterable[etree._Element]) -> dict[int, Level]:
    return {
        number(attribute(each, "ilvl"), 0): Level(
            number(value(each, "start"), 0 if each.find("{*}start") is None else 1),
            value(each, "numFmt") or "decimal",
            value(each, "lvlText"),
            value(each, "pStyle"),
            number(value(each, "lvlRestart"), LEVELS),
            each.find("{*}isLgl") is not None,
        )
        for each in elements
    }


def _shown(at: int, counts: dict[int, int], levels: dict[int, Level], own: Level) -> str:
    level = levels.get(at, Level())
    return written(counts.get(at, level.start), "decimal" if own.plain else level.format)


def written(count: int, style: str) -> str:
    """A number in a format by its name in Word, such as "lowerRoman"."""
    shown = str(count)
    if style.endswith("Roman"):
        shown = roman(count)
    elif style.endswith("Letter") and 0 < count <= MOST_LETTERED:
        shown = LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)
    elif style == "decimalZero":
        shown = f"{count:02d}"
    elif style == "none":
        shown = ""
    return shown.upper() if style.startswith("upper") else shown


def value(element: etree._Element, path: str) -> str:
    """The value of the element at a path under another, or ""."""
    found = element.find(f"{{*}}{path}")
    return attribute(found, "val") if found is not None else ""


def number(text: str, default: int) -> int:
    """A whole number of at most nine digits, or the default."""
    return int(text[:9]) if text.isdecimal() else default
