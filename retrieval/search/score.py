"""Rerank: score how well passages match a question, by meaning, words, phrases and BM25."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.embedding.model import Matrix
from retrieval.embedding.word_vectors import Pieces, Spans, WordVectors, unit
from retrieval.store.passages import StoredPassage
from retrieval.types import Passage, SentenceScore
from retrieval.weights.fitted import Ranking

from .candidates import Candidate
from .query import ParsedQuery


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate's likeness to a question, each number 0 to 1, or -1 to 1 for a cosine.

    Of its n sentences: `cosines` (n,), `likeness` (n,) of the rare words, `words` (n,) of all.
    """

    candidate: Candidate
    cosines: Matrix
    likeness: Matrix
    words: Matrix
    dense: float
    bm25: float
    phrases: float
    whole: float


def match_all(
    candidates: Sequence[Candidate], query: ParsedQuery, vectors: WordVectors
) -> Iterator[Match]:
    """Match every candidate with a query; BM25 is given as a share of the strongest one."""
    if not candidates:
        return
    titles = list(dict.fromkeys(candidate.stored.heading for candidate in candidates))
    texts = [*map(vectors.title, titles), *(candidate.stored.pieces for candidate in candidates)]
    # All at once: what several texts hold is compared with the question only one time.
    alike = vectors.alike(query.pieces, np.concatenate(texts))
    begins = np.cumsum([0, *map(len, texts)])
    named = dict(zip(titles, _best(alike, np.stack([begins[:-1], begins[1:]], 1)), strict=False))
    parts = [_parts(candidate.stored) for candidate in candidates]
    begun = [part + begin for part, begin in zip(parts, begins[len(titles) :], strict=False)]
    best = np.split(_best(alike, np.concatenate(begun)), np.cumsum([*map(len, parts)])[:-1])
    phrases = _phrases_held(query.phrases, [candidate.stored.pieces for candidate in candidates])
    strongest = max(candidate.bm25 for candidate in candidates) or 1.0
    for candidate, found, share in zip(candidates, best, phrases, strict=True):
        title = named[candidate.stored.heading]
        yield _match(candidate, query, found, title, candidate.bm25 / strongest, share)


def _parts(stored: StoredPassage) -> Spans:
    """The spans (2n + 2, 2) of pieces that are a passage's n sentences, what stands before,
    between and after them, and all of it."""
    firsts, afters = stored.piece_spans[:, 0], np.maximum.accumulate(stored.piece_spans[:, 1])
    outside = np.stack([[0, *afters], [*firsts, len(stored.pieces)]], axis=1)
    return np.concatenate([stored.piece_spans, outside, [[0, len(stored.pieces)]]])


def _best(alike: Matrix, spans: Spans) -> Matrix:
    """The likeness of each span's most alike piece, for each piece of the question: shape (spans,
    pieces). An empty span holds nothing that is alike."""
    best = np.zeros((len(spans), len(alike)), dtype=alike.dtype)
    some = spans[spans[:, 0] < spans[:, 1]]
    # `reduceat` goes from each bound to the next, of which every second one is a span's end; the
    # last end may be that of the whole, where it wants something to stand.
    padded = np.append(alike, np.zeros((len(alike), 1), dtype=alike.dtype), axis=1)
    if len(some):
        found = np.maximum.reduceat(padded, some.ravel(), axis=1)
        best[spans[:, 0] < spans[:, 1]] = found[:, ::2].T
    return best


def _phrases_held(phrases: Sequence[tuple[int, int]], texts: Sequence[Pieces]) -> Sequence[float]:
    """The share of a question's phrases that stand in each text."""
    if not phrases:
        return [0.0] * len(texts)
    pieces = np.concatenate(texts).astype(np.int64)
    pairs = pieces[:-1] << 32 | pieces[1:]
    asked = np.array([one << 32 | other for one, other in phrases])
    begins = np.cumsum([0, *map(len, texts)])
    # Of n pieces n - 1 begin a pair.
    held = _best(pairs == asked[:, None], np.stack([begins[:-1], begins[1:] - 1], axis=1))
    return [count / len(phrases) for count in held.sum(axis=1).tolist()]


def _match(
    candidate: Candidate,
    query: ParsedQuery,
    best: Matrix,
    title: Matrix,
    bm25: float,
    phrases: float,
) -> Match:
    """Match one candidate; `best` has a row for each of its `_parts`."""
    stored = candidate.stored
    sentences, outside, whole = np.split(best, [len(stored.piece_spans), -1])
    # What a sentence is about may be said in the headings above it, or in the title alone.
    context = np.maximum(title, outside.max(axis=0))
    # A passage that only its words brought here has no cosine from Chroma; the mean of its
    # sentences' vectors stands in for its own.
    cosine = candidate.cosine
    if cosine is None:
        cosine = float(unit(stored.vectors.mean(axis=0)) @ query.vector)
    return Match(
        candidate=candidate,
        cosines=stored.vectors @ query.vector,
        likeness=np.array([row @ query.weights for row in np.maximum(sentences, context)]),
        words=sentences.mean(axis=1) if len(query.pieces) else sentences.sum(axis=1),
        dense=cosine,
        bm25=bm25,
        phrases=phrases,
        whole=float(np.maximum(title, whole[0]) @ query.weights),
    )


def rerank(matches: Iterable[Match], ranking: Ranking) -> Iterator[Passage]:
    """Rerank the matches: give them as passages with their scores, best first."""
    ranked = sorted(matches, key=lambda match: -_score(match, ranking))
    return (scored(match, ranking) for match in ranked)


def scored(match: Match, ranking: Ranking) -> Passage:
    """The candidate as a passage, with its score and those of its sentences."""
    stored = match.candidate.stored
    sentences = tuple(
        SentenceScore(start, end, score, words)
        for (start, end), score, words in zip(
            stored.sentences.tolist(),
            _sentence_scores(match, ranking),
            match.words.tolist(),
            strict=True,
        )
    )
    return stored.as_found(sentences, _score(match, ranking), match.dense, match.candidate.bm25)


def _score(match: Match, ranking: Ranking) -> float:
    """The passage's score: that of its best sentence, and what it has as a whole."""
    return (
        max(_sentence_scores(match, ranking))
        + ranking.passage_dense * match.dense
        + ranking.passage_bm25 * match.bm25
        + ranking.passage_phrases * match.phrases
        + ranking.passage_likeness * match.whole
    )


def _sentence_scores(match: Match, ranking: Ranking) -> list[float]:
    scores: list[float] = (
        match.cosines
        + ranking.sentence_likeness * match.likeness
        + ranking.sentence_words * match.words
    ).tolist()
    return scores
