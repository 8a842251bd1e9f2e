"""Paragraphs, items of lists, tables and notes of a text document, in the order they come in."""

from .gathering import Gathering, one_line
from .tables import BETWEEN_CELLS, unnumbered, write_table

# A cell may span columns, and a file may say that it spans a billion.
WIDEST_SPAN = 100


class Running:
    """Takes in a text document as it is walked through, and puts it into a gathering.

    A paragraph may hold others (in a box), and a cell a table; what is inside comes first.
    """

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._paragraphs: list[list[str]] = []
        self._tables: list[list[list[str]]] = []
        self._notes: list[str] = []
        self._noting = False

    def open_paragraph(self) -> None:
        """Begins a paragraph."""
        self._paragraphs.append([])

    def write(self, text: str) -> None:
        """Goes on with a paragraph, if one is open."""
        if self._paragraphs:
            self._paragraphs[-1].append(text)

    def close_paragraph(self, level: int = 0, item: bool = False) -> None:
        """Ends a paragraph, a heading if it has a level."""
        text = "".join(self._paragraphs.pop())
        if self._noting:
            self._notes[-1] += f"{text}\n"
        elif self._tables:
            self._write_cell(text)
        elif level:
            self._gathering.title = self._gathering.title or one_line(text)
            self._gathering.say(text, level)
        elif text.strip():
            self._gathering.say(f"- {text.strip()}" if item else text)

    def drop_paragraph(self) -> None:
        """Ends a paragraph that is of no use."""
        self._paragraphs.pop()

    def _write_cell(self, text: str) -> None:
        rows = self._tables[-1]
        if rows and rows[-1] and text.strip():
            rows[-1][-1] = f"{rows[-1][-1]} {text.strip()}".strip()

    def open_table(self) -> None:
        """Begins a table, which may stand in another's cell."""
        self._tables.append([])

    def open_row(self) -> None:
        """Begins a row."""
        if self._tables:
            self._tables[-1].append([])

    def open_cell(self) -> None:
        """Begins a cell."""
        if self._tables and self._tables[-1]:
            self._tables[-1][-1].append("")

    def close_cell(self, span: int = 1) -> None:
        """Ends a cell that spans so many columns."""
        if self._tables and self._tables[-1]:
            self._tables[-1][-1].extend([""] * (min(span, WIDEST_SPAN) - 1))

    def close_table(self) -> None:
        """Ends a table."""
        rows = self._tables.pop()
        if self._tables or self._noting:
            inside = BETWEEN_CELLS.join(cell for row in rows for cell in row if cell)
            self.open_paragraph()
            self.write(inside)
            self.close_paragraph()
        else:
            write_table(unnumbered(rows), self._gathering)

    def open_note(self) -> None:
        """Begins a note, which will stand at the end."""
        self._noting = True
        self._notes.append("")

    def close_note(self) -> None:
        """Ends a note."""
        self._noting = False

    def finish(self) -> None:
        """Adds the notes. Call it once, when there is no more to come."""
        for number, note in enumerate(filter(str.strip, self._notes), 1):
            self._gathering.say(f"[note {number}]: {' '.join(note.split())}")
