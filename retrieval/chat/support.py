"""Whether the passages that a claim cites support it, and where in them they do.

A logistic model over how like the claim the best sentences are, and how much of its words they
hold. That knows nothing of logic, so what can be looked up is looked up: a number, date or name
that stands in no cited passage is enough to refuse a claim.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from ..embed import SentenceEmbedder, Vectors
from ..fitted import SupportModel
from ..outline import headed
from ..schema import Passage
from ..sentences import sentences
from ..terms import Keys, content_words, words
from .facts import Known, known, missing

# Passages whose sentences' vectors are kept, and claims whose: those of a few answers at a time.
KEPT = 64
NEGATIONS = frozenset("not no never none neither nor nobody nothing without cannot t".split())
# How much more of a claim's words two sentences must hold than the better one of them alone.
TOGETHER = 0.1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands: `passage.slice(start, end)` is a sentence, or two side by side."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim is supported, and how probable that is, 0 to 1.

    `missing` are its numbers, dates and names that no cited passage holds; `places` where it
    stands, best first, at least one where it is supported.
    """

    supported: bool
    probability: float
    missing: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a claim the best sentences of its passages are: what its support is judged by."""

    cosine: float  # of the claim and the best sentence
    held: float  # share of the claim's words that the best sentences hold
    held_anywhere: float  # share of them that the passages hold
    pairs: float  # share of the claim's neighbouring words that stand side by side there too
    negated: bool  # one says "not" and the other doesn't


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage, its sentences' spans in it, vectors and keys, and what can be looked up in it."""

    passage: Passage
    spans: tuple[tuple[int, int], ...]
    vectors: Vectors
    keys: tuple[frozenset[str], ...]
    known: Known


@dataclass(frozen=True, slots=True)
class _Best:
    """The sentences of a passage that carry a claim best."""

    place: Place
    cosine: float
    held: frozenset[str]
    worth: float


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
        read = [self._read(passage) for passage in cited]
        likeness, best = self._compare(claim, read)
        probability = judge(likeness, self.numbers)
        lacking = missing(claim, _together([one.known for one in read]), self.keys)
        supported = not lacking and probability >= self.numbers.threshold
        return Verdict(supported, probability, lacking, tuple(_places(best)))

    def likeness(self, claim: str, cited: Sequence[Passage]) -> Likeness:
        """What a claim is judged by, besides its facts."""
        return self._compare(claim, [self._read(passage) for passage in cited])[0]

    def _compare(self, claim: str, read: Sequence[_Read]) -> tuple[Likeness, list[_Best]]:
        told = frozenset(self.keys.of(content_words(claim)))
        vector = self._vector(claim)
        best = sorted((_best(one, vector, told) for one in read), key=lambda one: -one.worth)
        text = best[0].place.passage.slice(best[0].place.start, best[0].place.end)
        held = frozenset[str]().union(*(one.held for one in best))
        anywhere = frozenset[str]().union(*(one.known.keys for one in read))
        return Likeness(
            cosine=max(one.cosine for one in best),
            held=_share(held, told),
            held_anywhere=_share(anywhere & told, told),
            pairs=self._pairs(claim, read),
            negated=_negated(claim) != _negated(text),
        ), best

    def _pairs(self, claim: str, read: Sequence[_Read]) -> float:
        asked = set(pairwise(self.keys.of(words(claim))))
        found = {pair for one in read for pair in pairwise(self.keys.of(words(one.passage.text)))}
        return len(asked & found) / len(asked) if asked else 0.0

    def _read_anew(self, passage: Passage) -> _Read:
        spans = tuple((s.start, s.end) for s in sentences(passage.text)) or (
            (0, len(passage.text)),
        )
        texts = [passage.text[start:end] for start, end in spans]
        return _Read(
            passage,
            spans,
            np.asarray(self.embedder.embed_documents(texts), dtype=np.float32),
            tuple(frozenset(self.keys.of(content_words(text))) for text in texts),
            known(f"{headed(passage.title, passage.section)}. {passage.text}", self.keys),
        )


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
    return 0.5 + 0.5 * math.tanh(logit / 2.0)


def _best(read: _Read, claim: Vectors, told: frozenset[str]) -> _Best:
    cosines = read.vectors @ claim
    found = [
        _Best(_place(read, i, i), float(cosines[i]), read.keys[i] & told, worth)
        for i, worth in enumerate(cosines + [_share(keys & told, told) for keys in read.keys])
    ]
    best = max(range(len(found)), key=lambda i: found[i].worth)
    return max([found[best], *_with_neighbour(read, found, best, told)], key=lambda one: one.worth)


def _with_neighbour(
    read: _Read, found: Sequence[_Best], best: int, told: frozenset[str]
) -> Iterator[_Best]:
    """The best sentence with the one before or after it, where they hold more together."""
    for other in (best - 1, best + 1):
        if 0 <= other < len(found):
            held = found[best].held | found[other].held
            more = _share(held, told) - _share(found[best].held, told)
            if more >= TOGETHER:
                place = _place(read, min(best, other), max(best, other))
                yield _Best(place, found[best].cosine, held, found[best].worth + more)


def _place(read: _Read, first: int, last: int) -> Place:
    offset = read.passage.start
    return Place(read.passage, offset + read.spans[first][0], offset + read.spans[last][1])


def _places(best: Sequence[_Best]) -> Iterator[Place]:
    """The best place, and those that hold words of the claim which none before them holds."""
    held = frozenset[str]()
    for one in best:
        if not held or not one.held <= held:
            yield one.place
        held |= one.held


def _together(texts: Sequence[Known]) -> Known:
    return Known(
        words=frozenset().union(*(text.words for text in texts)),
        small=frozenset().union(*(text.small for text in texts)),
        keys=frozenset().union(*(text.keys for text in texts)),
        numbers=frozenset().union(*(text.numbers for text in texts)),
        initials=" | ".join(text.initials for text in texts),
    )


def _share(part: frozenset[str], of: frozenset[str]) -> float:
    return len(part) / len(of) if of else 1.0


def _negated(text: str) -> bool:
    return not NEGATIONS.isdisjoint(words(text))
