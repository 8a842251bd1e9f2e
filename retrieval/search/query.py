"""A question as it is matched: its vector, its word pieces, and how much each of them says.

What can be asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder, Vectors
from retrieval.embedding.word_vectors import Matrix, Pieces
from retrieval.errors import FootnoteError
from retrieval.text.terms import STOPWORDS, Keys, content_words, words

# Words of a question that are looked at: beyond these it is prose, and each costs a look-up.
WORDS = 64


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A question: its unit vector (dim,) and its word pieces (n,).

    `rarity` (n,) says how much each piece tells, and sums to one or is all zero; `phrases` are
    pairs of neighbouring pieces, not both of stop words.
    """

    vector: Vectors
    pieces: Pieces
    rarity: Matrix
    phrases: tuple[tuple[int, int], ...]


def read_question(
    question: str, embedder: SentenceEmbedder, keys: Keys, weights: Mapping[str, float]
) -> ParsedQuery:
    """The question in the form in which it is matched; `weights` says how much each key tells."""
    spelled = words(question)[:WORDS]
    pieces = embedder.words.pieces(spelled)
    telling = set(query_words(question))
    rarity = [
        weights.get(key, 0.0) / len(ids) if word in telling else 0.0
        for word, key, ids in zip(spelled, keys.of(spelled), pieces, strict=True)
        for _ in ids
    ]
    return ParsedQuery(
        vector=embedder.query_vector(question),
        pieces=np.concatenate([*pieces, np.array([], dtype=np.int32)]),
        rarity=_shares(rarity),
        phrases=tuple(_phrases(spelled, pieces)),
    )


def query_words(question: str) -> list[str]:
    """The words of a question that are looked up."""
    return content_words(question)[:WORDS]


def _shares(values: Sequence[float]) -> Matrix:
    array = np.array(values, dtype=np.float32)
    return array / array.sum() if array.any() else array


def _phrases(spelled: Sequence[str], pieces: Sequence[Pieces]) -> list[tuple[int, int]]:
    owned = [(word, int(id)) for word, ids in zip(spelled, pieces, strict=True) for id in ids]
    return [
        (one, other)
        for (word, one), (following, other) in pairwise(owned)
        if not (word in STOPWORDS and following in STOPWORDS)
    ]


LONGEST_QUESTION = 10_000  # characters


def check_question(question: str) -> str:
    """The question, if it is one. Raises FootnoteError where it is empty, endless, or no text."""
    if not question.strip():
        raise FootnoteError("There is no question. Ask something, in a few words or a sentence.")
    if len(question) > LONGEST_QUESTION:
        raise FootnoteError(
            f"The question has {len(question):,} characters; {LONGEST_QUESTION:,} are the most. "
            "Ask it more briefly."
        )
    if question.encode(errors="replace").decode() != question:
        raise FootnoteError("The question is not valid UTF-8. Check how it was typed or piped in.")
    return question
