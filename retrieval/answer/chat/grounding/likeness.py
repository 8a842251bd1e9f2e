"""The likeness of a claim to the best sentences of the passages that it cites, and their places.

A passage is made ready once, so that any claim can be held against it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder, Vectors
from retrieval.text.numbers import in_digits
from retrieval.text.segmentation.sentences import sentences
from retrieval.text.terms import Keys, content_words, words
from retrieval.types import Passage, headed

from .names_and_numbers import Facts, known
from .negation import Statements, said, together, turned_round

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """A sentence of a passage: its span in it, and what it holds, says and denies."""

    start: int
    end: int
    keys: frozenset[str]
    said: Statements


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage, its sentences and their vectors, the pairs of words in it, and its facts."""

    passage: Passage
    sentences: tuple[ReadSentence, ...]
    vectors: Vectors
    pairs: frozenset[Pair]
    known: Facts

    @property
    def said(self) -> Statements:
        """All that the passage says and denies."""
        return together(sentence.said for sentence in self.sentences)


def content_keys(text: str, keys: Keys) -> frozenset[str]:
    """The keys of a text's words that matter, its numbers in digits."""
    return frozenset(keys.of(in_digits(content_words(text))))


def neighbours(text: str, keys: Keys) -> frozenset[Pair]:
    """The keys of all words of a text that stand side by side."""
    return frozenset(pairwise(keys.of(in_digits(words(text)))))


def read(passage: Passage, embedder: SentenceEmbedder, keys: Keys) -> ReadPassage:
    """A passage made ready for any claim."""
    text = passage.text
    spans = [(s.start, s.end) for s in sentences(text)] or [(0, len(text))]
    texts = [text[start:end] for start, end in spans]
    return ReadPassage(
        passage,
        tuple(
            ReadSentence(*span, content_keys(text, keys), said(text, keys, passage.language))
            for span, text in zip(spans, texts, strict=True)
        ),
        np.asarray(embedder.embed_documents(texts), dtype=np.float32),
        neighbours(text, keys),
        known(f"{headed(passage.title, passage.section)}. {text}", keys, passage.language),
    )


# How much more of a claim's words two sentences must hold than the better one of them alone.
TOGETHER = 0.1


@dataclass(frozen=True, slots=True)
class Evidence:
    """The place that a claim rests on: `passage.slice(start, end)`, a sentence or two."""

    passage: Passage
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """The likeness of a claim to its passages' best sentences, which its support is judged by."""

    cosine: float  # of the claim and the best sentence
    held: float  # share of the claim's words that the best sentences hold
    held_anywhere: float  # share of them that the passages hold
    pairs: float  # share of the claim's neighbouring words that stand side by side there too
    negated: bool  # one denies what the other says


@dataclass(frozen=True, slots=True)
class Best:
    """The sentences of a passage that carry a claim best: one, or two side by side."""

    place: Evidence
    cosine: float
    held: frozenset[str]
    said: Statements
    worth: float


def compare(
    claim: str, vector: Vectors, passages: Sequence[ReadPassage], keys: Keys
) -> tuple[Likeness, list[Evidence]]:
    """Compare a claim with passages: its likeness, and its places in them, best first."""
    told = content_keys(claim, keys)
    best = sorted((_best(one, vector, told) for one in passages), key=lambda one: -one.worth)
    held = frozenset[str]().union(*(one.held for one in best))
    anywhere = frozenset[str]().union(*(one.known.keys for one in passages))
    asked = neighbours(claim, keys)
    found = frozenset[Pair]().union(*(one.pairs for one in passages))
    there = together(one.said for one in best), together(one.said for one in passages)
    return Likeness(
        cosine=max(one.cosine for one in best),
        held=_share(held, told),
        held_anywhere=_share(anywhere & told, told),
        pairs=len(asked & found) / len(asked) if asked else 0.0,
        negated=turned_round(said(claim, keys, passages[0].passage.language), *there),
    ), list(_places(best))


def _best(read: ReadPassage, claim: Vectors, told: frozenset[str]) -> Best:
    cosines = read.vectors @ claim
    found = [
        Best(
            _place(read, i, i),
            cosine,
            held := one.keys & told,
            one.said,
            cosine + _share(held, told),
        )
        for i, (one, cosine) in enumerate(zip(read.sentences, cosines.tolist(), strict=True))
    ]
    best = max(range(len(found)), key=lambda i: found[i].worth)
    return max([found[best], *_with_neighbour(read, found, best, told)], key=lambda one: one.worth)


def _with_neighbour(
    read: ReadPassage, found: Sequence[Best], best: int, told: frozenset[str]
) -> Iterator[Best]:
    """The best sentence with the one before or after it, where they hold more together."""
    for other in (best - 1, best + 1):
        if 0 <= other < len(found):
            held = found[best].held | found[other].held
            more = _share(held, told) - _share(found[best].held, told)
            if more >= TOGETHER:
                place = _place(read, min(best, other), max(best, other))
                both = together([found[best].said, found[other].said])
                yield Best(place, found[best].cosine, held, both, found[best].worth + more)


def _place(read: ReadPassage, first: int, last: int) -> Evidence:
    offset = read.passage.start
    return Evidence(
        read.passage, offset + read.sentences[first].start, offset + read.sentences[last].end
    )


def _places(best: Sequence[Best]) -> Iterator[Evidence]:
    """The best place, and those that hold words of the claim which none before them holds."""
    held = frozenset[str]()
    for one in best:
        if not held or not one.held <= held:
            yield one.place
        held |= one.held


def _share(part: frozenset[str], of: frozenset[str]) -> float:
    return len(part) / len(of) if of else 1.0
