"""How well passages match a question: by meaning, by words and their like, by phrases, by BM25."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.embedding.word_vectors import Matrix, Pieces, WordVectors, unit
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
    candidates: Sequence[Candidate], asked: ParsedQuery, vectors: WordVectors
) -> Iterator[Match]:
    """The match of every candidate; BM25 is given as a share of the strongest one."""
    if not candidates:
        return
    titles = list(dict.fromkeys(candidate.stored.heading for candidate in candidates))
    texts = [*vectors.pieces(titles), *(candidate.stored.pieces for candidate in candidates)]
    # All at once: what several texts hold is compared with the question only one time.
    alike = vectors.alike(asked.pieces, np.concatenate(texts))
    parts = np.split(alike, np.cumsum([len(text) for text in texts])[:-1], axis=1)
    named = {title: _best(part) for title, part in zip(titles, parts, strict=False)}
    strongest = max(candidate.bm25 for candidate in candidates) or 1.0
    for candidate, part in zip(candidates, parts[len(titles) :], strict=True):
        yield _match(candidate, asked, part, named[candidate.stored.heading], strongest)


def _match(
    candidate: Candidate, asked: ParsedQuery, alike: Matrix, title: Matrix, strongest: float
) -> Match:
    stored = candidate.stored
    held = [_best(alike[:, first:after]) for first, after in stored.piece_spans.tolist()]
    outside = np.ones(alike.shape[1], dtype=bool)
    for first, after in stored.piece_spans.tolist():
        outside[first:after] = False
    # What a sentence is about may be said in the headings above it, or in the title alone.
    context = np.maximum(title, _best(alike[:, outside]))
    # A passage that only its words brought here has no cosine from Chroma; the mean of its
    # sentences' vectors stands in for its own.
    cosine = candidate.cosine
    if cosine is None:
        cosine = float(unit(stored.vectors.mean(axis=0)) @ asked.vector)
    return Match(
        candidate=candidate,
        cosines=stored.vectors @ asked.vector,
        likeness=np.array([np.maximum(best, context) @ asked.weights for best in held]),
        words=np.array([best.mean() if len(best) else 0.0 for best in held]),
        dense=cosine,
        bm25=candidate.bm25 / strongest,
        phrases=_held_share(asked.phrases, stored.pieces),
        whole=float(np.maximum(title, _best(alike)) @ asked.weights),
    )


def _best(alike: Matrix) -> Matrix:
    """For each piece of the question, how alike the most alike one of some text is."""
    return np.asarray(alike.max(axis=1, initial=0.0))


def _held_share(phrases: Sequence[tuple[int, int]], pieces: Pieces) -> float:
    """The share of the question's phrases that stand in a text."""
    if not phrases:
        return 0.0
    held = set(zip(pieces[:-1].tolist(), pieces[1:].tolist(), strict=True))
    return sum(phrase in held for phrase in phrases) / len(phrases)


def scored(match: Match, ranking: Ranking) -> Passage:
    """The candidate as a passage, with its score and those of its sentences."""
    stored = match.candidate.stored
    values = (
        match.cosines
        + ranking.sentence_likeness * match.likeness
        + ranking.sentence_words * match.words
    )
    sentences = tuple(
        SentenceScore(start, end, score, words)
        for (start, end), score, words in zip(
            stored.sentences.tolist(), values.tolist(), match.words.tolist(), strict=True
        )
    )
    return Passage(
        document=stored.document,
        title=stored.title,
        source=stored.source,
        page=stored.page,
        start=stored.start,
        end=stored.end,
        text=stored.text,
        kind=stored.kind,
        section=stored.section,
        rows=stored.rows,
        version=stored.version,
        score=max(sentence.score for sentence in sentences)
        + ranking.passage_dense * match.dense
        + ranking.passage_bm25 * match.bm25
        + ranking.passage_phrases * match.phrases
        + ranking.passage_likeness * match.whole,
        dense=match.dense,
        bm25=match.candidate.bm25,
        sentences=sentences,
    )
