"""Org: the outline and its text, without its marks, drawers and settings."""

import re

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.hyperlinks import linked
from retrieval.reading.formats.plain.markdown.dialects import labelled
from retrieval.reading.formats.plain.task_lists import without_box
from retrieval.reading.formats.tables import unnumbered, write_table

from .flow import Flow

HEADLINE = re.compile(r"^(\*+)\s+(.*?)(?:\s+(:[\w@#%:]+:))?\s*$")
STATE = re.compile(r"^(?:TODO|DONE|NEXT|WAITING|CANCELLED)\s+|^\[#[A-Z0-9]\]\s+")
PLANNED = re.compile(r"^\s*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):\s")
SETTING = re.compile(r"^\s*#\+([\w-]+)(?:\[[^\]]*\])?:\s*(.*?)\s*$")
BEGIN = re.compile(r"^\s*#\+begin_(\w+)(?:\s+(\S+))?", re.I)
END = re.compile(r"^\s*#\+end_(\w+)", re.I)
DRAWER = re.compile(r"^\s*:[\w-]+:\s*$")
ITEM = re.compile(r"^(?P<indent>\s*)(?P<mark>[-+]|\d+[.)]|(?<=\s)\*)\s+(?P<words>.*)$")
TERM = re.compile(r"^(.{1,200}?)\s+::\s+(.*)$")
FOOTNOTE = re.compile(r"^\[fn:[\w-]+\]\s*")
RULE = re.compile(r"^\s*\|-[-+|]*\s*$|^\s*-{5,}\s*$")
UNSEEN = frozenset(("comment", "export"))
CODE = frozenset(("src", "example"))

LINK = re.compile(r"\[\[([^\[\]\n]{1,500})\](?:\[([^\[\]\n]{1,500})\])?\]")
NOTE = re.compile(r"(?<!\s)\s*+\[fn:[\w-]+\]|\[fn:[\w-]*:([^\[\]\n]{1,500})\]")
TARGET = re.compile(r"<<<?[^<>\n]{1,200}>>>?")
TIME = re.compile(r"<(\d{4}-\d\d-\d\d[^<>\n]{0,40})>")
MARKED = re.compile(r"(?<![\w\\/])([*/_=~+])(\S(?:[^\n]{0,300}?\S)?)\1(?![\w/])")


def read_org(text: str, gathering: Gathering) -> None:
    """Add the text of an outline, whose settings say its title, author and date."""
    _Org(gathering).read(text.split("\n"))


