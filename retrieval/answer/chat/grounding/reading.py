"""A passage made ready, so that any claim can be held against it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder, Vectors
from retrieval.text.numbers import in_digits
from retrieval.text.outline import headed
from retrieval.text.sentences import sentences
from retrieval.text.terms import Keys, content_words, words
from retrieval.types import Passage

from .facts import Known, known
from .negation import Said, said, together

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its span in it, and what it holds, says and denies."""

    start: int
    end: int
    keys: frozenset[str]
    said: Said


@dataclass(frozen=True, slots=True)
class Read:
    """A passage, its sentences and their vectors, the pairs of words in it, and its facts."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    vectors: Vectors
    pairs: frozenset[Pair]
    known: Known

    @property
    def said(self) -> Said:
        """What the passage says and denies."""
        return together(sentence.said for sentence in self.sentences)


def content_keys(text: str, keys: Keys) -> frozenset[str]:
    """The keys of a text's words that matter, its numbers in digits."""
    return frozenset(keys.of(in_digits(content_words(text))))


def neighbours(text: str, keys: Keys) -> frozenset[Pair]:
    """The keys of all words of a text that stand side by side."""
    return frozenset(pairwise(keys.of(in_digits(words(text)))))


def read(passage: Passage, embedder: SentenceEmbedder, keys: Keys) -> Read:
    """A passage made ready for any claim."""
    text = passage.text
    spans = [(s.start, s.end) for s in sentences(text)] or [(0, len(text))]
    texts = [text[start:end] for start, end in spans]
    return Read(
        passage,
        tuple(
            Sentence(*span, content_keys(text, keys), said(text, keys))
            for span, text in zip(spans, texts, strict=True)
        ),
        np.asarray(embedder.embed_documents(texts), dtype=np.float32),
        neighbours(text, keys),
        known(f"{headed(passage.title, passage.section)}. {text}", keys),
    )
