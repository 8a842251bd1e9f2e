"""Confidence fitted to one's own questions says what it is worth, or what it lacks."""

import math
import random
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.confidence import probability
from retrieval.errors import FootnoteError
from retrieval.evaluation.calibrate import (
    NEEDED,
    Refit,
    Standing,
    best_threshold,
    gather,
    refit,
    to_gather,
)
from retrieval.evaluation.figures import auroc
from retrieval.evaluation.fit import Sample, cross_validated, fit
from retrieval.evaluation.golden import Golden, Kind
from retrieval.evaluation.run import Plan
from retrieval.library import Library
from retrieval.weights.fitted import Calibration
from tests.support.homes import note, put
from tests.support.texts.outcomes import BASE, sample

STRICT = replace(BASE, threshold=0.9, best_sentence=0.5)


def samples(answerable: int, others: int) -> list[Sample]:
    """So many of each sort; most of the answerable have the better match."""
    chance = random.Random(5)
    return [
        sample(sort, chance.gauss(1.2 if sort else 0.5, 0.4), f"{sort} {number}")
        for sort, count in ((True, answerable), (False, others))
        for number in range(count)
    ]


def refitted(given: list[Sample], before: Calibration = BASE, false_share: float = 0.05) -> Refit:
    return refit(given, BASE, before, false_share, "questions.yaml")


# Too few


@pytest.mark.parametrize(
    ("answerable", "others", "missing"),
    [
        (NEEDED - 17, 25, "17 more with an answer"),
        (300, NEEDED - 1, "1 more to abstain on"),
        (2, 4, f"{NEEDED - 2} more with an answer and {NEEDED - 4} more to abstain on"),
        (0, 0, f"{NEEDED} more with an answer and {NEEDED} more to abstain on"),
    ],
)
def test_with_too_few_questions_it_says_how_many_more_it_takes(
    answerable: int, others: int, missing: str
) -> None:
    with pytest.raises(FootnoteError) as caught:
        refitted(samples(answerable, others))
    assert str(caught.value) == (
        f"There are {answerable} questions with an answer and {others} to abstain on, and "
        f"{NEEDED} of each are needed. Add {missing}."
    )


def test_with_just_enough_it_fits() -> None:
    given = samples(NEEDED, NEEDED)
    found = refitted(given)
    assert found.calibration == replace(
        fit(given, BASE),
        threshold=found.after.threshold,
        data="questions.yaml",
        date=date.today(),
    )


def test_questions_about_a_single_document_are_fitted_to_or_refused_in_a_sentence() -> None:
    with suppress(FootnoteError):
        refitted([replace(one, group="the only article") for one in samples(NEEDED, NEEDED)])


# Before and after


def test_before_is_how_the_numbers_in_force_stand() -> None:
    given = samples(40, 30)
    before = refitted(given, STRICT).before
    judged = [probability(one.signals, STRICT) for one in given]
    area = auroc(judged[:40], judged[40:])
    assert area is not None
    assert before == Standing(
        auroc=area,
        threshold=STRICT.threshold,
        answered=sum(p >= STRICT.threshold for p in judged[:40]) / 40,
        false_answers=sum(p >= STRICT.threshold for p in judged[40:]) / 30,
    )


def test_after_is_how_questions_stand_that_were_not_fitted_to() -> None:
    given = samples(40, 30)
    after = refitted(given).after
    judged = cross_validated(given, BASE)
    assert after.auroc == pytest.approx(auroc(judged[:40], judged[40:]))
    assert after.answered == sum(p >= after.threshold for p in judged[:40]) / 40
    assert after.false_answers == sum(p >= after.threshold for p in judged[40:]) / 30


@pytest.mark.parametrize("false_share", [0.0, 0.05, 0.1, 0.5, 1.0])
def test_no_more_are_answered_falsely_than_is_allowed(false_share: float) -> None:
    found = refitted(samples(40, 30), false_share=false_share)
    assert found.after.false_answers <= false_share
    assert found.calibration.threshold == found.after.threshold
    assert 0.0 <= found.calibration.threshold <= 1.0


def test_numbers_in_force_move_no_new_ones() -> None:
    given = samples(40, 30)
    one, other = refitted(given, BASE), refitted(given, STRICT)
    assert one.before != other.before
    assert (one.calibration, one.after) == (other.calibration, other.after)


