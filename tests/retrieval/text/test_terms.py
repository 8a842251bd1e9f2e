"""The words of a question that matter, and the keys by which they are known."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.terms import Keys, content_words, fold, names, words
from tests.support.texts.any_text import ANY_TEXT, ARTICLES, QUESTIONS

KEYS = Keys()


@given(st.one_of(ANY_TEXT, ARTICLES))
def test_words_are_folded_and_folding_again_changes_nothing(text: str) -> None:
    for word in words(text):
        assert word
        assert words(word) == [word] == [fold(word)]


@given(st.text(string.ascii_letters + " .,?'"))
def test_capitals_make_no_difference_to_words(text: str) -> None:
    assert words(text.upper()) == words(text.lower()) == words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café, naïve!", ["cafe", "naive"]),
        ("the UN's office", ["the", "un", "s", "office"]),
        ("snake_case 3.5 co-op", ["snake", "case", "3", "5", "co", "op"]),
        ("МОСКВА", ["москва"]),
        ("🙂 ?!", []),
        ("", []),
    ],
)
def test_words_are_letters_and_digits_without_case_and_accents(
    text: str, expected: list[str]
) -> None:
    assert words(text) == expected


def test_stop_words_are_left_out_unless_nothing_else_is_left() -> None:
    assert content_words("Who left the office, and why? The office!") == ["left", "office"]
    assert content_words("Who is it?") == ["who", "is", "it"]
    assert content_words("?") == []


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("what's the quorum", ["quorum"]),
        ("why can't I row, doesn’t it float?", ["row", "float"]),
        ("won't the women's boat float", ["women", "boat", "float"]),
        ("who won the boat with plan d in CA", ["won", "boat", "plan", "d", "ca"]),
    ],
)
def test_what_is_contracted_is_no_word_of_a_question(question: str, told: list[str]) -> None:
    assert KEYS.content_words(question) == told


@given(QUESTIONS)
def test_content_words_are_words_of_the_question_each_once(question: str) -> None:
    found = content_words(question)
    assert len(set(found)) == len(found)
    assert set(found) <= set(words(question))
    assert bool(found) == bool(words(question))


def test_forms_of_a_word_have_one_key() -> None:
    for one, other in (("resigned", "resignation"), ("library", "libraries"), ("votes", "voting")):
        assert KEYS.of([one]) == KEYS.of([other])
    assert KEYS.of(["tea"]) != KEYS.of(["water"])


def test_names_are_capitalised_words_and_numbers_inside_a_sentence() -> None:
    assert names("Did Ada Lovelace meet him in 1842? Where was Babbage?") == [
        "Ada", "Lovelace", "1842", "Babbage",
    ]  # fmt: skip
    assert names("what happened in 3b?") == ["3b"]
    assert names("") == []


def test_names_lose_their_case_and_stop_words_as_keys() -> None:
    assert KEYS.names("Where did He meet Lovelace?") == set(KEYS.of(["lovelace"]))
    assert KEYS.names("WHERE DID LOVELACE LIVE?") == set()
