"""The negations of a text, such as “not” and “never”: the words that it denies, and a claim that
denies what its source says, or says what its source denies.

What a text denies is told from what it says: “she was not born there” denies “born”.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.text.terms import NEGATIONS, STOPWORDS, Keys, words
from retrieval.types import ENGLISH


@dataclass(frozen=True, slots=True)
class Statements:
    """The keys of a text's words but stop words: of those that it says and those it denies."""

    plain: frozenset[str]
    denied: frozenset[str]


def said(text: str, keys: Keys, language: str = ENGLISH) -> Statements:
    """Tell of each word whether it is denied: a negation stands right before it, or only stop words
    between them. Other languages have rules of their own."""
    if language != ENGLISH:
        return _said_in(language, text, keys.in_language(language))
    found = words(text)
    plain, denied, after = set[str](), set[str](), False
    for word, key in zip(found, keys.of(found), strict=True):
        if word in NEGATIONS:
            after = True
        elif word not in STOPWORDS:
            (denied if after else plain).add(key)
            after = False
    return Statements(frozenset(plain), frozenset(denied))


def _said_in(language: str, text: str, keys: Keys) -> Statements:
    """The statements of a text in another language; of some it isn't known how they deny."""
    from retrieval.text.languages.negation import CLAUSE, negation

    if negation(language) is None:
        return Statements(frozenset(keys.of(keys.content_words(text))), frozenset())
    return together(_clause_in(language, clause, keys) for clause in CLAUSE.split(text))


def _clause_in(language: str, clause: str, keys: Keys) -> Statements:
    """The statements of a clause. Where it says that something is allowed, open and the like, or
    isn't, that is what it says or denies: “forbidden” is “not allowed”."""
    from retrieval.answer.quoting.conflicts.other_languages.facts import reader_of
    from retrieval.text.languages.negation import negation

    reader, known = reader_of(language, keys), negation(language)
    assert known is not None
    states = reader.facts_of(clause).states if reader else {}
    told = known.said(clause)
    plain, denied = frozenset(keys.of(told.plain)), frozenset(keys.of(told.denied))
    if not states:
        return Statements(plain, denied)
    isn_t = frozenset(state for state, so in states.items() if not so)
    return Statements((plain | denied | states.keys()) - isn_t, isn_t)


def together(texts: Iterable[Statements]) -> Statements:
    """The statements of several texts together."""
    parts = list(texts)
    return Statements(
        frozenset().union(*(part.plain for part in parts)),
        frozenset().union(*(part.denied for part in parts)),
    )


def turned_round(claim: Statements, best: Statements, source: Statements) -> bool:
    """Return whether a claim denies what its source says, or says what the best sentences for it
    deny."""
    if claim.denied and not best.denied:
        return True
    denies = claim.denied & source.plain - source.denied
    return bool(denies or claim.plain & best.denied - best.plain)
