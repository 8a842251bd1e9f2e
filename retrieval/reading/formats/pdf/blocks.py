"""Put the lines of pages together to paragraphs and headings.

They are told apart by gaps, sizes of type, and the bookmarks. Words that were cut at the end of a
line are put together again.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.tables import Row, unnumbered, write_table
from retrieval.text.column_names import COMPARED, is_header

from .bookmarks import Marks
from .lines import Line
from .typography import Setting

LONGEST_HEADING = 150  # characters
LONGEST_NAME, LONGEST_SHORT = 60, 10  # characters of a column's name, and of a short form
LONGEST_NUMBERING, MOST_LINES = 30, 4  # characters before a title, and lines of one
# May stand before a title which the bookmarks have without it: "3.1 ", "IV. ", "Chapter 2: ".
NUMBERING = re.compile(r"(?:[^\W\d_]{0,9}\d{1,3}(?:\.\d{1,3})*|[ivx]{1,5}|[a-z])[.:)]?")

# Where a heading's lines begin: where they end, and its level.
Headings = dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading with a level, or the rows of a table."""

    text: str
    level: int = 0
    rows: tuple[Row, ...] = ()


def write_pages(
    pages: dict[int, list[Line]],
    setting: Setting,
    marks: Marks,
    gathering: Gathering,
    pictures: Collection[int] = (),
) -> None:
    """Add the pages, with the bookmarks as headings; without any, the lines that are set larger.

    A page that has the number 0 is all there is; some may have been read from `pictures`.
    """
    join = _word_joiner(line.text for lines in pages.values() for line in lines)
    header: Row = ()
    for number, lines in pages.items():
        gathering.begin_part(number or None)
        if number in pictures:
            gathering.mark_picture()
        placed = _placed(lines, marks.get(number, []), gathering)
        if not marks:
            placed = _larger(lines, setting)
        for block in _blocks(lines, placed, setting):
            if block.rows:
                rows = _under(header, block.rows)
                headed = _may_head(rows[0])
                write_table(unnumbered(rows), gathering, headed)
                header = rows[0] if headed and is_header(rows[0], rows[1:][:COMPARED]) else ()
            elif block.text:
                header = ()
                gathering.add_text(block.text if block.level else join(block.text), block.level)


def _under(header: Row, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of a table, under the header of the one right before if they go on with that."""
    return (header, *rows) if len(header) == len(rows[0]) and header != rows[0] else rows


def _may_head(row: Row) -> bool:
    """Return whether cells are as short as the names of columns; a list of terms has no header."""
    return all(
        len(cell) <= LONGEST_NAME and (len(cell) <= LONGEST_SHORT or not cell.endswith("."))
        for cell in row
    )


def _placed(
    lines: Sequence[Line], marks: Sequence[tuple[int, str]], gathering: Gathering
) -> Headings:
    """The lines that hold the titles of bookmarks; a title that stands in none heads the page."""
    squeezed = [_squeezed(line.text) for line in lines]
    placed: Headings = {}
    after = 0
    for level, title in marks:
        if found := _find(_squeezed(title), squeezed, after):
            placed[found[0]] = (found[1], level)
            after = found[1]
        else:
            gathering.add_heading(title, level)
    return placed


def _squeezed(text: str) -> str:
    # Where one word ends on a page and the next begins is a guess.
    return "".join(text.split()).casefold()


def _find(title: str, lines: Sequence[str], after: int) -> tuple[int, int] | None:
    """The lines that are a title (first, and past the last), or else those that also number it."""
    numbered = None
    for start in range(after, len(lines)):
        text = ""
        for end in range(start, min(start + MOST_LINES, len(lines))):
            text += lines[end]
            if text == title:
                return start, end + 1
            if not numbered and text.endswith(title):
                before = text.removesuffix(title)
                numbered = (start, end + 1) if NUMBERING.fullmatch(before) else None
            if len(text) > len(title) + LONGEST_NUMBERING:
                break
    return numbered


def _larger(lines: Sequence[Line], setting: Setting) -> Headings:
    """The lines that are set like headings; those next to one another, alike, are one heading."""
    found: Headings = {}
    at = 0
    while at < len(lines):
        end = at + 1
        level = setting.level(lines[at])
        while end < len(lines) and level and setting.level(lines[end]) == level:
            if setting.parts(lines[end - 1], lines[end]):
                break
            end += 1
        text = " ".join(line.text for line in lines[at:end])
        if level and len(text) <= LONGEST_HEADING and re.search(r"[^\W\d_]", text):
            found[at] = (end, level)
        at = end
    return found


def _blocks(lines: Sequence[Line], headings: Headings, setting: Setting) -> Iterator[Block]:
    paragraph: list[str] = []
    at = 0
    while at < len(lines):
        end, level = headings.get(at, (at + 1, 0))
        columns = 0 if level else len(lines[at].cells)
        if paragraph and (level or columns or setting.parts(lines[at - 1], lines[at])):
            yield Block("\n".join(paragraph))
            paragraph = []
        if columns:
            while end < len(lines) and len(lines[end].cells) == columns and end not in headings:
                end += 1
            yield Block("", rows=tuple(line.cells for line in lines[at:end]))
        elif level:
            yield Block(" ".join(line.text for line in lines[at:end]), level)
        else:
            paragraph.append(lines[at].text)
        at = end
    yield Block("\n".join(paragraph))


# --- Words cut at the end of a line

# Tried only where a word begins: a text may be one endless word.
CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,})[-\u00ad\u2010]\n([^\W\d_]+)")
COMPOUND = re.compile(r"(?<!\w)\w+(?:[-\u2010]\w+)+")
HYPHEN = re.compile("[-\u2010]")
# "Vor- und Nachteile", "pre- and post-war": their hyphens stand for the rest of the word.
HANGING = {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e", "of", "en"}


def _word_joiner(lines: Iterable[str]) -> Callable[[str], str]:
    """Return a function that joins the words cut in a text, knowing all lines of the document.

    A word keeps its hyphen if it has it elsewhere too.
    """
    words = chain.from_iterable(COMPOUND.findall(line) for line in lines)
    known = {pair for word in words for pair in pairwise(HYPHEN.split(word.casefold()))}

    def joined(cut: re.Match[str]) -> str:
        left, right = cut.groups()
        if not right[0].islower() or right in HANGING:
            return cut[0]
        hyphen = "-" if (left.casefold(), right.casefold()) in known else ""
        return f"{left}{hyphen}{right}"

    return lambda text: CUT.sub(joined, text)
