"""The lines of a roff page as a formatter for terminals meets them.

Comments are gone, strings are filled in, the page's own macros are carried out, and of what holds
for a terminal or for paper only the former is left. What is left are texts and requests.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field

# However a page repeats itself: lines that its macros come to in all, macros and conditions within
# each other, and characters that a string grows to.
MOST_LINES, DEEPEST, LONGEST_STRING = 200_000, 20, 10_000

COMMENT = re.compile(r'(?<!\\)((?:\\\\)*)\\["#].*')
REQUEST = re.compile(r"[.'][ \t]*(\\?[^\s\\]*)(.*)", re.S)
STRING = re.compile(r"\\\*(?:\[([^\]\n\\]{0,60})\]|\(([^\n]{2})|([^\n(\[]))")
ARGUMENT = re.compile(r"\\\\?\$(?:\[(\d)\]|\((\d\d)|([\d*@]))")
NUMBER = re.compile(r"\\n[+-]?(?:\[([^\]\n]{0,60})\]|\((.{2})|(.))")
SUM = re.compile(r"([-+]?\d+)\w?(?:\s*([<>=]=?|[-+*/&:])\s*([-+]?\d+)\w?)?")
WORD = re.compile(r'"((?:[^"]|"")*)"?|((?:\\.|[^\s\\])+|\\)', re.S)
GLYPH = re.compile(r"\\\(..|\\\[[^\]]*\]|\\.|.")

# Strings that macro packages bring along.
STRINGS = {"lq": "\\(lq", "rq": "\\(rq", "R": "\\(rg", "Tm": "\\(tm", "S": "", "Le": "\\(<="}
STRINGS |= {"Ge": "\\(>=", "Lt": "<", "Gt": ">", "Ba": "|", "q": '"', "Pm": "\\(+-", "Am": "&"}
STRINGS |= {"Lq": "\\(lq", "Rq": "\\(rq", "If": "\\(if", "Ne": "\\(!=", "aq": "\\(aq", "-": "\\-"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request or a macro by its name, and what follows it; a text has no name."""

    name: str
    rest: str

    @property
    def words(self) -> list[str]:
        """The arguments, their quotes taken away and their escapes as they are."""
        found = WORD.finditer(self.rest)
        return [word[2] if word[2] is not None else word[1].replace('""', '"') for word in found]


