"""Confidence is a probability, moves the way its signals point, and decides who abstains."""

import math
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.confidence import (
    LOOKED_AT,
    Signals,
    calibration_for,
    is_across,
    judge,
    probability,
    read_signals,
)
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.search.query import ParsedQuery
from retrieval.search.term_rarity import TermRarity
from retrieval.text.terms import Keys
from retrieval.types import Passage, SentenceScore
from retrieval.weights.calibration_file import SavedCalibration, in_force, measured_with
from retrieval.weights.fitted import load_fitted
from tests.support.homes import note, put
from tests.support.texts.queries import named

KEYS = Keys()
CALIBRATION = load_fitted().confidence
RARITY = TermRarity((10,), {"tea": 2, "water": 1})
TEA = "Tea is brewed from leaves. The water should be hot. Ada Lovelace liked it in 1842."


def any_signals(most_names: int) -> st.SearchStrategy[Signals]:
    return st.builds(
        Signals,
        best_sentence=st.floats(-2, 3),
        best_dense=st.floats(-1, 1),
        best_bm25=st.floats(0, 5),
        lead=st.floats(0, 5),
        names_missing=st.integers(0, most_names),
        tells_nothing=st.booleans(),
        log_passages=st.floats(0, 20),
    )


def passage(text: str, match: float, dense: float, score: float = 0, bm25: float = 0) -> Passage:
    sentences = (SentenceScore(0, len(text), match), SentenceScore(0, 1, match - 0.2))
    return Passage("a", "a", "a", None, 0, len(text), text, score, dense, bm25, sentences)


@given(any_signals(most_names=5000))
def test_confidence_is_a_probability(signals: Signals) -> None:
    assert 0.0 <= probability(signals, CALIBRATION) <= 1.0


@given(any_signals(most_names=20), st.floats(0, 2))
def test_a_better_match_never_lowers_confidence(signals: Signals, more: float) -> None:
    better = replace(
        signals,
        best_sentence=signals.best_sentence + more,
        best_dense=min(1.0, signals.best_dense + more),
        best_bm25=signals.best_bm25 + more,
    )
    assert probability(better, CALIBRATION) >= probability(signals, CALIBRATION)


@given(any_signals(most_names=20), st.integers(0, 10))
def test_a_missing_name_never_raises_confidence(signals: Signals, more: int) -> None:
    worse = replace(signals, names_missing=signals.names_missing + more)
    assert probability(worse, CALIBRATION) <= probability(signals, CALIBRATION)


def test_every_signal_has_its_fitted_number_and_the_data_behind_it() -> None:
    names = {field.name for field in fields(CALIBRATION)}
    assert {field.name for field in fields(Signals)} <= names
    assert "CLAPNQ" in CALIBRATION.data
    unread = load_fitted().unread
    assert unread is not None
    assert "SQuAD" in unread.data
    assert 0.0 < CALIBRATION.threshold < 1.0


def test_nothing_found_is_no_confidence() -> None:
    assert judge(named("What is tea?", RARITY, KEYS), [], KEYS, CALIBRATION) == 0.0


def test_signals_are_the_best_of_what_was_found() -> None:
    found = [
        passage("Tea is hot.", 0.9, 0.3, score=2.5, bm25=1.5),
        passage("Ada Lovelace.", 0.5, 0.7, score=2.0, bm25=4.0),
        passage("It is warm.", 0.1, 0.2, score=1.75),
    ]
    question = named("Did Ada meet Babbage over tea?", RARITY, KEYS)
    signals = read_signals(question, found, KEYS)
    assert (signals.best_sentence, signals.best_dense) == (0.9, 0.7)
    assert (signals.best_bm25, signals.lead) == (math.log(5.0), 0.75)
    assert signals.names_missing == 1
    assert signals.log_passages == math.log(11)
    assert not signals.tells_nothing


def test_names_are_looked_for_in_the_first_passages_only() -> None:
    others = [passage("It is warm.", 0.1, 0.2)] * LOOKED_AT
    question, held = named("Did Ada leave?", RARITY, KEYS), passage("Ada left.", 0.1, 0.2)
    for found, missing in (([*others[1:], held], 0), ([*others, held], 1)):
        assert read_signals(question, found, KEYS).names_missing == missing


def test_one_passage_alone_leads_nothing() -> None:
    question = named("Tea?", RARITY, KEYS)
    assert read_signals(question, [passage("Tea.", 1, 1, 3)], KEYS).lead == 0.0


