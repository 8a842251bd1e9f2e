"""Fits when passages support a claim: python -m tests.bench.fit_support FIT… --test TEST…

A line of such a JSONL file is a claim that people have judged: {"claim": "…", "passages": ["…", …],
"supported": true, "source": "…"}. The numbers that ship were fitted to RAGTruth's answers to
questions (Niu et al. 2024; half of its test documents), SummEdits (Laban et al. 2023) and the
development set of WiCE (Kamoi et al. 2023), their texts cut into passages of 800 characters; they
are measured on other data, that only measures.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from retrieval.chat.support import Likeness, Support, judge
from retrieval.embed import SentenceEmbedder
from retrieval.fitted import SupportModel, load_fitted
from retrieval.schema import Passage
from retrieval.terms import Keys

# A claim cites one passage or two; here those of its text that support it most.
CITED = 2
# What a threshold is chosen for: this share of the unsupported claims of the first file removed.
REMOVED = 0.9
THRESHOLDS = tuple(round(0.1 * tenth, 1) for tenth in range(1, 10))
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
    passages = [passage(text) for text in line["passages"]]
    passages.sort(key=lambda one: -support.check(claim, [one]).probability)
    likeness = support.likeness(claim, passages[:CITED])
    lacks = bool(support.check(claim, passages[:CITED]).missing)
    return Judged(line["source"], line["supported"], likeness, lacks)


def passage(text: str) -> Passage:
    """A text as a passage of a document without a title."""
    return Passage("", "", "", None, 0, len(text), text)


def fit(claims: Sequence[Judged], base: SupportModel) -> SupportModel:
    """The base with the coefficients most probable for some claims.

    Each source weighs the same, and in it both sorts of claim.
    """
    from sklearn.linear_model import LogisticRegression

    rows, truth = matrix(claims), np.array([claim.supported for claim in claims])
    sorts = [(claim.source, claim.supported) for claim in claims]
    weights = np.array([len(claims) / len(set(sorts)) / sorts.count(sort) for sort in sorts])
    model = LogisticRegression(max_iter=1000).fit(rows, truth, weights)
    names = [field.name for field in fields(Likeness)]
    found = dict(zip(names, np.round(model.coef_[0], 2).tolist(), strict=True))
    return replace(base, intercept=round(float(model.intercept_[0]), 2), **found)


def matrix(claims: Sequence[Judged]) -> Numbers:
    """What the claims are judged by: (claims, signals)."""
    return np.array([astuple(claim.likeness) for claim in claims], dtype=float)


def threshold(claims: Sequence[Judged], numbers: SupportModel) -> float:
    """The least that removes enough of the unsupported ones."""
    values = sorted(probability(claim, numbers) for claim in claims if not claim.supported)
    return round(values[min(int(REMOVED * len(values)), len(values) - 1)], 2)


def probability(claim: Judged, numbers: SupportModel) -> float:
    """That a claim is supported; none where a number, a date or a name of it is missing."""
    return 0.0 if claim.lacks else judge(claim.likeness, numbers)


def table(claims: Sequence[Judged], numbers: SupportModel) -> Table:
    """How well the numbers do on each source, and what other thresholds would cost."""
    shown = Table("source", "claims", "supported", "AUROC", box=None)
    for value in (numbers.threshold, *THRESHOLDS):
        shown.add_column(f"{value:.2f}")
    for source in dict.fromkeys(claim.source for claim in claims):
        of = [claim for claim in claims if claim.source == source]
        shown.add_row(source, *row(of, numbers))
    return shown


def row(claims: Sequence[Judged], numbers: SupportModel) -> Iterator[str]:
    """The cells of a source: at each threshold, unsupported removed / supported lost."""
    from sklearn.metrics import roc_auc_score

    truth = np.array([claim.supported for claim in claims])
    values = np.array([probability(claim, numbers) for claim in claims])
    yield from (str(len(claims)), str(truth.sum()), f"{roc_auc_score(truth, values):.3f}")
    for value in (numbers.threshold, *THRESHOLDS):
        removed = values < value
        yield f"{removed[~truth].mean():.2f} / {removed[truth].mean():.2f}"


def main() -> None:
    """Prints the lines for `fitted.toml`, and how well they do."""
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
    for name in numbers.__dataclass_fields__:
        print(f"{name} = {getattr(numbers, name)}")
    console = Console(width=200)
    console.print(table(claims, numbers))
    console.print(table([one for path in options.test for one in read(path, support)], numbers))


if __name__ == "__main__":
    main()
