"""A question made ready to be searched for: each of its parts is made here, once, and carried."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder, Vectors
from retrieval.embedding.model import Matrix
from retrieval.embedding.word_vectors import Pieces
from retrieval.errors import Counted, FootnoteError
from retrieval.text.identifiers import identifiers
from retrieval.text.terms import Keys, words
from retrieval.types import ENGLISH

from .term_rarity import TermRarity

LONGEST_QUESTION = 10_000  # characters
# Words of a question that are looked at: beyond these it is prose, and each costs a look-up.
WORDS = 64


def check_question(question: str) -> str:
    """Return the question, if it is one.

    Raises FootnoteError where it is empty, endless, or no text.
    """
    if not question.strip():
        raise FootnoteError("There is no question. Ask something, in a few words or a sentence.")
    if len(question) > LONGEST_QUESTION:
        raise FootnoteError(
            Counted(
                "The question has {count} character; {most} are the most. Ask it more briefly.",
                "The question has {count} characters; {most} are the most. Ask it more briefly.",
                len(question),
                most=float(LONGEST_QUESTION),
            )
        )
    if question.encode(errors="replace").decode() != question:
        raise FootnoteError("The question is not valid UTF-8. Check how it was typed or piped in.")
    return question


@dataclass(frozen=True, slots=True, eq=False)
class ParsedQuery:
    """A question, its words and what they tell in the libraries that it is asked of.

    `words` are those that tell what it is about, `terms` how the full text is asked for them,
    `names` the keys of its names and numbers, and `rarity` says how common the keys of its words
    are. `language` is that by which its words are read, one of those that the libraries hold.
    `vector` (dim,) is its unit vector, `pieces` (n,) are its word pieces, and `weights` (n,) says
    how much each of them tells: they sum to one, or are all zero. `phrases` are pairs of
    neighbouring pieces, not both of stop words. `literal` are parts of its words, where the model
    can't read them, and only what holds them answers. `identifiers` are found to the letter or not
    at all.
    """

    text: str
    words: tuple[str, ...]
    names: frozenset[str]
    rarity: TermRarity
    vector: Vectors
    pieces: Pieces
    weights: Matrix
    phrases: tuple[tuple[int, int], ...]
    literal: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    language: str = ENGLISH


def parse_query(
    question: str,
    embedder: SentenceEmbedder,
    keys: Keys,
    look_up: Callable[[Sequence[str]], TermRarity],
) -> ParsedQuery:
    """Parse a question in the language of its `keys`; `look_up` tells how common some keys are in
    the libraries searched."""
    all_words = keys.asked(question)
    spelled, telling = all_words[:WORDS], keys.telling(all_words)[:WORDS]
    distinct = list(dict.fromkeys([*spelled, *telling]))
    key_of = dict(zip(distinct, keys.of(distinct), strict=True))
    rarity = look_up([key_of[word] for word in telling])
    by_key = rarity.weights()
    told = {word: by_key.get(key_of[word], 0.0) for word in telling}
    if not keys.spaced:
        # Pairs of letters are no words to the model: it spells the runs that they are from.
        spelled = words(question)[:WORDS]
        told = {run: sum(told.get(pair, 0.0) for pair in keys.words(run)) for run in spelled}
    pieces = embedder.words.pieces(spelled)
    return ParsedQuery(
        text=question,
        words=tuple(telling),
        names=frozenset(keys.names(question)),
        rarity=rarity,
        vector=embedder.query_vector(question),
        pieces=np.concatenate([*pieces, np.array([], dtype=np.int32)]),
        weights=_weights(spelled, pieces, told),
        phrases=tuple(_phrases(spelled, pieces, keys)),
        identifiers=identifiers(question),
        terms=tuple(dict.fromkeys(keys.searched(telling))),
        language=keys.language,
    )


def _weights(
    spelled: Sequence[str], pieces: Sequence[Pieces], by_word: Mapping[str, float]
) -> Matrix:
    """The weight of each piece: its word's, which the pieces of a word share."""
    told = [
        by_word.get(word, 0.0) / len(ids)
        for word, ids in zip(spelled, pieces, strict=True)
        for _ in ids
    ]
    array = np.array(told, dtype=np.float32)
    return array / array.sum() if array.any() else array


def _phrases(spelled: Sequence[str], pieces: Sequence[Pieces], keys: Keys) -> list[tuple[int, int]]:
    owned = [(word, int(id)) for word, ids in zip(spelled, pieces, strict=True) for id in ids]
    return [
        (one, other)
        for (word, one), (following, other) in pairwise(owned)
        if not (keys.is_stop_word(word) and keys.is_stop_word(following))
    ]
