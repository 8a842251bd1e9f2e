"""Solved threads: whether they answer a question is whether they were asked the same.

What stands in a thread as its answer was marked by people, and mostly means nothing without its
question ("Use the green one"): the reader can't tell from it what was asked. As the reader does, it
leaves alone what isn't in English, of which the model behind it knows too little.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.query import ParsedQuery
from retrieval.types import Passage
from retrieval.weights.fitted import Ranking, logistic

from .close_reading import in_english

# Characters of what was asked that are looked at, below the title.
ASKED = 300
# The logit that two questions are one: SLOPE × their cosine beyond ALIKE. Set by 96 questions on 16
# subjects of a workshop, of half of which there was a thread: of the questions on these, 44 in a
# hundred are answered, all rightly, and 4 of those on the others.
SLOPE, ALIKE = 30.0, 0.65


def read_solved(
    query: ParsedQuery, passages: Sequence[Passage], embedder: SentenceEmbedder, ranking: Ranking
) -> list[Passage]:
    """Passages of solved threads, scored and judged by how alike their questions are to a query.

    Where neither they nor the query are in English, they stay as they are.
    """
    if not passages or not in_english([query.text, *(passage.text for passage in passages)]):
        return list(passages)
    texts = [text for passage in passages for text in (passage.title, _asked(passage))]
    cosines = np.array(embedder.embed_documents(texts)) @ query.vector
    alike = cosines.reshape(-1, 2).max(axis=1).tolist()
    return [
        _read(passage, cosine, ranking) for passage, cosine in zip(passages, alike, strict=True)
    ]


def _asked(passage: Passage) -> str:
    """A thread's title, and the beginning of what stands before its first answer."""
    first = min((sentence.start for sentence in passage.sentences), default=passage.start)
    return f"{passage.title}\n{passage.slice(passage.start, first)[:ASKED]}".strip()


def _read(passage: Passage, cosine: float, ranking: Ranking) -> Passage:
    same = SLOPE * (cosine - ALIKE)
    return replace(
        passage,
        score=passage.score + ranking.passage_reader * logistic(same),
        sentences=tuple(replace(each, answered=logistic(same)) for each in passage.sentences),
        answered=same,
        span=same,
    )
