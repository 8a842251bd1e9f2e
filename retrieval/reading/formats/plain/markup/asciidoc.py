"""AsciiDoc: the text that its page shows, without comments, attributes and what it includes."""

import re
from collections.abc import Iterator

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.plain.markdown.dialects import labelled
from retrieval.reading.formats.plain.markdown.inline import SAYS_SOMETHING
from retrieval.reading.formats.plain.task_lists import without_box

from .asciidoc_inline import Inline
from .asciidoc_table import write_grid
from .flow import Flow

HEADLINE = re.compile(r"^(={1,6}|#{1,6})\s+(\S.*?)(?:\s+\1)?\s*$")
ATTRIBUTE = re.compile(r"^:(!?[\w-]+!?):(?:\s+(.*?))?\s*$")
DIRECTIVE = re.compile(r"^(?:include|ifdef|ifndef|ifeval|endif|toc|video|audio)::\S*\[(.*)\]\s*$")
LISTED = re.compile(r"^\s*(?P<mark>\*{1,5}|-|\.{1,5}|\d+\.|<\d+>|<\.>)\s+(?P<words>\S.*)$")
TERM = re.compile(r"^\s*(?P<term>\S.{0,300}?)(?P<mark>:{2,4}|;;)(?:\s+(?P<words>.*))?$")
DELIMITER = re.compile(
    r"^(?:-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|/{4,}|--|`{3,}\w*|[|,:!]={3,})\s*$"
)
REMARKS = re.compile(r"^/{4,}\s*$")
ADMONITION = re.compile(r"^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+")
BLOCK_ATTRIBUTES = re.compile(r"^\[(?P<list>[^\n]*)\]\s*$")
IMAGE = re.compile(r"^image::\S*?\[(.*)\]\s*$")
AUTHOR = re.compile(r"^\w[^:\[|=<]{2,80}(?:<[^<>]+>)?(?:;.*)?$")
REVISION = re.compile(r"^(?:v?[\d.]+\w*,?\s*)?(?P<date>\d{4}-\d\d-\d\d)?(?::.*)?$")
RULE = re.compile(r"^(?:'{3,}|<{3,}|-{3}|\*{3})\s*$")
CALLOUT = "<1>"  # the mark of what explains a line of code
TITLE = re.compile(r"^\.[^\s.]")
ANCHOR = re.compile(r"^#|^\[")


def read_asciidoc(text: str, gathering: Gathering) -> None:
    """Add the text of a document, whose header says its title, author and date."""
    lines = [line.rstrip() for line in text.split("\n")]
    _Document(gathering, lines).read()


