"""LaTeX: the text that is printed, without the preamble, remarks and what only sets it."""

import re
from dataclasses import dataclass, field

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.plain.markdown.dialects import labelled

from . import latex_words
from .flow import Flow
from .latex_source import expanded, group, labels, option, prepared, skip_arguments
from .latex_table import write_tabular
from .latex_words import ACCENTS, SECTIONS, SETS, SYMBOLS, UNSEEN, accented, in_math, quantity

TOKEN = re.compile(
    r"\\(?P<command>[a-zA-Z@]+)\*?[ \t]*\n?[ \t]*(?=(?P<next>.?))|\\(?P<sign>.)"
    r"|(?P<break>\n[ \t]*\n\s*)"
    r"|(?P<math>\$\$?)|(?P<group>[{}])|(?P<space>[~&\n]+)|(?P<text>[^\\\n${}~&]+)",
    re.DOTALL,
)
# White space, and a comma, after which a reference is out of sight.
LOOSE = re.compile(r"(?<!\s)\s++(?=[.,;:!?)])|,(?=\s*[.;])")
DEEPEST, MOST_TOKENS = 40, 3_000_000
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def read_latex(text: str, gathering: Gathering) -> None:
    """Add what is printed of a document, or of a part of one."""
    source = prepared(text)
    body = expanded(source.preamble, source.body)
    printer = _Printer(gathering, source.code, labels(body))
    gathering.title = printer.inline(source.fact("title"))
    gathering.author = printer.inline(source.fact("author").replace("\\and", ","))
    date = printer.inline(source.fact("date"))
    gathering.date = date if DATE.match(date) else ""
    chapters = "\\chapter" in body or "\\part" in body
    printer.base = 0 if chapters else -1
    gathering.add_text(gathering.title if "\\maketitle" in body else "", 1)
    if gathering.title and not chapters:
        printer.base = 0
    printer.print(body)
    printer.flow.end()


