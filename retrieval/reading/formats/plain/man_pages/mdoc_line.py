"""A line of mdoc(7): macros that take each other for arguments, as the words that are shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Macros that enclose what follows on their line, and pairs that open and close.
ENCLOSING = {
    "Op": ("[", "]"),
    "Dq": ("“", "”"),
    "Qq": ('"', '"'),
    "Sq": ("‘", "’"),
    "Ql": ("‘", "’"),
    "Pq": ("(", ")"),
    "Bq": ("[", "]"),
    "Brq": ("{", "}"),
    "Aq": ("<", ">"),
}
OPENING = {f"{name[:-1]}o": pair[0] for name, pair in ENCLOSING.items() if name != "Op"}
CLOSING = {f"{name[:-1]}c": pair[1] for name, pair in ENCLOSING.items() if name != "Op"}
OPENING |= {"Oo": "[", "Xo": "", "Eo": "", "Fo": ""}
CLOSING |= {"Oc": "]", "Xc": "", "Ec": ""}
# Macros that show their arguments as they are.
PLAIN = frozenset(
    "Ad An Cd Cm Dv Em Er Ev Fa Fr Fd Ft Hf Ic Li Lb Ms No Pa Sy Sx Tn Va Vt Ot".split()
)
SYSTEMS = {"Ux": "UNIX", "Bx": "BSD", "At": "AT&T UNIX", "Fx": "FreeBSD", "Nx": "NetBSD"}
SYSTEMS |= {"Ox": "OpenBSD", "Dx": "DragonFly", "Bsx": "BSD/OS"}
STANDARDS = {
    "-ansiC": "ANSI X3.159-1989 (“ANSI C89”)",
    "-isoC": "ISO/IEC 9899:1990 (“ISO C90”)",
    "-isoC-99": "ISO/IEC 9899:1999 (“ISO C99”)",
    "-isoC-2011": "ISO/IEC 9899:2011 (“ISO C11”)",
    "-susv4": "Version 4 of the Single UNIX Specification (“SUSv4”)",
    "-xpg4": "X/Open Portability Guide Issue 4 (“XPG4”)",
}
# Sentences that macros say by themselves, of what is named and of nothing that is named.
ENDINGS = {
    "Ex": ("The {} utility exits 0 on success, and >0 if an error occurs.", "command"),
    "Rv": (
        "The {} function returns the value 0 if successful; otherwise the value -1 is returned and "
        "the global variable errno is set to indicate the error.",
        "called",
    ),
}
OTHERS = "Fl Ar Nm Ns Pf Ap Xr Lk Mt Fn Fc In St Rv Ex Ta Fo Bk Ek".split()
CALLED = frozenset((*ENCLOSING, *OPENING, *CLOSING, *PLAIN, *SYSTEMS, *OTHERS))
BEFORE, AFTER = frozenset(("(", "[")), frozenset((".", ",", ":", ";", ")", "]", "?", "!"))
DEEPEST = 40


@dataclass(slots=True)
class Words:
    """Words put together: `tight` ones without a space in front of the next."""

    text: str = ""
    tight: bool = True

    def add(self, word: str, close: bool = False, opens: bool = False) -> None:
        """Add a word; a `close` one has no space in front of it, what `opens` none behind it."""
        if word:
            between = "" if self.tight or close or not self.text else " "
            self.text = f"{self.text}{between}{word}"
            self.tight = opens
        elif opens:
            self.tight = True


@dataclass(slots=True)
class MdocLine:
    """Shows the lines of a page, whose `name` is what it is about."""

    shown: Callable[[str], str]
    name: str = ""
    extended: int = 0  # lines that go on until their end is named
    _spaced: bool = True
    _first: bool = False  # of words without spaces

    def set_spaces(self, spaced: bool, into: Words) -> None:
        """Put spaces between the words that come, or none."""
        self._spaced, self._first = spaced, True
        into.tight = into.tight and not spaced

    def _add(self, into: Words, word: str, close: bool = False, opens: bool = False) -> None:
        joined = not (self._spaced or self._first)
        self._first = self._first and not word
        into.add(word, close or joined, opens)

    def show(self, words: Sequence[str], into: Words) -> None:
        """Add what the words of a line show, the first being a macro or not."""
        self._run(list(words), 0, into, 0)

    def _run(self, words: list[str], at: int, into: Words, depth: int) -> None:
        while at < len(words):
            if words[at] in CALLED:
                at = self._macro(words, at, into, depth)
            else:
                self._word(words[at], into)
                at += 1

    def _word(self, word: str, into: Words) -> None:
        self._add(into, self.shown(word), close=word in AFTER, opens=word in BEFORE)

    def _macro(self, words: list[str], at: int, into: Words, depth: int) -> int:
        """Show a macro with what belongs to it; returns where to go on."""
        name = words[at]
        if name == "Fl" and words[at + 1 : at + 2] and words[at + 1] in CALLED:
            self._add(into, "-", opens=True)
            return at + 1
        if name in ENCLOSING and depth < DEEPEST:
            return self._enclosed(words, at + 1, ENCLOSING[name], into, depth)
        self.extended += (name == "Xo") - (name == "Xc" and self.extended > 0)
        if name in OPENING:
            self._add(into, OPENING[name], opens=bool(OPENING[name]))
        elif name in CLOSING:
            self._add(into, CLOSING[name], close=True)
        elif name == "Ns":
            into.tight = True
        elif name == "Ap":
            self._add(into, "'", close=True, opens=True)
        elif name == "Pf":
            self._add(into, self.shown("".join(words[at + 1 : at + 2])), opens=True)
            return at + 2
        elif name in ("Ta", "Bk", "Ek", "Fc"):
            pass
        else:
            end = _end_of_arguments(words, at + 1)
            self._named(name, words[at + 1 : end], into)
            return end
        return at + 1

    def _enclosed(
        self, words: list[str], at: int, marks: tuple[str, str], into: Words, depth: int
    ) -> int:
        """Show the rest of a line between two marks, but for what ends its sentence."""
        end = len(words)
        while end > at and words[end - 1] in AFTER:
            end -= 1
        self._add(into, marks[0], opens=True)
        self._run(words[:end], at, into, depth + 1)
        self._add(into, marks[1], close=True)
        return end

    def _named(self, name: str, words: list[str], into: Words) -> None:
        told = [self.shown(word) for word in words]
        if name == "Fl":
            for word in told or [""]:
                self._add(into, f"-{word}")
        elif name == "Ar" and not words:
            self._add(into, "file ...")
        elif name == "Nm":
            self.name = self.name or " ".join(told)
            self._add(into, " ".join(told) or self.name)
        elif name == "Xr" and told:
            self._add(into, f"{told[0]}({told[1]})" if told[1:] else told[0])
        elif name == "Lk" and told:
            self._add(into, f"{' '.join(told[1:])} ⟨{told[0]}⟩" if told[1:] else told[0])
        elif name == "Fn" and told:
            self._add(into, f"{told[0]}({', '.join(told[1:])})")
        elif name == "In" and told:
            self._add(into, f"<{told[0]}>")
        else:
            self._add(into, _said(name, told))


def _said(name: str, told: list[str]) -> str:
    """The words of a macro that says something by itself, or its arguments."""
    if name in SYSTEMS:
        return " ".join([SYSTEMS[name], *told]) if name != "Bx" else _of_berkeley(told)
    if name == "St" and told:
        return " ".join([STANDARDS.get(told[0], _of_posix(told[0])), *told[1:]])
    if name in ENDINGS:
        sentence, otherwise = ENDINGS[name]
        return sentence.format(" and ".join(told[1:]) or otherwise)
    if name == "Lb":
        return f"Library ({told[0]}, -l{told[0].removeprefix('lib')})" if told else ""
    return " ".join(told)


def _of_berkeley(told: list[str]) -> str:
    return f"{told[0]}BSD{'-' if told[1:] else ''}{''.join(told[1:])}" if told else "BSD"


def _of_posix(standard: str) -> str:
    number = standard.removeprefix("-p")
    return f"IEEE Std {number} (“POSIX.1”)" if number != standard else standard.lstrip("-")


def _end_of_arguments(words: Sequence[str], at: int) -> int:
    """The place where the arguments of a macro end: at another one, or at what ends a sentence."""
    while at < len(words) and words[at] not in CALLED and words[at] not in AFTER | BEFORE:
        at += 1
    return at
