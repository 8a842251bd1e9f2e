"""The flow of a document read line by line: paragraphs, lists, code and headings, in order."""

from dataclasses import dataclass, field

from retrieval.reading.formats.content import Gathering

INDENT = "  "


@dataclass(slots=True)
class Flow:
    """Puts lines together to blocks; a list is one block, a line an item."""

    gathering: Gathering
    _lines: list[str] = field(default_factory=list)
    _items: list[str] = field(default_factory=list)
    _indent: str = ""
    _unfinished: bool = False

    @property
    def in_list(self) -> bool:
        """Return whether an item was begun, and its list not ended."""
        return bool(self._items)

    def say(self, words: str, unfinished: bool = False) -> None:
        """Add a line to the paragraph that is open, or to the item.

        The word that ends an `unfinished` line goes on in the next.
        """
        words = " ".join(words.split())
        if words and self._unfinished and self._lines:
            self._lines[-1] += words
        elif words:
            self._lines.append(words)
        self._unfinished = unfinished

    def break_line(self) -> None:
        """Have what comes next stand on a line of its own, within its paragraph or item."""
        if self._lines:
            self._lines[-1] += "\n"
            self._unfinished = True

    def item(self, depth: int, mark: str, words: str) -> None:
        """Begin an item of a list; `depth` is 0 in the outermost."""
        self.end_paragraph()
        self._items.append("")
        self._indent = INDENT * depth
        self._lines = [f"{mark} {' '.join(words.split())}".strip()]

    def take_paragraph(self) -> str:
        """Take back the paragraph that is open."""
        words, self._lines = " ".join(self._lines).strip(), []
        return words

    def end_paragraph(self) -> None:
        """End the paragraph, or the item's text; a list goes on."""
        words = " ".join(self._lines).strip()
        self._lines, self._unfinished = [], False
        if not words:
            return
        if self._items:
            words = words.replace("\n", f"\n{self._indent}{INDENT}")
        if not self._items:
            self.gathering.add_text(words)
        elif self._items[-1]:
            self._items.append(f"{self._indent}{INDENT}{words}")
        else:
            self._items[-1] = f"{self._indent}{words}"

    def end(self) -> None:
        """End the paragraph and the lists that are open."""
        self.end_paragraph()
        self.gathering.add_text("\n".join(filter(None, self._items)))
        self._items, self._indent = [], ""

    def head(self, words: str, level: int) -> None:
        """Add a heading."""
        self.end()
        self.gathering.add_text(words, max(1, min(level, 9)))

    def block(self, text: str) -> None:
        """Add a text with lines of its own."""
        self.end()
        self.gathering.add_text(text)

    def code(self, lines: list[str], language: str = "") -> None:
        """Add code, within the item if a list is open."""
        code = "\n".join(lines).strip("\n")
        if not code.strip():
            return
        told = code.split("\n") if "```" in code else [f"```{language}", *code.split("\n"), "```"]
        if self._items:
            self.end_paragraph()
            self._items += [f"{self._indent}{INDENT}{line}".rstrip() for line in told]
        else:
            self.block("\n".join(told))
