"""Fits the confidence in `retrieval/fitted.toml`: python -m tests.bench.fit SQUAD.json

Libraries of three sizes (half the articles, one article, six paragraphs) are asked about what they
hold and about what they don't, because a question stands out from six paragraphs far more than from
a hundred. Before the numbers to keep, it prints how well numbers fitted without a library's
articles tell that library's questions apart.
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.calibrate import FITTED, fit
from retrieval.confidence import Signals, probability, read_signals
from retrieval.embed import SentenceEmbedder
from retrieval.evaluate import answered_share, auroc, fold
from retrieval.fitted import Calibration, load_fitted
from retrieval.golden import Golden, SquadSet, read_squad
from retrieval.library import Library
from retrieval.search import as_passage

from .squad import filled_library

ASKED = 250  # questions of each sort put to one library, at most


@dataclass(frozen=True)
class Sample:
    """One question put to one library: the articles in it, and whether it holds the answer."""

    size: str
    articles: frozenset[str]
    answerable: bool
    signals: Signals


def libraries(squad: SquadSet) -> Iterator[tuple[str, frozenset[str], list[tuple[str, str]]]]:
    """(size, titles, documents) of each library to ask."""
    titles = [title for title, _ in squad.documents]
    for step in (1, 2, 4):
        half = {title for i, title in enumerate(titles) if i // step % 2 == 0}
        if step == 1 or len(titles) > step:
            for chosen in (half, set(titles) - half):
                yield "half", frozenset(chosen), [d for d in squad.documents if d[0] in chosen]
    for title, text in squad.documents:
        yield "one", frozenset([title]), [(title, text)]
        paragraphs = text.split("\n\n")
        for first in range(0, len(paragraphs) - 6, 12):
            few = "\n\n".join(paragraphs[first : first + 6])
            yield "six", frozenset([title]), [(title, few)]


def samples(squad: SquadSet) -> Iterator[Sample]:
    """Signals of questions put to every library."""
    embedder, fitted, chance = SentenceEmbedder(), load_fitted(), random.Random(1)
    for size, titles, documents in libraries(squad):
        text = fold(" ".join(text for _, text in documents))
        inside = [g for g in squad.answerable if g.document in titles and fold(g.evidence) in text]
        outside = [g for g in squad.answerable if g.document not in titles]
        with filled_library(documents, embedder, fitted) as library:
            for answerable, asked in ((True, inside), (False, outside)):
                for golden in chance.sample(asked, min(len(inside), len(asked), ASKED)):
                    yield Sample(size, titles, answerable, signals(library, golden))


def signals(library: Library, golden: Golden) -> Signals:
    """What the library's retrieval says of its own success."""
    retriever = library.retriever(["common"])
    passages = [as_passage(document) for document in retriever.invoke(golden.question)]
    return read_signals(golden.question, passages, retriever.lexicon(golden.question), library.keys)


def fitted_to(chosen: list[Sample], base: Calibration) -> Calibration:
    """The base with coefficients fitted to some samples."""
    coefficients: dict[str, Any] = {
        **fit([s.signals for s in chosen], [s.answerable for s in chosen])
    }
    return replace(base, **coefficients)


def confidences(chosen: list[Sample], answerable: bool, numbers: Calibration) -> list[float]:
    """The probabilities given to the samples of one sort."""
    return [probability(s.signals, numbers) for s in chosen if s.answerable is answerable]


def cross_validated(found: list[Sample], size: str, base: Calibration) -> tuple[float, ...]:
    """Mean AUROC, insiders answered and threshold, at 5% of outsiders answered.

    Each library is judged by numbers fitted to samples of other articles than its own.
    """
    figures = []
    for articles in {sample.articles for sample in found if sample.size == size}:
        judged = [s for s in found if s.size == size and s.articles == articles]
        # Half the articles leave only the other half to fit to.
        numbers = fitted_to([s for s in found if not s.articles & articles], base)
        inside, outside = (confidences(judged, sort, numbers) for sort in (True, False))
        threshold = float(np.quantile(outside, 0.95))
        figures.append((auroc(inside, outside), answered_share(inside, outside, 0.05), threshold))
    return tuple(np.mean(figures, axis=0).tolist())


def main(path: Path) -> None:
    """Prints the figures, and the lines for `fitted.toml`."""
    base = load_fitted().confidence
    found = list(samples(read_squad(path)))
    for size in ("half", "one", "six"):
        area, answered, threshold = cross_validated(found, size, base)
        print(
            f"# {size}: AUROC {area:.4f}; at 5% of outsiders (threshold {threshold:.2f}), ", end=""
        )
        print(f"{answered:.1%} of insiders answered")
    numbers = fitted_to(found, base)
    for size in ("half", "one", "six"):
        chosen = [sample for sample in found if sample.size == size]
        shares = [np.mean(np.array(confidences(chosen, s, numbers)) > 0.5) for s in (True, False)]
        print(f"# {size}: above 0.5: {shares[0]:.1%} of insiders, {shares[1]:.1%} of outsiders")
    for name in ("intercept", *FITTED):
        print(f"{name} = {getattr(numbers, name)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
