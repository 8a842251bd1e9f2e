"""The flow of a text document: paragraphs, items of lists, tables and notes, in their order."""

from dataclasses import dataclass, field

from retrieval.reading.formats.content import Gathering, one_line
from retrieval.reading.formats.hyperlinks import unmarked
from retrieval.reading.formats.tables import BETWEEN_CELLS, unnumbered, write_table
from retrieval.text.column_names import Across, Below, names_of

# A cell may span columns, and a file may say that it spans a billion.
WIDEST_SPAN = 100


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, with the mark of its list in front; a heading if it has a level."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Table:
    """The texts of its cells; `headed` is whether the first row may name the columns.

    Where it is known how many rows do, `heads` says so.
    """

    rows: list[list[str]]
    headed: bool
    heads: int = 0

    @property
    def text(self) -> str:
        """All of it on one line."""
        return BETWEEN_CELLS.join(cell for row in self.rows for cell in row if cell)


@dataclass(slots=True)
class _Cell:
    """The blocks of a cell; `covered` is what a cell left of it or above reaches over."""

    blocks: list[_Block | _Table] = field(default_factory=list)
    covered: bool = False
    width: int = 1

    @property
    def text(self) -> str:
        return " ".join(block.text.strip() for block in self.blocks)


class Flow:
    """A text document on its way into a gathering, while its elements open and close.

    A paragraph may hold others (in a box), and a cell a table; what is inside comes first. A table
    that has one cell to a row only frames a text, as in letters.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._paragraphs: list[list[str]] = []
        self._tables: list[list[list[_Cell]]] = []
        self._notes: list[str] = []
        self._noting = False

    def open_paragraph(self) -> None:
        """Begin a paragraph."""
        self._paragraphs.append([])

    def write(self, text: str) -> None:
        """Go on with a paragraph, if one is open."""
        if self._paragraphs:
            self._paragraphs[-1].append(text)

    def close_paragraph(self, level: int = 0, mark: str = "") -> None:
        """End a paragraph, a heading if it has a level; `mark` is that of a list: "- ", "3. "."""
        text = "".join(self._paragraphs.pop())
        if unmarked(text).strip():
            self._place(_Block(f"{mark}{text.strip()}" if mark else text, level))

    def _place(self, block: _Block | _Table) -> None:
        if self._tables:
            rows = self._tables[-1]
            if rows and rows[-1]:
                rows[-1][-1].blocks.append(block)
        elif self._noting:
            self._notes[-1] += f"{block.text}\n"
        elif isinstance(block, _Table):
            header = names_of(block.rows[: block.heads]) if block.heads else None
            body = unnumbered(block.rows[block.heads :])
            write_table(body, self._gathering, block.headed, header)
        elif block.level:
            self._gathering.title = self._gathering.title or one_line(block.text)
            self._gathering.add_text(block.text, block.level)
        else:
            self._gathering.add_text(block.text)

    def drop_paragraph(self) -> None:
        """End a paragraph that is of no use."""
        self._paragraphs.pop()

    def open_table(self) -> None:
        """Begin a table, which may stand in another's cell."""
        self._tables.append([])

    def open_row(self) -> None:
        """Begin a row."""
        if self._tables:
            self._tables[-1].append([])

    def open_cell(self) -> None:
        """Begin a cell."""
        if self._tables and self._tables[-1]:
            self._tables[-1][-1].append(_Cell())

    def close_cell(self, width: int = 1, covered: bool = False, repeated: int = 1) -> None:
        """End a cell that spans `width` columns, or that another one reaches over."""
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            row = self._tables[-1][-1]
            row[-1].width, row[-1].covered = min(width, WIDEST_SPAN), covered
            row.extend(_Cell(covered=covered) for _ in range(min(repeated, WIDEST_SPAN) - 1))

    def close_table(self, headed: bool = True, heads: int = 0) -> None:
        """End a table; `headed` is whether its first row may name the columns, as `heads` do."""
        rows = self._tables.pop()
        if all(sum(bool(cell.blocks) for cell in row) <= 1 for row in rows):
            for block in (block for row in rows for cell in row for block in cell.blocks):
                self._place(block)
        else:
            self._place(_Table(_filled(rows), headed, heads if heads < len(rows) else 0))

    def open_note(self) -> None:
        """Begin a note, which will stand at the end."""
        self._noting = True
        self._notes.append("")

    def close_note(self) -> None:
        """End a note."""
        self._noting = False

    def finish(self) -> None:
        """Add the notes. Call it once, when there is no more to come."""
        for number, note in enumerate(filter(str.strip, self._notes), 1):
            self._gathering.add_text(f"[note {number}]: {' '.join(note.split())}")


def _filled(rows: list[list[_Cell]]) -> list[list[str]]:
    """The texts of cells; one that spans rows or columns is found in all of them."""
    texts: list[list[str]] = []
    for row in rows:
        above, here = texts[-1] if texts else [], list[str]()
        reach = 0
        for column, cell in enumerate(row):
            if not cell.covered:
                here.append(cell.text)
            elif column < reach:
                here.append(Across(here[-1]))
            else:
                here.append(Below(above[column] if column < len(above) else ""))
            reach = max(reach, column + cell.width)
        texts.append(here)
    return texts
