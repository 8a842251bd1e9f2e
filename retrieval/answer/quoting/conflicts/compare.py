"""Hold two statements against each other: do they say different things of the same?

Rather nothing than a wrong accusation: where one of them may speak of something else, they don't.
"""

import re
from dataclasses import dataclass

from retrieval.text.terms import Keys, content_words, words
from retrieval.types import Passage

from .facts import differing
from .statement import Statement
from .wordings import Wordings

# What asks for a person.
WHO = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)
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

    def asked(self, question: str) -> Asked:
        """The question as statements are held against it."""
        words_asked = frozenset(self.keys.of(content_words(question)))
        return Asked(self.wordings.subject(words_asked), WHO.search(question) is not None)

    def differ(self, one: Statement, other: Statement, asked: Asked) -> bool:
        """Tell whether two statements say different things of the same."""
        mine, theirs = one.facts, other.facts
        if mine.past or theirs.past or not self._same_subject(one, other, asked):
            return False
        if any(differing(mine, theirs)):
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
        # Without a question they have to say by themselves what they are about.
        shared = whole_mine & whole_theirs if asked.words else mine & theirs
        if len(shared) < (1 if asked.words else ENOUGH):
            return False
        if asked.words & whole_mine != asked.words & whole_theirs:
            return False
        return not self.wordings.tell_apart(one.facts.subject, other.facts.subject)

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
