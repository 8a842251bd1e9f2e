"""Tables of a page: rows of cells, merged ones in every row and column that they span."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from retrieval.reading.formats.hyperlinks import unmarked
from retrieval.reading.formats.tables import Budget

from .lists import whole_number

WIDEST_SPAN = 100
ENDS_BLOCK = ".:?!;,…"
SECTIONS, CELLS = ("thead", "tbody", "tfoot"), ("td", "th")
LISTS = ("ul", "ol")
BOLD = ("b", "strong")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LAYOUT_BLOCKS = (
    *(*HEADINGS, "p", "div", "ul", "ol", "dl", "pre", "blockquote", "table", "article", "section"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell: its text, and whether it names others."""

    text: str
    names: bool = False


NO_CELL = Cell("")
Grid = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Run:
    """Rows under a header, which may be empty."""

    header: list[str]
    rows: list[list[str]]


def rows_of(table: Any) -> list[Any]:
    """The rows of a table itself, not of those in its cells."""
    found = []
    for child in table.iterchildren():
        if child.tag in SECTIONS:
            found += child.iterchildren("tr")
        elif child.tag == "tr":
            found.append(child)
    return found


def only_frames(table: Any) -> bool:
    """Return whether a table only lays out a page: then what is in it is no table."""
    above = table.getparent()
    boxed = above is not None and "admonitionblock" in (above.get("class") or "").split()
    if boxed or table.get("role") in ("presentation", "none"):
        return True
    rows = [list(row.iterchildren(*CELLS)) for row in rows_of(table)]
    named = any(cell.tag == "th" for row in rows for cell in row)
    if not named and all(map(_only_lists, filter(_filled, itertools.chain(*rows)))):
        return True
    if not named and any(True for _ in table.iterdescendants(*HEADINGS)):
        return True
    holds = LAYOUT_BLOCKS if not named else ("pre",)
    blocks = any(True for _ in table.iterdescendants(*holds))
    return blocks and all(sum(map(_filled, row)) <= 1 for row in rows)


def _only_lists(cell: Any) -> bool:
    """Return whether nothing but lists stands in a cell, as where one list is set in columns."""
    stray = (cell.text or "", *(each.tail or "" for each in cell))
    return not any(words.strip() for words in stray) and all(each.tag in LISTS for each in cell)


def _filled(cell: Any) -> bool:
    return any(words.strip() for words in cell.itertext())


def runs_of(table: Any, text_of: Callable[[Any], str], budget: Budget) -> Iterator[Run]:
    """The rows of a table under their headers; a lone heading within a table heads what follows."""
    rows = rows_of(table)
    grid = _grid(rows, text_of, budget)
    count = _header_rows(rows, grid)
    header, group, run = _header(grid[:count]), "", Run(_header(grid[:count]), [])
    for row, line in zip(rows[count:], grid[count:], strict=True):
        if _spans_all(line) and len(line) > 1:
            yield run
            group = line[0].text.rstrip(":") if line[0].names else ""
            yield Run([], [] if group else [[line[0].text]])
            run = Run(["", *header] if group else header, [])
        elif _names_all(row) and sum(1 for cell in line if cell.text) > 1:
            yield run
            header, group = _header([line]), ""
            run = Run(header, [])
        else:
            run.rows.append([*([group] if group else []), *_written(line, header)])
    yield run


def _spans_all(line: list[Cell]) -> bool:
    return bool(line) and bool(line[0].text) and all(cell is line[0] for cell in line)


def _written(line: list[Cell], header: list[str]) -> list[str]:
    """The cells of a row; one that spans columns of one name is said once."""
    names = [*header, *[""] * len(line)]
    texts = [
        "" if column and cell is line[column - 1] and names[column] == names[column - 1]
        else cell.text
        for column, cell in enumerate(line)
    ]  # fmt: skip
    heads = bool(line) and line[0].names and bool(line[0].text) and not any(header)
    if heads and len(line) > 1 and texts[0][-1] not in ":.?!":
        texts[0] += ":"
    return texts


