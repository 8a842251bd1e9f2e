"""Fits confidence to libraries of several sizes, asked about what they hold and what they don't.

A question stands out from two paragraphs far more than from a hundred. Before the numbers to keep,
it prints how well numbers fitted without a library's articles tell that library's questions apart.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.squad import filled_library
from retrieval.answer.confidence import probability
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.figures import answered_share, auroc
from retrieval.evaluation.fit import Sample, fit
from retrieval.evaluation.right_answer import fold
from retrieval.evaluation.run import Article
from retrieval.evaluation.squad import SquadSet
from retrieval.weights.fitted import Calibration, Fitted

ASKED = 120  # questions of each sort put to one library, at most
STRIDE = 28  # paragraphs from one small library of an article to the next
SIZES = {"six": 6, "two": 2}  # paragraphs of a small library
SPREAD = 10.0  # of the prior around zero: next to none
FALSE_ANSWERS = 0.03


@dataclass(frozen=True)
class Asked:
    """One library's samples: how large it is, and the articles that are in it."""

    size: str
    titles: frozenset[str]
    samples: tuple[Sample, ...]


def fit_confidence(squad: SquadSet, embedder: SentenceEmbedder, fitted: Fitted) -> Calibration:
    """Confidence fitted to all libraries, every size weighing the same."""
    asked = [_ask(squad, embedder, fitted, *library) for library in _libraries(squad)]
    sizes = list(dict.fromkeys(one.size for one in asked))
    found = {size: _judged(asked, size, fitted.confidence) for size in sizes}
    for size, (area, answered, threshold) in found.items():
        print(f"# {size}: AUROC {area:.4f}; {answered:.1%} of insiders answered at ", end="")
        print(f"{FALSE_ANSWERS:.0%} of outsiders, whose threshold is {threshold:.2f}")
    numbers = fit(_even(asked, sizes), fitted.confidence, SPREAD)
    return replace(numbers, threshold=round(found["half"][2], 2))


def _libraries(squad: SquadSet) -> Iterator[tuple[str, list[Article]]]:
    """(size, documents) of each library to ask."""
    for step in (1, 2, 4):
        for half in (0, 1):
            chosen = [d for i, d in enumerate(squad.documents) if i // step % 2 == half]
            yield "half", chosen
    for title, text in squad.documents:
        yield "one", [(title, text)]
        paragraphs = text.split("\n\n")
        for size, count in SIZES.items():
            for first in range(0, max(1, len(paragraphs) - count), STRIDE):
                yield size, [(title, "\n\n".join(paragraphs[first : first + count]))]


def _ask(
    squad: SquadSet, embedder: SentenceEmbedder, fitted: Fitted, size: str, documents: list[Article]
) -> Asked:
    chance = random.Random(1)
    titles, text = {title for title, _ in documents}, fold(" ".join(text for _, text in documents))
    inside = [g for g in squad.answerable if g.source in titles and fold(g.evidence) in text]
    outside = [g for g in squad.answerable if g.source not in titles]
    most = min(len(inside), len(outside), ASKED)
    with filled_library(documents, embedder, fitted) as library:
        samples = [
            Sample(signals, answerable, "")
            for answerable, golden in ((True, inside), (False, outside))
            for one in chance.sample(golden, most)
            if (signals := library.signals(one.question))
        ]
    return Asked(size, frozenset(titles), tuple(samples))


def _even(asked: Sequence[Asked], sizes: Sequence[str]) -> list[Sample]:
    """Samples of all libraries, those of each size repeated until they are about as many."""
    by_size = {s: [x for one in asked if one.size == s for x in one.samples] for s in sizes}
    most = max(map(len, by_size.values()))
    return [x for samples in by_size.values() for x in samples * round(most / len(samples))]


def _judged(asked: Sequence[Asked], size: str, base: Calibration) -> tuple[float, ...]:
    """Mean AUROC, insiders answered and threshold, at 3% of outsiders answered.

    Libraries are judged, four parts of them in turn, by numbers fitted to other articles' samples.
    """
    chosen = [one for one in asked if one.size == size and len(one.samples) > 1]
    figures = []
    for part in range(4):
        judged = chosen[part::4]
        titles = frozenset[str]().union(
            *(one.titles for one in judged[: 1 if size == "half" else None])
        )
        judged = [one for one in judged if one.titles <= titles]
        others = [one for one in asked if not one.titles & titles]
        if not judged or not others:
            continue
        numbers = fit([x for one in others for x in one.samples], base, SPREAD)
        samples = [x for one in judged for x in one.samples]
        inside, outside = (
            [probability(x.signals, numbers) for x in samples if x.answerable is sort]
            for sort in (True, False)
        )
        area, share = auroc(inside, outside), answered_share(inside, outside, FALSE_ANSWERS)
        figures.append((area, share, float(np.quantile(outside, 1 - FALSE_ANSWERS))))
    return tuple(np.mean(np.array(figures, dtype=float), axis=0).tolist())
