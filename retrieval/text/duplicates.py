"""Deduplicate passages: what says the same in the same words, as a site's boilerplate does."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from retrieval.types import Passage

# The most of two texts' words and pairs of words that may differ, as a share of all of them.
DIFFERENT = 0.1
WORD = re.compile(r"\w+")


def distinct(ranked: Iterable[Passage], most: int) -> list[Passage]:
    """The first `most` passages that say something which none before them said."""
    kept, said = list[Passage](), SaidBefore()
    for passage in ranked:
        if said.anew(passage.text):
            kept.append(passage)
        if len(kept) == most:
            break
    return kept


class SaidBefore:
    """The texts that were seen so far."""

    def __init__(self) -> None:
        self._texts = list[_Words]()

    def anew(self, text: str) -> bool:
        """Return whether a text says something else than those before it; it is one of them now."""
        found = WORD.findall(text)
        words = _Words(frozenset(found), frozenset(pairwise(found)))
        if any(words.say_the_same_as(others) for others in self._texts):
            return False
        self._texts.append(words)
        return True


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text, and which stand side by side: "A beat B" isn't "B beat A"."""

    single: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    def say_the_same_as(self, other: "_Words") -> bool:
        """True where two texts differ by a few words at most, none of them a number or a name."""
        words, pairs = self.single ^ other.single, self.pairs ^ other.pairs
        of = len(self.single | other.single) + len(self.pairs | other.pairs)
        if len(words) + len(pairs) > DIFFERENT * of:
            return False
        return not any(word[0].isupper() or not word.isalpha() for word in words)
