"""Word pieces of texts and their sentences, and how alike they are."""

from collections.abc import Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.model import Matrix, Span
from retrieval.embedding.torch_model import TorchModel
from retrieval.embedding.word_vectors import Pieces, WordVectors
from retrieval.text.segmentation.sentences import sentences
from tests.support.models.bundled import reference
from tests.support.texts.any_text import ANY_TEXT, ARTICLES, TEXTS

SAID = "It was horrific.Nobody knew why. 🙂 Then it ended."


@pytest.fixture(scope="module")
def vectors(embedder: SentenceEmbedder) -> WordVectors:
    return embedder.words


class SlowTokenizer:
    """The bundled model's tokenizer without what only a fast one can tell: where pieces stand."""

    is_fast = False

    def __init__(self, fast: Any) -> None:
        self.fast = fast
        self.unk_token_id = fast.unk_token_id

    def __call__(self, texts: list[str], **options: object) -> dict[str, object]:
        assert "return_offsets_mapping" not in options
        return {"input_ids": self.fast(texts, **options)["input_ids"]}


class OddModel:
    """A model that reads as the bundled one does, and has no table of vectors to show."""

    def __init__(self, tokenizer: object) -> None:
        self.tokenizer = tokenizer

    def __getitem__(self, number: int) -> object:
        return SimpleNamespace()


@pytest.fixture(scope="module")
def slow() -> WordVectors:
    """The word pieces of a model whose tokenizer is a slow one."""
    model = OddModel(SlowTokenizer(reference().transformer.tokenizer))
    return WordVectors(TorchModel(cast(SentenceTransformer, model)))


def spans_of(text: str) -> list[Span]:
    return [(sentence.start, sentence.end) for sentence in sentences(text)]


def spelled(vectors: WordVectors, text: str, spans: Sequence[Span]) -> tuple[Pieces, list[Pieces]]:
    """The word pieces of a text, and those of each sentence among them."""
    [(pieces, places)] = vectors.spelled([text], [spans])
    assert places.shape == (len(spans), 2)
    return pieces, [pieces[first:after] for first, after in places.tolist()]


def alike(vectors: WordVectors, one: str, other: str) -> Matrix:
    return vectors.alike(*vectors.pieces([one, other]))


# Pieces


def test_pieces_are_words_or_parts_of_words_without_a_frame(vectors: WordVectors) -> None:
    found = vectors.pieces(["tea and water", "", "TEA!", "Unforeseeably"])
    assert [len(pieces) for pieces in found] == [3, 0, 2, 5]
    assert found[0][0] == found[2][0]


@given(texts=st.lists(ANY_TEXT, max_size=4))
def test_pieces_of_a_text_are_its_own_whatever_stands_beside_it(
    texts: list[str], vectors: WordVectors
) -> None:
    together = vectors.pieces(texts)
    assert len(together) == len(texts)
    for text, found in zip(texts, together, strict=True):
        [alone] = vectors.pieces([text])
        assert found.tolist() == alone.tolist()
        assert found.dtype == np.int32


def test_a_text_longer_than_the_window_is_spelled_to_its_end(vectors: WordVectors) -> None:
    assert [len(pieces) for pieces in vectors.pieces(["tea " * 2000])] == [2000]


def test_a_word_that_the_model_does_not_know_has_no_piece(vectors: WordVectors) -> None:
    known, unknown, both = vectors.pieces(["tea water", "🙂 🙃", "🙂 tea 🙃 water"])
    assert unknown.tolist() == []
    assert both.tolist() == known.tolist()


# Sentences


@given(text=TEXTS)
def test_a_sentence_has_the_pieces_it_would_have_alone(text: str, vectors: WordVectors) -> None:
    spans = spans_of(text)
    pieces, parts = spelled(vectors, text, spans)
    assert pieces.tolist() == vectors.pieces([text])[0].tolist()
    alone = vectors.pieces([text[start:end] for start, end in spans])
    assert [part.tolist() for part in parts] == [part.tolist() for part in alone]


