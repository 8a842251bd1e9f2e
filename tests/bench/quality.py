"""How good retrieval, quotes and confidence are on SQuAD articles."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.embed import SentenceEmbedder
from retrieval.evaluate import (
    answer_in_quote,
    answered_share,
    auroc,
    hit_at,
    mean_quoted_length,
    never_abstaining,
    run,
)
from retrieval.fitted import load_fitted
from retrieval.golden import Golden, SquadSet, spread
from retrieval.library import Library

from .cost import Warm, warm
from .squad import filled_library

QUESTIONS = 600  # as many as the recipe asks


@dataclass(frozen=True)
class Quality:
    """The figures of one library that holds all articles."""

    questions: int
    characters_a_second: float
    hit: dict[int, float]
    in_quote: float
    quoted_length: float
    warm: Warm


@dataclass(frozen=True)
class Confidence:
    """Questions on articles in a library told from questions on articles outside it."""

    auroc: float
    answered_at_5: float
    inside: float
    outside: float
    impossible: float


def measure_quality(squad: SquadSet, embedder: SentenceEmbedder) -> Quality:
    """Indexes all articles and asks a sample of the answerable questions, never abstaining."""
    asked = spread(squad.answerable, QUESTIONS)
    embedder.embed_query("warm")
    began = time.perf_counter()
    with filled_library(squad.documents, embedder, never_abstaining(load_fitted())) as library:
        seconds = time.perf_counter() - began
        outcomes = list(run(library, asked))
        return Quality(
            questions=len(asked),
            characters_a_second=sum(len(text) for _, text in squad.documents) / seconds,
            hit={k: hit_at(outcomes, k) for k in (1, 3, 5)},
            in_quote=answer_in_quote(outcomes),
            quoted_length=mean_quoted_length(outcomes),
            warm=warm(library, asked[::2]),
        )


def measure_confidence(squad: SquadSet, embedder: SentenceEmbedder) -> Confidence:
    """Asks about all articles, of the first half of them and then of the second: the means."""
    middle = len(squad.documents) // 2
    halves = [
        _of_half(squad, embedder, documents)
        for documents in (squad.documents[:middle], squad.documents[middle:])
    ]
    names = ("auroc", "answered_at_5", "inside", "outside", "impossible")
    return Confidence(**{n: sum(getattr(half, n) for half in halves) / 2 for n in names})


def _of_half(
    squad: SquadSet, embedder: SentenceEmbedder, documents: Sequence[tuple[str, str]]
) -> Confidence:
    titles = {title for title, _ in documents}
    asked = spread(squad.answerable, QUESTIONS)
    fitted = load_fitted()
    with filled_library(documents, embedder, fitted) as library:
        inside = _confidences(library, [g for g in asked if g.document in titles])
        outside = _confidences(library, [g for g in asked if g.document not in titles])
        impossible = [g for g in spread(squad.impossible, QUESTIONS) if g.document in titles]
        tricked = _confidences(library, impossible)
    threshold = fitted.confidence.threshold
    return Confidence(
        auroc=auroc(inside, outside),
        answered_at_5=answered_share(inside, outside, 0.05),
        inside=_above(inside, threshold),
        outside=_above(outside, threshold),
        impossible=_above(tricked, threshold),
    )


def _confidences(library: Library, asked: Sequence[Golden]) -> list[float]:
    return [library.ask(golden.question).confidence for golden in asked]


def _above(confidences: Sequence[float], threshold: float) -> float:
    return sum(c >= threshold for c in confidences) / max(1, len(confidences))
