"""Recognise the words in a picture, by the models that come with RapidOCR.

A word that isn't recognised for sure is left out of the text, and a sign stands where it was: it
can never be quoted, and a quote shows that there is more in the picture.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from retrieval.errors import N_
from retrieval.reading.formats.pdf.lines import Line
from retrieval.reading.formats.pdf.page.glyphs import Glyph
from retrieval.reading.formats.pdf.page.layout import lines_as_read

if TYPE_CHECKING:
    from PIL.Image import Image

INSTALL = N_("Install what recognises it: pip install 'footnote-bot[ocr]'.")
LONGEST_SIDE = 2_400  # pixels; more is made smaller before it is looked at
UNSURE, LEAST_SURE = "[…]", 0.7  # what a word's score must be; those of good words are above 0.95
FEWEST_SURE = 0.5  # the share of a picture's words; below, it shows something else than text
LONG = 5  # times as wide as high is a line that shows how the page lies
# Heights of boxes differ by the letters in them: so near to the usual one, they are the same.
LEAST_ALIKE, MOST_ALIKE = 0.7, 1.35
FOOT = 0.3  # of a line's height below its middle
Point = tuple[float, float]


class Seen(NamedTuple):
    """A word, its score, its ends from left to right, and whether it comes `after` a space."""

    text: str
    score: float
    left: float
    right: float
    after: bool


class SeenLine(NamedTuple):
    """Words that stand on one line, the height of its middle, upwards, and its size."""

    words: list[Seen]
    middle: float
    size: float


def can_recognise() -> bool:
    """Return whether what recognises text is installed."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def lines_in(image: "Image", recognise: Callable[[Any], Any] | None = None) -> list[Line]:
    """The lines and rows of tables in a picture, in the order of reading; none without text.

    `recognise` makes of an array (height, width, 3) what RapidOCR does.
    """
    lines = _seen(image, recognise or _engine())
    words = [word for line in lines for word in line.words]
    sure = sum(1 for word in words if word.score >= LEAST_SURE)
    if not words or sure < FEWEST_SURE * len(words):
        return []
    usual = median(line.size for line in lines)
    glyphs: list[Glyph] = []
    for line in _from_the_top(lines, usual / 2):
        alike = LEAST_ALIKE * usual < line.size < MOST_ALIKE * usual
        size = usual if alike else line.size
        glyphs += _glyphs(line, size, len(glyphs))
    return lines_as_read(glyphs)


def _from_the_top(lines: Sequence[SeenLine], near: float) -> Iterator[SeenLine]:
    """The lines from the top, and those that stand side by side from the left."""
    row: list[SeenLine] = []
    for line in sorted(lines, key=lambda line: -line.middle):
        if row and row[0].middle - line.middle > near:
            yield from sorted(row, key=lambda each: each.words[0].left)
            row = []
        row.append(line)
    yield from sorted(row, key=lambda each: each.words[0].left)


def _glyphs(line: SeenLine, size: float, drawn: int) -> Iterator[Glyph]:
    """The words of a line as if they had been drawn there, with spaces between them."""
    if all(word.score < LEAST_SURE for word in line.words):
        return
    foot = line.middle - FOOT * size
    item = drawn
    last: Seen | None = None
    for word in line.words:
        unsure = word.score < LEAST_SURE
        if word.after:
            between = (last.right + word.left) / 2 if last else word.left
            yield Glyph(" ", between, between, foot, size, drawn, item)
        repeated = unsure and last is not None and last.score < LEAST_SURE
        if not repeated:
            text = UNSURE if unsure else word.text
            yield Glyph(text, word.left, word.right, foot, size, drawn + 1, item)
        drawn, last = drawn + 2, word


def _seen(image: "Image", recognise: Callable[[Any], Any]) -> list[SeenLine]:
    import numpy as np

    image = image.convert("RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    result = recognise(np.asarray(image)[:, :, ::-1])
    if not result.txts:
        return []
    turn = -_tilt([box.tolist() for box in result.boxes])
    found = zip(result.txts, result.boxes, result.word_results, strict=True)
    return [_line(text, box.tolist(), words, turn) for text, box, words in found if words]


@cache
def _engine() -> Any:
    """The models, loaded once a process."""
    from rapidocr import RapidOCR

    one = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    # Its classifier of lines that stand upside down is often wrong about lines that don't.
    chosen = {"Global.log_level": "critical", "Global.use_cls": False}
    sides = {"Global.max_side_len": LONGEST_SIDE, "Global.return_word_box": True}
    return RapidOCR(params=one | chosen | sides)


def _tilt(boxes: Sequence[Sequence[Point]]) -> float:
    """The angle by which the lines of a picture rise, in radians, by its long ones."""
    angles = []
    for first, second, third, _ in boxes:
        width, height = math.dist(first, second), math.dist(second, third)
        if width > LONG * height:
            angles.append(math.atan2(first[1] - second[1], second[0] - first[0]))
    return median(angles) if angles else 0.0


def _line(text: str, box: Sequence[Point], words: Sequence[Any], turn: float) -> SeenLine:
    middles = [_turned(corner, turn)[1] for corner in box]
    heights = math.dist(box[0], box[3]), math.dist(box[1], box[2])
    seen: list[Seen] = []
    at = 0
    for word, score, corners in words:
        begin = text.find(word, at)
        after = begin > at or not seen
        at = max(begin, at) + len(word)
        across = [_turned(corner, turn)[0] for corner in corners]
        seen.append(Seen(word, float(score), min(across), max(across), after))
    return SeenLine(seen, sum(middles) / len(middles), sum(heights) / 2)


def _turned(point: Point, turn: float) -> Point:
    """A place in a picture, upwards, turned about its corner."""
    x, y = point[0], -point[1]
    sine, cosine = math.sin(turn), math.cos(turn)
    return x * cosine - y * sine, x * sine + y * cosine
