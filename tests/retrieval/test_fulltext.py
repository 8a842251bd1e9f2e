"""Full text finds passages by their words, whatever a question is made of."""

import sqlite3

import pytest
from hypothesis import given, settings

from retrieval.fulltext import best_matches, count_holding, count_passages
from retrieval.library import Library
from retrieval.terms import content_words

from .places import note, put
from .texts import QUESTIONS

TEXTS = {
    "tea": "Tea is brewed from leaves. Tea wants hot water.",
    "coffee": "Coffee is brewed from roasted beans, and wants water too.",
    "ferry": "The ferry AND the bridge: café on board, near the bow (left) or NOT.",
}


@pytest.fixture(scope="module")
def tables(house: Library) -> sqlite3.Connection:
    """The catalog of a library with three passages."""
    put(house, [note(source, text) for source, text in TEXTS.items()], "fulltext")
    return house.home.shelf("fulltext").catalog.connection


def sources(tables: sqlite3.Connection, *words: str, k: int = 10) -> list[str]:
    found = []
    for number, _ in best_matches(tables, words, k):
        query = "SELECT source FROM passages JOIN documents ON documents.id = document "
        query += "WHERE passages.id = ?"
        found += [str(row[0]) for row in tables.execute(query, [number])]
    return found


def test_passages_holding_any_of_the_words_are_found(tables: sqlite3.Connection) -> None:
    assert sources(tables, "beans", "bridge", "zeppelin") in (
        ["coffee", "ferry"], ["ferry", "coffee"],
    )  # fmt: skip


def test_the_best_match_comes_first(tables: sqlite3.Connection) -> None:
    assert sources(tables, "tea", "water")[0] == "tea"
    scores = [score for _, score in best_matches(tables, ["tea", "water"], 10)]
    assert scores == sorted(scores, reverse=True)


def test_no_more_than_k_are_found(tables: sqlite3.Connection) -> None:
    assert len(sources(tables, "brewed", k=1)) == 1
    assert len(sources(tables, "brewed", k=10)) == 2


@pytest.mark.parametrize("form", ["brewing", "BREWS", "brewed"])
def test_a_word_is_found_in_its_other_forms(form: str, tables: sqlite3.Connection) -> None:
    assert set(sources(tables, form)) == {"tea", "coffee"}


def test_no_words_find_nothing(tables: sqlite3.Connection) -> None:
    assert best_matches(tables, [], 10) == []


@pytest.mark.parametrize("word", ["and", "or", "not", "near"])
def test_an_operator_is_a_word_like_any_other(word: str, tables: sqlite3.Connection) -> None:
    assert "ferry" in sources(tables, word)


@settings(max_examples=200)
@given(QUESTIONS)
def test_no_question_is_an_error_in_the_query_language(
    tables: sqlite3.Connection, question: str
) -> None:
    for _, score in best_matches(tables, content_words(question), 10):
        assert score > 0


def test_passages_are_counted_by_what_they_hold(tables: sqlite3.Connection) -> None:
    assert count_passages(tables) == 3
    assert count_holding(tables, "brew", "brew\0") == 2
    assert count_holding(tables, "b", "c") == 6  # brewed and board, bridge, bow, beans
    assert count_holding(tables, "zeppelin", "zeppelin\0") == 0