@pytest.mark.parametrize(
    ("before", "after", "loses"),
    [(0.8, 0.7, False), (0.8, 0.69, True), (1.0, 0.9, False), (0.5, 0.9, False), (0.05, 0, False)],
)
def test_a_fit_loses_answers_where_more_than_a_tenth_of_the_questions_would_go_without(
    before: float, after: float, loses: bool
) -> None:
    standings = (Standing(0.9, 0.5, answered, 0.0) for answered in (before, after))
    assert Refit(BASE, *standings).loses_answers is loses


# The threshold

CONFIDENCES = st.lists(
    st.floats(0.0, 1.0, exclude_max=True) | st.sampled_from([0.25, 0.5]), min_size=1, max_size=30
)


def share(probabilities: list[float], threshold: float) -> float:
    return sum(value >= threshold for value in probabilities) / len(probabilities)


@given(inside=CONFIDENCES, outside=CONFIDENCES, allowed=st.floats(0.0, 1.0))
def test_no_threshold_that_lets_no_more_in_than_allowed_leads_by_more(
    inside: list[float], outside: list[float], allowed: float
) -> None:
    chosen = best_threshold(inside, outside, allowed)
    assert 0.0 <= chosen <= 1.0
    assert share(outside, chosen) <= allowed + 1e-9
    lead = share(inside, chosen) - share(outside, chosen)
    for other in (0.0, *inside, *outside, 1.0):
        if share(outside, other) <= allowed:
            assert share(inside, other) - share(outside, other) <= lead + 1e-9


@pytest.mark.parametrize(
    ("inside", "outside", "allowed", "threshold"),
    [
        ([0.8, 0.9], [0.1, 0.2], 0.05, 0.5),  # told apart: in the middle between them
        ([0.8, 0.9], [0.1, 0.2], 1.0, 0.5),  # what may be let in need not be
        ([0.4, 0.9], [0.1, 0.6], 0.0, 0.75),
        ([0.4, 0.9], [0.1, 0.6], 0.5, 0.25),
        ([0.3], [0.7], 0.0, 0.85),
    ],
)
def test_the_threshold_by_hand(
    inside: list[float], outside: list[float], allowed: float, threshold: float
) -> None:
    assert best_threshold(inside, outside, allowed) == pytest.approx(threshold)


# What it is fitted to

HELD = Golden("When does the ferry leave?", ("at noon",), place="a.yaml:1")
ABSENT = Golden("Who won the match?", kind=Kind.ABSENT, place="a.yaml:3")
TRICK = Golden("When does the ferry sink?", kind=Kind.TRICK, place="a.json: Ferry")
CONTROL = replace(HELD, library="first-half")


def test_what_the_documents_hold_and_what_is_absent_is_gathered_but_no_trick() -> None:
    assert to_gather(Plan((HELD, TRICK, ABSENT))) == [HELD, ABSENT]
    assert to_gather(Plan((TRICK,))) == []


def test_controls_are_gathered_in_place_of_the_questions_put_to_all_documents() -> None:
    assert to_gather(Plan((HELD, TRICK, ABSENT), (CONTROL,))) == [CONTROL, ABSENT]


def test_each_question_is_put_to_the_library_it_names(library: Library) -> None:
    put(library, [note("tea", "Tea is brewed from leaves."), note("room", "It opens at nine.")])
    put(library, [note("ferry", "The ferry leaves at noon.")], "harbour")
    golden = [HELD, replace(HELD, library="harbour", place="a.yaml:5"), ABSENT]
    asked: list[bool] = []
    found = gather(library, golden, lambda: asked.append(True))
    assert len(asked) == len(golden)
    assert [one.answerable for one in found] == [True, True, False]
    assert [one.group for one in found] == ["a.yaml:1", "a.yaml:5", "a.yaml:3"]
    for one, name in zip(found, ("common", "harbour", "common"), strict=True):
        assert one.signals.log_passages == math.log1p({"common": 2, "harbour": 1}[name])
    assert found[1].signals.best_sentence > found[0].signals.best_sentence
    assert [one.signals for one in found] == [
        library.signals(one.question, [one.library]) for one in golden
    ]


def test_a_question_to_an_empty_library_tells_nothing(library: Library) -> None:
    asked: list[bool] = []
    assert gather(library, [HELD], lambda: asked.append(True)) == []
    assert asked == [True]
