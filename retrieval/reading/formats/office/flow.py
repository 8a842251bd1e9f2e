"""The flow of a text document: paragraphs, items of lists, tables and notes, in their order."""

from dataclasses import dataclass

from retrieval.reading.formats.content import Gathering, one_line
from retrieval.reading.formats.tables import BETWEEN_CELLS, unnumbered, write_table

# A cell may span columns, and a file may say that it spans a billion.
WIDEST_SPAN = 100


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph; a heading if it has a level."""

    text: str
    level: int = 0
    item: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    """The texts of its cells; `headed` is whether the first row may name the columns."""

    rows: list[list[str]]
    headed: bool

    @property
    def text(self) -> str:
        """All of it on one line."""
        return BETWEEN_CELLS.join(cell for row in self.rows for cell in row if cell)


_Cell = list[_Block | _Table]


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

    def close_paragraph(self, level: int = 0, item: bool = False) -> None:
        """End a paragraph, a heading if it has a level."""
        text = "".join(self._paragraphs.pop())
        if text.strip():
            self._place(_Block(text, level, item))

    def _place(self, block: _Block | _Table) -> None:
        if self._tables:
            rows = self._tables[-1]
            if rows and rows[-1]:
                rows[-1][-1].append(block)
        elif self._noting:
            self._notes[-1] += f"{block.text}\n"
        elif isinstance(block, _Table):
            write_table(unnumbered(block.rows), self._gathering, block.headed)
        elif block.level:
            self._gathering.title = self._gathering.title or one_line(block.text)
            self._gathering.add_text(block.text, block.level)
        else:
            self._gathering.add_text(f"- {block.text.strip()}" if block.item else block.text)

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
            self._tables[-1][-1].append([])

    def close_cell(self, span: int = 1) -> None:
        """End a cell that spans `span` columns."""
        if self._tables and self._tables[-1]:
            self._tables[-1][-1].extend([] for _ in range(min(span, WIDEST_SPAN) - 1))

    def close_table(self, headed: bool = True) -> None:
        """End a table; `headed` is whether its first row may name the columns."""
        rows = self._tables.pop()
        if all(sum(map(bool, row)) <= 1 for row in rows):
            for block in (block for row in rows for cell in row for block in cell):
                self._place(block)
        else:
            texts = [
                [" ".join(block.text.strip() for block in cell) for cell in row] for row in rows
            ]
            self._place(_Table(texts, headed))

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