@given(text=ARTICLES, cuts=st.lists(st.integers(0, 400), max_size=6))
def test_wherever_a_text_is_cut_its_pieces_are_shared_out_in_order(
    text: str, cuts: list[int], vectors: WordVectors
) -> None:
    ends = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    spans = list(pairwise(ends))
    pieces, parts = spelled(vectors, text, spans)
    assert np.concatenate(parts).tolist() == pieces.tolist()


def test_between_sentences_stands_what_is_of_none(vectors: WordVectors) -> None:
    text = "# Hours\n\nIt opens at nine. It closes at five."
    second = (text.index("It closes"), len(text))
    pieces, [part] = spelled(vectors, text, [second])
    assert part.tolist() == vectors.pieces(["It closes at five."])[0].tolist()
    assert len(pieces) == 2 + 5 + 5


def test_a_text_without_sentences_has_pieces_all_the_same(vectors: WordVectors) -> None:
    pieces, parts = spelled(vectors, "tea and water", [])
    assert (len(pieces), parts) == (3, [])


@given(text=TEXTS)
def test_with_a_slow_tokenizer_sentences_are_spelled_apart_and_alike(
    text: str, vectors: WordVectors, slow: WordVectors
) -> None:
    spans = spans_of(text)
    pieces, parts = spelled(slow, text, spans)
    _, fast = spelled(vectors, text, spans)
    assert [part.tolist() for part in parts] == [part.tolist() for part in fast]
    assert pieces.tolist() == [piece for part in parts for piece in part.tolist()]
    assert pieces.dtype == np.int32


def test_several_texts_are_spelled_at_once(vectors: WordVectors, slow: WordVectors) -> None:
    texts = [SAID, "", "Tea? Water!"]
    spans = [spans_of(text) for text in texts]
    for words in (vectors, slow):
        together = words.spelled(texts, spans)
        for text, own, (pieces, places) in zip(texts, spans, together, strict=True):
            [(alone, at)] = words.spelled([text], [own])
            assert (pieces.tolist(), places.tolist()) == (alone.tolist(), at.tolist())


# Alike


@given(one=ARTICLES, other=ANY_TEXT)
def test_likeness_goes_from_nothing_to_one_and_is_mutual(
    one: str, other: str, vectors: WordVectors
) -> None:
    some, others = vectors.pieces([one, other])
    found = vectors.alike(some, others)
    assert found.shape == (len(some), len(others))
    assert (found >= 0.0).all()
    assert (found <= 1.0).all()
    assert np.allclose(found, vectors.alike(others, some).T, atol=1e-5)
    same = some[:, None] == others[None, :]
    assert np.allclose(found[same], 1.0, atol=1e-5)


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("ended", "finished", "purple"),
        ("ended", "ends", "finished"),
        ("buy", "purchase", "purple"),
        ("big", "large", "tea"),
        ("car", "vehicle", "water"),
        ("doctor", "physician", "bridge"),
        ("1912", "1913", "purple"),
    ],
)
def test_words_of_like_meaning_are_more_alike_than_strangers(
    word: str, near: str, far: str, vectors: WordVectors
) -> None:
    assert alike(vectors, word, near).item() > alike(vectors, word, far).item() + 0.05


def test_case_makes_no_difference(vectors: WordVectors) -> None:
    assert alike(vectors, "TEA", "tea").item() == pytest.approx(1.0)


def test_what_the_model_does_not_know_is_like_nothing(vectors: WordVectors) -> None:
    assert alike(vectors, "🙂", "🙂").shape == (0, 0)
    assert alike(vectors, "tea", "🙂").shape == (1, 0)
    assert alike(vectors, "🙂", "tea water").shape == (0, 2)


def test_without_a_table_of_vectors_only_the_same_piece_is_alike(slow: WordVectors) -> None:
    found = alike(slow, "tea ended", "finished tea tea")
    assert found.tolist() == [[0.0, 1.0, 1.0], [0.0, 0.0, 0.0]]
    assert found.dtype == np.float32


def test_another_model_has_word_pieces_and_vectors_too(other_embedder: SentenceEmbedder) -> None:
    words = other_embedder.words
    pieces, parts = spelled(words, SAID, spans_of(SAID))
    assert sum(map(len, parts)) == len(pieces) > 0
    assert alike(words, "tea", "tea water")[0, 0] == pytest.approx(1.0)
