"""The figures mean what they say: by hand-made numbers, and by a library that can be foreseen."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.calibrate import fit
from retrieval.confidence import Signals
from retrieval.evaluate import (
    Outcome,
    answer_in_quote,
    answered_share,
    auroc,
    hit_at,
    mean_quoted_length,
    never_abstaining,
    run,
)
from retrieval.golden import Golden
from retrieval.library import Library
from retrieval.schema import Answer, Citation, Passage

from .places import note, put

FERRY = Golden("How fast?", ("1912 seconds", "half an hour"), "crossed it in 1912 seconds")


def outcome(golden: Golden, passages: list[str], quotes: list[str]) -> Outcome:
    """What came of a question, by the passages found and the quotes given."""
    found = tuple(Passage("a", "a", "a", None, 0, len(text), text) for text in passages)
    citations = tuple(
        Citation(number, "a", "a", "a", None, 0, len(quote), quote)
        for number, quote in enumerate(quotes, start=1)
    )
    answer = Answer(golden.question, bool(quotes), " ".join(quotes), 0.9, "quote", citations)
    return Outcome(golden, found, answer)


def test_a_hit_holds_the_answer_in_its_own_surroundings() -> None:
    right, wrong = "It crossed it\n in 1912  seconds.", "In 1912 seconds were counted."
    outcomes = [
        outcome(FERRY, [right, wrong], []),
        outcome(FERRY, [wrong, right], []),
        outcome(FERRY, [wrong, wrong, right], []),
        outcome(FERRY, [wrong], []),
    ]
    assert [o.rank for o in outcomes] == [1, 2, 3, None]
    assert [hit_at(outcomes, k) for k in (1, 2, 3, 5)] == [0.25, 0.5, 0.75, 0.75]


def test_without_surroundings_any_of_the_answers_is_a_hit() -> None:
    golden = Golden("How fast?", ("1912 seconds", "half an hour"))
    assert outcome(golden, ["Nothing.", "In half an\nhour."], []).rank == 2


def test_an_answer_counts_where_a_quote_holds_it() -> None:
    outcomes = [
        outcome(FERRY, [], ["It takes half an\nhour."]),
        outcome(FERRY, [], ["It is old.", "It took 1912 seconds."]),
        outcome(FERRY, [], ["It is fast."]),
        outcome(FERRY, [], []),
    ]
    assert answer_in_quote(outcomes) == 0.5
    assert mean_quoted_length(outcomes) == (22 + 10 + 21 + 11) / 4


def test_auroc_is_the_chance_that_an_insider_stands_above_an_outsider() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.1, 0.2], [0.9, 0.8]) == 0.0
    assert auroc([0.9, 0.4], [0.5, 0.3]) == 0.75
    assert auroc([0.5], [0.5]) == 0.5


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=20),
    st.lists(st.floats(0, 1), min_size=1, max_size=20),
)
def test_auroc_counts_pairs(inside: list[float], outside: list[float]) -> None:
    above = sum((i > o) + 0.5 * (i == o) for i in inside for o in outside)
    assert math.isclose(auroc(inside, outside), above / (len(inside) * len(outside)))


def test_the_answered_share_is_taken_where_a_given_share_of_outsiders_is_answered() -> None:
    outside = [number / 100 for number in range(100)]
    assert answered_share([0.99, 0.98, 0.5, 0.1], outside, 0.05) == 0.5
    assert answered_share([0.99, 0.98, 0.5, 0.1], outside, 0.6) == 0.75
    assert answered_share([0.0], [0.5], 0.05) == 0.0


def test_a_library_is_asked_every_question(library: Library) -> None:
    put(
        library,
        [
            note("tea", "Tea is brewed from leaves. The water should be hot."),
            note("ferry", "The ferry leaves at noon. A ticket costs four crowns."),
        ],
    )
    questions = [
        Golden("When does the ferry leave?", ("at noon",), "The ferry leaves at noon. A ticket"),
        Golden("How hot should the water be?", ("lukewarm",), "should be lukewarm"),
    ]
    willing = Library(library.home, library.embedder, never_abstaining(library.fitted))
    outcomes = list(run(willing, questions, k=2))
    assert [o.golden for o in outcomes] == questions
    assert all(o.answer.answered and len(o.passages) == 2 for o in outcomes)
    assert [o.rank for o in outcomes] == [1, None]
    assert (hit_at(outcomes, 1), answer_in_quote(outcomes)) == (0.5, 0.5)


@pytest.mark.filterwarnings("error")
def test_fitting_finds_what_tells_the_two_sorts_of_question_apart() -> None:
    good = [Signals(0.9 + n / 100, 0.6, 0, n % 3, False, 3.0) for n in range(20)]
    bad = [Signals(0.4 + n / 100, 0.3, 1 + n % 2, 0, False, 3.0) for n in range(20)]
    numbers = fit([*good, *bad], [True] * 20 + [False] * 20)
    assert numbers["best_sentence"] > 0
    assert numbers["names_missing"] < 0
