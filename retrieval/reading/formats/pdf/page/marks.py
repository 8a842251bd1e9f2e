"""Put accents on their letters, and raise and lower what is set small above and below the line."""

import unicodedata
from collections.abc import Iterator, Sequence

from retrieval.text.special_characters import lowered, raised

from .glyphs import Glyph

# Accents as characters of their own, and as marks on the letter before: TeX draws "é" as two.
ACCENTS = dict(
    zip(
        "´`¨ˆ^˜~¯˘˙˚¸˝˛ˇ",
        "\u0301\u0300\u0308\u0302\u0302\u0303\u0303\u0304\u0306\u0307\u030a"
        "\u0327\u030b\u0328\u030c",
        strict=True,
    )
)
DOTLESS = {"ı": "i", "ȷ": "j"}
CENTRED = 0.25  # sizes of type between the middle of a letter and that of its accent
SQUARE, MOST_COMPARED = 8, 20  # points, and letters in a square
SAME_LINE = 0.15  # sizes of type that letters of one line may stand apart in height
SMALLER = 0.98  # times the size of the line, at most, is the size of raised and lowered signs
NEAREST, FARTHEST = 0.08, 0.75  # sizes of type between their foot and that of the line
APART = 0.35  # sizes of type between them and the letter that they follow


def accented(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The characters, in the order in which they are drawn, with accents on their letters."""
    accents = [at for at, glyph in enumerate(glyphs) if _is_accent(glyph.text)]
    if not accents:
        return list(glyphs)
    put: dict[int, Glyph] = dict(enumerate(glyphs))
    letters = _by_place(glyphs)
    for at in accents:
        accent = put[at]
        for other in _around(letters, accent):
            if both := _joined(accent, put[other]):
                put[other] = put[other]._replace(text=both)
                del put[at]
                break
    return list(put.values())


def _is_accent(text: str) -> bool:
    return text in ACCENTS or unicodedata.category(text[0]) == "Mn"


Places = dict[tuple[int, int], list[int]]


def _by_place(glyphs: Sequence[Glyph]) -> Places:
    """The numbers of the letters in every square of a page."""
    places: Places = {}
    for at, glyph in enumerate(glyphs):
        if unicodedata.category(glyph.text[0])[0] == "L" and glyph.text not in ACCENTS:
            places.setdefault(_place(glyph), []).append(at)
    return places


def _place(glyph: Glyph) -> tuple[int, int]:
    return round((glyph.left + glyph.right) / 2 / SQUARE), round(glyph.foot / SQUARE)


def _around(letters: Places, accent: Glyph) -> Iterator[int]:
    x, y = _place(accent)
    for across in (x, x - 1, x + 1):
        for up in (y, y - 1, y + 1):
            yield from letters.get((across, up), ())[:MOST_COMPARED]


def _meet(accent: Glyph, letter: Glyph) -> bool:
    """Return whether an accent stands over or under a letter, and not beside it."""
    if abs(accent.foot - letter.foot) > max(accent.size, letter.size):
        return False
    apart = abs(accent.left + accent.right - letter.left - letter.right) / 2
    return apart < CENTRED * max(accent.size, letter.size)


def _joined(accent: Glyph, letter: Glyph) -> str:
    """A letter with its accent; "" where there is none such, or they stand apart."""
    if not _meet(accent, letter):
        return ""
    if accent.text not in ACCENTS:
        return unicodedata.normalize("NFC", letter.text + accent.text)
    bare = DOTLESS.get(letter.text, letter.text)
    made = unicodedata.normalize("NFC", bare + ACCENTS[accent.text])
    return made if len(made) == 1 else ""


def on_the_line(runs: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """The runs of characters, as they are drawn, with raised and lowered ones on their lines."""
    set_in: list[list[Glyph]] = []
    for at, run in enumerate(runs):
        beside = [*set_in[-1:], *runs[at + 1 : at + 2]]
        host = next((each for each in beside if _is_host(each, run)), None)
        set_in.append(_in_line_with(host, run) if host else run)
    return set_in


def _is_host(host: list[Glyph], run: list[Glyph]) -> bool:
    size = host[0].size
    if not size or run[0].size > SMALLER * size:
        return False
    if not NEAREST * size < abs(run[0].foot - host[0].foot) < FARTHEST * size:
        return False
    gaps = (run[0].left - host[-1].right, host[0].left - run[-1].right)
    return any(abs(gap) < APART * size for gap in gaps)


def _in_line_with(host: list[Glyph], run: list[Glyph]) -> list[Glyph]:
    text = "".join(each.text for each in run)
    shown = raised(text) if run[0].foot > host[0].foot else lowered(text)
    parts = list(shown) if len(shown) == len(run) else [shown, *[""] * (len(run) - 1)]
    return [
        each._replace(text=part, foot=host[0].foot, size=host[0].size)
        for each, part in zip(run, parts, strict=True)
    ]
