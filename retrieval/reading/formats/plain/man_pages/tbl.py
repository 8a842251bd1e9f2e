"""Tables of tbl(1): each row says what its columns are."""

import re
from collections.abc import Callable, Iterator

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.tables import unnumbered, write_table

from .roff import Request

TAB = re.compile(r"\btab\s*\((.)\)")
RULE = re.compile(r"\s*[_=]?\s*")
BOLD = re.compile(r"[bB]")
SPANNED = frozenset(("\\^", "^"))


def write_tbl(
    requests: Iterator[Request], gathering: Gathering, shown: Callable[[str], str]
) -> None:
    """Add the rows of a table, whose requests are taken up to its end."""
    lines = list(_lines(requests))
    separator, formats = "\t", list[str]()
    while lines:
        line = lines.pop(0)
        if tab := TAB.search(line):
            separator = tab[1]
        if not line.rstrip().endswith(";"):
            formats.append(line)
        if line.rstrip().endswith("."):
            break
    rows = [[shown(cell).strip() for cell in row] for row in _rows(lines, separator)]
    # The heads of columns are set apart by a rule, or in bold.
    headed = len(rows) > 1 and (_ruled(lines) or bool(formats and BOLD.search(formats[0])))
    write_table(unnumbered(rows[headed:]), gathering, header=rows[0] if headed and rows else None)


def _lines(requests: Iterator[Request]) -> Iterator[str]:
    for request in requests:
        if request.name == "TE":
            return
        if not request.name:
            yield request.rest
        elif request.name in ("B", "I", "BR", "RB", "IR", "RI", "BI", "IB"):
            between = "" if len(request.name) > 1 else " "
            yield between.join(request.words)
        elif request.name == "T&":
            yield from _passed_over(requests)


def _passed_over(requests: Iterator[Request]) -> Iterator[str]:
    """Nothing of the formats that hold from the middle of a table on."""
    for request in requests:
        if request.rest.rstrip().endswith("."):
            return
    yield from ()


def _ruled(lines: list[str]) -> bool:
    """Return whether a rule comes right after the first row."""
    filled = [number for number, line in enumerate(lines) if not RULE.fullmatch(line)]
    return len(filled) > 1 and any(
        line.strip() in ("_", "=") for line in lines[filled[0] + 1 : filled[1]]
    )


def _rows(lines: list[str], separator: str) -> Iterator[list[str]]:
    """The cells of each row; those in a block of text take several lines."""
    above = list[str]()
    row, block = list[str](), False
    for line in lines:
        if block:
            ended = line.startswith("T}")
            if not ended:
                row[-1] = f"{row[-1]} {line}".strip()
                continue
            row += line[2:].split(separator)[1:]
        elif RULE.fullmatch(line):
            continue
        else:
            row = line.split(separator)
        block = bool(row) and row[-1].strip() == "T{"
        if block:
            row[-1] = ""
            continue
        above = [
            above[at] if cell.strip() in SPANNED and at < len(above) else cell
            for at, cell in enumerate(row)
        ]
        yield above
    if block:
        yield row
