"""Fits when passages support a claim: python -m benchmarks.fit.support FIT… --test TEST…

A line of such a JSONL file is a claim that people have judged: {"claim": "…", "passages": ["…", …],
"supported": true, "source": "…"}. The numbers that ship were fitted to RAGTruth's answers to
questions (Niu et al. 2024; half of its test documents), FaithBench (Bao et al. 2025; half of its
texts) and the development set of WiCE (Kamoi et al. 2023), their texts cut at sentence ends into
passages of 800 characters. They are measured on the other halves and on other sets.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from retrieval.answer.chat.grounding.support import Likeness, Support, judge
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.text.terms import Keys
from retrieval.types import Passage
from retrieval.weights.fitted import SupportModel, load_fitted

# A claim cites one passage or two; here those of its text that are most like it.
CITED = 2
# What a threshold is chosen for, on the first file: this share of the unsupported claims removed,
# or as many as can be where no more than that share of the supported ones may be lost.
REMOVED, LOST = 0.9, 0.25
THRESHOLDS = tuple(round(0.1 * tenth, 1) for tenth in range(2, 9))
# What is fitted: a claim that turns a sentence round is refused, however seldom models write one.
FITTED = tuple(field.name for field in fields(Likeness) if field.name != "negated")
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Judged:
    """A claim, as people judged it and as it looks to Footnote."""

    source: str
    supported: bool
    likeness: Likeness
    lacks: bool


def read(path: Path, support: Support) -> list[Judged]:
    """The claims of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [judged(json.loads(line), support) for line in lines]


def judged(line: dict[str, Any], support: Support) -> Judged:
    """One claim beside the passages that it would cite."""
    claim: str = line["claim"]
    passages = [Passage("", "", "", None, 0, len(text), text) for text in line["passages"]]
    alike = {one: support.likeness(claim, [one]) for one in passages}
    passages.sort(key=lambda one: -alike[one].cosine - alike[one].held)
    verdict = support.check(claim, passages[:CITED])
    likeness = support.likeness(claim, passages[:CITED])
    return Judged(line["source"], line["supported"], likeness, bool(verdict.missing))


def fit(claims: Sequence[Judged], base: SupportModel) -> SupportModel:
    """The base with the coefficients most probable for some claims.

    Each source weighs the same, and in it both sorts of claim.
    """
    from sklearn.linear_model import LogisticRegression

    rows = np.array([[getattr(one.likeness, name) for name in FITTED] for one in claims])
    truth = np.array([claim.supported for claim in claims])
    sorts = [(claim.source, claim.supported) for claim in claims]
    weights = np.array([len(claims) / len(set(sorts)) / sorts.count(sort) for sort in sorts])
    model = LogisticRegression(max_iter=1000).fit(rows, truth, weights)
    found = dict(zip(FITTED, np.round(model.coef_[0], 2).tolist(), strict=True))
    return replace(base, intercept=round(float(model.intercept_[0]), 2), **found)


def threshold(claims: Sequence[Judged], numbers: SupportModel) -> float:
    """The least that removes enough of the unsupported claims, or the most that loses no more of
    the supported ones than may be lost."""
    truth, values = truths(claims), probabilities(claims, numbers)
    tried = np.arange(1, 100) / 100
    removed = np.array([(values[~truth] < value).mean() for value in tried])
    lost = np.array([(values[truth] < value).mean() for value in tried])
    enough = tried[(removed >= REMOVED) & (lost <= LOST)]
    return float(enough[0] if len(enough) else tried[lost <= LOST][-1])


def truths(claims: Sequence[Judged]) -> NDArray[np.bool_]:
    """Return for each claim if it is supported."""
    return np.array([claim.supported for claim in claims])


def probabilities(claims: Sequence[Judged], numbers: SupportModel, facts: bool = True) -> Numbers:
    """That each is supported; with `facts`, none where a number, a date or a name is missing."""
    judgements = [(judge(one.likeness, numbers), facts and one.lacks) for one in claims]
    return np.array([0.0 if lacks else value for value, lacks in judgements])


def table(claims: Sequence[Judged], numbers: SupportModel) -> Table:
    """A table of the numbers' success on each source, and of the cost of other thresholds."""
    shown = Table("source", "claims", "supported", "facts", "AUROC", box=None)
    for value in (numbers.threshold, *THRESHOLDS):
        shown.add_column(f"{value:.2f}")
    for source in dict.fromkeys(claim.source for claim in claims):
        of = [claim for claim in claims if claim.source == source]
        shown.add_row(source, *row(of, numbers, facts=True))
        shown.add_row("", *row(of, numbers, facts=False))
    return shown


def row(claims: Sequence[Judged], numbers: SupportModel, facts: bool) -> Iterator[str]:
    """The cells of a source: at each threshold, unsupported removed / supported lost."""
    from sklearn.metrics import roc_auc_score

    truth, values = truths(claims), probabilities(claims, numbers, facts)
    yield from (str(len(claims)), str(truth.sum()), "looked up" if facts else "left out")
    yield f"{roc_auc_score(truth, values):.3f}"
    for value in (numbers.threshold, *THRESHOLDS):
        removed = values < value
        yield f"{removed[~truth].mean():.2f} / {removed[truth].mean():.2f}"


def main() -> None:
    """Prints the lines for `claim_support.toml`, and how well they do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fit", type=Path, nargs="+")
    parser.add_argument("--test", type=Path, nargs="*", default=[])
    options = parser.parse_args()
    base = load_fitted().support
    support = Support(SentenceEmbedder(), Keys(), base)
    parts = [read(path, support) for path in options.fit]
    claims = [claim for part in parts for claim in part]
    numbers = fit(claims, base)
    numbers = replace(numbers, threshold=threshold(parts[0], numbers))
    for name in ("threshold", "intercept", *FITTED):
        print(f"{name} = {getattr(numbers, name)}")
    console = Console(width=200)
    console.print(table(claims, numbers))
    console.print(table([one for path in options.test for one in read(path, support)], numbers))


if __name__ == "__main__":
    main()
