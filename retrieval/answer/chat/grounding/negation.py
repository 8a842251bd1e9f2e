"""The negations of a text, such as “not” and “never”: the words that it denies, and a claim that
denies what its source says, or says what its source denies.

What a text denies is told from what it says: “she was not born there” denies “born”.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.text.terms import STOPWORDS, Keys, words

# The last one is what is left of “don't”.
NEGATIONS = frozenset("not no never none neither nor nobody nothing without cannot t".split())


@dataclass(frozen=True, slots=True)
class Statements:
    """The keys of a text's words but stop words: of those that it says and those it denies."""

    plain: frozenset[str]
    denied: frozenset[str]


def said(text: str, keys: Keys) -> Statements:
    """Tell of each word whether it is denied: a negation stands right before it, or only stop words
    between them."""
    found = words(text)
    plain, denied, after = set[str](), set[str](), False
    for word, key in zip(found, keys.of(found), strict=True):
        if word in NEGATIONS:
            after = True
        elif word not in STOPWORDS:
            (denied if after else plain).add(key)
            after = False
    return Statements(frozenset(plain), frozenset(denied))


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