class _Org:
    def __init__(self, gathering: Gathering) -> None:
        self._gathering, self._flow = gathering, Flow(gathering)
        self._hidden = 0  # the level of the headline whose tree is out of sight
        self._rows: list[list[str]] = []
        self._headed = False
        self._endless = 0  # the line up to which no drawer has an end

    def read(self, lines: list[str]) -> None:
        at = 0
        while at < len(lines):
            at = self._line(lines, at)
        self._end_table()
        self._flow.end()

    def _line(self, lines: list[str], at: int) -> int:
        line = lines[at].rstrip()
        if headline := HEADLINE.match(line):
            self._end_table()
            self._head(headline)
        elif self._hidden:
            pass
        elif begun := BEGIN.match(line):
            self._end_table()
            return self._block(lines, at, begun[1].lower(), begun[2] or "")
        elif line.lstrip().startswith("|"):
            self._row(line)
        elif DRAWER.match(line):
            return self._after_drawer(lines, at)
        else:
            self._end_table()
            self._text(line)
        return at + 1

    def _after_drawer(self, lines: list[str], at: int) -> int:
        """Return the line after a drawer; what looks like one but has no end is passed over."""
        for end in range(at + 1, len(lines)):
            if at < self._endless or HEADLINE.match(lines[end]):
                break
            if lines[end].strip().upper() == ":END:":
                return end + 1
        else:
            end = len(lines)
        self._endless = max(self._endless, end)
        return at + 1

    def _head(self, headline: re.Match[str]) -> None:
        level, words, tags = len(headline[1]), headline[2], headline[3] or ""
        if self._hidden and level > self._hidden:
            return
        self._hidden = 0
        while state := STATE.match(words):
            words = words[state.end() :]
        if words.startswith("COMMENT") or ":noexport:" in tags:
            self._hidden = level
        else:
            self._flow.head(shown(words), level + bool(self._gathering.title))

    def _block(self, lines: list[str], at: int, kind: str, language: str) -> int:
        """A block with a begin and an end; quotes and the like stay text."""
        if kind not in CODE | UNSEEN:
            self._flow.end_paragraph()
            return at + 1
        end = at + 1
        while end < len(lines) and not (
            (ends := END.match(lines[end])) and ends[1].lower() == kind
        ):
            end += 1
        if kind in CODE:
            code = lines[at + 1 : end]
            margin = min((len(x) - len(x.lstrip()) for x in code if x.strip()), default=0)
            self._flow.code([x[margin:] for x in code], language if kind == "src" else "")
        return end + 1

    def _text(self, line: str) -> None:
        if setting := SETTING.match(line):
            self._setting(setting[1].lower(), setting[2])
        elif not line.strip():
            self._flow.end_paragraph()
        elif line.startswith(":") and line[1:2] in ("", " "):
            self._flow.code([line[2:]])
        elif item := ITEM.match(line):
            self._item(item)
        elif END.match(line) or RULE.match(line):
            self._flow.end_paragraph()
        elif not (PLANNED.match(line) or _is_comment(line)):
            if FOOTNOTE.match(line):
                self._flow.end_paragraph()
            if not line.startswith(" ") and self._flow.in_list:
                self._flow.end()
            self._flow.say(shown(FOOTNOTE.sub("", line)))

    def _item(self, item: re.Match[str]) -> None:
        words, mark = without_box(item["words"]), item["mark"].replace(")", ".")
        if term := TERM.match(words):
            words = f"{labelled(term[1])} {term[2]}"
        depth = min(len(item["indent"].expandtabs(4)) // 2, 6)
        self._flow.item(depth, mark if mark[0].isdigit() else "-", shown(words))

    def _setting(self, name: str, value: str) -> None:
        if name == "title" and value:
            self._gathering.title = f"{self._gathering.title} {shown(value)}".strip()
            self._flow.head(shown(value), 1)
        elif name == "author":
            self._gathering.author = value
        elif name == "date":
            self._gathering.date = value.strip("<>[]")
        elif name == "caption" and value:
            self._flow.block(labelled(shown(value)))

    def _row(self, line: str) -> None:
        self._flow.end()
        if RULE.match(line):
            self._headed = self._headed or len(self._rows) == 1
        else:
            cells = line.strip().removeprefix("|").removesuffix("|").split("|")
            self._rows.append([shown(cell.strip()) for cell in cells])

    def _end_table(self) -> None:
        if self._rows:
            header = self._rows[0] if self._headed and len(self._rows) > 1 else ()
            rows = self._rows[1:] if header else self._rows
            write_table(unnumbered(rows), self._gathering, header=header)
        self._rows, self._headed = [], False


def _is_comment(line: str) -> bool:
    return line.strip() == "#" or line.lstrip().startswith("# ")


def shown(words: str) -> str:
    """The words of a line without marks, and links as what they are called."""
    words = TARGET.sub("", NOTE.sub(lambda note: f" ({note[1]})" if note[1] else "", words))
    words = LINK.sub(_linked, words)
    words = TIME.sub(r"\1", words)
    return MARKED.sub(lambda mark: "" if mark[1] == "+" else mark[2], words).strip()


def _linked(link: re.Match[str]) -> str:
    address = link[1].removeprefix("file:")
    return linked(link[2] or address.lstrip("*#"), "" if address.startswith("*") else address)
