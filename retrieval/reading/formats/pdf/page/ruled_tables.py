"""Write the tables that have ruling lines, row by row, among the other lines of a page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from retrieval.reading.formats.content import tidy
from retrieval.text.column_names import Across, Below

from .direction import runs_leftward
from .glyphs import Glyph
from .grids import FEWEST, Grid, Span, grids_of
from .pieces import Piece, Word, pieces_of
from .rules import Rule
from .tables import Cell, rows_in

SIDE_BY_SIDE = 2  # rows that have more than one cell filled
FILLED_ROWS, FILLED_CELLS = 0.4, 0.25  # the share of rows that have, and that of cells
CUT, MOST_CUT = 0.12, 0.1  # sizes of type within a character, and how many a cell, lines may cut
LONGEST_CELL = 2_000  # characters; longer ones are the columns of a page
NARROWEST, LOWEST = 8.0, 5.0  # points that hold text; less is the gap between two borders
# Rows with no line between them: at least so many, most with text at one height in two columns.
FEWEST_LINES, ALIGNED = 2, 0.6

Cells = dict[Span, list[Glyph]]


def pieces_and_tables(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Piece]:
    """The pieces of a page from the top; a row of a table with ruling lines is one of them."""
    rest = list(glyphs)
    rows: list[Piece] = []
    taken: list[Grid] = []
    for grid in grids_of(rules):
        if any(grid.touches(other) for other in taken):
            continue
        cells, outside = _held(grid, rest)
        if _is_table(grid, cells):
            rows += _rows_of(grid, cells)
            taken.append(grid)
            rest = outside
    pieces = pieces_of(rest)
    return _numbered([*pieces, *rows]) if rows else pieces


def text_of_cells(cells: Iterable[str]) -> str:
    """The text of a row, without what merged cells carry into it."""
    return " ".join(cell for cell in cells if cell and not isinstance(cell, Across | Below))


def _held(grid: Grid, glyphs: Iterable[Glyph]) -> tuple[Cells, list[Glyph]]:
    """The characters in each cell that has any, and those outside of the grid."""
    cells: Cells = {}
    outside = []
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.foot + glyph.size / 4
        column = sum(place <= x for place in grid.across) - 1
        row = sum(place >= y for place in grid.down) - 1
        if 0 <= row < len(grid.cells) and 0 <= column < len(grid.cells[row]):
            cells.setdefault(grid.cells[row][column], []).append(glyph)
        else:
            outside.append(glyph)
    filled = {cell: held for cell, held in cells.items() if any(g.text.strip() for g in held)}
    return filled, outside


def _is_table(grid: Grid, cells: Cells) -> bool:
    """Return whether the cells are filled as a table's are: a chart's are not, nor a form's lines
    and boxes around text.
    """
    if any(not _is_whole(grid, cell) or len(cells[cell]) > LONGEST_CELL for cell in cells):
        return False
    rows = Counter(span.top for span in cells)
    beside = sum(1 for filled in rows.values() if filled > 1)
    roomy = {cell for row in grid.cells for cell in row if _is_roomy(grid, cell)}
    return (
        beside >= SIDE_BY_SIDE
        and beside >= FILLED_ROWS * len(rows)
        and len(cells) >= FILLED_CELLS * len(roomy)
        and _cut(grid, cells) <= MOST_CUT * len(cells)
    )


def _is_whole(grid: Grid, cell: Span) -> bool:
    """Return whether all places in a cell's bounds are its own."""
    rows = grid.cells[cell.top : cell.bottom + 1]
    return all(each == cell for row in rows for each in row[cell.left : cell.right + 1])


def _is_roomy(grid: Grid, cell: Span) -> bool:
    wide = grid.across[cell.right + 1] - grid.across[cell.left]
    return wide >= NARROWEST and grid.down[cell.top] - grid.down[cell.bottom + 1] >= LOWEST


