"""The macros of man(7): headings, paragraphs, options with what they do, and code as it stands."""

import re
from collections.abc import Iterator

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.markup.flow import Flow

from .glyphs import shown
from .roff import Request, Roff
from .tbl import write_tbl

# Macros that set their arguments in other fonts, as words or, alternating, without spaces.
WORDS = frozenset(("B", "I", "SM", "SB", "R", "CW", "C"))
JOINED = frozenset(("BR", "RB", "IR", "RI", "BI", "IB"))
PARAGRAPHS = frozenset(("PP", "P", "LP", "HP"))
CODE, TEXT = frozenset(("nf", "EX", "Vb")), frozenset(("fi", "EE", "Ve"))
BULLETS = frozenset("•·*-–—o+□○∙⋅")
NUMBER = re.compile(r"\(?(\d{1,3}|[a-zA-Z])[.)]")
SKIPPED = {"PS": "PE", "EQ": "EN", "G1": "G2", "GS": "GE"}
SYNOPSIS = "SYNOPSIS"
DIGIT = re.compile(r"\d")
DEEPEST, LONGEST_TERM = 6, 120  # lists in each other, characters


class Man:
    """A page that is read once."""

    def __init__(self, gathering: Gathering, roff: Roff) -> None:
        self._gathering, self._flow, self._roff = gathering, Flow(gathering), roff
        self._heading = ""
        self._code: list[str] | None = None
        self._tags: list[str] = []  # those of a definition until its text begins
        self._tag_wanted = False  # the line that comes is one
        self._explaining = False  # the paragraph that is open began with one
        self._depth = self._base = 0  # how far text, and the list that is open, are indented
        self._link = ""

    def read(self, text: str) -> None:
        """Add the text of the page."""
        requests = self._roff.read(text)
        for request in requests:
            self._request(request, requests)
        self._end_code()
        self._end()

    def _request(self, request: Request, after: Iterator[Request]) -> None:
        name = request.name
        if not name:
            self._text(request.rest)
        elif name in WORDS or name in JOINED:
            self._fonts(request, after)
        elif name in ("SH", "SS"):
            self._head(request, after)
        elif name in PARAGRAPHS:
            self._paragraph()
            if self._depth <= self._base and not self._tags and self._code is None:
                self._flow.end()
        elif name in ("TP", "TQ", "IP"):
            self._define(request)
        elif name in CODE:
            self._begin_code()
        elif name in TEXT:
            self._end_code()
        elif name in ("br", "sp"):
            self._break(name)
        elif name == "TS":
            self._end()
            write_tbl(after, self._gathering, self._shown)
        elif name in SKIPPED:
            _pass_over(after, SKIPPED[name])
        else:
            self._rare(request)

    def _rare(self, request: Request) -> None:
        name, words = request.name, [self._shown(word) for word in request.words]
        if name == "TH":
            self._title(words)
        elif name in ("RS", "RE"):
            self._indent(1 if name == "RS" else -1)
        elif name == "SY":
            self._paragraph()
            self._say(" ".join(words))
        elif name == "YS":
            self._paragraph()
        elif name == "OP":
            self._say(f"[{' '.join(words)}]")
        elif name in ("UR", "MT"):
            self._link = words[0] if words else ""
        elif name in ("UE", "ME"):
            self._say(f"⟨{self._link}⟩{''.join(words)}")
        elif name == "MR" and words:
            self._say(f"{words[0]}({''.join(words[1:2])}){''.join(words[2:])}")

    def _indent(self, by: int) -> None:
        """Indent what comes further, or less; a few words in front of that are its term."""
        if by > 0 and not (self._flow.in_list or self._explaining or self._code is not None):
            words = self._flow.take_paragraph()
            if words and len(words) <= LONGEST_TERM and words[-1] not in ".!?:;,":
                self._tags = [words]
            else:
                self._flow.say(words)
        self._paragraph()
        self._depth = max(0, self._depth + by)

    def _shown(self, text: str) -> str:
        return shown(text, self._roff.glyphs)

    def _title(self, words: list[str]) -> None:
        name, section, date, *_ = [*words, "", "", ""]
        if name:
            self._gathering.title = f"{name.lower() if name.isupper() else name}({section or '?'})"
        if DIGIT.search(date):
            self._gathering.date = date

    def _head(self, request: Request, after: Iterator[Request]) -> None:
        words = " ".join(self._shown(word) for word in request.words)
        if not words:  # it is the line that comes
            words = self._shown(next(after, request).rest)
        self._end_code()
        self._end()
        self._depth = self._base = 0
        self._heading = words.strip()
        self._flow.head(self._heading, 1 if request.name == "SH" else 2)

    # Text

    def _text(self, raw: str) -> None:
        if self._code is not None:
            self._code.append(self._shown(raw))
        elif not raw.strip():
            self._paragraph()
        else:
            if raw.startswith(" ") and not self._tags:
                self._flow.break_line()
            self._say(self._shown(raw), _is_unfinished(raw))

    def _fonts(self, request: Request, after: Iterator[Request]) -> None:
        words = request.words
        if not words:  # the line that comes is set in that font
            if request.name in WORDS and (following := next(after, None)) is not None:
                self._request(following, after)
            return
        between = "" if request.name in JOINED else " "
        told = between.join(self._shown(word) for word in words)
        if self._code is not None:
            self._code.append(told)
        else:
            self._say(told, _is_unfinished(request.rest))

    def _say(self, words: str, unfinished: bool = False) -> None:
        """Add words to the tag that is being read, or to the text."""
        if self._tag_wanted and self._tags:
            self._tags[-1] = f"{self._tags[-1]}{words}".strip()
            self._tag_wanted = unfinished
            return
        if unfinished and not self._tags and self._item(words.strip()):
            return
        self._begin_text()
        if self._flow.in_list and self._depth < self._base:
            self._flow.end()
        self._flow.say(words, unfinished)

    def _begin_text(self) -> None:
        """Put the tags of a definition in front of its text."""
        tags, self._tags, self._tag_wanted = [*filter(None, self._tags)], [], False
        if tags and not self._item(tags[-1]):
            self._explaining = True
            tag = ", ".join(tags)
            self._flow.say(tag if tag.endswith(":") else f"{tag}:")

    def _paragraph(self) -> None:
        if self._code is not None:
            self._code.append("")
        elif not any(self._tags):  # else the text of a definition may still come
            self._explaining = False
            self._flow.end_paragraph()

    def _break(self, name: str) -> None:
        if self._code is not None:
            if name == "sp":
                self._code.append("")
        elif name == "sp" or self._heading.upper() == SYNOPSIS:
            self._paragraph()
        elif not self._tags:
            self._flow.break_line()

    def _end(self) -> None:
        """End the paragraph, and definitions that have no text."""
        for tag in filter(None, self._tags):
            self._flow.end()
            self._flow.say(tag)
        self._tags, self._tag_wanted, self._explaining = [], False, False
        self._flow.end()

    # Definitions and lists

    def _define(self, request: Request) -> None:
        self._end_code()
        words = [self._shown(word) for word in request.words]
        mark = words[0].strip() if words and request.name == "IP" else ""
        if request.name == "IP" and not mark and (self._flow.in_list or any(self._tags)):
            self._paragraph()
        elif not self._item(mark):
            if not any(self._tags):  # several may have one text
                self._end()
            self._tags.append(mark)
            self._tag_wanted = request.name != "IP"

    def _item(self, mark: str) -> bool:
        """Begin an item of a list, where a mark is that of one."""
        number = NUMBER.fullmatch(mark)
        if mark not in BULLETS and number is None:
            return False
        self._tags, self._tag_wanted = [], False
        if self._flow.in_list and self._depth < self._base:
            self._flow.end()
        if not self._flow.in_list:
            self._flow.end()
            self._base = self._depth
        depth = min(max(0, self._depth - self._base), DEEPEST)
        self._flow.item(depth, f"{number[1]}." if number else "-", "")
        return True

    # Code

    def _begin_code(self) -> None:
        if self._code is None:
            self._begin_text()
            self._flow.end_paragraph()
            self._code = []

    def _end_code(self) -> None:
        if self._code is not None:
            code, self._code = self._code, None
            self._flow.code(code)


def _is_unfinished(raw: str) -> bool:
    """Return whether the word at the end of a line goes on in the next."""
    return raw.rstrip().endswith("\\c") and not raw.rstrip().endswith(" \\c")


def _pass_over(requests: Iterator[Request], end: str) -> None:
    for request in requests:
        if request.name == end:
            return
