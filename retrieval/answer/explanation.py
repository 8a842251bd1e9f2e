"""The reasons for answering a question, or for not: what confidence was made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from langchain_core.runnables import RunnableConfig

from retrieval.types import Passage, SentenceScore

from .confidence import Signals, calibration_for, read_signals, weigh
from .steps import Inquiry, Question, Steps


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons for an answer.

    `confidence` is held against `threshold`. `signals` are what it was judged by, `weighed` what
    each adds to its logit, beside `intercept`; both are empty where nothing was found. `missing`
    are the identifiers of the question that stand nowhere in what was found. `closest` is the
    sentence that the reader takes for the answer, `answered` the probability that it is one.
    """

    confidence: float
    threshold: float
    intercept: float
    signals: Mapping[str, float]
    weighed: Mapping[str, float]
    missing: tuple[str, ...]
    closest: str = ""
    answered: float | None = None


def explain(steps: Steps, question: str) -> Explanation:
    """Ask a question as the chain does, and return what it was, or wasn't, answered by."""
    inquiry = _judged(steps, question)
    calibration = calibration_for(inquiry.query, inquiry.passages, steps.fitted)
    signals = _signals(steps, inquiry)
    closest = _closest(inquiry.passages)
    return Explanation(
        confidence=inquiry.confidence,
        threshold=calibration.threshold,
        intercept=calibration.intercept,
        signals={} if signals is None else signals.by_name(),
        weighed={} if signals is None else weigh(signals, calibration),
        missing=steps.missing(inquiry),
        closest=closest[0].slice(closest[1].start, closest[1].end) if closest else "",
        answered=closest[1].answered if closest else None,
    )


def _judged(steps: Steps, question: str) -> Inquiry:
    asked = steps.condense(Question(question=question, turns=()))
    return steps.judge(steps.retrieve(asked, RunnableConfig()))


def _signals(steps: Steps, inquiry: Inquiry) -> Signals | None:
    if not inquiry.passages:
        return None
    return read_signals(inquiry.query, inquiry.passages, steps.keys)


def _closest(passages: tuple[Passage, ...]) -> tuple[Passage, SentenceScore] | None:
    """The sentence that most likely holds the answer, with its passage; None if none was read."""
    read = [(p, s) for p in passages if p.answered is not None for s in p.sentences]
    return max(read, key=lambda found: (found[1].answered, found[1].spanned), default=None)