def _grid(rows: list[Any], text_of: Callable[[Any], str], budget: Budget) -> Grid:
    grid: Grid = []
    hanging: dict[int, tuple[Cell, int]] = {}  # by column: a cell, and the rows it still spans
    for row in rows:
        line: list[Cell] = []
        below: dict[int, tuple[Cell, int]] = {}
        for cell in row.iterchildren(*CELLS):
            _hang(line, hanging, below)
            found = Cell(text_of(cell), _names(cell))
            wide = min(max(whole_number(cell.get("colspan")) or 1, 1), WIDEST_SPAN)
            deep = whole_number(cell.get("rowspan"))
            budget.spend(wide)
            for _ in range(wide):
                below[len(line)] = (found, len(rows) if deep == 0 else (deep or 1) - 1)
                line.append(found)
        while hanging:
            budget.spend(1)
            if not _hang(line, hanging, below):
                line.append(NO_CELL)
        hanging = {column: held for column, held in below.items() if held[1] > 0}
        grid.append(line)
    return grid


def _names(cell: Any) -> bool:
    """Return whether a cell names others; Asciidoctor sets terms in tables, too."""
    return cell.tag == "th" or "hdlist1" in (cell.get("class") or "").split()


def _hang(
    line: list[Cell],
    hanging: dict[int, tuple[Cell, int]],
    below: dict[int, tuple[Cell, int]],
) -> bool:
    """Set the cells that hang down from the row above, up to the next free column."""
    hung = False
    while len(line) in hanging:
        cell, left = hanging.pop(len(line))
        below[len(line)] = (cell, left - 1)
        line.append(cell)
        hung = True
    return hung


def _names_all(row: Any) -> bool:
    """Return whether a row has nothing but cells that name others."""
    return row.find("td") is None


def _header_rows(rows: list[Any], grid: Grid) -> int:
    """The number of rows at the top that name the columns."""
    count = 0
    for row, line in zip(rows[:-1], grid, strict=False):
        head = row.getparent().tag == "thead"
        # A cell as wide as the table is a title, or the name of a group.
        if not head and (not _names_all(row) or (_spans_all(line) and len(line) > 1)):
            break
        count += 1
    if not count and len(rows) > 1 and len(grid[0]) > 1:
        return int(_bold(rows[0]) and not _bold(rows[1]))
    return count


def _bold(row: Any) -> bool:
    """Return whether every cell with words in it is bold altogether."""
    cells = [cell for cell in row.iterchildren(*CELLS) if _filled(cell)]
    return bool(cells) and all(map(_bold_cell, cells))


def _bold_cell(cell: Any) -> bool:
    words = "".join(cell.itertext()).split()
    return any("".join(bold.itertext()).split() == words for bold in cell.iterdescendants(*BOLD))


def _header(rows: Grid) -> list[str]:
    """The names of the columns: those of all rows that name them, each once."""
    width = max(map(len, rows), default=0)
    names: list[str] = []
    for column in range(width):
        parts = dict.fromkeys(row[column].text for row in rows if column < len(row))
        names.append(", ".join(filter(None, parts)).rstrip(":"))
    return names


def on_one_line(blocks: Iterable[str]) -> str:
    """Blocks and items of lists that stand in a cell, as the text of it."""
    texts = [line.strip() for block in blocks for line in _in_lines(block)]
    joined = ""
    for text in texts:
        if text and not text.startswith("```"):
            gap = " " if not joined or unmarked(joined)[-1:] in ENDS_BLOCK else "; "
            joined += gap * bool(joined) + text.removeprefix("- ")
    return joined


def _in_lines(block: str) -> list[str]:
    """The items of a list, or the lines of code; lines that a paragraph was broken in are one."""
    opens = block.lstrip()[:3]
    listed = opens.startswith(("- ", "```")) or (opens[:1].isdigit() and "." in opens)
    return block.split("\n") if listed else [block.replace("\n", " ")]
