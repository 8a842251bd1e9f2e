"""However a model cites a passage, by a mark or in words, its sentence is known to cite it, and has
no trace of that when it is shown."""

import pytest

from tests.support.model_server.claims import claims, said


@pytest.mark.parametrize(
    ("mark", "cited"),
    [
        ("[1]", (1,)),
        ("[12]", (12,)),
        ("[ 1 ]", (1,)),
        ("[1][2]", (1, 2)),
        ("[1] [2]", (1, 2)),
        ("[2][1][2]", (2, 1)),
        ("[1, 2]", (1, 2)),
        ("[1,2,4]", (1, 2, 4)),
        ("[1; 2]", (1, 2)),
        ("[1 and 3]", (1, 3)),
        ("[1 & 3]", (1, 3)),
        ("[1, 2 and 4]", (1, 2, 4)),
        ("[1-3]", (1, 2, 3)),
        ("[1–3]", (1, 2, 3)),
        ("[1], [2]", (1, 2)),
        ("[1] and [2]", (1, 2)),
        ("[1], [2], and [4]", (1, 2, 4)),
        ("[1]–[3]", (1, 2, 3)),
        ("[^1]", (1,)),
        ("[#2]", (2,)),
        ("[^1][^2]", (1, 2)),
        ("[Passage 1]", (1,)),
        ("[PASSAGE 1]", (1,)),
        ("[passages 1, 2]", (1, 2)),
        ("[Passage 1, Passage 3]", (1, 3)),
        ("[Passage #2]", (2,)),
        ("[Source 2]", (2,)),
        ("[Source: 2]", (2,)),
        ("[Document 3]", (3,)),
        ("【1】", (1,)),
        ("【1】【3】", (1, 3)),
        ("**[1]**", (1,)),
        ("[**1, 2**]", (1, 2)),
        ("`[1]`", (1,)),
        ("(Passage 1)", (1,)),
        ("(passages 1-3)", (1, 2, 3)),
        ("(see passages 1 and 2)", (1, 2)),
        ("([1])", (1,)),
        ("(see [1], [2])", (1, 2)),
        ("(as per [2])", (2,)),
        ("(Sources: [1], [2])", (1, 2)),
    ],
)
@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry leaves at nine{}.",
        "The ferry leaves at nine {}.",
        "The ferry leaves at nine. {}",
        "The ferry leaves at nine. {}.",
        "The ferry leaves {} at nine.",
    ],
)
def test_however_a_passage_is_cited_it_is_understood(
    sentence: str, mark: str, cited: tuple[int, ...]
) -> None:
    assert claims(sentence.format(mark)) == said(("The ferry leaves at nine.", *cited))


@pytest.mark.parametrize("between", [" ", "\n", "\n\n", "  "])
def test_a_mark_after_the_full_stop_is_the_sentences_before_it(between: str) -> None:
    assert claims(f"The ferry is old. [1]{between}It leaves at nine. [2]") == said(
        ("The ferry is old.", 1), ("It leaves at nine.", 2)
    )


@pytest.mark.parametrize("mark", ["[1]", "【1】", "[^1]", "(Passage 1)"])
def test_a_mark_on_a_line_of_its_own_is_the_sentences_above_it(mark: str) -> None:
    assert claims(f"The ferry is old.\n{mark}\nIt leaves at nine.\n[2]\n1. It returns.") == said(
        ("The ferry is old.", 1), ("It leaves at nine.", 2), ("It returns.",)
    )


def test_a_mark_that_begins_a_line_is_the_next_sentences() -> None:
    assert claims("[1] The ferry is old.\n[2] It leaves at nine.") == said(
        ("The ferry is old.", 1), ("It leaves at nine.", 2)
    )


def test_marks_inside_a_sentence_are_all_the_sentences() -> None:
    assert claims("The ferry is old [1], but it leaves at nine [2].") == said(
        ("The ferry is old, but it leaves at nine.", 1, 2)
    )


@pytest.mark.parametrize(
    "lead",
    [
        "According to passage 1, ",
        "According to [1], ",
        "As stated in Passage 1, ",
        "As per [Passage 1], ",
        "Based on 【1】, ",
        "In source 1, ",
        "From [1], ",
    ],
)
def test_a_passage_that_a_sentence_begins_with_is_cited_and_not_named(lead: str) -> None:
    assert claims(f"It is so. {lead}the ferry leaves at nine.") == said(
        ("It is so.",), ("The ferry leaves at nine.", 1)
    )


@pytest.mark.parametrize(
    "trail",
    [" according to passage 1", ", according to [1]", ", as stated in [1]", " as per passage 1"],
)
def test_a_passage_that_a_sentence_ends_with_is_cited_and_not_named(trail: str) -> None:
    assert claims(f"The ferry leaves at nine{trail}. It is so. [2]") == said(
        ("The ferry leaves at nine.", 1), ("It is so.", 2)
    )


@pytest.mark.parametrize(
    "text",
    [
        "The list [sic] is long.",
        "See [1a] there.",
        "It is [2024-03].",
        "It costs (1) crown.",
        "In 2023, it was so.",
        "It is so, according to Ada.",
    ],
)
def test_what_is_no_number_of_a_passage_is_left_alone(text: str) -> None:
    assert claims(text) == said((text,))


def test_a_range_without_end_is_not_written_out() -> None:
    [claim] = claims("It is so [1-999].")
    assert len(claim.cited) < 30


def test_a_number_is_an_answer_if_it_is_cited() -> None:
    assert claims("12. [1]") == said(("12.", 1))