@dataclass(slots=True)
class Roff:
    """A page that is gone through once. `glyphs` are characters that it gives another look."""

    strings: dict[str, str] = field(default_factory=lambda: dict(STRINGS))
    glyphs: dict[str, str] = field(default_factory=dict)
    _macros: dict[str, list[str]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=lambda: {".g": 1})
    _left: int = MOST_LINES
    _otherwise: bool = False

    def read(self, text: str) -> Iterator[Request]:
        """Yield the texts and requests of a page."""
        joined = text.replace("\r\n", "\n").replace("\\\n", "")
        yield from self._run(joined.split("\n"), 0)

    def _run(self, lines: Sequence[str], depth: int) -> Iterator[Request]:
        at = 0
        while at < len(lines) and (depth == 0 or self._left > 0):
            self._left -= depth > 0
            line, at = lines[at], at + 1
            if depth < DEEPEST:
                at = yield from self._line(COMMENT.sub(r"\1", line), lines, at, depth)

    def _line(
        self, line: str, lines: Sequence[str], at: int, depth: int
    ) -> Generator[Request, None, int]:
        """Carry out one line; returns where to go on, as some requests take more lines."""
        found = REQUEST.match(line)
        if found is None:
            yield Request("", self.filled(line).replace("\\}", ""))
            return at
        name, rest = found[1], found[2].lstrip(" \t")
        if name in ("de", "de1", "am", "ig"):
            return self._define(name, rest, lines, at)
        if name in ("if", "ie", "el"):
            return (yield from self._choose(name, rest, lines, at, depth))
        if name in ("ds", "as", "ds1", "as1", "tr", "nr", "als"):
            self._set(name, rest)
        elif name in self._macros:
            yield from self._run(self._expanded(name, self.filled(rest)), depth + 1)
        elif name not in ("\\}", ""):
            yield Request(name, self.filled(rest).replace("\\}", ""))
        return at

    def _define(self, name: str, rest: str, lines: Sequence[str], at: int) -> int:
        called, *ends = [*rest.split(), ""][:2]
        end = f".{ends[0] if ends and ends[0] else '.'}" if name != "ig" else f".{called or '.'}"
        body = list[str]()
        while at < len(lines) and not re.match(rf"{re.escape(end)}\s*(?:\\\".*)?$", lines[at]):
            body.append(lines[at].replace("\\\\", "\\"))
            at += 1
        if name == "am" and called in self._macros:
            self._macros[called] = [*self._macros[called], *body]
        elif name in ("de", "de1"):
            self._macros[called] = body
        return at + 1

    def _expanded(self, name: str, rest: str) -> list[str]:
        words = Request(name, rest).words

        def argument(found: re.Match[str]) -> str:
            which = found[1] or found[2] or found[3]
            if which in "*@":
                return " ".join(words)
            number = int(which)
            return name if number == 0 else "".join(words[number - 1 : number])

        return [ARGUMENT.sub(argument, line)[:LONGEST_STRING] for line in self._macros[name]]

    def _set(self, name: str, rest: str) -> None:
        called, _, value = rest.partition(" ")
        value = value.lstrip(" ").removeprefix('"')
        if name.startswith("ds"):
            self.strings[called] = self.filled(value)[:LONGEST_STRING]
        elif name.startswith("as"):
            before = self.strings.get(called, "")
            self.strings[called] = (before + self.filled(value))[:LONGEST_STRING]
        elif name == "nr":
            self._numbers[called] = self._sum(value)
        elif name == "als" and value.strip() in self._macros:
            self._macros[called] = self._macros[value.strip()]
        elif name == "tr":
            glyphs = GLYPH.findall(rest)
            for before, after in zip(glyphs[::2], glyphs[1::2], strict=False):
                if before.startswith(("\\(", "\\[")):
                    self.glyphs[before.strip("\\([]")] = after

    def filled(self, text: str) -> str:
        """A text with the page's strings in the place of their names."""
        for _ in range(3):
            if "\\*" not in text or len(text) > LONGEST_STRING:
                break
            text = STRING.sub(self._string, text)[: LONGEST_STRING * 2]
        return text

    def _string(self, name: re.Match[str]) -> str:
        return self.strings.get((name[1] or name[2] or name[3]).partition(" ")[0], "")

    # Conditions

    def _choose(
        self, name: str, rest: str, lines: Sequence[str], at: int, depth: int
    ) -> Generator[Request, None, int]:
        """Carry out what a condition allows; returns where to go on."""
        if name == "el":
            holds, body = self._otherwise, rest
        else:
            holds, body = self._condition(self.filled(rest))
            self._otherwise = not holds
        block, at = _block(body, lines, at)
        if holds:
            yield from self._run(block, depth + 1)
            self._otherwise = False if name != "el" else self._otherwise
        return at

    def _condition(self, text: str) -> tuple[bool, str]:
        """Tell whether a condition holds, and return what comes after it."""
        denied = text.startswith("!")
        holds, rest = self._plainly(text.removeprefix("!").lstrip())
        return holds is not denied, rest.lstrip(" \t")

    def _plainly(self, text: str) -> tuple[bool, str]:
        kind = text[:1]
        if kind in ("n", "t", "o", "e", "v") and not text[1:2].isalnum():
            return kind in "no", text[1:]
        if kind in ("d", "r", "c", "F", "S", "m") and text[1:2]:
            name, _, rest = text[1:].lstrip().partition(" ")
            known = {"d": (*self.strings, *self._macros), "r": self._numbers}
            return kind in "cF" or name in known.get(kind, ()), rest
        if kind and not (kind.isalnum() or kind in "\\(+-|.{"):
            return _alike(text)
        condition, _, rest = text.partition(" ")
        return self._sum(condition) > 0, rest

    def _sum(self, text: str) -> int:
        """The result of a simple sum; 0 for others."""
        text = NUMBER.sub(lambda n: str(self._numbers.get(n[1] or n[2] or n[3], 0)), text[:200])
        found = SUM.match(text.strip().strip("()"))
        if found is None:
            return 0
        left, sign, right = int(found[1][:9]), found[2], int((found[3] or "0")[:9])
        compared = {"<": left < right, ">": left > right, "=": left == right, "==": left == right}
        compared |= {"<=": left <= right, ">=": left >= right, "&": left > 0 < right}
        compared |= {":": left > 0 or right > 0}
        return int(compared[sign]) if sign in compared else left


def _alike(text: str) -> tuple[bool, str]:
    """Tell whether two strings are the same: 'one'other'."""
    first, _, rest = text[1:].partition(text[0])
    second, _, rest = rest.partition(text[0])
    return first == second, rest


def _block(body: str, lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The lines that belong to a condition: the rest of its own, or all between braces."""
    if not body.startswith("\\{"):
        return [body], at
    block, open_ = [body[2:]], body.count("\\{") - body.count("\\}")
    while open_ > 0 and at < len(lines):
        block.append(lines[at])
        open_ += lines[at].count("\\{") - lines[at].count("\\}")
        at += 1
    return [line for line in block if line.strip()], at
