"""The calibrated probability that the library holds the answer to a question.

A logistic model over a few signals that a retrieval leaves behind. On SQuAD 2.0, "is this question
about anything in the library" is told by the match of the best sentence alone with AUROC 0.984. It
takes the reader's say to tell what only looks answerable: 0.632 without it, 0.849 with it. The size
of the library counts because the best of many strangers looks better than the best of a few.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields

from retrieval.search.identifiers import holds_item, item_asked, names_exactly
from retrieval.search.query import ParsedQuery
from retrieval.text.terms import Keys, words
from retrieval.types import ENGLISH, Passage
from retrieval.weights.fitted import Calibration, Fitted, logistic

# Names are looked for in the first few passages: further down, anything can be found.
LOOKED_AT = 3
# An identifier that no more passages name is what they are about.
NAMED_BY = 3
# The language, by ISO 639-1, in which all is more alike to the multilingual model.
CHINESE = "zh"
# The largest library that the model was fitted to; how it goes on from there nobody measured.
MOST_PASSAGES = 200


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals that a retrieval leaves of its own success."""

    best_sentence: float  # the match of the best sentence
    best_dense: float  # the best cosine of a passage
    best_bm25: float  # the logarithm of one and the best BM25
    lead: float  # how far the first passage is ahead of the last one
    names_missing: int  # names of the question that the first passages don't hold
    tells_nothing: bool  # no word of the question tells one passage from another
    log_passages: float  # the logarithm of the number of passages searched
    answered: float = 0.0  # the reader's best logit that a window answers
    span: float = 0.0  # the reader's best logit of a span against none

    def by_name(self) -> dict[str, float]:
        """The signals as numbers, by their names."""
        return {field.name: float(getattr(self, field.name)) for field in fields(self)}


def read_signals(query: ParsedQuery, passages: Sequence[Passage], keys: Keys) -> Signals:
    """Read the signals of a question and the passages, best first, found for it.

    There must be at least one.
    """
    read = [passage for passage in passages if passage.answered is not None]
    keys = keys.in_language(query.language)
    return Signals(
        best_sentence=max(s.score for passage in passages for s in passage.sentences),
        best_dense=max(passage.dense for passage in passages),
        best_bm25=math.log1p(max(passage.bm25 for passage in passages)),
        lead=passages[0].score - passages[-1].score,
        names_missing=len(_missing(query.names, passages[:LOOKED_AT], keys)),
        tells_nothing=query.rarity.tells_nothing(query.names),
        log_passages=math.log1p(min(query.rarity.total, MOST_PASSAGES)),
        answered=max((passage.answered or 0.0 for passage in read), default=0.0),
        span=max((passage.span for passage in read), default=0.0),
    )


def _missing(names: frozenset[str], passages: Sequence[Passage], keys: Keys) -> frozenset[str]:
    """The names that none of the passages holds."""
    for passage in passages:
        # Most questions name nothing: then no passage need be read.
        if names:
            names -= keys.set_of(passage.text)
    return names


def probability(signals: Signals, calibration: Calibration) -> float:
    """The probability, 0 to 1, that the passages behind these signals hold the answer."""
    return logistic(calibration.intercept + sum(weigh(signals, calibration).values()))


def weigh(signals: Signals, calibration: Calibration) -> dict[str, float]:
    """The logits that the signals add, by their names: each signal times its coefficient."""
    return {name: getattr(calibration, name) * value for name, value in signals.by_name().items()}


def judge(
    query: ParsedQuery, passages: Sequence[Passage], keys: Keys, calibration: Calibration
) -> float:
    """Judge how probable it is, 0 to 1, that the passages hold the answer; 0 if there are none."""
    if not passages:
        return 0.0
    found = probability(read_signals(query, passages, keys), calibration)
    named = len(passages) <= NAMED_BY and names_exactly(passages, query.identifiers)
    if named or _is_of_item(query, passages[0], keys.in_language(query.language)):
        # Its few passages are what there is to know of it, however else the question is worded.
        return max(found, (1.0 + calibration.threshold) / 2.0)
    return found


def _is_of_item(query: ParsedQuery, passage: Passage, keys: Keys) -> bool:
    """Return whether a question asks for an item by its number, and a passage has a list with one
    that is about all else that the question names."""
    item = item_asked(query.text)
    if item is None or not holds_item(passage, item["number"]):
        return False
    others = set(query.words) - set(words(item[0]))
    about = keys.set_of(f"{passage.title} {passage.section} {passage.text}")
    return set(keys.of(others)) <= about


def is_across(question: str, passages: Sequence[Passage]) -> bool:
    """True where a question is surely in another language than the first passages found for it."""
    # Imported here: only a model that knows several languages finds what is across.
    from retrieval.text.languages.detect import is_in_another

    languages = {passage.language or ENGLISH for passage in passages[:LOOKED_AT]}
    return bool(languages) and all(is_in_another(question, each) for each in languages)


def calibration_for(query: ParsedQuery, passages: Sequence[Passage], fitted: Fitted) -> Calibration:
    """The calibration that holds for what was found: one of its own where it is in another
    language than the question, in Chinese, or where no reader has read it."""
    if fitted.across is not None and is_across(query.text, passages):
        return fitted.across
    if fitted.chinese is not None and query.language == CHINESE:
        return fitted.chinese
    if fitted.unread is None or any(passage.answered is not None for passage in passages):
        return fitted.confidence
    return fitted.unread
