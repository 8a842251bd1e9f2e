"""Hold two statements against each other: do they say different things of the same?

Rather nothing than a wrong accusation: where one of them may speak of something else, they don't.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.text.terms import Keys, content_words, words
from retrieval.types import ENGLISH, Passage

from .facts import differing
from .statement import Statement, statement
from .wordings import Wordings

if TYPE_CHECKING:
    from .other_languages.facts import FactReader

# What asks for a person.
WHO = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
# Sorts of facts: where these differ and others as well, each is of a day of its own.
DAYS = frozenset({"day", "weekday"})
# Words that say what two statements are about, where nobody asked.
ENOUGH = 2
# What tells versions of one document apart in its title.
EDITION = re.compile(
    r"\b(?:v(?:ersion)?\.?\s*)?\d[\d./-]*\b|\b(?:old|new|older|newer|draft|final|archived?|copy|rev"
    r"|revision|edition|version|updated?|19\d\d|20\d\d)\b|[\W_]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question that say what it is about, and whether it asks for a person. Without
    a question, statements are compared by what they say alone."""

    words: frozenset[str] = frozenset()
    person: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compares statements on a question, or on none."""

    keys: Keys
    wordings: Wordings
    reader: "FactReader | None" = None

    def in_language(self, language: str) -> "Comparison | None":
        """The comparison of statements in a language; None where nothing is known of it."""
        if language == ENGLISH:
            return self
        # Imported here: most libraries are in English.
        from .other_languages.facts import reader_of

        reader = reader_of(language, self.keys)
        return Comparison(reader.keys, reader.wordings, reader) if reader else None

    @property
    def language(self) -> str:
        """The language whose statements it compares."""
        return self.keys.language

    def statement(self, passage: Passage, start: int, end: int) -> Statement | None:
        """The statement between two offsets of a passage of this language, if it is one."""
        return statement(passage, start, end, self.keys, self.reader)

    def asked(self, question: str) -> Asked:
        """The question as statements are held against it."""
        if self.reader is not None:
            return Asked(self.wordings.subject(self.reader.subject_of(question)))
        words_asked = frozenset(self.keys.of(content_words(question)))
        return Asked(self.wordings.subject(words_asked), WHO.search(question) is not None)

    def differ(self, one: Statement, other: Statement, asked: Asked) -> bool:
        """Tell whether two statements say different things of the same."""
        mine, theirs = one.facts, other.facts
        if mine.past or theirs.past or not self._same_subject(one, other, asked):
            return False
        if differ := list(differing(mine, theirs)):
            if len(differ) > 1 and (self.reader is not None or not DAYS.isdisjoint(differ)):
                return False  # on Saturday at eight, on Sunday at nine
            # With other names they may well speak of something else.
            return not (self._only(one, other) and self._only(other, one))
        return asked.person and len(self._only(one, other)) == len(self._only(other, one)) == 1

    def _only(self, one: Statement, other: Statement) -> set[str]:
        """The names in a statement of which no word stands in another, nor above either."""
        said = {*words(other.text), *_above(one), *_above(other)}
        relations = self.wordings.relations
        return {
            name
            for name in one.names
            if said.isdisjoint(words(name)) and not relations.issuperset(self.keys.of(words(name)))
        }

    def _same_subject(self, one: Statement, other: Statement, asked: Asked) -> bool:
        """Tell whether two statements are about the same: nothing that either is about is missing
        in the other, its title and its headings; nor is what was asked about."""
        mine, theirs = self._subject(one, other, asked), self._subject(other, one, asked)
        whole_mine, whole_theirs = mine | one.around, theirs | other.around
        if mine - whole_theirs or theirs - whole_mine:
            return False
        # Without a question they have to say by themselves what they are about; and so they have
        # where it is in another language.
        on_question = not asked.words.isdisjoint(whole_mine) if self.reader else asked.words
        shared = whole_mine & whole_theirs if on_question else mine & theirs
        telling = (
            self.reader.telling(shared, one.facts, other.facts) if self.reader else len(shared)
        )
        if not shared or telling < (1 if on_question else ENOUGH):
            return False
        if asked.words & whole_mine != asked.words & whole_theirs:
            return False
        return not self.wordings.tell_apart(one.facts.apart, other.facts.apart)

    def _subject(self, one: Statement, other: Statement, asked: Asked) -> frozenset[str]:
        """The words of a statement that say what it is about; who it names is left out, where a
        person is asked for."""
        found = one.facts.subject
        if asked.person:
            named = (word for name in self._only(one, other) for word in words(name))
            found -= frozenset(self.keys.of(named))
        return self.wordings.subject(found)


def _above(one: Statement) -> list[str]:
    return words(f"{one.passage.title} {one.passage.section}")


def same_document(one: Passage, other: Passage) -> bool:
    """Tell whether two documents are versions of one, by what they are called."""
    return bool(_plain(one)) and _plain(one) == _plain(other)


def _plain(passage: Passage) -> str:
    return EDITION.sub(" ", passage.title.casefold()).strip()
