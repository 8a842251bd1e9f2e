"""ONNX Runtime's vectors are sentence-transformers' own, and PyTorch is not imported for them."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.fit.graph import build, word_centre
from retrieval.embedding import onnx_layers
from retrieval.embedding.bundled_weights import bundled_path
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.model import Model
from retrieval.embedding.onnx_layers import SIX, TWELVE, Graph, OnnxError, OnnxLayers
from retrieval.embedding.onnx_model import CENTRE, OnnxModel, read_parts
from retrieval.embedding.torch_model import TorchModel
from retrieval.text.segmentation.sentences import sentences
from tests.support.models.bundled import reference
from tests.support.texts.any_text import ANY_TEXT, DOCUMENTS

# The most by which a number of a vector of length one may differ.
CLOSE = 1e-5
ODD = [
    "", " ", "[SEP] tea [MASK] [CLS][PAD] [UNK]", "naïve Ünïcode ﬁ ǅ İstanbul ẞ",
    "日本語 テキスト", "a\u200bb\x00c\ufffd", "x" * 300, "word " * 400, "🙂 tea", "\tTab\nnew\r\n",
    "the U.S.A. isn't 3.14% — «rock’n’roll»", "tea " * 254, "tea " * 255,
]  # fmt: skip


@pytest.fixture(scope="module")
def model(embedder: SentenceEmbedder) -> OnnxModel:
    assert isinstance(embedder.model, OnnxModel)
    return embedder.model


def assert_read_alike(model: Model, texts: Sequence[str]) -> None:
    """Fails unless tokens, their places and all vectors are those of the reference."""
    for ours, theirs in zip(
        model.pieces(texts, True), reference().pieces(texts, True), strict=True
    ):
        assert list(ours.ids) == list(theirs.ids)
        assert list(ours.offsets) == list(theirs.offsets)
    read = model.tokenise(texts)
    for ours, theirs in zip(read, reference().tokenise(texts), strict=True):
        assert list(ours.ids) == list(theirs.ids)
        assert list(ours.offsets) == list(theirs.offsets)
    assert np.abs(model.encode(texts) - reference().encode(texts)).max() < CLOSE
    for made, expected in zip(model.forward(read), reference().forward(read), strict=True):
        # A token's vector has a length of about six.
        assert np.abs(made.tokens - expected.tokens[: len(made.tokens)]).max() < 6 * CLOSE
        assert np.abs(made.whole - expected.whole).max() < CLOSE


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_any_text_is_read_as_sentence_transformers_reads_it(text: str, model: OnnxModel) -> None:
    assert_read_alike(model, [text])
    assert np.abs(model.encode_query(text) - reference().encode_query(text)).max() < CLOSE


@settings(max_examples=10)
@given(texts=st.lists(ANY_TEXT | DOCUMENTS, min_size=1, max_size=5))
def test_texts_are_read_together_as_sentence_transformers_reads_them(
    texts: list[str], model: OnnxModel
) -> None:
    assert_read_alike(model, texts)


def test_passages_and_their_sentences_have_the_reference_s_vectors(
    embedder: SentenceEmbedder,
) -> None:
    texts = ["Ada wrote it. Nobody ran it then! 🙂", "The water should be hot. " * 60, "Tea?"]
    spans = [[(each.start, each.end) for each in sentences(text)] for text in texts]
    ours = dict(embedder.embed_passages(texts, spans))
    theirs = dict(SentenceEmbedder(load=reference).embed_passages(texts, spans))
    for number in range(len(texts)):
        assert np.abs(ours[number].passage - theirs[number].passage).max() < CLOSE
        assert np.abs(ours[number].sentences - theirs[number].sentences).max() < CLOSE


def test_words_are_as_alike_as_by_the_reference(embedder: SentenceEmbedder) -> None:
    theirs = SentenceEmbedder(load=reference).words
    some, others = embedder.words.pieces(["ended buy car 1912", "finished the purple vehicle"])
    assert np.allclose(embedder.words.alike(some, others), theirs.alike(some, others), atol=1e-6)


def test_the_model_says_of_itself_what_the_reference_says(model: OnnxModel) -> None:
    for name in ("longest", "pools_tokens", "places_pieces", "unknown", "frame"):
        assert getattr(model, name) == getattr(reference(), name)
    ours, theirs = model.word_table, reference().word_table
    assert theirs is not None
    assert np.array_equal(np.asarray(ours), np.asarray(theirs))


@pytest.mark.parametrize("graph", [SIX, TWELVE], ids=("six", "twelve"))
def test_a_graph_is_what_its_script_makes(graph: Graph) -> None:
    assert graph.file.read_bytes() == build(graph.layers).SerializeToString(deterministic=True)
    assert sha256(graph.file.read_bytes()).hexdigest() == graph.sha256


def test_the_mean_of_the_word_vectors_is_the_weights_own() -> None:
    assert np.allclose(np.load(CENTRE), word_centre(), atol=1e-7)


def test_a_graph_that_was_altered_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    altered = tmp_path / SIX.file.name
    altered.write_bytes(SIX.file.read_bytes()[:-1])
    monkeypatch.setattr(onnx_layers, "SIX", replace(SIX, file=altered))
    with pytest.raises(OnnxError, match="not the file that comes with Footnote"):
        read_parts(bundled_path())


def test_weights_that_are_not_whole_are_refused() -> None:
    with pytest.raises(OnnxError):
        OnnxLayers({"encoder.layer.0.output.dense.bias": np.zeros(384, dtype=np.float32)})


def test_where_onnx_runtime_cannot_be_loaded_pytorch_answers_and_says_why(
    monkeypatch: pytest.MonkeyPatch, embedder: SentenceEmbedder
) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    other = SentenceEmbedder()
    assert isinstance(other.model, TorchModel)
    assert "as ONNX Runtime can't be used: " in other.model.engine
    assert np.allclose(other.query_vector("tea"), embedder.query_vector("tea"), atol=CLOSE)


def test_a_device_that_is_chosen_is_pytorch_s() -> None:
    assert SentenceEmbedder(device="cpu").model.engine == "PyTorch on cpu"


def test_embedding_and_reading_import_no_pytorch() -> None:
    code = """
import sys
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.model import Reader
embedder = SentenceEmbedder()
embedder.query_vector("tea")
list(embedder.embed_passages(["Tea. Water."], [[(0, 4), (5, 11)]]))
Reader(embedder).load()
print({"torch", "transformers", "sentence_transformers", "onnx", "sklearn"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("set()\n", "")
