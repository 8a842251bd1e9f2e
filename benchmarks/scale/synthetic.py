"""Documents made up for the scale benchmark: words as common, and vectors as near, as in real ones.

The words are the embedding model's own, which it lists by how common they are in English, and then
names put together from two of them. A document keeps to one topic: some of its words come from
there, and its passages' vectors lie around the vector that the model makes of those words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.model import Matrix
from retrieval.embedding.word_vectors import Pieces, unit
from retrieval.text.terms import STOPWORDS
from tests.support.models.bundled import tokenizer

Numbers = NDArray[np.int64]

WORDS = 200_000
# Zipf's law as Mandelbrot has it: a word of rank r is as common as (r + SHIFT) ** -STEEPNESS.
SHIFT, STEEPNESS = 2.7, 1.07
TOPICS = 400
TOPIC_WORDS = 150
SPOKEN = 12  # of them, that the model makes the topic's vector of
# Ranks that a topic's words come from: what is commoner belongs to all topics.
TOPICAL = (300, 25_000)
# The share of words that come from the topic, and how near a passage's vector is to its parts.
FROM_TOPIC = 0.25
NEAR_TOPIC, NEAR_DOCUMENT, ITS_OWN = 0.6, 0.5, 0.6
PASSAGES = (1, 12)  # of a document
PASSAGE_WORDS = (60, 151)
SENTENCE_WORDS = (8, 25)


@dataclass(frozen=True, slots=True)
class MadePassage:
    """The words of a passage, sentence by sentence, and its vectors as `embed` would make them."""

    sentences: tuple[Numbers, ...]
    vector: Matrix
    sentence_vectors: Matrix


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document: its title's words, and its passages."""

    title: Numbers
    passages: tuple[MadePassage, ...]


class World:
    """The words, and the topics that documents are about; the same for every size of library."""

    def __init__(self, embedder: SentenceEmbedder) -> None:
        self.embedder = embedder
        self.words = vocabulary()
        self.pieces = embedder.words.pieces(self.words)
        common = (np.arange(WORDS) + SHIFT) ** -STEEPNESS
        self.cumulative = np.cumsum(common) / common.sum()
        rng = np.random.default_rng(0)
        self.topics = rng.integers(*TOPICAL, (TOPICS, TOPIC_WORDS))
        self.stop = np.array([word in STOPWORDS for word in self.words])

    @cached_property
    def centres(self) -> Matrix:
        """The vector of each topic."""
        texts = [self.spelled(topic[:SPOKEN]) for topic in self.topics]
        return np.array(self.embedder.embed_documents(texts), dtype=np.float32)

    def spelled(self, words: Numbers) -> str:
        """Words as a text."""
        return " ".join(self.words[word] for word in words.tolist())

    def written(self, words: Numbers) -> str:
        """Words as a sentence."""
        return f"{self.spelled(words).capitalize()}."

    def spelled_pieces(self, words: Numbers) -> Pieces:
        """The word pieces of words."""
        return np.concatenate([self.pieces[word] for word in words.tolist()])

    def documents(self, passages: int, seed: int = 1) -> Iterator[MadeDocument]:
        """Documents that have so many passages together."""
        rng = np.random.default_rng(seed)
        while passages > 0:
            number = min(passages, int(rng.integers(*PASSAGES, endpoint=True)))
            passages -= number
            yield self._document(rng, number)

    def _document(self, rng: np.random.Generator, passages: int) -> MadeDocument:
        topic = int(rng.integers(TOPICS))
        about = NEAR_TOPIC * self.centres[topic] + NEAR_DOCUMENT * self._anywhere(rng, 1)
        vectors = unit(about + ITS_OWN * self._anywhere(rng, passages))
        title = rng.choice(self.topics[topic], 4)
        return MadeDocument(title, tuple(self._passage(rng, topic, vector) for vector in vectors))

    def _anywhere(self, rng: np.random.Generator, number: int) -> Matrix:
        """Vectors where texts can lie: real ones fill a small part of all dimensions."""
        some = self.centres[rng.integers(TOPICS, size=(number, 4))]
        weights = rng.standard_normal((number, 4, 1), dtype=np.float32)
        return unit((some * weights).sum(axis=1))

    def _passage(self, rng: np.random.Generator, topic: int, vector: Matrix) -> MadePassage:
        words = self.drawn(rng, int(rng.integers(*PASSAGE_WORDS)))
        topical = rng.random(len(words)) < FROM_TOPIC
        # The first words of a topic are the ones it keeps coming back to.
        chosen = (TOPIC_WORDS * rng.random(int(topical.sum())) ** 2).astype(np.int64)
        words[topical] = self.topics[topic][chosen]
        lengths = rng.integers(*SENTENCE_WORDS, size=len(words) // SENTENCE_WORDS[0])
        cuts = np.cumsum(lengths)
        sentences = np.split(words, cuts[cuts < len(words) - SENTENCE_WORDS[0] // 2])
        noise = rng.standard_normal((len(sentences), len(vector)), dtype=np.float32)
        return MadePassage(tuple(sentences), vector, unit(vector + 0.04 * noise))

    def drawn(self, rng: np.random.Generator, number: int) -> Numbers:
        """Words, the common ones often."""
        return np.searchsorted(self.cumulative, rng.random(number)).clip(max=WORDS - 1)


def vocabulary() -> list[str]:
    """Words, the commonest first."""
    known: dict[str, int] = tokenizer().get_vocab()
    whole = [word for word in sorted(known, key=known.__getitem__) if word.isalpha()]
    english = [word for word in whole if word.isascii() and len(word) > 1]
    rng = np.random.default_rng(0)
    halves = [word for word in english if 4 <= len(word) <= 6]
    pairs = rng.integers(len(halves), size=(2 * WORDS, 2)).tolist()
    made = (halves[first] + halves[second] for first, second in pairs)
    return list(dict.fromkeys([*english, *made]))[:WORDS]
