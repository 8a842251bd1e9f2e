"""The text of a model is cut into sentences as soon as they are complete, the same ones however its
pieces fall, and however much it is."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.answer.chat.grounding.claims import Claim, Writing, unfinished
from tests.support.model_server.claims import claims, said

FERRY = "The ferry leaves at nine."


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Lorne paid 4.50 crowns to Mr. Brand of St. Mary's.",
        "It opens at 9 a.m. and closes at 5 p.m. on Sundays.",
        "The U.S. Coast Guard runs it, e.g. in winter.",
        "“Why?” she asked.",
    ],
)
def test_a_point_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert claims(text) == said((text,))


@pytest.mark.parametrize(
    "text",
    [
        "**The ferry** leaves at `__nine__`.",
        f"- {FERRY}",
        f"* {FERRY}",
        f"1. {FERRY}",
        f"1) {FERRY}",
        f"## {FERRY}",
        f"> {FERRY}",
        "The   ferry\nleaves at nine.",
        f"\n\n\n\n{FERRY}\n   \n\n",
    ],
)
def test_what_is_only_for_show_is_left_out(text: str) -> None:
    assert claims(text) == said((FERRY,))


def test_the_items_of_a_list_are_sentences_without_their_numbers() -> None:
    items = said(("It is old.", 1), ("It leaves at nine.", 2), ("It returns.",))
    text = "1. It is old [1].\n2. It leaves at nine. [2]\n3. It returns."
    assert claims(text) == items
    assert claims(text.replace("\n", " ")) == items


@pytest.mark.parametrize("text", ["", "  \n", "\n" * 50, "[1]", "[1] [2].", "<think>Hm, hm."])
def test_where_nothing_is_said_there_is_no_claim(text: str) -> None:
    assert [claim.text for claim in claims(text) if claim.text.strip(".")] == []


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    writing = Writing()
    assert list(writing.add(f"{FERRY} [1] ")) == []
    assert list(writing.add("It")) == []
    assert list(writing.add(" ")) == said((FERRY, 1))


@pytest.mark.parametrize("more", ["[2].", "[2]. [3].", "[2, 3]. [4] and [5]. ", "**[2]**. "])
@pytest.mark.parametrize("between", ["", " ", "\n", "\n "])
def test_points_between_marks_begin_no_sentence(between: str, more: str) -> None:
    [claim] = claims(*f"{FERRY} [1]{between}{more}")
    assert (claim.text, 2 in claim.cited) == (FERRY, True)


@pytest.mark.parametrize("half", ["[", "[1", "[1, ", "【2", "(see pass", "[1] and ", "[1], "])
def test_half_a_citation_is_waited_for(half: str) -> None:
    writing = Writing()
    assert list(writing.add(f"{FERRY} {half}")) == []
    assert [claim.text for claim in writing.rest()] != []


PARTS = st.sampled_from(
    [
        FERRY,
        "Ada Lorne kept the lamp for thirty years.",
        "Dr. Brand paid 4.50 crowns, e.g. in May.",
        "Why did it close?",
        "**Bread** is baked at 200 degrees.",
        "It is less than 5 % (or 4 < 5).",
        "- A list has items.",
        "\n1. It has numbers.",
        "\n2. It has more.",
        "[1]",
        " [2, 3].",
        "【1】",
        "[**Passage 2**]",
        "[1-3]",
        " [1] and [2]. ",
        "(Passage 1)",
        "According to passage 1, the ferry leaves.",
        "It leaves, according to [2].",
        "(which is odd)",
        "[sic]",
        "\n[1]\n",
        "<think>Let me see. [9]</think>",
        "\n",
        "\n\n",
        "\n\n\n\n",
        "     ",
        " ",
    ]
)


@given(st.lists(PARTS, max_size=12), st.sets(st.integers(0, 300), max_size=20))
@example(["- A list has items.", "\n[1]\n", " [1] and [2]. ", " [1] and [2]. "], {49})
@example(["**Bread** is baked at 200 degrees.", "\n", " [2, 3].", " [1] and [2]. "], {54})
@example(["It is (so. It is not. It was, for all that is known of it, never)."], {18})
def test_where_the_pieces_are_cut_makes_no_difference(parts: list[str], cuts: set[int]) -> None:
    text = "".join(parts)
    edges = [0, *sorted(cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(edges)]
    assert claims(*pieces) == claims(text) == claims(*text)


@pytest.mark.parametrize(
    "endless",
    [
        "and on it goes ",
        "The ferry (",
        "[1] ",
        "[1, ",
        "[",
        "x",
        "1.",
        " ",
        "\n",
        "- item\n",
        "<think>hm ",
        "\u200b",
    ],
)
def test_what_goes_on_without_end_is_not_read_over_and_over(
    endless: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = list[int]()

    def watched(text: str) -> int:
        looked_at.append(len(text))
        return unfinished(text)

    monkeypatch.setattr("retrieval.answer.chat.grounding.claims.unfinished", watched)
    writing, text = Writing(), (endless * 10_000)[:10_000]
    for start in range(0, len(text), 20):
        assert all(isinstance(claim, Claim) for claim in writing.add(text[start : start + 20]))
    assert len(looked_at) <= len(text) / 2
    assert max(looked_at, default=0) < 1500
