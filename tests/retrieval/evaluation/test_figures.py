"""The figures mean what they say: by hand-made numbers, and by laws that hold for any."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.figures import (
    DEPTH,
    Figure,
    answered_share,
    auroc,
    confidences,
    every_figure,
    measure,
    rank_measures,
)
from retrieval.evaluation.golden import Golden, Kind, Outcome
from retrieval.evaluation.run import Evaluation
from tests.support.texts.outcomes import citation, outcome

WATER = Golden("How hot?", ("hot",), source="tea.md")
ABSENT, TRICK = (Golden("Who?", kind=kind) for kind in (Kind.ABSENT, Kind.TRICK))
RIGHT, WRONG = "It should be hot.", "Leaves are dried."
# What is measured neither of answers nor of their number.
TIMED = {"ask_ms.p50", "ask_ms.p95", "questions_a_second"}

RANKS = st.lists(st.none() | st.integers(1, DEPTH), min_size=1, max_size=8)
SURE = st.lists(st.floats(0, 1), min_size=1, max_size=20)
OUTCOMES = st.lists(
    st.builds(
        outcome,
        st.sampled_from([WATER, ABSENT, TRICK]),
        st.lists(st.sampled_from([RIGHT, WRONG]), max_size=DEPTH),
        st.lists(st.sampled_from([RIGHT, WRONG]), max_size=3),
        st.floats(0, 1),
        st.just(0.0) | st.floats(0.01, 1000),
    ),
    max_size=8,
)


def figures(outcomes: Sequence[Outcome], controls: Sequence[Outcome] = ()) -> dict[str, float]:
    """The figures that can be measured, by their names."""
    measured = measure(Evaluation(tuple(outcomes), tuple(controls)))
    return {figure.name: figure.value for figure in measured if figure.value is not None}


# Ranking


def test_ranking_by_hand() -> None:
    found = figures(
        [outcome(WATER, passages) for passages in (
            [RIGHT, WRONG], [WRONG, RIGHT], [WRONG] * 4 + [RIGHT], [WRONG] * 5,
        )]
    )  # fmt: skip
    assert (found["hit@1"], found["hit@3"], found["hit@5"]) == (0.25, 0.5, 0.75)
    assert found["mrr"] == pytest.approx((1 + 1 / 2 + 1 / 5) / 4)
    assert found["ndcg@5"] == pytest.approx((1 + 1 / math.log2(3) + 1 / math.log2(6)) / 4)


@given(RANKS)
def test_ranking_is_the_mean_over_questions(ranks: list[int | None]) -> None:
    values = rank_measures(ranks)

    def mean(gains: Sequence[float]) -> object:
        return pytest.approx(sum(gains) / len(ranks))

    for k in range(1, DEPTH + 1):
        assert values[f"Success@{k}"] == mean([1.0 for rank in ranks if rank and rank <= k])
    assert values["RR@5"] == mean([1 / rank for rank in ranks if rank])
    assert values["nDCG@5"] == mean([1 / math.log2(1 + rank) for rank in ranks if rank])


@given(RANKS)
def test_more_passages_never_hold_less_and_an_earlier_one_counts_for_more(
    ranks: list[int | None],
) -> None:
    values = rank_measures(ranks)
    hits = [values[f"Success@{k}"] for k in range(1, DEPTH + 1)]
    assert hits == sorted(hits)
    assert 0.0 <= hits[0] <= values["RR@5"] + 1e-9
    assert values["RR@5"] <= values["nDCG@5"] + 1e-9
    assert values["nDCG@5"] <= hits[-1] + 1e-9 <= 1.0 + 1e-9


@given(RANKS, st.integers(0))
def test_a_passage_found_earlier_never_lowers_a_measure(
    ranks: list[int | None], number: int
) -> None:
    number %= len(ranks)
    earlier = [*ranks]
    earlier[number] = (ranks[number] or DEPTH + 1) - 1 or 1
    before, after = rank_measures(ranks), rank_measures(earlier)
    assert all(after[name] >= value - 1e-9 for name, value in before.items())


def test_what_stands_further_down_than_is_read_is_not_found() -> None:
    assert set(rank_measures([DEPTH + 1, None]).values()) == {0.0}


# Quotes


def test_quotes_by_hand() -> None:
    elsewhere = citation(RIGHT, "Coffee", "coffee.md")
    found = figures(
        [
            outcome(WATER, [RIGHT], [RIGHT]),
            outcome(WATER, [RIGHT], [WRONG, RIGHT]),
            outcome(WATER, [RIGHT], [elsewhere]),
            outcome(replace(WATER, source=""), [RIGHT], [WRONG]),
            replace(outcome(WATER, [RIGHT]), withheld=(citation(RIGHT),)),
        ]
    )
    assert found["answer_in_quote"] == 3 / 5
    assert found["answer_in_quote_never_abstaining"] == 4 / 5
    assert found["right_document"] == 2 / 3
    assert found["quoted_characters"] == (17 + (17 + 17) + 17 + 17) / 4


def test_documents_count_only_where_one_must_be_cited() -> None:
    found = figures([outcome(replace(WATER, source=""), [RIGHT], [RIGHT])])
    assert "right_document" not in found
    assert found["answer_in_quote"] == 1.0


# Abstaining


def test_abstaining_by_hand() -> None:
    held = [outcome(WATER, [RIGHT], [RIGHT], 0.9), outcome(WATER, [RIGHT], [], 0.3)]
    held += [outcome(WATER, [RIGHT], [RIGHT], 0.7), outcome(WATER, [RIGHT], [], 0.2)]
    absent = [outcome(ABSENT, [RIGHT], [], sure) for sure in (0.1, 0.1, 0.25)]
    absent += [outcome(ABSENT, [RIGHT], [RIGHT], 0.8)]
    found = figures([*held, *absent])
    assert (found["questions"], found["answerable"]) == (8, 4)
    assert found["abstention.questions"] == 4
    assert found["abstention.precision"] == 3 / 5
    assert found["abstention.recall"] == 3 / 4
    assert found["abstention.auroc"] == (4 + 3 + 3 + 2) / 16
    for percent in (1, 2, 5, 10):
        share = answered_share([0.9, 0.3, 0.7, 0.2], [0.1, 0.1, 0.25, 0.8], percent / 100)
        assert found[f"abstention.answered_at_{percent}%"] == share


def test_where_nothing_is_abstained_on_there_is_a_recall_but_no_precision() -> None:
    answered = [outcome(WATER, [RIGHT], [RIGHT]), outcome(ABSENT, [RIGHT], [RIGHT])]
    found = figures(answered)
    assert found["abstention.recall"] == 0.0
    assert "abstention.precision" not in found


def test_with_controls_abstaining_is_judged_on_them_and_made_questions_are_not_counted() -> None:
    cases = [outcome(WATER, [RIGHT], [], 0.1), outcome(ABSENT, [RIGHT], [], 0.5)]
    controls = [outcome(WATER, [RIGHT], [RIGHT], 0.9), outcome(WATER, [RIGHT], [], 0.4)]
    found = figures(cases, controls)
    assert (found["questions"], found["answerable"], found["abstention.questions"]) == (1, 1, 1)
    assert found["abstention.precision"] == 1 / 2
    assert found["abstention.recall"] == 1.0
    assert found["abstention.auroc"] == 1 / 2
    assert found["answer_in_quote"] == 0.0


def test_auroc_is_the_chance_that_an_insider_stands_above_an_outsider() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.1, 0.2], [0.9, 0.8]) == 0.0
    assert auroc([0.9, 0.4], [0.5, 0.3]) == 0.75
    assert auroc([0.5], [0.5]) == 0.5


@given(SURE, SURE)
def test_auroc_counts_pairs(inside: list[float], outside: list[float]) -> None:
    above = sum((i > o) + 0.5 * (i == o) for i in inside for o in outside)
    area = auroc(inside, outside)
    assert area is not None
    assert math.isclose(area, above / (len(inside) * len(outside)))


def test_the_answered_share_is_taken_where_a_given_share_of_outsiders_is_answered() -> None:
    outside = [number / 100 for number in range(100)]
    assert answered_share([0.99, 0.98, 0.5, 0.1], outside, 0.05) == 0.5
    assert answered_share([0.99, 0.98, 0.5, 0.1], outside, 0.6) == 0.75
    assert answered_share([0.0], [0.5], 0.05) == 0.0


@given(SURE, SURE)
def test_more_false_answers_allowed_never_answer_less(
    inside: list[float], outside: list[float]
) -> None:
    shares = [answered_share(inside, outside, percent / 100) for percent in (0, 1, 5, 50, 100)]
    assert all(share is not None and 0.0 <= share <= 1.0 for share in shares)
    assert shares == sorted(shares, key=lambda share: share or 0.0)


@pytest.mark.parametrize(("inside", "outside"), [([], [0.5]), ([0.5], []), ([], [])])
def test_with_one_sort_of_question_there_is_nothing_to_tell_apart(
    inside: list[float], outside: list[float]
) -> None:
    assert auroc(inside, outside) is None
    assert answered_share(inside, outside, 0.05) is None


# SQuAD's tricks


def test_tricks_by_hand() -> None:
    answered = [outcome(WATER, [RIGHT], [RIGHT], sure) for sure in (0.9, 0.6)]
    tricks = [outcome(TRICK, [RIGHT], [], 0.5), outcome(TRICK, [RIGHT], [RIGHT], 0.7)]
    found = figures([*answered, *tricks])
    assert (found["questions"], found["answerable"]) == (4, 2)
    assert found["unanswerable.questions"] == 2
    assert found["unanswerable.recall"] == 0.5
    assert found["unanswerable.auroc"] == 0.75


@given(OUTCOMES)
def test_tricks_move_no_figure_but_their_own(outcomes: list[Outcome]) -> None:
    others = [outcome for outcome in outcomes if outcome.golden.kind is not Kind.TRICK]
    own = {figure.name for figure in every_figure() if figure.name.startswith("unanswerable.")}
    found, without = figures(outcomes), figures(others)
    assert not own & set(without)
    for name in {*found, *without} - own - TIMED - {"questions"}:
        assert found[name] == without[name]


# Speed


def test_speed_by_hand() -> None:
    outcomes = [outcome(WATER, elapsed_ms=float(ms)) for ms in range(1, 102)]
    found = figures([*outcomes[1:], replace(outcomes[0], golden=ABSENT)])
    assert found["ask_ms.p50"] == 51.0
    assert found["ask_ms.p95"] == 96.0
    assert found["questions_a_second"] == pytest.approx(1000 / 51)


# All figures


def test_where_nothing_was_asked_nothing_is_measured() -> None:
    assert set(figures([])) == {"questions", "answerable", "abstention.questions"}
    assert set(figures([]).values()) == {0}


def test_every_figure_is_known_beforehand_by_a_name_of_its_own() -> None:
    everything = [figure.name for figure in every_figure()]
    labels = [figure.label for figure in every_figure()]
    assert len(set(everything)) == len(everything)
    assert len(set(labels)) == len(labels)
    asked = Evaluation((outcome(WATER), outcome(ABSENT), outcome(TRICK)))
    assert [figure.name for figure in measure(asked)] == everything
    without_tricks = [f.name for f in measure(Evaluation((outcome(WATER),)))]
    assert without_tricks == [name for name in everything if not name.startswith("unanswerable.")]


@given(OUTCOMES, OUTCOMES)
def test_a_share_lies_between_nothing_and_all(
    outcomes: list[Outcome], controls: list[Outcome]
) -> None:
    held = tuple(o for o in controls if o.golden.kind is Kind.ANSWERABLE)
    units = set(get_args(get_type_hints(Figure)["unit"]))
    for figure in measure(Evaluation(tuple(outcomes), held)):
        assert figure.unit in units
        if figure.value is not None:
            assert math.isfinite(figure.value)
            assert figure.value >= 0.0
            assert figure.unit != "share" or figure.value <= 1.0


def test_confidences_are_the_answers_own() -> None:
    assert confidences([outcome(WATER, confidence=0.25), outcome(ABSENT)]) == [0.25, 0.9]
