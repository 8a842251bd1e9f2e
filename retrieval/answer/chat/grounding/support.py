"""Support: whether the passages that a claim cites bear it out, and where in them.

A logistic model over how like the claim the best sentences are, and how much of its words they
hold. That knows nothing of logic, so what can be looked up is looked up: a number, date or name
that stands in no cited passage is enough to refuse a claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.text.terms import Keys
from retrieval.types import Passage
from retrieval.weights.fitted import SupportModel, logistic

from .likeness import Evidence, Likeness, ReadPassage, compare, read
from .names_and_numbers import missing, together

__all__ = ["Evidence", "Likeness", "Support", "Verdict", "judge"]

# Passages whose sentences' vectors are kept, and claims whose: those of a few answers at a time.
KEPT = 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on a claim: whether it is supported, and how probable that is, 0 to 1.

    `missing` are its numbers, dates and names that no cited passage holds; `places` where it
    stands, best first, at least one where it is supported.
    """

    supported: bool
    probability: float
    missing: tuple[str, ...]
    places: tuple[Evidence, ...]


class Support:
    """Checks claims. Threads may share it."""

    def __init__(self, embedder: SentenceEmbedder, keys: Keys, numbers: SupportModel) -> None:
        self.embedder = embedder
        self.keys = keys
        self.numbers = numbers
        self._read = lru_cache(KEPT)(self._read_anew)
        self._vector = lru_cache(KEPT)(embedder.query_vector)

    def check(self, claim: str, cited: Sequence[Passage]) -> Verdict:
        """Judges one sentence by the passages that it cites, of which there must be one."""
        likeness, places = self._compare(claim, cited)
        probability = judge(likeness, self.numbers)
        source = together([self._read(passage).known for passage in cited])
        lacking = missing(claim, source, self.keys, cited[0].language)
        supported = not lacking and probability >= self.numbers.threshold
        return Verdict(supported, probability, lacking, tuple(places))

    def likeness(self, claim: str, cited: Sequence[Passage]) -> Likeness:
        """The likeness that a claim is judged by, besides its facts."""
        return self._compare(claim, cited)[0]

    def _compare(self, claim: str, cited: Sequence[Passage]) -> tuple[Likeness, list[Evidence]]:
        passages = [self._read(passage) for passage in cited]
        return compare(claim, self._vector(claim), passages, self.keys)

    def _read_anew(self, passage: Passage) -> ReadPassage:
        return read(passage, self.embedder, self.keys)


def judge(likeness: Likeness, numbers: SupportModel) -> float:
    """The probability, 0 to 1, that a claim of this likeness is supported."""
    logit = (
        numbers.intercept
        + numbers.cosine * likeness.cosine
        + numbers.held * likeness.held
        + numbers.held_anywhere * likeness.held_anywhere
        + numbers.pairs * likeness.pairs
        + numbers.negated * likeness.negated
    )
    return logistic(logit)
