"""Ask for the rows of tables in eight formats: python -m benchmarks.reading.tables

A row counts if every cell of it stands in the quote with the name of its column, merged cells too.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.platypus import SimpleDocTemplate, Table

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.reading.source import from_file
from retrieval.types import Answer
from tests.support.homes import opened

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table about things of a kind; names come first, the second column is merged in pairs."""

    kind: str
    header: tuple[str, ...]
    rows: Rows


PLACES = "Ashby Brede Corran Dunmore Elsing Farley Gresham Hindon Ilmer Jarrow Kelso Lorton Melrose"
KINDS = {
    "ferry": ("Ferry", "Owner", "Seats", "Fare"),
    "tea": ("Tea", "Grower", "Minutes", "Price"),
    "tent": ("Tent", "Lender", "Berths", "Pledge"),
    "room": ("Room", "Keeper", "Chairs", "Rent"),
    "organ": ("Organ", "Builder", "Pipes", "Fee"),
    "apple": ("Apple", "Nursery", "Weeks", "Cost"),
    "bridge": ("Bridge", "Warden", "Metres", "Toll"),
    "saw": ("Saw", "Maker", "Teeth", "Deposit"),
}


def sheet(kind: str, count: int) -> Sheet:
    """A table of `count` rows, the same each time."""
    chance = random.Random(kind)
    keepers = chance.sample("Adair Bishop Calder Drummond Ewing Fraser Galt Howe".split(), 7)
    rows = [
        (place, keepers[at // 2], str(chance.randint(11, 999)), f"€{chance.randint(2, 90)}.50")
        for at, place in enumerate(PLACES.split()[:count])
    ]
    return Sheet(kind, KINDS[kind], rows)


def merged(rows: Rows) -> list[tuple[bool, bool, Sequence[str]]]:
    """The rows, and of each whether its second cell begins two rows, and whether it ends them."""
    found = []
    for at, row in enumerate(rows):
        below = at + 1 < len(rows) and rows[at + 1][1] == row[1]
        found.append((below, at > 0 and rows[at - 1][1] == row[1], row))
    return found


def markdown(table: Sheet) -> bytes:
    """A table of GitHub's, with links and marks in cells."""
    lines = [" | ".join(table.header), " | ".join(["---", ":--", "--:", "--:"])]
    lines += [f"**{a}** | [{b}](https://x.example) | `{c}` | {d}" for a, b, c, d in table.rows]
    return f"# About each {table.kind}\n\n{chr(10).join(lines)}\n".encode()


def html(table: Sheet) -> bytes:
    """A page, whose second column is merged."""
    head = "".join(f"<th>{name}</th>" for name in table.header)
    body = ""
    for begins, ends, (a, b, c, d) in merged(table.rows):
        second = "" if ends else f"<td rowspan={1 + begins}>{b}</td>"
        body += f"<tr><td><a href=/{a}>{a}</a></td>{second}<td><p>{c}</p></td><td>{d}</td></tr>"
    table_ = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    main = f"<main><h1>About each {table.kind}</h1>{table_}</main>"
    return f"<html><body>{main}</body></html>".encode()


def word(table: Sheet) -> bytes:
    """A Word document, whose second column is merged."""
    document = docx.Document()
    document.add_heading(f"About each {table.kind}", 1)
    grid = document.add_table(len(table.rows) + 1, 4)
    for cell, name in zip(grid.rows[0].cells, table.header, strict=True):
        cell.text = name
    for at, (begins, ends, row) in enumerate(merged(table.rows), 1):
        if begins:
            grid.cell(at, 1).merge(grid.cell(at + 1, 1))
        for column, text in enumerate(row):
            if not (ends and column == 1):
                grid.cell(at, column).text = text
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def excel(table: Sheet) -> bytes:
    """A sheet, whose second column is merged and whose prices are numbers."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = f"Each {table.kind}"
    page.append(list(table.header))
    for at, (begins, _, (a, b, c, d)) in enumerate(merged(table.rows), 2):
        page.append([a, b, int(c), float(d.removeprefix("€"))])
        page.cell(at, 4).number_format = '"€"#,##0.00'
        if begins:
            page.merge_cells(start_row=at, end_row=at + 1, start_column=2, end_column=2)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def pdf(table: Sheet) -> bytes:
    """A page with rules above and below the header and no others."""
    file = BytesIO()
    rules = [("LINEABOVE", (0, 0), (-1, 0), 1.0, colors.black)]
    rules += [("LINEBELOW", (0, row), (-1, row), 0.5, colors.black) for row in (0, -1)]
    SimpleDocTemplate(file, pagesize=A4).build([Table([table.header, *table.rows], style=rules)])
    return file.getvalue()


def rst(table: Sheet) -> bytes:
    """A grid, whose second column is merged."""
    rule = "+----------+----------+----------+----------+"
    lines = [rule, _grid(table.header), rule.replace("-", "=")]
    for begins, ends, (a, b, c, d) in merged(table.rows):
        lines.append(_grid((a, "" if ends else b, c, d)))
        lines.append("+----------+          +----------+----------+" if begins else rule)
    title = f"About each {table.kind}"
    return f"{title}\n{'=' * len(title)}\n\n{chr(10).join(lines)}\n".encode()


def _grid(cells: Sequence[str]) -> str:
    return "|" + "|".join(f" {cell:<9}" for cell in cells) + "|"


def asciidoc(table: Sheet) -> bytes:
    """A table with a cell a line, whose second column is merged."""
    head = "".join(f"|{name} " for name in table.header)
    lines = [f"= About each {table.kind}", "", "|===", head]
    for begins, ends, (a, b, c, d) in merged(table.rows):
        second = [] if ends else [f".2+|{b}" if begins else f"|{b}"]
        lines += ["", f"|*{a}*", *second, f"|{c}", f"|{d}"]
    return "\n".join([*lines, "|==="]).encode()


def wiki(table: Sheet) -> bytes:
    """A table of MediaWiki's, whose second column is merged."""
    head = "! " + " !! ".join(table.header)
    lines = [f"== About each {table.kind} ==", '{| class="wikitable"', head]
    for begins, ends, (a, b, c, d) in merged(table.rows):
        second = [] if ends else [f'| rowspan="2" | {b}' if begins else f"| {b}"]
        lines += ["|-", f"| '''[[{a}]]'''", *second, f"| {c} || {d}"]
    return "\n".join([*lines, "|}"]).encode()


FORMATS: Mapping[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "ferry": ("ferries.md", markdown),
    "tea": ("teas.html", html),
    "tent": ("tents.docx", word),
    "room": ("rooms.xlsx", excel),
    "organ": ("organs.pdf", pdf),
    "apple": ("apples.rst", rst),
    "bridge": ("bridges.adoc", asciidoc),
    "saw": ("saws.wiki", wiki),
}


def cells_quoted(answer: Answer, header: Sequence[str], row: Sequence[str]) -> bool:
    """Return whether a quote has every cell of a row with its column's name."""
    cells = [f"{name}: {cell}" for name, cell in zip(header, row, strict=True)]
    return any(all(cell in each.quote for cell in cells) for each in answer.citations)


def main() -> None:
    """Prints, of each format, how many rows are quoted whole."""
    embedder = SentenceEmbedder()
    with TemporaryDirectory() as folder, opened(Path(folder) / "home", embedder) as library:
        sheets = [sheet(kind, 13 if at % 2 else 12) for at, kind in enumerate(FORMATS)]
        for each in sheets:
            name, write = FORMATS[each.kind]
            (Path(folder) / name).write_bytes(write(each))
        paths = [Path(folder) / name for name, _ in FORMATS.values()]
        list(library.add(map(from_file, paths)))
        total = 0
        for each in sheets:
            held = 0
            for row in each.rows:
                question = f"What is the {each.header[-1].lower()} of the {each.kind} {row[0]}?"
                answer = library.ask(question)
                whole = answer.answered and cells_quoted(answer, each.header, row)
                if not whole:
                    print(f"  {question} -> {answer.answered} {answer.text[:200]!r}")
                held += whole
            print(f"{FORMATS[each.kind][0]:14} {held} of {len(each.rows)} rows", flush=True)
            total += held
        print(f"{total} of {sum(len(each.rows) for each in sheets)} rows")


if __name__ == "__main__":
    main()
