"""What a text says, and what it denies: “she was not born there” denies “born”."""

from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.text.terms import STOPWORDS, Keys, words

# The last one is what is left of “don't”.
NEGATIONS = frozenset("not no never none neither nor nobody nothing without cannot t".split())


@dataclass(frozen=True, slots=True)
class Said:
    """The keys of a text's words but stop words: of those that it says and those it denies."""

    plain: frozenset[str]
    denied: frozenset[str]


def said(text: str, keys: Keys) -> Said:
    """Of each word whether it is denied: whether a negation stands right before it, or only stop
    words between them."""
    found = words(text)
    plain, denied, after = set[str](), set[str](), False
    for word, key in zip(found, keys.of(found), strict=True):
        if word in NEGATIONS:
            after = True
        elif word not in STOPWORDS:
            (denied if after else plain).add(key)
            after = False
    return Said(frozenset(plain), frozenset(denied))


def together(texts: Iterable[Said]) -> Said:
    """What several texts say and deny."""
    parts = list(texts)
    return Said(
        frozenset().union(*(part.plain for part in parts)),
        frozenset().union(*(part.denied for part in parts)),
    )


def turned_round(claim: Said, best: Said, source: Said) -> bool:
    """Whether a claim denies what its source says, or says what the best sentences for it deny."""
    if claim.denied and not best.denied:
        return True
    denies = claim.denied & source.plain - source.denied
    return bool(denies or claim.plain & best.denied - best.plain)
