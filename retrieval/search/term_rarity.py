"""Term rarity: how common the words of a question are in the libraries it is asked of."""

import math
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from retrieval.text.terms import PREFIX

from .bm25 import count_terms

# Passages that every library is taken to have besides its own, when it is asked how rare a word
# is: a handful of passages says little about that.
PRIOR = 20
# A word that this share of the passages hold does not tell one from another; a name sooner, since
# what goes through two passages in five is what the library is about.
EVERYWHERE = 0.7
NAME_EVERYWHERE = 0.4


@dataclass(frozen=True, slots=True)
class TermRarity:
    """Of the passages of some libraries, `totals`, how many hold each key of a question."""

    totals: tuple[int, ...]
    holding: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of passages that all libraries have together."""
        return sum(self.totals)

    def weights(self) -> dict[str, float]:
        """The weight of each key: a rare one tells more."""
        total = self.total
        return {key: rarity(total, holding) for key, holding in self.holding.items()}

    def tells_nothing(self, names: Collection[str]) -> bool:
        """Return whether some words stand in no passage, and the rest all over the place.

        "How much was Mokhiber paid?", asked of an article about Mokhiber that doesn't say. `names`
        are the keys that are names.
        """
        known = {key: holding for key, holding in self.holding.items() if holding}
        return len(known) < len(self.holding) and all(
            holding >= self.total * (NAME_EVERYWHERE if key in names else EVERYWHERE)
            for key, holding in known.items()
        )


def look_up(connections: Sequence[sqlite3.Connection], keys: Sequence[str]) -> TermRarity:
    """Look up how many passages of several catalogs hold each key, with one query a catalog."""
    distinct = list(dict.fromkeys(keys))
    spans = [(key, _after(key)) for key in distinct]
    counted = [count_terms(connection, spans) for connection in connections]
    holding = [sum(column) for column in zip(*(counts for _, counts in counted), strict=True)]
    return TermRarity(
        tuple(total for total, _ in counted),
        dict(zip(distinct, holding or [0] * len(distinct), strict=True)),
    )


def _after(key: str) -> str:
    """The first term, in the full text's order, that `key` does not stand for."""
    return key + ("\U0010ffff" if len(key) == PREFIX else "\0")


def rarity(total: int, holding: int) -> float:
    """The weight of a term that `holding` of `total` passages hold.

    BM25's idf (Robertson and Zaragoza 2009) with one added inside the logarithm, so that it is
    never negative; a term that no passage holds weighs as much as one that a single passage does.
    """
    total += PRIOR
    holding = min(max(holding, 1), total)
    return math.log(1.0 + (total - holding + 0.5) / (holding + 0.5))
