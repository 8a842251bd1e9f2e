"""The facts of a statement in another language than English."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property

from retrieval.answer.quoting.conflicts.facts import Facts, values_in
from retrieval.answer.quoting.conflicts.wordings import Wordings
from retrieval.text.languages.analysis import COMPOUNDING
from retrieval.text.languages.folding import fold
from retrieval.text.special_characters import visible
from retrieval.text.terms import Keys

from .notation import as_english
from .table import LanguageTable, table_of

# Sorts of values by which “open” tells when, not whether.
TIMES = frozenset({"hour", "day"})
OPEN = "open"
# Letters of a word that may be put together of others.
COMPOUND = 9
KOREAN = "ko"
# Japanese letters that are mostly particles and endings.
HIRAGANA = re.compile(r"[\u3040-\u309f]+")


class FactReader:
    """Reads the facts of statements in one language. Words are known by their stems; where the
    language's table tells them by pieces of the text, as they are."""

    def __init__(self, keys: Keys, table: LanguageTable) -> None:
        """`keys` are those of the table's language."""
        self.keys, self.table = keys, table

    def facts_of(self, text: str) -> Facts:
        """The facts of a statement."""
        told = self.table.rewritten(self.table.negation.left_out(visible(text)))
        values, left = values_in(as_english(told, self.table, self.keys), self.keys)
        timed = not TIMES.isdisjoint(values)
        said, denies = self._said(left), self._denies(told)
        states = {
            state: denies if said & no else not denies
            for state, (yes, no) in self._states.items()
            if said & (yes | no) and not (timed and state == OPEN)
        }
        return Facts(
            values,
            None,
            self._subject(left),
            self.table.past.search(told) is not None,
            apart=said if timed else said.difference(*self._states[OPEN]),
            states=states,
        )

    def subject_of(self, text: str) -> frozenset[str]:
        """The words of a text that may say what it is about: a question, or headings."""
        return self._subject(fold(text, self.table.code))

    def telling(self, shared: frozenset[str], one: Facts, other: Facts) -> int:
        """Count the words that two statements share and that tell what they are about: one that may
        be put together of others counts as two, and a day or an hour as one."""
        longer = sum(len(word) >= COMPOUND for word in shared) if self._joins else 0
        same = sum(one.values[sort] == other.values.get(sort) for sort in one.values)
        return len(shared) + longer + same

    @property
    def _joins(self) -> bool:
        return self.table.code in COMPOUNDING

    @cached_property
    def wordings(self) -> Wordings:
        """The words that say what sort of fact it is, and those by which things are told apart."""
        return Wordings(self.table.wordings, self._known)

    def _known(self, said: str) -> Iterable[str]:
        words = self.table.words(said)
        return words if self.table.by_pieces else self.keys.stems(words)

    @cached_property
    def _states(self) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
        """The words for each state, and for its opposite."""
        return {
            state: (frozenset(self._known(yes)), frozenset(self._known(no)))
            for state, (yes, no) in self.table.states.items()
        }

    @cached_property
    def _state_words(self) -> frozenset[str]:
        return frozenset().union(*(side for both in self._states.values() for side in both))

    def _said(self, text: str) -> frozenset[str]:
        """The words of a text; where they are told by pieces, those that the table has."""
        if self.table.by_pieces:
            return frozenset(self.table.known.findall(text))
        return frozenset(self.keys.stems(self.keys.words(text)))

    def _denies(self, text: str) -> bool:
        """Tell whether a text denies what it says; there are states that are a denial by name."""
        return self.table.negation.stands_in(self.table.denials.sub(" ", text))

    def _subject(self, text: str) -> frozenset[str]:
        """The words of a text that may say what it is about."""
        found = self._by_pieces(text) if self.table.by_pieces else self._by_words(text)
        return frozenset(found) - self._units

    @cached_property
    def _units(self) -> frozenset[str]:
        """The names of what things are measured in: no statement is about that."""
        names = [fold(name, self.table.code) for name in self.table.units.values()]
        return frozenset([*self.keys.words(" ".join(names)), *self.keys.stems(names)])

    def _by_words(self, text: str) -> Iterator[str]:
        denies, is_stop_word = self.table.negation.is_one, self.keys.is_stop_word
        kept = (word for word in self.keys.words(text) if not (denies(word) or is_stop_word(word)))
        yield from (
            each for each in self.keys.stems(kept) if each and each not in self._state_words
        )

    def _by_pieces(self, text: str) -> Iterator[str]:
        left = self.table.fillers.sub(" ", self.table.negation.without(text))
        words = self.keys.words(HIRAGANA.sub(" ", left))
        shortest = len("가") + (self.table.code == KOREAN)  # whose particles are letters alone
        denies = self.table.negation.is_one
        yield from (word for word in words if len(word) >= shortest and not denies(word))


@cache
def reader_of(language: str, keys: Keys) -> FactReader | None:
    """The reader of a language's facts; None where it has no table."""
    table = table_of(language)
    return None if table is None else FactReader(keys.in_language(language), table)