def test_a_library_larger_than_any_measured_counts_as_the_largest_of_those() -> None:
    found = [passage("Tea.", 1, 1)]
    questions = [named("Tea?", TermRarity((n,), {}), KEYS) for n in (9, 200, 9000)]
    sizes = [read_signals(question, found, KEYS).log_passages for question in questions]
    assert sizes == [math.log(10), math.log(201), math.log(201)]


def test_a_question_below_the_threshold_is_not_answered_but_shown_what_is_nearest(
    library: Library,
) -> None:
    put(
        library, [note("tea", TEA), *(note(f"{n}", f"Ferry number {n} is slow.") for n in range(5))]
    )
    sure = library.ask("How hot should the water for tea be?")
    assert sure.answered
    assert sure.confidence >= CALIBRATION.threshold
    assert not sure.nearest
    unsure = library.ask("Who won the football championship?")
    assert not unsure.answered
    assert unsure.confidence < CALIBRATION.threshold
    assert not unsure.citations
    assert unsure.text == "The documents don't say."
    nearest = library.search("Who won the football championship?")
    assert unsure.passages == tuple(nearest)
    assert unsure.nearest == tuple(nearest[:3])
    assert sure.passages == tuple(library.search("How hot should the water for tea be?"))


def test_the_signals_of_a_question_are_those_its_confidence_comes_from(library: Library) -> None:
    put(library, [note("tea", TEA)])
    for question in ("How hot should the water be?", "Who is Charles Babbage?"):
        signals = library.signals(question)
        assert signals is not None
        assert probability(signals, CALIBRATION) == library.ask(question).confidence


def test_the_threshold_is_what_decides(library: Library) -> None:
    put(library, [note("tea", TEA)])
    question = "How hot should the water for tea be?"
    confidence = library.ask(question).confidence
    for threshold, answered in ((confidence, True), (confidence + 1e-9, False)):
        fitted = replace(
            library.fitted, confidence=replace(library.fitted.confidence, threshold=threshold)
        )
        strict = Library(
            library.home, library.embedder, fitted, library.intake, reader=library.reader
        )
        assert strict.ask(question).answered is answered


def test_an_empty_library_does_not_say(library: Library) -> None:
    answer = library.ask("How hot should the water be?")
    assert (answer.answered, answer.confidence, answer.nearest) == (False, 0.0, ())
    assert library.search("How hot should the water be?") == []
    assert library.signals("How hot should the water be?") is None


@pytest.mark.parametrize("question", ["", " ", "\n\t", "\u2003"])
def test_an_empty_question_is_refused(question: str, library: Library) -> None:
    with pytest.raises(FootnoteError, match="There is no question"):
        library.ask(question)
    with pytest.raises(FootnoteError, match="There is no question"):
        library.search(question)


@pytest.mark.parametrize("length", [10_001, 1_000_000])
def test_a_question_of_endless_length_is_refused(length: int, library: Library) -> None:
    with pytest.raises(FootnoteError, match="Ask it more briefly"):
        library.ask("a" * length)


def asked(question: str) -> ParsedQuery:
    return named(question, RARITY, KEYS)


def found(language: str) -> Passage:
    return Passage("a", "a", "a", None, 0, 4, "text", language=language)


def test_one_passage_in_the_questions_language_is_enough() -> None:
    question = "When does the workshop open?"
    assert is_across(question, [found("de"), found("fr")])
    assert not is_across(question, [found("de"), found("en")])
    assert not is_across(question, [found("de"), found("")])
    assert not is_across(question, [])


def test_only_the_multilingual_model_judges_by_language() -> None:
    several, one = load_fitted(multilingual=True), load_fitted()
    english, german = asked("When does it open?"), asked("Wann wird geöffnet?")
    chinese = replace(asked("几点开门？"), language="zh")
    assert calibration_for(english, [found("de")], several) is several.across
    assert calibration_for(german, [found("de")], several) is several.confidence
    assert calibration_for(chinese, [found("zh")], several) is several.chinese
    assert calibration_for(english, [found("de")], one) is one.unread
    assert calibration_for(chinese, [found("zh")], one) is one.unread


def test_a_homes_own_calibration_holds_in_every_language() -> None:
    several = load_fitted(multilingual=True)
    own = replace(several.confidence, threshold=0.7)
    kept = SavedCalibration(measured_with("e5", several.ranking), own)
    in_use = in_force(several, kept, "e5")
    english, chinese = asked("When does it open?"), replace(asked("几点开门？"), language="zh")
    assert calibration_for(english, [found("de")], in_use) is own
    assert calibration_for(chinese, [found("zh")], in_use) is own