def _cut(grid: Grid, cells: Cells) -> int:
    """The number of characters that the lines at the sides of their cell run through."""
    cut = 0
    for cell, glyphs in cells.items():
        left, right = grid.across[cell.left], grid.across[cell.right + 1]
        for glyph in glyphs:
            least = CUT * glyph.size
            cut += left - glyph.left > least or glyph.right - right > least
    return cut


def _rows_of(grid: Grid, cells: Cells) -> Iterator[Piece]:
    """The rows of a table, each as a piece that nothing parts."""
    pieces = {span: pieces_of(glyphs) for span, glyphs in cells.items()}
    columns = _columns(grid, cells)
    if runs_leftward(" ".join(piece.text for held in pieces.values() for piece in held)):
        columns.reverse()
    few = len({span.top for span in cells}) <= FEWEST
    for row, spans in enumerate(grid.cells):
        own = [pieces.get(spans[at], []) if spans[at].top == row else [] for at in columns]
        if not any(own):
            continue
        if few and _is_open(own):
            parts = rows_in(own)
            yield from (_open_row(grid, part, len(columns)) for part in parts)
        else:
            texts = _texts([spans[at] for at in columns], row, pieces)
            yield _row(grid, texts, [piece for held in own for piece in held])


def _columns(grid: Grid, cells: Cells) -> list[int]:
    """The columns in which a cell with text begins, or that are wide enough to hold some."""
    begun = {span.left for span in cells}
    own = {span.left for row in grid.cells for span in row}
    width = [right - left for left, right in pairwise(grid.across)]
    wide = {at for at in own if width[at] >= NARROWEST}
    return sorted(begun | wide)


def _is_open(columns: Sequence[Sequence[Piece]]) -> bool:
    """Return whether several rows stand between two lines: in most columns there are as many."""
    counts = [len({piece.row for piece in held}) for held in columns if held]
    lines = Counter(round(piece.foot) for held in columns for piece in held)
    shared = sum(1 for count in lines.values() if count > 1)
    return max(counts) >= FEWEST_LINES and shared >= ALIGNED * len(lines)


def _texts(spans: Sequence[Span], row: int, pieces: dict[Span, list[Piece]]) -> tuple[str, ...]:
    """The text of every cell of a row; a merged one's stands at every place that it spans."""
    texts: list[str] = []
    for at, span in enumerate(spans):
        text = _text(pieces.get(span, []))
        if span in spans[:at]:
            texts.append(Across(text))
        else:
            texts.append(text if span.top == row else Below(text))
    return tuple(texts)


def _text(pieces: Iterable[Piece]) -> str:
    return tidy(" ".join(piece.text for piece in pieces)).strip().replace("\n", " ")


def _open_row(grid: Grid, row: Iterable[Cell], width: int) -> Piece:
    texts, pieces = [""] * width, []
    for cell in row:
        texts[cell.column] = f"{texts[cell.column]} {_text(cell.pieces)}".strip()
        pieces += cell.pieces
    return _row(grid, tuple(texts), pieces)


def _row(grid: Grid, texts: tuple[str, ...], pieces: Sequence[Piece]) -> Piece:
    first = max(pieces, key=lambda piece: piece.foot)
    drawn = min(piece.drawn for piece in pieces)
    text = text_of_cells(texts)
    word = Word((text,), grid.across[0], grid.across[-1], first.foot, first.size, drawn)
    return Piece((word,), 0, texts)


def _numbered(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces and the rows of tables by their lines from the top, which are numbered anew."""
    lines: dict[tuple[float, int], list[Piece]] = {}
    feet: dict[int, float] = {}
    for at, piece in enumerate(pieces):
        if piece.cells:
            lines[-piece.foot, at + len(pieces)] = [piece]
        else:
            foot = feet.setdefault(piece.row, -piece.foot)
            lines.setdefault((foot, piece.row), []).append(piece)
    return [
        piece._replace(row=row)
        for row, (_, line) in enumerate(sorted(lines.items()))
        for piece in line
    ]
