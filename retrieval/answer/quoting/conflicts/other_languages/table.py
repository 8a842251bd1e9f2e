"""The table of a language: the words and patterns by which facts are said in it.

Each language's stands in a file of its name, written for Footnote; names of days and months are
from Unicode's CLDR. A language without a file has none.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from babel import Locale

from retrieval.answer.quoting.conflicts.wordings import Table
from retrieval.text.languages.analysis import Analysis, analysis
from retrieval.text.languages.folding import fold
from retrieval.text.languages.negation import Negation, negation

OPEN = "open"
# A letter, or a mark that is a vowel of it.
LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff])"
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SPELLED_FROM, NOT_SPELLED = 2, "-"


class LanguageTable:
    """A language's words for facts.

    Where its words are told by `pieces`, because no spaces part them, or spaces stand within them,
    these are looked for anywhere in a text.
    """

    def __init__(self, code: str, read: Mapping[str, Any]) -> None:
        self.code = code
        self.analysis: Analysis = analysis(code)
        self._read = read

    def rewritten(self, text: str) -> str:
        """The folded text with what verbs say by their endings in words that the table has."""
        for pattern, said in self._read.get("rewritten", []):
            text = re.sub(pattern, said, text)
        return text

    @property
    def by_pieces(self) -> bool:
        """True where words are looked for as pieces of the text."""
        return bool(self._read.get("pieces", not self.analysis.language.spaced))

    @cached_property
    def negation(self) -> Negation:
        """The words by which the language denies."""
        found = negation(self.code)
        assert found is not None  # a test holds that each language here has it
        return found

    @cached_property
    def wordings(self) -> Table:
        """The words that say what sort of fact it is, and those by which things are told apart."""
        contrasts = [self.states[OPEN], *self._read["contrasts"]]
        return Table(relations=[self._read["relations"]], contrasts=contrasts)

    @cached_property
    def states(self) -> Mapping[str, Sequence[str]]:
        """The words for each state, and those for its opposite."""
        named: Mapping[str, Sequence[str]] = self._read["states"]
        return named

    def words(self, said: str) -> Sequence[str]:
        """The folded words of a line of the table, in which _ stands for a space."""
        return [fold(word, self.code).replace("_", " ") for word in said.split()]

    @cached_property
    def known(self) -> re.Pattern[str]:
        """The words for states and those by which things are told apart, as pieces of a text."""
        sides = (side for line in self.wordings["contrasts"] for side in line)
        states = (side for both in self.states.values() for side in both)
        return longest_first([word for side in (*sides, *states) for word in self.words(side)])

    @cached_property
    def denials(self) -> re.Pattern[str]:
        """The words for states that have a negation in them."""
        said = (word for both in self.states.values() for side in both for word in self.words(side))
        return self.pattern([word for word in said if self.negation.stands_in(word)])

    @cached_property
    def fillers(self) -> re.Pattern[str]:
        """A pattern for what says nothing of what a statement is about, as pieces of a text."""
        sides = [side for both in self.states.values() for side in both]
        said = " ".join([self._read["relations"], self._read.get("fillers", ""), *sides])
        ends = longest_first(self.words(self._read.get("endings", ""))).pattern
        return re.compile(rf"{self.pattern(self.words(said)).pattern}|(?<=\w)(?:{ends})(?!\w)")

    @cached_property
    def past(self) -> re.Pattern[str]:
        """A pattern for what tells that something was so, and may be otherwise now."""
        return self.pattern(self.words(self._read["past"]))

    def pattern(self, words: Sequence[str]) -> re.Pattern[str]:
        """A pattern for any of some words."""
        found = longest_first(words)
        return (
            found
            if self.by_pieces
            else re.compile(rf"(?<!{LETTER})(?:{found.pattern})(?!{LETTER})")
        )

    @cached_property
    def units(self) -> Mapping[str, str]:
        """The units that things are measured in, by what it is called: “Stunden” is an hour."""
        named: Mapping[str, str] = self._read["units"]
        return {word: unit for unit, said in named.items() for word in self.words(said)}

    @cached_property
    def numerals(self) -> Mapping[str, str]:
        """The small numbers that are told from other words, in digits."""
        said = self._read.get("numbers", "").split()
        spelled = enumerate(said, start=SPELLED_FROM)
        return {
            fold(word, self.code): str(number)
            for number, words in spelled
            for word in words.split("/")
            if word != NOT_SPELLED
        }

    @cached_property
    def weekdays(self) -> Mapping[str, str]:
        """The days of the week by their folded names."""
        return {fold(name, self.code): day for name, day in self._weekdays()}

    def _weekdays(self) -> Iterator[tuple[str, str]]:
        for form in ("format", "stand-alone"):
            for number, name in Locale(self.code).days[form]["wide"].items():
                yield str(name), WEEKDAYS[number]
        for day, said in zip(WEEKDAYS, self._read.get("weekdays", []), strict=False):
            yield from ((word.replace("_", " "), day) for word in said.split())

    def clock(self, name: str) -> str:
        """A pattern of how hours are told: what stands `before` or `after` them, for one."""
        return fold(self._read["clock"].get(name, ""), self.code)


@cache
def table_of(code: str) -> LanguageTable | None:
    """The table of a language by its code; None where there is none."""
    file = files(__package__).joinpath(f"{code}.toml")
    if not code or not file.is_file():
        return None
    return LanguageTable(code, tomllib.loads(file.read_text(encoding="utf-8")))


def longest_first(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(set(words), key=len, reverse=True))) or "(?!)")
