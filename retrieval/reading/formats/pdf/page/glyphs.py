"""Read the characters of a page, each with its place and the size of its type, from PDFium.

Its own order and its own spaces are not used: it turns the words of a page around if only one line
is set from right to left. What counts is where a reader sees each character.
"""

import ctypes
import math
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.reading.formats.errors import UnreadableError
from retrieval.text.special_characters import LOWERED, RAISED

from .rules import Rule, rules_of

if TYPE_CHECKING:
    import pypdfium2

MOST_CHARACTERS = 500_000  # of a page; a closely printed one has 10,000
HYPHENS = {0x02, 0xAD, 0xFFFE}  # the one that cuts a word at the end of a line, as PDFium says it
FIRST_PRINTED, UNPRINTED = 32, range(0x7F, 0xA0)
# TeX's fonts of dots don't say what they draw, so that PDFium gives the number of the character:
# in the encoding that TeX began with, or in the one for European languages.
OLD_TEX = dict(zip(range(0x0B, 0x10), "ff fi fl ffi ffl".split(), strict=True))
OLD_TEX |= dict(zip((0x10, *range(0x19, 0x20)), "ıßæœøÆŒØ", strict=True))
TEX = dict(zip(range(0x10, 0x17), "“”„«»–—", strict=True))
TEX |= dict(zip(range(0x1B, 0x20), "ff fi fl ffi ffl".split(), strict=True))
NUMBERED = OLD_TEX.keys() | TEX.keys()
DIGITS = frozenset(b"0123456789")
# Sizes of type over the line's foot: a raised digit begins higher, and a lowered one ends lower.
RAISED_FOOT, LOWERED_HEAD, LOWERED_FOOT = 0.2, 0.5, -0.03
STEEP = 8  # degrees; less is a page that lay askew when it was scanned


class Glyph(NamedTuple):
    """A character, or several that are drawn as one, from `left` to `right` on a line at `foot`.

    In points, on a page turned so that its text runs from left to right; `size` is that of its
    type, `drawn` its number in the order in which they are drawn, and `item` that of the piece of
    text that it was drawn with.
    """

    text: str
    left: float
    right: float
    foot: float
    size: float
    drawn: int
    item: int


class Group(NamedTuple):
    """The characters of a page that run in one direction, and the lines drawn about them."""

    glyphs: list[Glyph]
    rules: list[Rule]


class Glyphs(NamedTuple):
    """The characters of a page by the direction that they run in, most first, and how many of
    those drawn stand for no known character.
    """

    groups: list[Group]
    unknown: int


def glyphs_of(page: "pypdfium2.PdfPage") -> Glyphs:
    """The characters that a page shows. Raises UnreadableError where there are absurdly many."""
    from pypdfium2 import raw as pdfium

    by_angle: dict[int, list[Glyph]] = {}
    unknown = 0
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > MOST_CHARACTERS:
            raise UnreadableError(
                "has more text on one page than can be read. Split it into smaller files."
            )
        order = dict[int, int]()
        _number_objects(pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, page.raw, order)
        for angle, glyph, known in _drawn(textpage, page.get_bbox(), order):
            unknown += not known
            if known:
                by_angle.setdefault(angle, []).append(glyph)
    finally:
        textpage.close()
    by_angle = _told(by_angle)
    groups = sorted(by_angle.items(), key=lambda each: len(each[1]), reverse=True)
    rules = rules_of(page) if groups else []
    return Glyphs([_group(angle, group, rules) for angle, group in groups], unknown)


def _told(by_angle: dict[int, list[Glyph]]) -> dict[int, list[Glyph]]:
    """The characters, with the letters that TeX's fonts of dots have joined."""
    numbers = {ord(glyph.text) for group in by_angle.values() for glyph in group} & NUMBERED
    if not numbers:
        return by_angle
    known = OLD_TEX if numbers & OLD_TEX.keys() - TEX.keys() else TEX
    return {
        angle: [
            glyph._replace(text=known.get(ord(glyph.text), glyph.text))
            for glyph in group
            if ord(glyph.text) not in NUMBERED or ord(glyph.text) in known
        ]
        for angle, group in by_angle.items()
    }


def _group(angle: int, glyphs: list[Glyph], rules: list[Rule]) -> Group:
    along = [rule.turned(angle) for rule in rules] if angle % 90 == 0 else []
    return Group(_as_drawn_once(glyphs), along)


class _Type(NamedTuple):
    """The type of a piece of text: its size, and the direction that it runs in, in degrees."""

    item: int
    size: float
    angle: int


