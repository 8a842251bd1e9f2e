"""The macros of mdoc(7): headings, lists, displays and references, in the order of their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.markup.flow import Flow
from retrieval.reading.formats.tables import unnumbered, write_table

from .glyphs import shown
from .mdoc_line import CALLED, MdocLine, Words
from .roff import Request, Roff
from .tbl import write_tbl

SYNOPSIS = "SYNOPSIS"
# Lists by the word after their macro's hyphen.
ITEMS = {"-bullet": "-", "-dash": "-", "-hyphen": "-", "-enum": "1.", "-item": ""}
COLUMNS = "-column"
LITERAL = frozenset(("-literal", "-unfilled"))
# Macros that begin a line of their own in a synopsis.
APART = frozenset(("Nm", "Ft", "Fn", "Fo", "Fd", "In", "Vt", "Cd"))
DATE = re.compile(r"\$?(?:Mdocdate:)?\s*(.*\d)\s*\$?")
REFERENCE = "%"


@dataclass(slots=True)
class _List:
    kind: str
    number: int = 0
    rows: list[list[Words]] = field(default_factory=list)


class Mdoc:
    """A page that is read once."""

    def __init__(self, gathering: Gathering, roff: Roff) -> None:
        self._gathering, self._flow, self._roff = gathering, Flow(gathering), roff
        self._line = MdocLine(lambda text: shown(text, roff.glyphs))
        self._words = Words()
        self._term: Words | None = None  # that of the item which is open, until its text begins
        self._lists: list[_List] = []
        self._heading = ""
        self._code: list[str] | None = None
        self._references: list[str] | None = None
        self._function = Words()
        self._arguments: list[str] | None = None

    def read(self, text: str) -> None:
        """Add the text of the page."""
        requests = self._roff.read(text)
        for request in requests:
            self._request(request, requests)
        self._end_paragraph()
        self._end_code()
        self._flow.end()

    def _request(self, request: Request, after: Iterator[Request]) -> None:
        name, words = request.name, request.words
        if self._code is not None and name != "Ed":
            self._code.append(self._told([name, *words] if name in CALLED else words, request))
        elif not name:
            self._text(request.rest)
        elif name in ("Sh", "Ss"):
            self._head(name, words)
        elif name in ("Pp", "Lp", "sp", "br", "Bd", "Ed", "D1", "Dl"):
            self._block(name, words)
        elif name in ("Bl", "It", "El"):
            self._list(name, words)
        elif name in ("Dd", "Dt", "Nd", "Sm"):
            self._fact(name, words)
        elif name in ("Rs", "Re") or name.startswith(REFERENCE):
            self._reference(name, words)
        elif name == "TS":
            self._end_paragraph()
            write_tbl(after, self._gathering, self._line.shown)
        elif name in CALLED:
            self._macro(name, words)

    # Text

    def _text(self, raw: str) -> None:
        if raw.strip():
            self._into().add(self._line.shown(raw).strip())
        else:
            self._end_paragraph()

    def _macro(self, name: str, words: list[str]) -> None:
        if name in APART and self._heading == SYNOPSIS and not self._lists:
            self._apart(name)
        if name == "Fo":
            self._arguments = []
            self._into().add(self._told(words), opens=True)
        elif name == "Fa" and self._arguments is not None:
            self._arguments += [self._line.shown(word) for word in words]
        elif name == "Fc" and self._arguments is not None:
            self._into().tight = True
            self._into().add(f"({', '.join(self._arguments)})")
            self._arguments = None
        elif name == "In" and self._heading == SYNOPSIS:
            self._into().add(f"#include <{self._told(words)}>")
        else:
            self._line.show([name, *words], self._into())

    def _apart(self, name: str) -> None:
        """Begin a line, unless it is that of a function whose type stands in front of it."""
        if name in ("Fn", "Fo") and self._after_type:
            return
        self._end_paragraph()

    @property
    def _after_type(self) -> bool:
        return bool(self._words.text) and not self._words.text.endswith((")", ";"))

    def _told(self, words: list[str], request: Request | None = None) -> str:
        if request is not None and not request.name:
            return self._line.shown(request.rest)
        told = Words()
        self._line.show(words, told)
        return told.text

    def _into(self) -> Words:
        """Return what words are added to: the text, behind the term that it explains."""
        if self._term is not None and self._line.extended:
            return self._term
        if self._term is not None:
            term, self._term = self._term.text, None
            if term:
                self._words.add(term if term.endswith(":") else f"{term}:")
        return self._words

    def _end_paragraph(self) -> None:
        if self._term is not None and self._term.text:
            self._words.add(self._term.text)
        self._flow.say(self._words.text)
        self._flow.end_paragraph()
        self._term, self._words = None, Words()

    def _head(self, name: str, words: list[str]) -> None:
        self._end_paragraph()
        self._lists.clear()
        told = self._told(words)
        self._heading = told.upper() if name == "Sh" else self._heading
        self._flow.head(told, 1 if name == "Sh" else 2)

    def _fact(self, name: str, words: list[str]) -> None:
        told = self._told(words)
        if name == "Dd" and (date := DATE.fullmatch(told)):
            self._gathering.date = date[1]
        elif name == "Dt":
            title, section = [*told.split(), "", ""][:2]
            self._gathering.title = f"{title.lower() if title.isupper() else title}({section})"
        elif name == "Nd":
            self._words.add(f"– {told}")
        elif name == "Sm":
            self._line.set_spaces(told != "off", self._words if self._term is None else self._term)

    def _block(self, name: str, words: list[str]) -> None:
        if name in ("D1", "Dl"):
            told = self._told(words)
            self._end_paragraph()
            self._flow.code([told])
        elif name == "Bd" and LITERAL & set(words):
            self._end_paragraph()
            self._code = []
        elif name == "Ed":
            self._end_code()
        elif self._term is None:
            self._end_paragraph()
            if name == "Pp" and not self._lists:
                self._flow.end()

    def _end_code(self) -> None:
        if self._code is not None:
            code, self._code = self._code, None
            self._flow.code(code)

    # Lists

    def _list(self, name: str, words: list[str]) -> None:
        self._end_paragraph()
        if name == "Bl":
            kind = next((word for word in words if word in ITEMS or word == COLUMNS), "-tag")
            self._lists.append(_List(kind))
        elif self._lists and name == "It":
            self._item(words)
        elif self._lists:
            ended = self._lists.pop()
            if ended.kind == COLUMNS:
                self._columns(ended)
            if not any(each.kind in ITEMS for each in self._lists):
                self._flow.end()

    def _item(self, words: list[str]) -> None:
        current = self._lists[-1]
        current.number += 1
        if current.kind == COLUMNS:
            self._row(current, words)
        elif current.kind in ITEMS:
            mark = f"{current.number}." if current.kind == "-enum" else "-"
            depth = sum(each.kind in ITEMS for each in self._lists) - 1
            self._flow.item(min(depth, 6), mark, "")
        else:
            if self._flow.in_list and not any(each.kind in ITEMS for each in self._lists):
                self._flow.end()
            self._term = Words()
            self._line.show(words, self._term)

    def _row(self, current: _List, words: list[str]) -> None:
        cells, cell = list[Words](), list[str]()
        for word in [*words, "Ta"]:
            if word in ("Ta", "\t"):
                cells.append(Words(self._told(cell)))
                cell = []
            else:
                cell.append(word)
        current.rows.append(cells)

    def _columns(self, ended: _List) -> None:
        self._flow.end()
        rows = [[cell.text for cell in row] for row in ended.rows]
        write_table(unnumbered(rows), self._gathering)

    # References

    def _reference(self, name: str, words: list[str]) -> None:
        if name == "Rs":
            self._references = []
        elif name == "Re" and self._references is not None:
            self._into().add(f"{', '.join(self._references)}.")
            self._references = None
            self._end_paragraph()
        elif self._references is not None:
            self._references.append(self._told(words))
