"""A model's thoughts before its answer, or amid it, are no part of what it says."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.chat.reader import LONGEST_ANSWER
from retrieval.answer.chat.thinking import LONGEST_TAG, Thoughts
from tests.support.model_server.asking import House, Scripted
from tests.support.model_server.claims import claims, said
from tests.support.model_server.skerry import KEEPER, QUESTION


def aloud(*pieces: str) -> str:
    """Return what is said aloud in a text that comes in pieces."""
    thoughts = Thoughts()
    return "".join(thoughts.left_out(piece) for piece in pieces) + thoughts.rest()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("It is so.", "It is so."),
        ("<think>Is it?</think>It is so.", "It is so."),
        ("\n<THINK>\nIs it?\n\nHm.\n</THINK>\n\nIt is so.", "\n\n\nIt is so."),
        ("<think></think>It is so.", "It is so."),
        ("It is <think>or not?</think>so.", "It is so."),
        ("<think>One.</think>It <think>Two.</think>is so.", "It is so."),
        ("<think>It never ends.", ""),
        ("<think>Is 5 < 6?</think>It is.", "It is."),
        ("So it is.</think>It is so.", "So it is.It is so."),
        ("5 < 6 and a <b>bold</b> word", "5 < 6 and a <b>bold</b> word"),
        ("It is less: <", "It is less: <"),
        ("It is <thin", "It is <thin"),
    ],
)
def test_what_is_thought_is_left_out_and_all_else_is_kept(text: str, kept: str) -> None:
    assert aloud(text) == aloud(*text) == kept


@given(
    st.lists(st.sampled_from(["<think>", "</think>", "<", "</", "think>", "It is so. ", "\n"])),
    st.data(),
)
def test_where_the_pieces_are_cut_makes_no_difference(
    parts: list[str], data: st.DataObject
) -> None:
    text = "".join(parts)
    edges = [0, *sorted(data.draw(st.sets(st.integers(0, len(text))))), len(text)]
    assert aloud(*(text[start:end] for start, end in pairwise(edges))) == aloud(text)


def test_no_more_than_half_a_tag_is_ever_kept_back() -> None:
    thoughts, heard, passed_on = Thoughts(), 0, 0
    for piece in "<<<</</<th<think</thin<thinker < 5 <":
        heard, passed_on = heard + 1, passed_on + len(thoughts.left_out(piece))
        assert heard - passed_on < LONGEST_TAG


def test_a_citation_in_a_thought_is_none() -> None:
    assert claims("<think>[3] says so. [2] doesn't.</think>It is so. [1]") == said(("It is so.", 1))


def test_a_model_may_think_for_longer_than_it_may_speak(house: House) -> None:
    thoughts = "Hm, who kept it? " * (LONGEST_ANSWER // 10)
    with house.answered_by(Scripted(script=[f"<think>{thoughts}</think>{KEEPER}"])) as library:
        assert library.ask(QUESTION).text == "The first keeper of the lighthouse was Ada Lorne. [1]"


def test_a_sentence_that_never_ends_is_not_listened_to(house: House) -> None:
    with house.answered_by(model := Scripted(script=["and then " * LONGEST_ANSWER])) as library:
        assert library.ask(QUESTION).reader == "quote"
    assert model.said < LONGEST_ANSWER