@dataclass(slots=True)
class _Printer:
    """Prints commands and text, one after another."""

    gathering: Gathering
    code: list[tuple[str, str]]
    labels: dict[str, str]
    base: int = 0
    flow: Flow = field(init=False)
    lists: list[tuple[str, int]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    left: int = MOST_TOKENS
    depth: int = 0

    def __post_init__(self) -> None:
        self.flow = Flow(self.gathering)

    def inline(self, text: str) -> str:
        """Return what is printed of a text within a line."""
        if self.depth > DEEPEST:
            raise UnreadableError("is nested too deeply to read. Split it into smaller files.")
        inner = _Printer(Gathering(self.gathering.most), self.code, self.labels, self.base)
        inner.left, inner.depth = self.left, self.depth + 1
        inner.print(text)
        inner.flow.end()
        self.left = inner.left
        return " ".join(inner.gathering.marked_text().split())

    def print(self, text: str) -> None:
        """Print a text with its paragraphs, lists and tables."""
        at = 0
        while at < len(text):
            token = TOKEN.match(text, at)
            self.left -= 1
            if token is None or self.left < 0:
                raise UnreadableError("is too long to read. Split it into smaller files.")
            at = self._token(text, token)
        self._flush()

    def _token(self, text: str, token: re.Match[str]) -> int:
        if token["command"]:
            return self._command(text, token)
        if sign := token["sign"]:
            return self._sign(text, token.end(), sign)
        if token["math"]:
            return self._math(text, token.end(), token["math"])
        if token["break"]:
            self._end_paragraph()
        elif token["text"]:
            self.words.append(token["text"])
        elif token["space"]:
            self.words.append(" ")
        return token.end()

    def _flush(self) -> None:
        words = SYMBOLS_IN_TEXT.sub(lambda sign: TEXT_SIGNS[sign[0]], "".join(self.words))
        self.words = []
        # Where a reference was that is out of sight, no empty brackets stay.
        words = re.sub(r"(?<!\s)\s*+[(\[]\s*[)\]]", "", words)
        self.flow.say(LOOSE.sub("", words))

    def _end_paragraph(self) -> None:
        self._flush()
        self.flow.end_paragraph() if self.lists else self.flow.end()

    def _math(self, text: str, at: int, mark: str) -> int:
        end = text.find(mark, at)
        end = len(text) if end < 0 else end
        self.words.append(in_math(text[at:end]))
        return end + len(mark)

    def _sign(self, text: str, at: int, sign: str) -> int:
        if sign in ACCENTS:
            letter, at = group(text, at)
            self.words.append(accented(sign, letter))
        elif sign in "([":
            end = text.find("\\)" if sign == "(" else "\\]", at)
            end = len(text) if end < 0 else end
            self.words.append(in_math(text[at:end]))
            return end + 2
        elif sign == "\\":
            self.words.append(" ")
            return option(text, at)[1]
        else:
            self.words.append(sign if sign in "%&$#_{}" else "" if sign in "-/!*@" else " ")
        return at

    def _command(self, text: str, token: re.Match[str]) -> int:
        name, at = token["command"], token.end()
        if name in ("begin", "end"):
            return self._environment(text, at, name == "begin")
        if name in SECTIONS:
            return self._section(text, at, name)
        if name == "item":
            return self._item(text, at)
        if name in UNSEEN or name in SETS:
            return skip_arguments(text, at, UNSEEN.get(name, SETS.get(name, 0)))
        if name in ACCENTS and len(name) == 1:
            letter, at = group(text, at)
            self.words.append(accented(name, letter))
            return at
        return self._worded(text, at, name, token)

    def _worded(self, text: str, at: int, name: str, token: re.Match[str]) -> int:
        if name in SYMBOLS:
            self.words.append(SYMBOLS[name])
            # The white space that ends a command's name is no text; an empty group is none either.
            return at + 2 if text.startswith("{}", at) else at
        if name == "par":
            self._end_paragraph()
        elif name in ("footnote", "footnotetext", "marginpar"):
            note, at = group(text, option(text, at)[1])
            self.words.append(f" ({self.inline(note).rstrip('.')})")
        elif name in ("ref", "autoref", "cref", "Cref", "pageref", "eqref", "nameref", "vref"):
            label, at = group(text, at)
            self.words.append(self.labels.get(("name:" if name == "nameref" else "") + label, ""))
        elif name in ("href", "url", "nolinkurl", "path"):
            target, at = group(text, at)
            self.words.append("" if name == "href" else target)
        elif name in ("SI", "qty", "si", "unit", "num", "ang", "SIrange", "qtyrange"):
            words, at = quantity(text, at, name)
            self.words.append(words)
        elif name == "caption":
            words, at = group(text, option(text, at)[1])
            self._end_paragraph()
            self.flow.block(labelled(self.inline(words)))
        elif name == "code" and token["next"] == "<":
            return self._code(text, at)
        elif name in ("enquote", "textquote"):
            words, at = group(text, at)
            self.words.append(f"“{self.inline(words)}”")
        else:
            at = option(text, at)[1]
        return at

    def _code(self, text: str, at: int) -> int:
        end = text.index(">", at)
        number, kind = text[at + 1 : end].split(",")
        language, code = self.code[int(number)]
        if kind == "verb":
            self.words.append(code)
        else:
            self._flush()
            self.flow.code(code.strip("\n").split("\n"), language)
        return end + 1

    def _section(self, text: str, at: int, name: str) -> int:
        title, at = group(text, option(text, at)[1])
        self._flush()
        self.lists = []
        self.flow.head(self.inline(title), SECTIONS[name] + self.base)
        return at

    def _item(self, text: str, at: int) -> int:
        term, at = option(text, at)
        self._flush()
        if self.lists:
            kind, number = self.lists.pop()
            self.lists.append((kind, number + 1))
            mark = f"{number + 1}." if kind == "1" else kind
            told = labelled(self.inline(term)) if term else ""
            self.flow.item(len(self.lists) - 1, mark if not told else "", told)
        return at

    def _environment(self, text: str, at: int, begins: bool) -> int:
        name, at = group(text, at)
        name = name.rstrip("*")
        if not begins:
            return self._end(name, at)
        if (
            name in latex_words.UNSEEN_ENVIRONMENTS
            or name in latex_words.MATH
            or name in latex_words.TABLES
        ):
            ending = re.compile(r"\\end\s*\{" + re.escape(name) + r"\*?\}")
            end = ending.search(text, at)
            inside = text[at : end.start() if end else len(text)]
            self._whole(name, inside)
            return end.end() if end else len(text)
        given, at = option(text, at)
        at = skip_arguments(text, at, latex_words.ARGUMENTS.get(name, 0))
        self._flush()
        if name in latex_words.LISTS:
            self.flow.end_paragraph()
            self.lists.append((latex_words.LISTS[name], 0))
        elif not self.lists:
            self.flow.end()
            if given and "=" not in given and " " in given:
                self.flow.block(labelled(self.inline(given)))
        return at

    def _end(self, name: str, at: int) -> int:
        self._flush()
        self.flow.end_paragraph()
        if name in latex_words.LISTS and self.lists:
            self.lists.pop()
        if not self.lists:
            self.flow.end()
        return at

    def _whole(self, name: str, inside: str) -> None:
        if name in latex_words.MATH:
            self.words.append(f" {in_math(inside)} ")
        elif name in latex_words.TABLES:
            self._flush()
            self.flow.end()
            cells = inside[skip_arguments(inside, 0, latex_words.TABLES[name]) :]
            write_tabular(cells, self.inline, self.gathering)


TEXT_SIGNS = {"---": "—", "--": "–", "``": "“", "''": "”"}
SYMBOLS_IN_TEXT = re.compile("---|--|``|''")
