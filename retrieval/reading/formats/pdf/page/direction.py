"""Turn what stands on a line from left to right into the order in which it is read.

Arabic and Hebrew run the other way, but for the numbers and foreign words in them (annex 9 of the
Unicode standard, applied backwards).
"""

from collections.abc import Sequence
from unicodedata import bidirectional

LEFTWARD = {"R", "AL"}
DIGITS = {"EN", "AN"}
WITH_DIGITS = {"ES", "ET", "CS"}  # signs that belong to a number: "09:30", "5 %"
MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")
# What a character does: it sets a direction, is part of a number, or follows what stands around it.
RIGHTWARD_KIND, LEFTWARD_KIND, NUMBER, NEUTRAL = "L", "R", "N", "-"


def runs_leftward(text: str) -> bool:
    """Return whether most letters of a text belong to a script that runs from right to left."""
    if text.isascii():
        return False
    kinds = [bidirectional(each) for each in text]
    return sum(kind in LEFTWARD for kind in kinds) > kinds.count("L")


def as_read(seen: Sequence[str]) -> str:
    """The text of characters, spaces among them, that stand side by side from left to right."""
    text = "".join(seen)
    if text.isascii() or not any(bidirectional(each) in LEFTWARD for each in text):
        return text
    kinds = _kinds([bidirectional(each[0]) for each in seen])
    levels = _levels(kinds, runs_leftward(text))
    units = list(zip(seen, levels, strict=True))
    for level in (2, 1):
        units = _turned(units, level)
    return "".join(each.translate(MIRRORED) if level == 1 else each for each, level in units)


def _kinds(classes: Sequence[str]) -> list[str]:
    kinds = []
    for at, each in enumerate(classes):
        around = {*classes[max(at - 1, 0) : at], *classes[at + 1 : at + 2]}
        if each in LEFTWARD:
            kinds.append(LEFTWARD_KIND)
        elif each == RIGHTWARD_KIND:
            kinds.append(RIGHTWARD_KIND)
        elif each in DIGITS or (each in WITH_DIGITS and around & DIGITS):
            kinds.append(NUMBER)
        else:
            kinds.append(NEUTRAL)
    return kinds


def _levels(kinds: Sequence[str], leftward: bool) -> list[int]:
    """The number of times that each character is turned around: none, one, or two."""
    before, after = _nearest(kinds), _nearest(kinds[::-1])[::-1]
    levels = []
    for at, kind in enumerate(kinds):
        both = {before[at], after[at]}
        if leftward:
            foreign = kind in {RIGHTWARD_KIND, NUMBER} or both == {RIGHTWARD_KIND}
            levels.append(2 if foreign else 1)
        elif kind == LEFTWARD_KIND:
            levels.append(1)
        elif both == {LEFTWARD_KIND}:
            levels.append(2 if kind == NUMBER else 1)
        else:
            levels.append(0)
    return levels


def _nearest(kinds: Sequence[str]) -> list[str]:
    """The last direction set at or before each character; "" where there was none."""
    found, nearest = "", []
    for kind in kinds:
        if kind in {RIGHTWARD_KIND, LEFTWARD_KIND}:
            found = kind
        nearest.append(found)
    return nearest


def _turned(units: list[tuple[str, int]], level: int) -> list[tuple[str, int]]:
    """The characters with every stretch of at least some level turned around."""
    turned: list[tuple[str, int]] = []
    stretch: list[tuple[str, int]] = []
    for unit in units:
        if unit[1] >= level:
            stretch.append(unit)
        else:
            turned += [*stretch[::-1], unit]
            stretch = []
    return turned + stretch[::-1]
