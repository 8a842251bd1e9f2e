"""Confidence is a probability, moves the way its signals point, and decides who abstains."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.confidence import Signals, judge, probability, read_signals
from retrieval.errors import FootnoteError
from retrieval.fitted import load_fitted
from retrieval.lexicon import Lexicon
from retrieval.library import Library
from retrieval.schema import Passage, SentenceScore
from retrieval.terms import Keys

from .places import note, put

KEYS = Keys()
CALIBRATION = load_fitted().confidence
LEXICON = Lexicon(10, {"tea": 2, "water": 1})
TEA = "Tea is brewed from leaves. The water should be hot. Ada Lovelace liked it in 1842."


def any_signals(most_names: int) -> st.SearchStrategy[Signals]:
    return st.builds(
        Signals,
        best_sentence=st.floats(-2, 3),
        best_dense=st.floats(-1, 1),
        names_missing=st.integers(0, most_names),
        names_found=st.integers(0, most_names),
        tells_nothing=st.booleans(),
        log_passages=st.floats(0, 20),
    )


def passage(text: str, score: float, dense: float) -> Passage:
    sentences = (SentenceScore(0, len(text), score),)
    return Passage("a", "a", "a", None, 0, len(text), text, score, dense, sentences)


@given(any_signals(most_names=5000))
def test_confidence_is_a_probability(signals: Signals) -> None:
    assert 0.0 <= probability(signals, CALIBRATION) <= 1.0


@given(any_signals(most_names=20), st.floats(0, 2))
def test_a_better_match_never_lowers_confidence(signals: Signals, more: float) -> None:
    better = replace(
        signals,
        best_sentence=signals.best_sentence + more,
        best_dense=min(1.0, signals.best_dense + more),
    )
    assert probability(better, CALIBRATION) >= probability(signals, CALIBRATION)


@given(any_signals(most_names=20), st.integers(0, 10))
def test_a_missing_name_never_raises_confidence(signals: Signals, more: int) -> None:
    worse = replace(signals, names_missing=signals.names_missing + more)
    assert probability(worse, CALIBRATION) <= probability(signals, CALIBRATION)


def test_every_signal_has_its_fitted_number_and_the_data_behind_it() -> None:
    names = {field.name for field in fields(CALIBRATION)}
    assert {field.name for field in fields(Signals)} <= names
    assert "SQuAD" in CALIBRATION.data
    assert 0.0 < CALIBRATION.threshold < 1.0


def test_nothing_found_is_no_confidence() -> None:
    assert judge("What is tea?", [], LEXICON, KEYS, CALIBRATION) == 0.0


def test_signals_are_the_best_of_what_was_found() -> None:
    found = [passage("Tea is hot.", 0.9, 0.3), passage("Ada Lovelace.", 0.5, 0.7)]
    signals = read_signals("Did Ada meet Babbage over tea?", found, LEXICON, KEYS)
    assert (signals.best_sentence, signals.best_dense) == (0.9, 0.7)
    assert (signals.names_found, signals.names_missing) == (1, 1)
    assert not signals.tells_nothing


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
    nearest = library.search("Who won the football championship?", k=len(unsure.nearest))
    assert list(unsure.nearest) == nearest


def test_the_threshold_is_what_decides(library: Library) -> None:
    put(library, [note("tea", TEA)])
    question = "How hot should the water for tea be?"
    confidence = library.ask(question).confidence
    for threshold, answered in ((confidence, True), (confidence + 1e-9, False)):
        fitted = replace(
            library.fitted, confidence=replace(library.fitted.confidence, threshold=threshold)
        )
        strict = Library(library.home, library.embedder, fitted)
        assert strict.ask(question).answered is answered


def test_an_empty_library_does_not_say(library: Library) -> None:
    answer = library.ask("How hot should the water be?")
    assert (answer.answered, answer.confidence, answer.nearest) == (False, 0.0, ())
    assert library.search("How hot should the water be?") == []


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
