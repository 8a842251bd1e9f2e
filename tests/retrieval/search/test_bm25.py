"""Full text finds passages by their words, whatever a question is made of."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.library import Library
from retrieval.search.bm25 import best_matches, count_terms
from retrieval.store.passages import count_passages
from retrieval.store.sqlite import Database
from retrieval.text.terms import content_words
from tests.support.homes import note, put
from tests.support.texts.any_text import QUESTIONS

TEXTS = {
    "tea": "Tea is brewed from leaves. Tea wants hot water.",
    "coffee": "Coffee is brewed from roasted beans, and wants water too.",
    "ferry": "The ferry AND the bridge: café on board, near the bow (left) or NOT.",
}


@pytest.fixture(scope="module")
def tables(house: Library) -> sqlite3.Connection:
    """The catalog of a library with three passages."""
    put(house, [note(source, text) for source, text in TEXTS.items()], "fulltext")
    return house.home.store("fulltext").catalog.connection


def sources(tables: sqlite3.Connection, *words: str, k: int = 10) -> list[str]:
    found = []
    for number, _ in best_matches(tables, words, k):
        query = "SELECT source FROM passages JOIN documents ON documents.version = document "
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


@given(QUESTIONS)
def test_no_question_is_an_error_in_the_query_language(
    tables: sqlite3.Connection, question: str
) -> None:
    for _, score in best_matches(tables, content_words(question), 10):
        assert score > 0


def test_passages_are_counted_by_what_they_hold(tables: sqlite3.Connection) -> None:
    assert count_passages(tables) == 3
    spans = [("brew", "brew\0"), ("b", "c"), ("zeppelin", "zeppelin\0")]
    # From b to c: brewed and board, bridge, bow, beans.
    assert count_terms(tables, spans) == (3, [2, 6, 0])
    assert count_terms(tables, []) == (3, [])


# Words from rare to common, as a language has them: each stands in more passages than the last.
VOCABULARY = ["oda", "krall", "bridge", "ferry", "river", "island", "time", "year", "first", "day"]
LIBRARIES = st.lists(
    st.lists(st.integers(0, 99).map(lambda n: VOCABULARY[int(n**0.5)]), min_size=1, max_size=12),
    min_size=1,
    max_size=40,
)
ASKED = st.lists(st.sampled_from([*VOCABULARY, "zeppelin"]), min_size=1, max_size=5, unique=True)
MOST = st.integers(1, 40)
K = st.integers(1, 40)
ALL = 1000


def filled(texts: Sequence[Sequence[str]]) -> sqlite3.Connection:
    """A catalog in memory of passages with these words."""
    connection = Database(Path(":memory:")).connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.executemany(
        'INSERT INTO passages (document, start, "end", text, sentences) VALUES (0, 0, 0, ?, 0)',
        [[" ".join(words)] for words in texts],
    )
    return connection


def holding(texts: Sequence[Sequence[str]], word: str) -> set[int]:
    return {number for number, words in enumerate(texts, 1) if word in words}


def holding_rare(texts: Sequence[Sequence[str]], words: Sequence[str], most: int) -> set[int]:
    """The passages that hold one of the rarest words, which `most` do all in all."""
    found, held = set[int](), 0
    for passages in sorted((holding(texts, word) for word in words), key=len):
        held += len(passages)
        found |= passages if held <= most else set()
    return found


@given(LIBRARIES, ASKED, K)
def test_a_library_that_can_be_looked_through_is(
    texts: list[list[str]], words: list[str], k: int
) -> None:
    tables = filled(texts)
    assert best_matches(tables, words, k, len(texts)) == best_matches(tables, words, k, ALL)


@given(LIBRARIES, ASKED, K, MOST)
def test_what_is_found_in_a_larger_one_has_the_score_of_all_its_words(
    texts: list[list[str]], words: list[str], k: int, most: int
) -> None:
    tables = filled(texts)
    whole = dict(best_matches(tables, words, ALL))
    found = best_matches(tables, words, k, most)
    assert len({number for number, _ in found}) == len(found) <= k
    assert [score for _, score in found] == pytest.approx([whole[number] for number, _ in found])


@given(LIBRARIES, ASKED, K, MOST)
def test_passages_that_hold_a_rare_word_are_never_passed_over(
    texts: list[list[str]], words: list[str], k: int, most: int
) -> None:
    tables = filled(texts)
    rare = holding_rare(texts, words, most)
    whole = [score for number, score in best_matches(tables, words, ALL) if number in rare][:k]
    found = [score for _, score in best_matches(tables, words, k, most)]
    assert len(found) >= len(whole)
    assert all(one >= other - 1e-9 for one, other in zip(found, whole, strict=False))


@given(LIBRARIES, ASKED, K, MOST)
def test_the_list_is_the_whole_one_where_all_of_that_holds_a_rare_word(
    texts: list[list[str]], words: list[str], k: int, most: int
) -> None:
    tables = filled(texts)
    whole = best_matches(tables, words, k)
    if {number for number, _ in whole} <= holding_rare(texts, words, most):
        found = best_matches(tables, words, k, most)
        assert [score for _, score in found] == pytest.approx([score for _, score in whole])


@given(LIBRARIES, st.sampled_from(VOCABULARY), MOST)
def test_of_a_word_that_too_many_hold_the_newest_are_ranked(
    texts: list[list[str]], word: str, most: int
) -> None:
    found = best_matches(filled(texts), [word], ALL, most)
    expected = sorted(holding(texts, word))
    if len(texts) > most:
        expected = expected[-most:]
    assert {number for number, _ in found} == set(expected)
