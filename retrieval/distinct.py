"""Passages that say the same in the same words, as a site's boilerplate does, are taken once."""

import re
from collections.abc import Iterable

from .schema import Passage

# The most of two passages' words that may differ, as a share of all their words.
DIFFERENT = 0.1
WORD = re.compile(r"\w+")


def distinct(ranked: Iterable[Passage], most: int) -> list[Passage]:
    """The first `most` passages that say something which none before them said."""
    kept = list[Passage]()
    said = list[frozenset[str]]()
    for passage in ranked:
        words = frozenset(WORD.findall(passage.text))
        if not any(_say_the_same(words, others) for others in said):
            kept.append(passage)
            said.append(words)
        if len(kept) == most:
            break
    return kept


def _say_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts differ by a few words at most, none of them a number or a name."""
    differing = one ^ other
    if len(differing) > DIFFERENT * len(one | other):
        return False
    return not any(word[0].isupper() or not word.isalpha() for word in differing)
