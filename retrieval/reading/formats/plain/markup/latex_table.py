"""The tables of LaTeX: cells between ampersands → rows with the names of their columns."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.markdown.dialects import labelled
from retrieval.reading.formats.tables import named_columns, unnumbered, write_table

from .latex_source import group

RULES = re.compile(
    r"\\(?:hline|toprule|bottomrule|midrule|endhead|endfirsthead|endfoot|endlastfoot)\b"
    r"|\\(?:cmidrule|cline)(?:\([^()\n]{0,20}\))?\{[^{}\n]{0,20}\}"
)
HEAD_RULE = re.compile(r"\\(?:hline|midrule|endhead)\b")
ROW_END = re.compile(r"\\\\(?:\[[^\]\n]{0,20}\])?|\\tabularnewline\b")
WIDE = re.compile(r"^\s*\\multicolumn\s*\{(\d{1,3})\}")
TALL = re.compile(r"\\multirow\s*(?:\[[^\]\n]{0,9}\])?\s*\{(\d{1,3})\}")
MOST_HEADS = 3  # rows above the first rule that may name the columns together
CELL_END = re.compile(r"(?<!\\)&")
CAPTION = re.compile(r"\\caption(?:\[[^\]]*\])?")


def write_tabular(inside: str, inline: Callable[[str], str], gathering: Gathering) -> None:
    """Add the rows of a table; those above its first rule inside name the columns."""
    if caption := CAPTION.search(inside):
        words, end = group(inside, caption.end())
        gathering.add_text(labelled(inline(words)))
        inside = inside[: caption.start()] + inside[end:]
    rows, above_rule = _rows(inside, inline)
    most = MOST_HEADS if "\\midrule" in inside else 1
    heads = above_rule if 0 < above_rule <= min(most, len(rows) - 1) else 0
    header = named_columns([_over_all(row) for row in rows[:heads]])
    body = (_plain(row) for row in rows[heads:])
    write_table(unnumbered(body), gathering, header=header if heads else None)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell, and how many columns it spans; one that goes on from the left spans none."""

    text: str
    wide: int = 1


def _rows(inside: str, inline: Callable[[str], str]) -> tuple[list[list[_Cell]], int]:
    """The rows of a table, and how many of them stand above its first rule; 0 without one."""
    rows: list[list[_Cell]] = []
    hanging: dict[int, tuple[str, int]] = {}
    above_rule = 0
    for line in ROW_END.split(inside):
        if rows and not above_rule and HEAD_RULE.search(line):
            above_rule = len(rows)
        cells = _cells(RULES.sub("", line), inline, hanging)
        # The first row of a long table stands in it once for every page.
        if any(cell.text for cell in cells) and cells not in rows[:1]:
            rows.append(cells)
    return rows, above_rule


def _cells(
    line: str, inline: Callable[[str], str], hanging: dict[int, tuple[str, int]]
) -> list[_Cell]:
    """The cells of a row, with those that hang down from the rows above."""
    cells: list[_Cell] = []
    for source in CELL_END.split(line) if line.strip() else ():
        text, left = inline(source), 0
        if not text and len(cells) in hanging:
            text, left = hanging.pop(len(cells))
        elif tall := TALL.search(source):
            left = int(tall[1])
        if left > 1:
            hanging[len(cells)] = (text, left - 1)
        wide = int(found[1]) if (found := WIDE.match(source)) else 1
        cells += [_Cell(text, wide), *[_Cell("", 0)] * (wide - 1)]
    return cells


def _plain(row: list[_Cell]) -> list[str]:
    return [cell.text for cell in row]


def _over_all(row: list[_Cell]) -> list[str]:
    """The words of a row that names columns, each over all columns that it spans."""
    names: list[str] = []
    for cell in row:
        names.append(cell.text if cell.wide else names[-1])
    return names
