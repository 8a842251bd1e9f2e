"""A question in the form in which it is matched: what each of its word pieces says."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.query import WORDS, ParsedQuery, parse_query
from retrieval.search.term_rarity import TermRarity
from retrieval.text.terms import Keys, words
from tests.support.models.bundled import written
from tests.support.texts.any_text import QUESTIONS
from tests.support.texts.queries import all_alike, weighed

KEYS = Keys()


def read(
    embedder: SentenceEmbedder, question: str, weights: Mapping[str, float] | None = None
) -> ParsedQuery:
    """The question with weights by word; without any, all its words say the same."""
    if weights is None:
        return parse_query(question, embedder, KEYS, all_alike)
    by_key = dict(zip(KEYS.of(weights), weights.values(), strict=True))
    return parse_query(question, embedder, KEYS, lambda _: weighed(by_key))


def by_piece(embedder: SentenceEmbedder, asked: ParsedQuery) -> list[tuple[str, float]]:
    """Return how much each piece says, by how it is written."""
    pieces = written(asked.pieces.tolist())
    return [
        (piece, round(share, 4))
        for piece, share in zip(pieces, asked.weights.tolist(), strict=True)
    ]


@given(question=QUESTIONS)
def test_whatever_is_asked_its_parts_agree(question: str, embedder: SentenceEmbedder) -> None:
    asked = read(embedder, question)
    assert asked.vector.shape == (384,)
    assert asked.pieces.shape == asked.weights.shape
    assert (asked.weights >= 0.0).all()
    assert asked.weights.sum() == pytest.approx(1.0) or not asked.weights.any()
    assert len(asked.phrases) <= max(0, len(asked.pieces) - 1)
    assert {piece for phrase in asked.phrases for piece in phrase} <= set(asked.pieces.tolist())
    expected = embedder.words.pieces([" ".join(words(question)[:WORDS])])[0]
    assert asked.pieces.tolist() == expected.tolist()


def test_stop_words_say_nothing_and_a_rare_word_more_than_a_common_one(
    embedder: SentenceEmbedder,
) -> None:
    asked = read(embedder, "Where is the copper kettle?", {"copper": 3.0, "kettle": 1.0})
    assert by_piece(embedder, asked) == [
        ("where", 0.0), ("is", 0.0), ("the", 0.0), ("copper", 0.75), ("kettle", 0.25),
    ]  # fmt: skip


def test_a_word_of_several_pieces_says_no_more_than_one_of_a_single_piece(
    embedder: SentenceEmbedder,
) -> None:
    found = by_piece(embedder, read(embedder, "unforeseeably tea"))
    assert len(found) == 6
    assert sum(share for _, share in found[:-1]) == pytest.approx(0.5)
    assert found[-1] == ("tea", 0.5)


def test_where_there_are_only_stop_words_they_say_all(embedder: SentenceEmbedder) -> None:
    third = round(1 / 3, 4)
    found = by_piece(embedder, read(embedder, "Who is it?"))
    assert found == [("who", third), ("is", third), ("it", third)]


def test_a_word_of_no_weight_leaves_the_others_theirs(embedder: SentenceEmbedder) -> None:
    assert by_piece(embedder, read(embedder, "tea kettle", {"tea": 2.0})) == [
        ("tea", 1.0), ("kettle", 0.0),
    ]  # fmt: skip
    assert not read(embedder, "tea kettle", {}).weights.any()


@pytest.mark.parametrize("question", ["?!", "🙂", "--- ... ---", "_"])
def test_a_question_of_symbols_has_a_vector_and_no_words(
    question: str, embedder: SentenceEmbedder
) -> None:
    asked = read(embedder, question)
    assert np.linalg.norm(asked.vector) == pytest.approx(1.0)
    assert (len(asked.pieces), len(asked.weights), asked.phrases) == (0, 0, ())
    assert asked.words == ()


def test_phrases_are_neighbours_but_not_of_stop_words(embedder: SentenceEmbedder) -> None:
    asked = read(embedder, "Who is the head of state?")
    assert [tuple(written(phrase)) for phrase in asked.phrases] == [
        ("the", "head"), ("head", "of"), ("of", "state"),
    ]  # fmt: skip


def test_punctuation_parts_no_phrase_and_a_long_word_is_one_of_itself(
    embedder: SentenceEmbedder,
) -> None:
    plain, marked = (read(embedder, text).phrases for text in ("hot tea", "hot, (tea)"))
    assert plain == marked
    assert len(plain) == 1
    assert len(read(embedder, "unforeseeably").phrases) == 4


def test_only_the_first_words_are_looked_at(embedder: SentenceEmbedder) -> None:
    numbers = [str(number) for number in range(1000, 1000 + 2 * WORDS)]
    asked, cut = (read(embedder, " ".join(some)) for some in (numbers, numbers[:WORDS]))
    assert asked.pieces.tolist() == cut.pieces.tolist()
    assert asked.phrases == cut.phrases
    assert list(asked.words) == numbers[:WORDS]
    assert np.allclose(asked.weights, cut.weights)


def test_stop_words_take_no_room_among_the_words_that_are_looked_up(
    embedder: SentenceEmbedder,
) -> None:
    numbers = [str(number) for number in range(WORDS)]
    asked = read(embedder, "What is the " * 100 + " ".join(numbers))
    assert list(asked.words) == numbers


def test_words_are_looked_up_once_all_together(embedder: SentenceEmbedder) -> None:
    looked_up = []

    def look_up(keys: Sequence[str]) -> TermRarity:
        looked_up.append(list(keys))
        return TermRarity((9,), dict.fromkeys(keys, 2))

    asked = parse_query("Did Ada brew the tea in 1842?", embedder, KEYS, look_up)
    assert looked_up == [KEYS.of(["ada", "brew", "tea", "1842"])]
    assert asked.rarity == TermRarity((9,), dict.fromkeys(looked_up[0], 2))
    assert asked.names == {"ada", "1842"}
