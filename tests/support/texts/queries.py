"""Questions as they are searched for, whatever libraries there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from retrieval.search.query import ParsedQuery
from retrieval.search.term_rarity import TermRarity
from retrieval.text.terms import Keys

NOTHING = np.zeros(0, dtype=np.float32)


@dataclass(frozen=True)
class Weighed(TermRarity):
    """Keys whose weights are given, not looked up."""

    by_key: Mapping[str, float] = field(default_factory=dict)

    def weights(self) -> dict[str, float]:
        """The weights that were given."""
        return dict(self.by_key)


def weighed(by_key: Mapping[str, float]) -> TermRarity:
    """Keys that say as much as they are given."""
    return Weighed((0,), {}, by_key)


def all_alike(keys: Sequence[str]) -> TermRarity:
    """Keys that all say the same."""
    return weighed(dict.fromkeys(keys, 1.0))


def named(question: str, rarity: TermRarity, keys: Keys) -> ParsedQuery:
    """A question of which only its names and how rare its words are is known."""
    return ParsedQuery(
        text=question,
        words=(),
        names=frozenset(keys.names(question)),
        rarity=rarity,
        vector=NOTHING,
        pieces=np.zeros(0, dtype=np.int32),
        weights=NOTHING,
        phrases=(),
    )