class _Document:
    def __init__(self, gathering: Gathering, lines: list[str]) -> None:
        self._gathering, self._flow, self._lines = gathering, Flow(gathering), lines
        self._inline = Inline(lines)
        self._style = ""  # the attributes written above the next block
        self._marks: list[str] = []  # of the lists that are open
        self._number: list[int] = []

    def read(self) -> None:
        at = self._header()
        while at < len(self._lines):
            at = self._line(at)
        self._flow.end()

    def _header(self) -> int:
        """Read the title, and the lines right below it; returns where the text begins."""
        at = 0
        while at < len(self._lines) and _is_ahead(self._lines[at]):
            self._attribute(self._lines[at])
            at = self._after(at, self._lines[at]) if REMARKS.match(self._lines[at]) else at + 1
        title = HEADLINE.match(self._lines[at]) if at < len(self._lines) else None
        if title is None or len(title[1]) != 1:
            return at
        self._gathering.title = self._inline.shown(title[2])
        self._flow.head(self._gathering.title, 1)
        at += 1
        if at < len(self._lines) and AUTHOR.match(self._lines[at]):
            names = (name.partition("<")[0].strip() for name in self._lines[at].split(";"))
            self._gathering.author = ", ".join(names)
            at += 1
            revision = REVISION.match(self._lines[at]) if at < len(self._lines) else None
            if revision and self._lines[at]:
                self._gathering.date = revision["date"] or ""
                at += 1
        return at

    def _attribute(self, line: str) -> bool:
        attribute = ATTRIBUTE.match(line)
        if attribute is None:
            return False
        name, value = attribute[1].lower(), attribute[2] or ""
        self._inline.attributes[name] = self._inline.substituted(value)
        if name == "author":
            self._gathering.author = value
        elif name in ("revdate", "date"):
            self._gathering.date = value
        return True

    def _line(self, at: int) -> int:
        line = self._lines[at]
        if line == "[comment]":
            return self._after(at + 1, "" if self._lines[at + 1 : at + 2] != ["--"] else "--")
        if DELIMITER.match(line):
            return self._delimited(at)
        if line.startswith("//") or self._attribute(line) or RULE.match(line):
            pass
        elif directive := DIRECTIVE.match(line):
            if line.startswith(("ifdef", "ifndef")) and directive[1]:
                self._flow.say(self._inline.shown(directive[1]))
        elif not line or line == "+":
            self._flow.end_paragraph()
        elif line[0] == " " and not self._flow.in_list and self._is_literal(at):
            return self._literal(at)
        elif headline := HEADLINE.match(line):
            self._marks, self._number = [], []
            self._flow.head(self._inline.shown(headline[2]), len(headline[1]))
            self._style = ""
        else:
            self._words(at, line)
        return at + 1

    def _words(self, at: int, line: str) -> None:
        """A line of text, of a list, or about the block that follows."""
        if (style := BLOCK_ATTRIBUTES.match(line)) and not self._flow_open(at):
            self._style = style["list"] if not ANCHOR.match(style["list"]) else self._style
            if not self._lines[at - 1].strip() and self._style:
                self._leave()
        elif TITLE.match(line) and not self._flow_open(at):
            self._leave()
            self._flow.block(labelled(self._inline.shown(line[1:])))
        elif image := IMAGE.match(line):
            alternative = image[1].split(",")[0].strip('"')
            self._flow.say(alternative if SAYS_SOMETHING.search(alternative) else "")
        elif listed := LISTED.match(line):
            self._item(listed["mark"], self._inline.shown(without_box(listed["words"])))
        elif (term := TERM.match(line)) and "::" not in term["term"]:
            words = self._inline.shown(term["words"] or "")
            told = f"{labelled(self._inline.shown(term['term']))} {words}".strip()
            self._item(term["mark"], told)
        else:
            if at and not self._lines[at - 1] and self._flow.in_list:
                self._leave()
            self._flow.say(self._inline.shown(ADMONITION.sub("", line)))

    def _is_literal(self, at: int) -> bool:
        line = self._lines[at]
        return not (self._flow_open(at) or LISTED.match(line) or TERM.match(line))

    def _literal(self, at: int) -> int:
        """A paragraph that is indented stands as it is."""
        end = at
        while end < len(self._lines) and self._lines[end]:
            end += 1
        lines = self._lines[at:end]
        margin = min(len(line) - len(line.lstrip()) for line in lines)
        self._flow.code([line[margin:] for line in lines])
        return end

    def _flow_open(self, at: int) -> bool:
        """Return whether the line before is text of the same paragraph."""
        before = self._lines[at - 1] if at else ""
        marks = (DELIMITER, BLOCK_ATTRIBUTES, ATTRIBUTE, HEADLINE, DIRECTIVE)
        if TITLE.match(before) and not LISTED.match(before):
            return False
        return bool(before) and before != "+" and not any(each.match(before) for each in marks)

    def _leave(self) -> None:
        self._flow.end()
        self._marks, self._number = [], []

    def _item(self, mark: str, words: str) -> None:
        """An item: a mark that is new begins a list within the one that is open."""
        kind = "1." if mark[0].isdigit() else CALLOUT if mark[0] == "<" else mark
        if self._marks and (kind == CALLOUT) != (self._marks[0] == CALLOUT):
            self._leave()
        if kind in self._marks:
            depth = self._marks.index(kind)
            del self._marks[depth + 1 :], self._number[depth + 1 :]
        else:
            depth = len(self._marks)
            self._marks.append(kind)
            self._number.append(0)
        self._number[depth] += 1
        counts = kind[0] in ".1<"
        shown = "" if mark[0] in ":;" else f"{self._number[depth]}." if counts else "-"
        self._flow.item(depth, shown, words)

    def _delimited(self, at: int) -> int:
        """A block between two lines of the same marks; returns where the next one begins."""
        mark = self._lines[at].strip()
        ending = "```" if mark.startswith("`") else mark
        verbatim = mark[0] in "-.`+/|,:!" and mark != "--"
        if not verbatim:
            self._flow.end_paragraph()
            if not (at and self._lines[at - 1] == "+") and self._flow.in_list and self._style:
                self._leave()
            self._style = ""
            return at + 1
        end = self._after(at, ending) - 1
        inside = self._lines[at + 1 : end]
        if mark[0] in "|,:!":
            self._leave()
            write_grid(inside, self._style, mark[0], self._inline, self._gathering)
        elif mark[0] not in "/+":
            self._code(inside, mark)
        self._style = ""
        return end + 1

    def _after(self, at: int, ending: str) -> int:
        """Return where a block has ended that begins with a line, and ends with another, or with
        the document."""
        end = at + 1
        while end < len(self._lines) and self._lines[end].strip() != ending:
            end += 1
        return end + 1

    def _code(self, lines: list[str], mark: str) -> None:
        style = [part.strip() for part in self._style.split(",")]
        known = style[0].startswith("source") and len(style) > 1
        language = mark.strip("`") if mark[0] == "`" else style[1] if known else ""
        shown = [
            self._inline.substituted(line) if "subs" in self._style else line for line in lines
        ]
        kept = [re.sub(r"\s*(?://|#|;;)?\s*<(?:\d+|\.)>\s*$", "", line) for line in shown]
        self._flow.code(list(_without_includes(kept)), language.split("%")[0])


def _is_ahead(line: str) -> bool:
    """Return whether a line stands ahead of the title: empty, a remark, or an attribute."""
    return not line or line.startswith("//") or bool(ATTRIBUTE.match(line))


def _without_includes(lines: list[str]) -> Iterator[str]:
    return (line for line in lines if not line.startswith("include::"))
