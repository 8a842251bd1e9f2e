"""Outcomes and samples made by hand, for what is worked out from them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from retrieval.answer.confidence import Signals
from retrieval.evaluation.fit import Sample
from retrieval.evaluation.golden import Golden, Outcome
from retrieval.types import Answer, Citation, Passage
from retrieval.weights.fitted import Calibration, Ranking

NOTHING = Signals(
    best_sentence=0.0,
    best_dense=0.0,
    best_bm25=0.0,
    lead=0.0,
    names_missing=0,
    tells_nothing=False,
    log_passages=0.0,
)
Numbers = TypeVar("Numbers", Calibration, Ranking)

BASE = Calibration(
    data="made by hand",
    date=date(2026, 1, 2),
    threshold=0.5,
    intercept=-2.0,
    best_sentence=3.0,
    best_dense=1.0,
    best_bm25=0.5,
    lead=0.0,
    names_missing=-1.0,
    tells_nothing=-4.0,
    log_passages=-0.5,
)


def passage(text: str) -> Passage:
    """A passage that says no more than its text."""
    return Passage("a", "a", "a", None, 0, len(text), text, version="a1")


def citation(quote: str, title: str = "Tea", source: str = "/home/me/docs/tea.md") -> Citation:
    """A quote from a document."""
    return Citation(1, "a", title, source, None, 0, len(quote), quote, version="a1")


def outcome(
    golden: Golden,
    passages: Sequence[str] = (),
    quotes: Sequence[str | Citation] = (),
    confidence: float = 0.9,
    elapsed_ms: float = 0.0,
) -> Outcome:
    """The outcome of a question, by the passages found and the quotes given; none is abstaining."""
    cited = tuple(citation(quote) if isinstance(quote, str) else quote for quote in quotes)
    text = " ".join(c.quote for c in cited) or "The documents don't say."
    found = tuple(map(passage, passages))
    answer = Answer(
        golden.question, bool(cited), text, confidence, "quote", cited, found, elapsed_ms
    )
    return Outcome(golden, answer)


def changed(fitted: Numbers, **numbers: Any) -> Numbers:
    """The same with some other numbers."""
    return replace(fitted, **numbers)


def sample(answerable: bool, best_sentence: float = 0.0, group: str = "", **signals: Any) -> Sample:
    """A question put to a library: nothing found in it, but for what is said here."""
    return Sample(replace(NOTHING, best_sentence=best_sentence, **signals), answerable, group)
