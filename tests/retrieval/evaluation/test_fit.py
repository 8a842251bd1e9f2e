"""Confidence is fitted as far as the samples bear it out, and judged only by what it never saw."""

import random
from collections.abc import Sequence
from dataclasses import astuple, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.confidence import Signals, probability
from retrieval.evaluation.figures import auroc
from retrieval.evaluation.fit import FITTED, SIGNALS, Sample, cross_validated, fit
from retrieval.weights.fitted import Calibration
from tests.support.texts.outcomes import BASE, changed, sample


def numbers(calibration: Calibration) -> list[float]:
    """Return what was fitted."""
    return [getattr(calibration, name) for name in FITTED]


def moved(calibration: Calibration) -> float:
    """Return how far a fit went from where it set out."""
    return float(np.linalg.norm(np.array(numbers(calibration)) - numbers(BASE)))


def overlapping(count: int, seed: int = 1) -> list[Sample]:
    """Samples of both sorts, which no line parts: more of the answerable have a good match."""
    chance = random.Random(seed)
    return [
        sample(
            answerable := number % 2 == 0,
            chance.gauss(1.0 if answerable else 0.5, 0.4),
            group=str(number),
            best_dense=chance.gauss(0.5 if answerable else 0.4, 0.2),
            best_bm25=chance.gauss(2.0, 0.5),
            lead=chance.gauss(0.3, 0.2),
            names_missing=chance.randrange(3) if answerable else chance.randrange(4),
            log_passages=chance.uniform(1, 5),
        )
        for number in range(count)
    ]


def flattened(one: Sample, name: str) -> Sample:
    """The sample with a signal that says nothing."""
    without: dict[str, Any] = {name: 0}
    return replace(one, signals=replace(one.signals, **without))


# What is found


def test_the_fit_finds_what_tells_the_two_sorts_of_question_apart() -> None:
    zero = changed(BASE, **dict.fromkeys(FITTED, 0.0))
    good = [sample(True, 0.9 + n / 100, names_missing=0) for n in range(20)]
    bad = [sample(False, 0.4 + n / 100, names_missing=1 + n % 2) for n in range(20)]
    fitted = fit([*good, *bad], zero)
    assert fitted.best_sentence > 0
    assert fitted.names_missing < 0
    judged = [probability(one.signals, fitted) for one in (*good, *bad)]
    assert auroc(judged[:20], judged[20:]) == 1.0


@pytest.mark.parametrize("name", SIGNALS)
def test_what_says_nothing_stays_as_it_was(name: str) -> None:
    flat = [flattened(one, name) for one in overlapping(60)]
    fitted = fit(flat, BASE)
    assert getattr(fitted, name) == getattr(BASE, name)
    assert moved(fitted) > 0


def test_what_is_set_by_hand_is_not_fitted() -> None:
    samples = [*overlapping(40), *(sample(True, tells_nothing=True) for _ in range(40))]
    fitted = fit(samples, BASE)
    assert changed(fitted, **dict(zip(FITTED, numbers(BASE), strict=True))) == BASE


# How far


def test_few_samples_move_it_little_and_many_move_it_far() -> None:
    against = [sample(False, 0.9), sample(True, 0.1)]  # the contrary of what the base says
    steps = [moved(fit(against * count, BASE)) for count in (1, 4, 16, 64, 256)]
    assert steps == sorted(steps)
    assert 0 < steps[0] < 0.2 * steps[-1]
    assert fit(against, BASE).best_sentence > 0
    assert fit(against * 256, BASE).best_sentence < 0


def test_samples_that_say_what_the_base_says_leave_it_nearly_alone() -> None:
    agreeing = [sample(True, 3.0), sample(False, -3.0)]
    assert moved(fit(agreeing, BASE)) < 0.05


def test_a_larger_coefficient_may_move_further() -> None:
    against = [sample(False, 0.9), sample(True, 0.1)] * 4
    firm = replace(BASE, intercept=-40.0, best_sentence=60.0)
    by = [abs(fit(against, base).best_sentence - base.best_sentence) for base in (BASE, firm)]
    assert by[0] < by[1]


def test_with_a_wide_spread_it_is_the_logistic_regression_of_scikit_learn() -> None:
    from sklearn.linear_model import LogisticRegression

    samples = [one for one in overlapping(400) if one.answerable or int(one.group) % 3 == 0]
    rows = [[getattr(one.signals, name) for name in SIGNALS] for one in samples]
    theirs = LogisticRegression(class_weight="balanced", C=1e6, tol=1e-8, max_iter=10_000)
    theirs.fit(rows, [one.answerable for one in samples])
    ours = numbers(fit(samples, BASE, spread=1e3))
    assert ours == pytest.approx([*theirs.intercept_, *theirs.coef_[0]], rel=1e-2, abs=1e-2)


