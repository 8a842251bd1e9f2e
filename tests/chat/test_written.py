"""What a model writes is cut into sentences with what they cite, however its pieces fall."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.chat.written import Claim, Writing
from retrieval.sentences import Sentence, sentences


def claims(*pieces: str) -> list[Claim]:
    """The sentences of a text that comes in pieces."""
    writing, found = Writing(), list[Claim]()
    for piece in pieces:
        found += writing.add(piece)
    return [*found, *writing.rest()]


@pytest.mark.parametrize(
    ("mark", "cited"),
    [
        ("[1]", (1,)),
        ("[12]", (12,)),
        ("[1][2]", (1, 2)),
        ("[1] [2]", (1, 2)),
        ("[1, 2]", (1, 2)),
        ("[1,2,4]", (1, 2, 4)),
        ("[1; 2]", (1, 2)),
        ("[1 and 3]", (1, 3)),
        ("[1 & 3]", (1, 3)),
        ("[1-3]", (1, 2, 3)),
        ("[1–3]", (1, 2, 3)),
        ("[^1]", (1,)),
        ("[#2]", (2,)),
        ("[Passage 1]", (1,)),
        ("[passages 1, 2]", (1, 2)),
        ("[Source 2]", (2,)),
        ("[Document 3]", (3,)),
        ("[ 1 ]", (1,)),
        ("【1】", (1,)),
        ("(Passage 1)", (1,)),
        ("(see passages 1 and 2)", (1, 2)),
        ("[2][1][2]", (2, 1)),
    ],
)
@pytest.mark.parametrize(
    "sentence", ["The ferry leaves at nine{}.", "The ferry leaves at nine. {}"]
)
def test_however_a_passage_is_cited_it_is_understood(
    sentence: str, mark: str, cited: tuple[int, ...]
) -> None:
    assert claims(sentence.format(mark)) == [Claim("The ferry leaves at nine.", cited)]


@pytest.mark.parametrize(
    "lead",
    ["According to passage 1, ", "As stated in Passage 1, ", "In source 1, ", "From passage 1, "],
)
def test_a_passage_that_a_sentence_begins_with_is_cited_and_not_named(lead: str) -> None:
    assert claims(f"It is so. {lead}the ferry leaves at nine.") == [
        Claim("It is so.", ()),
        Claim("The ferry leaves at nine.", (1,)),
    ]


@pytest.mark.parametrize("text", ["The list [sic] is long.", "See [1a] there.", "It is [2024-03]."])
def test_what_is_in_brackets_and_no_number_of_a_passage_is_left_alone(text: str) -> None:
    assert claims(text)[0].text.startswith(text[:8])


def test_a_range_without_end_is_not_written_out() -> None:
    [claim] = claims("It is so [1-999].")
    assert len(claim.cited) < 30


@pytest.mark.parametrize("between", [" ", "\n", "\n\n", "  "])
def test_a_mark_after_the_full_stop_is_the_sentences_before_it(between: str) -> None:
    assert claims(f"The ferry is old. [1]{between}It leaves at nine. [2]") == [
        Claim("The ferry is old.", (1,)),
        Claim("It leaves at nine.", (2,)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Lorne paid 4.50 crowns to Mr. Brand of St. Mary's.",
        "It opens at 9 a.m. and closes at 5 p.m. on Sundays.",
        "The U.S. Coast Guard runs it, e.g. in winter.",
    ],
)
def test_a_point_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert [claim.text for claim in claims(text)] == [text]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("**The ferry** leaves at `nine`.", "The ferry leaves at nine."),
        ("- The ferry leaves at nine.", "The ferry leaves at nine."),
        ("1. The ferry leaves at nine.", "The ferry leaves at nine."),
        ("## The ferry leaves at nine.", "The ferry leaves at nine."),
        ("> The ferry leaves at nine.", "The ferry leaves at nine."),
        ("The   ferry\nleaves at nine.", "The ferry leaves at nine."),
        ("<think>Which [1]? Hm.</think>The ferry leaves at nine.", "The ferry leaves at nine."),
        ("\n<THINK>\nHm.\n</THINK>\n\nThe ferry leaves.", "The ferry leaves."),
    ],
)
def test_what_is_for_show_or_for_the_model_itself_is_left_out(text: str, said: str) -> None:
    assert claims(text) == [Claim(said, ())]


@pytest.mark.parametrize("text", ["", "  \n", "<think>Hm, hm.", "[1]", "[1] [2]."])
def test_where_nothing_is_said_there_is_no_claim(text: str) -> None:
    assert [claim.text for claim in claims(text) if claim.text.strip(".")] == []


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    writing = Writing()
    assert list(writing.add("The ferry leaves at nine. [1] ")) == []
    assert list(writing.add("It ")) == [Claim("The ferry leaves at nine.", (1,))]


@pytest.mark.parametrize("half", ["[", "[1", "[1, ", "【2"])
def test_half_a_mark_is_waited_for(half: str) -> None:
    writing = Writing()
    assert list(writing.add(f"The ferry leaves at nine {half}")) == []
    assert [claim.text for claim in writing.rest()] != []


PARTS = st.sampled_from(
    [
        "The ferry leaves at nine.",
        "Ada Lorne kept the lamp for thirty years.",
        "Dr. Brand paid 4.50 crowns, e.g. in May.",
        "Why did it close?",
        "**Bread** is baked at 200 degrees.",
        "- A list has items.",
        "[1]",
        " [2, 3].",
        "【1】",
        "[Passage 2]",
        "[1-3]",
        "(Passage 1)",
        "According to passage 1, the ferry leaves.",
        "(which is odd)",
        "[sic]",
        "\n",
        "\n\n",
        " ",
        " ",
    ]
)


@given(
    st.sampled_from(["", "<think>Let me see. [9]</think>"]), st.lists(PARTS, max_size=12), st.data()
)
def test_where_the_pieces_are_cut_makes_no_difference(
    thought: str, parts: list[str], data: st.DataObject
) -> None:
    text = thought + "".join(parts)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=20)))
    edges = [0, *cuts, len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    assert claims(*pieces) == claims(text)


def test_what_never_ends_a_sentence_is_not_read_over_and_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked_at = 0

    def counting(text: str) -> list[Sentence]:
        nonlocal looked_at
        looked_at += len(text)
        return sentences(text)

    monkeypatch.setattr("retrieval.chat.written.sentences", counting)
    text = "and on it goes " * 400
    claims(*[text[start : start + 4] for start in range(0, len(text), 4)])
    assert looked_at < 100 * len(text)
