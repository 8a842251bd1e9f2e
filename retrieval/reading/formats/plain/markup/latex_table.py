"""The tables of LaTeX: cells between ampersands → rows with the names of their columns."""

import re
from collections.abc import Callable

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.markdown.dialects import labelled
from retrieval.reading.formats.tables import unnumbered, write_table

from .latex_source import group

RULES = re.compile(
    r"\\(?:hline|toprule|bottomrule|midrule|endhead|endfirsthead|endfoot|endlastfoot)\b"
    r"|\\(?:cmidrule|cline)(?:\([^()\n]{0,20}\))?\{[^{}\n]{0,20}\}"
)
HEAD_RULE = re.compile(r"\\(?:hline|midrule|endhead)\b")
ROW_END = re.compile(r"\\\\(?:\[[^\]\n]{0,20}\])?|\\tabularnewline\b")
WIDE = re.compile(r"^\s*\\multicolumn\s*\{(\d{1,3})\}")
CELL_END = re.compile(r"(?<!\\)&")
CAPTION = re.compile(r"\\caption(?:\[[^\]]*\])?")


def write_tabular(inside: str, inline: Callable[[str], str], gathering: Gathering) -> None:
    """Add the rows of a table; the first names the columns if a rule stands below it."""
    if caption := CAPTION.search(inside):
        words, end = group(inside, caption.end())
        gathering.add_text(labelled(inline(words)))
        inside = inside[: caption.start()] + inside[end:]
    rows: list[list[str]] = []
    headed = False
    for at, line in enumerate(ROW_END.split(inside)):
        headed = headed or (len(rows) == 1 and at > 0 and bool(HEAD_RULE.search(line)))
        cells: list[str] = []
        for cell in CELL_END.split(RULES.sub("", line)):
            wide = WIDE.match(cell)
            cells += [inline(cell), *[""] * (int(wide[1]) - 1 if wide else 0)]
        # The first row of a long table stands in it once for every page.
        if any(cells) and cells not in rows[:1]:
            rows.append(cells)
    headed = headed and len(rows) > 1
    body = rows[1:] if headed else rows
    write_table(unnumbered(body), gathering, header=rows[0] if headed else None)
