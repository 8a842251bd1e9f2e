"""The fitted numbers of `fitted.toml`, as frozen dataclasses."""

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights that order passages and sentences; `fitted.toml` says what each one does."""

    data: str
    sentence_likeness: float
    sentence_words: float
    passage_dense: float
    passage_bm25: float
    passage_phrases: float
    passage_likeness: float
    answer_passage: float
    answer_words: float
    answer_goes_on: float
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
    """All that was fitted."""

    ranking: Ranking
    confidence: Calibration
    support: SupportModel


def load_fitted() -> Fitted:
    """The numbers that come with Footnote."""
    text = files(__package__).joinpath("fitted.toml").read_text(encoding="utf-8")
    values = tomllib.loads(text)
    return Fitted(
        Ranking(**values["ranking"]),
        Calibration(**values["confidence"]),
        SupportModel(**values["support"]),
    )
