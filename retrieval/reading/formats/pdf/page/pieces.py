"""Put characters together to words, and words to pieces of lines that no wide gap parts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median, median_low
from typing import NamedTuple

from .direction import as_read, runs_leftward
from .glyphs import Glyph
from .marks import SAME_LINE, accented, on_the_line

# In sizes of type. A line that is pressed together has spaces of 0.2, and letters far apart 0.1.
SPACE, WIDER_THAN_USUAL = 0.16, 0.12
LEFTWARD_SPACE = 0.22  # Arabic letters that don't join have gaps of their own
GAP = 1.0  # parts a line into pieces
WIDE, STRETCHED, FEWEST_STRETCHED = 1.8, 1.5, 3  # times the usual gap of a line; gaps of it
OVERFLOW = 0.13  # more than letters are drawn together by
BACK = 1.5  # a letter may begin so far in front of the end of the one before
SAME_ROW = 0.3
ALIKE = 1.12


class Word(NamedTuple):
    """Characters without a space, from left to right, and the number of the first one drawn.

    `joints` are the characters that begin another piece of drawn text: a word that overflows its
    cell may touch the next one.
    """

    units: tuple[str, ...]
    left: float
    right: float
    foot: float
    size: float
    drawn: int
    joints: tuple[tuple[int, float], ...] = ()

    def parted(self, joint: int, at: float) -> tuple["Word", "Word"]:
        """The word in two, before and after a character that stands at some place."""
        before = self._replace(units=self.units[:joint], right=at, joints=())
        return before, self._replace(units=self.units[joint:], left=at, joints=())


class Piece(NamedTuple):
    """Words of a line, from left to right, which no wide gap parts; `row` numbers the lines of
    the page from the top, also where two columns stand side by side.

    A whole row of a table with ruling lines is one piece, of one word, and has `cells`.
    """

    words: tuple[Word, ...]
    row: int
    cells: tuple[str, ...] = ()

    @property
    def left(self) -> float:
        """Its left end."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Its right end."""
        return self.words[-1].right

    @property
    def foot(self) -> float:
        """The height of its foot, as most of its characters have it."""
        return max(self.words, key=lambda word: len(word.units)).foot

    @property
    def size(self) -> float:
        """The size of its type, as most of its characters have it."""
        return max(self.words, key=lambda word: len(word.units)).size

    @property
    def drawn(self) -> int:
        """Its number in the order in which the pieces are drawn."""
        return min(word.drawn for word in self.words)

    @property
    def text(self) -> str:
        """The words as they are read."""
        return text_of(self.words)


def text_of(words: Sequence[Word]) -> str:
    """The text of words that stand side by side, as it is read."""
    units: list[str] = []
    for word in words:
        units += [" ", *word.units]
    return as_read(units[1:])


def pieces_of(glyphs: Sequence[Glyph]) -> list[Piece]:
    """The pieces of the lines of a page, from the top and from the left."""
    runs = on_the_line(list(_runs(accented(glyphs))))
    pieces = []
    for row, line in enumerate(_rows(runs)):
        words = list(_words(sorted(line, key=_middle)))
        if not words:
            continue
        pieces += [Piece(tuple(part), row) for part in _parted(words)]
    return pieces


def _middle(glyph: Glyph) -> float:
    return glyph.left + glyph.right


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """The stretches of characters that are drawn one after the other and stand side by side."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not _follows(run[-1], glyph):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _follows(last: Glyph, glyph: Glyph) -> bool:
    larger = max(last.size, glyph.size)
    smaller = min(last.size, glyph.size)
    if abs(last.foot - glyph.foot) > SAME_LINE * larger / 2 or larger > ALIKE * smaller:
        return False
    gap = glyph.left - last.right
    back = last.left - glyph.right
    return any(-BACK * larger < each < GAP * larger for each in (gap, back))


def _rows(runs: Sequence[list[Glyph]]) -> Iterator[list[Glyph]]:
    """The characters of each line across the page, from the top."""
    row: list[Glyph] = []
    foot = size = 0.0
    for run in sorted(runs, key=lambda run: -run[0].foot):
        if row and foot - run[0].foot > SAME_ROW * min(size, run[0].size):
            yield row
            row = []
        if not row:
            foot, size = run[0].foot, run[0].size
        row += run
    if row:
        yield row


def _words(glyphs: Sequence[Glyph]) -> Iterator[Word]:
    """The words of characters from left to right, where there is a space or room for one."""
    usual = _usual_gap(glyphs)
    word: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text.isspace():
            if word:
                yield _word(word)
            word = []
            continue
        if word:
            end = max(each.right for each in word[-2:])
            size = max(word[-1].size, glyph.size)
            leftward = runs_leftward(word[-1].text + glyph.text)
            least = LEFTWARD_SPACE if leftward else max(SPACE, usual + WIDER_THAN_USUAL)
            if glyph.left - end > least * size:
                yield _word(word)
                word = []
        word.append(glyph)
    if word:
        yield _word(word)


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    """The gap between letters, in sizes of type, where a line is set wide; else 0.

    The only gap of a line, such as that of "5 %", may be a space.
    """
    gaps = [
        (after.left - glyph.right) / glyph.size
        for glyph, after in pairwise(glyphs)
        if glyph.size and not glyph.text.isspace() and not after.text.isspace()
    ]
    close = [gap for gap in gaps if gap < GAP]
    return max(0.0, median_low(close)) if close[1:] else 0.0


def _word(glyphs: Sequence[Glyph]) -> Word:
    longest = max(glyphs, key=lambda glyph: glyph.size)
    return Word(
        tuple(glyph.text for glyph in glyphs),
        glyphs[0].left,
        max(glyph.right for glyph in glyphs),
        longest.foot,
        longest.size,
        min(glyph.drawn for glyph in glyphs),
        _joints(glyphs),
    )


def _joints(glyphs: Sequence[Glyph]) -> tuple[tuple[int, float], ...]:
    """The characters that begin another piece of drawn text, over the end of the one before."""
    return tuple(
        (at, glyph.left)
        for at, (before, glyph) in enumerate(pairwise(glyphs), 1)
        if glyph.item != before.item and before.right - glyph.left > OVERFLOW * glyph.size
    )


def _parted(words: Sequence[Word]) -> Iterator[list[Word]]:
    gaps = [after.left - before.right for before, after in pairwise(words)]
    # A line may be stretched to the width of a narrow column: then its gaps are all as wide.
    stretched = STRETCHED * median(gaps) if len(gaps) >= FEWEST_STRETCHED else 0.0
    piece = list(words[:1])
    for gap, before, word in zip(gaps, words, words[1:], strict=False):
        size = max(before.size, word.size)
        if gap > GAP * size and gap > min(stretched, WIDE * size):
            yield piece
            piece = []
        piece.append(word)
    yield piece
