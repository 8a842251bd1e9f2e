"""Measure retrieval, quotes and confidence on SQuAD articles."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.figures import measure
from retrieval.evaluation.golden import Golden, Outcome
from retrieval.evaluation.golden_files import GoldenSet
from retrieval.evaluation.run import Evaluation, Plan, add_articles, evaluate, plan
from retrieval.evaluation.squad import SquadSet
from retrieval.weights.fitted import load_fitted
from tests.support.homes import never_abstaining

from .cost import Warm, warm
from .squad import empty_library, filled_library

QUESTIONS = 600  # about as many as the recipe asks, and the very same ones


@dataclass(frozen=True)
class Quality:
    """The figures of one library that holds all articles."""

    questions: int
    characters_a_second: float
    figures: dict[str, float | None]
    warm: Warm


def measure_quality(squad: SquadSet, embedder: SentenceEmbedder) -> Quality:
    """Indexes all articles and asks a sample of the answerable questions, never abstaining."""
    asked = sampled(squad.answerable)
    embedder.embed_query("warm")
    began = time.perf_counter()
    with filled_library(squad.documents, embedder, never_abstaining(load_fitted())) as library:
        seconds = time.perf_counter() - began
        evaluation = evaluate(library, Plan(asked), lambda: None)
        return Quality(
            questions=len(asked),
            characters_a_second=sum(len(text) for _, text in squad.documents) / seconds,
            figures=by_name(evaluation),
            warm=warm(library, asked[::2]),
        )


def measure_confidence(squad: SquadSet, embedder: SentenceEmbedder) -> dict[str, float | None]:
    """Run `footnote eval` on the same questions, and on as many of SQuAD's tricks: the share
    of each sort answered, and the AUROC of each half of the articles by itself besides."""
    cases = (*sampled(squad.answerable), *sampled(squad.impossible))
    with empty_library(embedder, load_fitted()) as library:
        for _ in add_articles(library, squad.documents):
            pass
        found = evaluate(library, plan(GoldenSet(squad.documents, cases)), lambda: None)
    figures = by_name(found)
    halves = [of_library(found, half) for half in {o.golden.library for o in found.controls}]
    areas = [area for half in halves if (area := by_name(half)["abstention.auroc"]) is not None]
    held = fmean(outcome.answer.answered for outcome in found.held)
    return figures | {"mean_auroc": fmean(areas), "held_answered": held}


def of_library(found: Evaluation, name: str) -> Evaluation:
    """The part of an evaluation that was asked of one library."""

    def only(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in outcomes if outcome.golden.library == name)

    return Evaluation(only(found.outcomes), only(found.controls))


def by_name(evaluation: Evaluation) -> dict[str, float | None]:
    """The figures by their names."""
    return {figure.name: figure.value for figure in measure(evaluation)}


def sampled(golden: Sequence[Golden]) -> tuple[Golden, ...]:
    """Every so many-th question, as the recipe takes them."""
    return tuple(golden[:: max(1, len(golden) // QUESTIONS)])