def test_the_narrower_the_spread_the_nearer_to_nothing() -> None:
    lengths = [np.linalg.norm(numbers(fit(overlapping(60), BASE, w))) for w in (0.01, 0.1, 1, 10)]
    assert lengths == sorted(lengths)
    assert lengths[0] < 0.1


def test_with_a_spread_the_base_says_only_what_is_set_by_hand() -> None:
    other = changed(BASE, **dict.fromkeys(FITTED, 1.0))
    found = [numbers(fit(overlapping(60), base, spread=1.0)) for base in (BASE, other)]
    assert found[0] == pytest.approx(found[1], abs=1e-2)


def test_both_sorts_weigh_the_same_however_many_there_are_of_each() -> None:
    samples = overlapping(60)
    more = [*samples, *(one for one in samples if not one.answerable)] * 2
    found = [numbers(fit(some, BASE, spread=1e4)) for some in (samples, more)]
    assert found[0] == pytest.approx(found[1], rel=1e-2, abs=1e-2)


def test_it_is_the_same_every_time_and_in_any_order() -> None:
    samples = overlapping(60)
    fitted = fit(samples, BASE)
    assert fit(samples, BASE) == fitted
    assert numbers(fit(samples[::-1], BASE)) == pytest.approx(numbers(fitted), abs=1e-2)


SAMPLES = st.builds(
    Sample,
    st.builds(
        Signals,
        best_sentence=st.floats(-2, 4),
        best_dense=st.floats(-1, 1),
        best_bm25=st.floats(0, 5),
        lead=st.floats(0, 5),
        names_missing=st.integers(0, 5000),
        tells_nothing=st.booleans(),
        log_passages=st.floats(0, 6),
    ),
    st.booleans(),
    st.sampled_from("abcdefg"),
)


@given(st.lists(SAMPLES, min_size=1, max_size=12))
def test_no_samples_make_it_stumble(samples: list[Sample]) -> None:
    fitted = fit(samples, BASE)
    assert all(np.isfinite(numbers(fitted)))
    for one in samples:
        assert 0.0 <= probability(one.signals, fitted) <= 1.0


# Cross-validation


def given_away() -> list[Sample]:
    """Six groups; in each, one signal tells the two sorts apart that all other groups lack."""
    return [
        sample(answerable, group=name, **{name: 1 if answerable else -1})
        for name in SIGNALS
        for answerable in (True, False, False, True)
    ]


def by_group(samples: Sequence[Sample], judged: Sequence[float]) -> dict[str, set[float]]:
    """The probabilities given in each group."""
    found: dict[str, set[float]] = {}
    for one, value in zip(samples, judged, strict=True):
        found.setdefault(one.group, set()).add(value)
    return found


def test_no_sample_is_judged_by_numbers_fitted_to_its_own_group() -> None:
    samples, nothing = given_away(), changed(BASE, **dict.fromkeys(SIGNALS, 0.0))
    fitted = fit(samples, nothing)
    told = by_group(samples, [probability(one.signals, fitted) for one in samples])
    assert all(len(values) == 2 for values in told.values())
    judged = by_group(samples, cross_validated(samples, nothing))
    assert set(judged) == set(SIGNALS)
    assert all(len(values) == 1 for values in judged.values())


def test_what_holds_in_all_groups_is_found_from_the_others() -> None:
    samples = [
        sample(answerable, 1.0 if answerable else 0.0, group=group)
        for group in "abcdefgh"
        for answerable in (True, False)
    ]
    judged = cross_validated(samples, changed(BASE, **dict.fromkeys(FITTED, 0.0)))
    assert min(judged[::2]) > max(judged[1::2])


@pytest.mark.parametrize("groups", [2, 3, 5, 40])
def test_every_sample_is_judged_in_its_place(groups: int) -> None:
    samples = [replace(one, group=str(n // 2 % groups)) for n, one in enumerate(overlapping(80))]
    judged = cross_validated(samples, BASE)
    assert len(judged) == len(samples)
    assert all(0.0 < value < 1.0 for value in judged)
    # What a sample is worth is told by its signals, by whichever fold's numbers.
    own = [probability(one.signals, BASE) for one in samples]
    assert np.corrcoef(judged, own)[0, 1] > 0.8
    assert judged == cross_validated(samples, BASE)


def test_what_is_fitted_are_all_signals_but_one() -> None:
    assert len(SIGNALS) == len(astuple(sample(True).signals)) - 1
    assert set(FITTED) == {"intercept", *SIGNALS}