def _number_objects(
    count: Callable[[Any], int], get: Callable[[Any, int], Any], holder: Any, order: dict[int, int]
) -> None:
    """Number what a page, or a form on it, is drawn with, by the addresses of the objects."""
    from pypdfium2 import raw as pdfium

    for index in range(count(holder)):
        if len(order) >= MOST_CHARACTERS:
            return
        held = get(holder, index)
        address = ctypes.addressof(held.contents)
        if address in order:
            continue
        order[address] = len(order)
        if pdfium.FPDFPageObj_GetType(held) == pdfium.FPDF_PAGEOBJ_FORM:
            _number_objects(
                pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, held, order
            )


def _drawn(
    textpage: "pypdfium2.PdfTextPage", box: tuple[float, float, float, float], order: dict[int, int]
) -> Iterator[tuple[int, Glyph, bool]]:
    """The angle of each character, the character, and whether it is known which one it is."""
    from pypdfium2 import raw as pdfium

    raw, count = textpage.raw, textpage.count_chars()
    x, y, bounds = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    at_x, at_y, at_bounds = ctypes.byref(x), ctypes.byref(y), ctypes.byref(bounds)
    last, drawn, setting = 0, 0, _Type(0, 0.0, 0)
    for index in range(count):
        item = pdfium.FPDFText_GetTextObject(raw, index)
        if not item:
            continue  # a space or a line end that PDFium makes up
        address = ctypes.addressof(item.contents)
        if address != last:
            last, setting = address, _type(raw, index, setting.item + 1)
            drawn = order.get(address, len(order)) * MOST_CHARACTERS
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if not pdfium.FPDFText_GetCharOrigin(raw, index, at_x, at_y):
            continue
        if not box[0] - 1 <= x.value <= box[2] + 1 or not box[1] - 1 <= y.value <= box[3] + 1:
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, at_bounds)
        known = code in HYPHENS or (code >= FIRST_PRINTED and code not in UNPRINTED)
        known = known or (code in NUMBERED and _is_nameless(item))
        text = "-" if code in HYPHENS else chr(code)
        if code in DIGITS and not setting.angle:
            text = _as_set(raw, index, text, y.value, setting.size)
        corners = (bounds.left, bounds.bottom, bounds.right, bounds.top)
        yield setting.angle, _turned(text, setting, x.value, y.value, corners, drawn + index), known


def _is_nameless(item: Any) -> bool:
    """Return whether the font of a piece of text has no name, as fonts of dots don't."""
    from pypdfium2 import raw as pdfium

    return bool(pdfium.FPDFFont_GetBaseFontName(pdfium.FPDFTextObj_GetFont(item), None, 0) <= 1)


def _type(raw: Any, index: int, number: int) -> _Type:
    from pypdfium2 import raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    size = pdfium.FPDFText_GetFontSize(raw, index) * math.hypot(matrix.c, matrix.d)
    angle = round(math.degrees(math.atan2(matrix.b, matrix.a)))
    upright = round(angle / 90) * 90
    if abs(angle - upright) <= STEEP:
        angle = upright % 360
    return _Type(number, size if math.isfinite(size) else 0.0, angle)


def _as_set(raw: Any, index: int, digit: str, foot: float, size: float) -> str:
    """A digit, raised or lowered where its font draws it so on the line."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    references = [ctypes.byref(each) for each in (left, right, bottom, top)]
    from pypdfium2 import raw as pdfium

    if not size or not pdfium.FPDFText_GetCharBox(raw, index, *references):
        return digit
    lowest, highest = (bottom.value - foot) / size, (top.value - foot) / size
    if highest > lowest > RAISED_FOOT:
        return digit.translate(RAISED)
    if lowest < LOWERED_FOOT and 0 < highest < LOWERED_HEAD:
        return digit.translate(LOWERED)
    return digit


def _turned(
    text: str,
    setting: _Type,
    x: float,
    y: float,
    corners: tuple[float, float, float, float],
    drawn: int,
) -> Glyph:
    """A character on a page that is turned until its text runs from left to right."""
    left, bottom, right, top = corners
    if not setting.angle:
        return Glyph(text, min(left, x), right, y, setting.size, drawn, setting.item)
    turn = math.radians(-setting.angle)
    sine, cosine = math.sin(turn), math.cos(turn)
    across = [h * cosine - v * sine for h in (left, right) for v in (bottom, top)]
    foot = x * sine + y * cosine
    return Glyph(text, min(across), max(across), foot, setting.size, drawn, setting.item)


def _as_drawn_once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The characters without those drawn a second time, hardly moved, to look bold."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    kept = []
    for glyph in glyphs:
        near = max(glyph.size / 8, 0.5)
        place = (glyph.text, round(glyph.left / near), round(glyph.foot / near))
        before = seen.get(place)
        if before is None or before.item == glyph.item:
            kept.append(glyph)
        seen[place] = glyph
    return kept
