"""Golden questions: outcomes are told right from wrong, with the cause, and samples are even."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.golden import Fault, Golden, Kind, Outcome, spread
from retrieval.evaluation.right_answer import fold
from tests.support.texts.any_text import ANY_TEXT
from tests.support.texts.outcomes import citation, outcome

FERRY = Golden("How fast?", ("1912 seconds", "half an hour"), "crossed it in 1912 seconds")
TEA = Golden("How hot?", ("hot, not boiling",))
RIGHT, WRONG = "The water should be hot, not boiling.", "Leaves are dried first."

# Found


def test_the_rank_is_that_of_the_first_passage_that_holds_the_evidence() -> None:
    right, elsewhere = "It crossed it in 1912 seconds.", "In 1912 seconds were counted."
    ranks = [
        outcome(FERRY, passages).rank
        for passages in (
            [right, elsewhere],
            [elsewhere, right],
            [elsewhere, elsewhere, right, right],
            [elsewhere],
            [],
        )
    ]
    assert ranks == [1, 2, 3, None, None]


def test_without_evidence_any_of_the_answers_is_a_hit() -> None:
    golden = replace(FERRY, evidence="")
    assert outcome(golden, ["Nothing.", "It takes half an hour."]).rank == 2
    assert outcome(golden, ["In 1912 seconds.", "In half an hour."]).rank == 1
    assert outcome(golden, ["Nothing.", "In an hour."]).rank is None


def test_line_breaks_do_not_hide_what_is_found_or_quoted() -> None:
    assert outcome(FERRY, ["It crossed  it\n in 1912\tseconds."]).rank == 1
    assert outcome(replace(FERRY, evidence="crossed\n\nit in"), ["It crossed it in time."]).rank
    assert outcome(FERRY, [], ["It takes half\n  an hour."]).quoted
    broken = replace(FERRY, answers=("half\nan  hour",))
    assert outcome(broken, [], ["It takes half an hour."]).quoted


def test_an_answer_that_begins_a_sentence_in_one_place_need_not_in_the_other() -> None:
    assert outcome(TEA, ["HOT, NOT BOILING is right."]).rank == 1
    assert outcome(TEA, [], ["Hot, not boiling, is right."]).quoted
    assert outcome(replace(TEA, answers=("Hot, Not Boiling",)), [], [RIGHT]).quoted


@given(ANY_TEXT, ANY_TEXT.filter(str.strip), ANY_TEXT)
def test_what_stands_in_a_passage_is_found_there(before: str, answer: str, after: str) -> None:
    text = f"{before} {answer} {after}"
    assert outcome(Golden("?", ("no such",), evidence=answer), [text]).rank == 1
    assert outcome(Golden("?", (answer,)), [text], [text]).fault is None


@pytest.mark.parametrize(
    ("answer", "text", "stands"),
    [
        ("5", "It was built in 1851.", False),
        ("5", "It costs 5 crowns.", True),
        ("5", "It costs 3.5 crowns.", False),
        ("240", "It holds 1,240 books.", False),
        ("240", "It holds 240, at most.", True),
        ("one", "Someone left.", False),
        ("one", "There is one.", True),
        ("borrow", "A member borrows books.", True),
    ],
)
def test_a_number_or_a_short_word_is_not_found_inside_another(
    answer: str, text: str, stands: bool
) -> None:
    found = outcome(Golden("?", (answer,)), [text], [text])
    assert (found.rank == 1, found.quoted) == (stands, stands)


# Quoted


def test_an_answer_counts_in_any_of_the_quotes() -> None:
    assert outcome(FERRY, [], ["It is old.", "It took 1912 seconds."]).quoted
    assert not outcome(FERRY, [], ["It is old.", "It is fast."]).quoted


def test_an_answer_counts_in_the_text_that_stands_above_the_quotes() -> None:
    worded = outcome(FERRY, [], ["It is old."])
    worded = replace(worded, answer=replace(worded.answer, text="It takes half an hour. [1]"))
    assert worded.quoted


def test_nothing_is_quoted_where_it_abstains() -> None:
    silent = outcome(FERRY, ["It took half an hour."])
    assert not replace(silent, answer=replace(silent.answer, text="Half an hour?")).quoted


def test_what_an_abstention_withheld_counts_only_as_quotable() -> None:
    abstained = outcome(TEA, [RIGHT])
    assert not abstained.quotable
    withheld = replace(abstained, withheld=(citation(RIGHT),))
    assert (withheld.quoted, withheld.quotable) == (False, True)
    assert withheld.fault is Fault.ABSTAINED
    assert not replace(abstained, withheld=(citation(WRONG),)).quotable
    assert outcome(TEA, [RIGHT], [RIGHT]).quotable


def test_the_quoted_length_is_that_of_all_quotes() -> None:
    assert outcome(FERRY, [], ["It is old.", "It is fast."]).quoted_length == 10 + 11
    assert outcome(FERRY).quoted_length == 0


# The right document


@pytest.mark.parametrize(
    ("wanted", "right"),
    [
        ("", True),
        ("Tea", True),
        ("tea", True),
        ("tea.md", True),
        ("TEA.MD", True),
        ("docs/tea.md", True),
        ("/docs/tea.md", True),
        ("/home/me/docs/tea.md", True),
        ("ea.md", False),
        ("ocs/tea.md", False),
        ("docs", False),
        ("Te", False),
        ("coffee.md", False),
    ],
)
def test_a_document_is_named_by_its_title_or_the_end_of_its_source(
    wanted: str, right: bool
) -> None:
    assert outcome(replace(TEA, source=wanted), [], [RIGHT]).well_cited is right


def test_one_citation_of_the_right_document_is_enough() -> None:
    golden = replace(TEA, source="tea.md")
    coffee = citation(RIGHT, "Coffee", "coffee.md")
    assert outcome(golden, [], [coffee, citation(WRONG)]).well_cited
    assert not outcome(golden, [], [coffee]).well_cited
    assert not outcome(golden).well_cited


# What went wrong

FROM_TEA = replace(TEA, source="tea.md")
COFFEE = citation(RIGHT, "Coffee", "coffee.md")
ABSENT, TRICK = Golden("?", kind=Kind.ABSENT), Golden("?", kind=Kind.TRICK)


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (outcome(TEA, [RIGHT], [RIGHT]), None),
        (outcome(FROM_TEA, [RIGHT], [RIGHT]), None),
        # The evidence was not found, but another place says it too.
        (outcome(replace(TEA, evidence="be hot, not boiling!"), [RIGHT], [RIGHT]), None),
        (outcome(TEA, [WRONG], [WRONG]), Fault.NOT_RETRIEVED),
        (outcome(TEA, [WRONG]), Fault.NOT_RETRIEVED),
        (outcome(TEA), Fault.NOT_RETRIEVED),
        (outcome(TEA, [WRONG, RIGHT], [WRONG]), Fault.NOT_QUOTED),
        (outcome(FROM_TEA, [RIGHT], [WRONG]), Fault.NOT_QUOTED),
        (outcome(TEA, [RIGHT]), Fault.ABSTAINED),
        (outcome(FROM_TEA, [WRONG, RIGHT]), Fault.ABSTAINED),
        (outcome(FROM_TEA, [RIGHT], [COFFEE]), Fault.ELSEWHERE),
        (outcome(replace(FROM_TEA, evidence="no such"), [RIGHT], [COFFEE]), Fault.ELSEWHERE),
        (outcome(ABSENT, [RIGHT]), None),
        (outcome(TRICK, [RIGHT]), None),
        (outcome(ABSENT, [RIGHT], [RIGHT]), Fault.ANSWERED),
        (outcome(TRICK, [RIGHT], [RIGHT]), Fault.ANSWERED),
    ],
)
def test_what_went_wrong_is_told_by_its_cause(found: Outcome, fault: Fault | None) -> None:
    assert found.fault == fault


SAID = st.lists(st.sampled_from([RIGHT, WRONG]), max_size=3)


@given(
    st.sampled_from(Kind), st.sampled_from(["", "tea.md", "coffee.md"]), SAID,
    st.lists(st.sampled_from([RIGHT, WRONG, COFFEE]), max_size=3),
)  # fmt: skip
def test_an_outcome_is_right_or_has_a_fault(
    kind: Kind, source: str, passages: list[str], quotes: list[str]
) -> None:
    answers = TEA.answers if kind is Kind.ANSWERABLE else ()
    found = outcome(Golden("How hot?", answers, source=source, kind=kind), passages, quotes)
    if kind is Kind.ANSWERABLE:
        assert (found.fault is None) == (found.quoted and found.well_cited)
    else:
        assert (found.fault is None) == (not found.answer.answered)


@given(ANY_TEXT)
def test_folding_leaves_single_spaces_and_changes_nothing_the_second_time(text: str) -> None:
    folded = fold(text)
    assert folded == fold(folded)
    assert folded.split() == text.split()


# A sample of the questions

totals, mosts = st.integers(0, 300), st.integers(1, 400)


def sample(total: int, most: int) -> list[int]:
    """The numbers of the questions that are taken."""
    questions = [Golden(str(number)) for number in range(total)]
    return [int(golden.question) for golden in spread(questions, most)]


@given(totals, mosts)
def test_as_many_are_taken_as_wanted_or_as_there_are(total: int, most: int) -> None:
    assert len(sample(total, most)) == min(total, most)


@given(totals, mosts)
def test_they_keep_their_order_and_none_is_taken_twice(total: int, most: int) -> None:
    taken = sample(total, most)
    assert taken == sorted(set(taken))
    assert taken == sample(total, most)


@given(totals, mosts)
def test_they_are_spread_evenly_from_the_first_on(total: int, most: int) -> None:
    taken = sample(total, most)
    assert taken[:1] == list(range(total))[:1]
    steps = {after - before for before, after in zip(taken, [*taken[1:], total], strict=False)}
    assert not steps or max(steps) - min(steps) <= 1


def test_where_there_are_few_all_are_taken() -> None:
    assert sample(3, 100) == [0, 1, 2]


def test_of_none_none_are_taken() -> None:
    assert spread([], 5) == []
