"""The fitted numbers, read from the TOML files beside this module, as frozen dataclasses."""

import math
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights that order passages and sentences; `ranking_weights.toml` says what each does.

    `reader` is the hash of the reader's weights that its own were set with: a calibration that was
    measured with another reader's is stale.
    """

    data: str
    reader: str
    sentence_likeness: float
    sentence_words: float
    passage_dense: float
    passage_bm25: float
    passage_phrases: float
    passage_likeness: float
    passage_reader: float
    answer_passage: float
    answer_words: float
    answer_goes_on: float
    answer_reader: float
    answer_span: float
    answer_margin: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The logistic model of confidence, and the probability below which an answer abstains."""

    data: str
    date: date
    threshold: float
    intercept: float
    best_sentence: float
    best_dense: float
    best_bm25: float
    lead: float
    names_missing: float
    tells_nothing: float
    log_passages: float
    answered: float = 0.0
    span: float = 0.0


@dataclass(frozen=True, slots=True)
class SupportModel:
    """The logistic model of whether passages support a claim, and the least probability of it."""

    data: str
    date: date
    threshold: float
    intercept: float
    cosine: float
    held: float
    held_anywhere: float
    pairs: float
    negated: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """All that was fitted; `unread` is the confidence in passages that no reader has read.

    It is None for a model that has no reader: then `confidence` is for such passages. `across` is
    the confidence in passages in another language than the question, `chinese` that in answers to
    Chinese questions; both are None for a model that isn't multilingual.
    """

    ranking: Ranking
    confidence: Calibration
    unread: Calibration | None
    support: SupportModel
    across: Calibration | None = None
    chinese: Calibration | None = None


def logistic(logit: float) -> float:
    """The probability, 0 to 1, of a logit, in the form that none is too large for."""
    return 0.5 + 0.5 * math.tanh(logit / 2.0)


def load_fitted(multilingual: bool = False) -> Fitted:
    """The numbers that come with Footnote, for the bundled or the multilingual model."""
    if multilingual:
        numbers = _numbers("multilingual_confidence.toml")
        chinese = numbers.pop("chinese")
        return Fitted(
            Ranking(**_numbers("multilingual_ranking.toml")),
            Calibration(**numbers),
            None,
            SupportModel(**_numbers("claim_support.toml")),
            Calibration(**_numbers("multilingual_across.toml")),
            Calibration(**numbers | {"intercept": numbers["intercept"] + chinese}),
        )
    return Fitted(
        Ranking(**_numbers("ranking_weights.toml")),
        Calibration(**_numbers("confidence_threshold.toml")),
        Calibration(**_numbers("confidence_unread.toml")),
        SupportModel(**_numbers("claim_support.toml")),
    )


def _numbers(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
