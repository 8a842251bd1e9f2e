"""Passages that say the same in the same words are taken once; different facts are kept."""

from functools import partial

import pytest

from retrieval.library import Library
from retrieval.text.duplicates import distinct
from retrieval.types import Passage
from tests.support.homes import note, put

FOOTER = (
    "You are reading the pages of the Skerry harbour office. Our newsletter brings the tide tables "
    "to you by mail, and the office is open on every working day for all who sail."
)


def passage(text: str, start: int = 0) -> Passage:
    return Passage("id", "Title", "source", None, start, start + len(text), text)


pick = partial(distinct, most=5)


def test_the_same_words_are_taken_once_and_the_first_is_kept() -> None:
    first, again, other = (
        passage(FOOTER),
        passage(FOOTER, 500),
        passage("The ferry leaves at nine."),
    )
    assert pick([first, again, other]) == [first, other]


def test_a_word_more_or_less_and_other_white_space_make_no_difference() -> None:
    [kept] = pick([passage(FOOTER), passage(FOOTER.replace(" every", "\nevery single"))])
    assert kept == passage(FOOTER)


@pytest.mark.parametrize(
    ("word", "other"), [("working day", "working day 7"), ("Skerry", "Holm"), ("mail", "Ada")]
)
def test_a_number_or_a_name_makes_all_the_difference(word: str, other: str) -> None:
    assert len(pick([passage(FOOTER), passage(FOOTER.replace(word, other))])) == 2


def test_the_same_words_in_another_order_say_something_else() -> None:
    assert len(pick([passage("Holm beat Tarn in May."), passage("Tarn beat Holm in May.")])) == 2
    assert len(pick([passage("tea"), passage("coffee")])) == 2


def test_passages_that_share_a_sentence_both_stay() -> None:
    one = "The ferry leaves at nine. It takes cars."
    assert len(pick([passage(one), passage("It takes cars. Bicycles travel for nothing.")])) == 2


def test_no_more_are_taken_than_asked_for() -> None:
    words = ("tea", "coffee", "milk", "water", "wine", "beer", "juice")
    assert len(pick([passage(f"We drink {word} now.") for word in words])) == 5


def test_a_sites_boilerplate_fills_one_footnote_at_most(library: Library) -> None:
    facts = ("gulls", "seals", "crabs", "mussels", "herrings", "eels")
    pages = [
        note(f"{fact}.txt", f"All about {fact} in the bay, as seen from the pier.\n\n{FOOTER}")
        for fact in facts
    ]
    put(library, pages)
    found = library.search("When is the harbour office open, and does it send a newsletter?")
    assert sum("newsletter" in passage.text for passage in found) == 1
