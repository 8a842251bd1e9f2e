"""A model is asked as it was trained to be, whether or not it says so itself."""

import pytest
from sentence_transformers import SentenceTransformer

from retrieval.embedding.bundled_weights import bundled_path
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.prompts import (
    BGE,
    E5,
    NO_PROMPTS,
    Prompts,
    is_multilingual,
    prompts_by_name,
)
from retrieval.embedding.torch_model import TorchModel
from tests.support.models.bundled import reference


@pytest.mark.parametrize(
    ("name", "prompts"),
    [
        ("intfloat/multilingual-e5-small", E5),
        ("intfloat/e5-base-v2", E5),
        ("/srv/models/multilingual-e5-large/", E5),
        ("BAAI/bge-small-en-v1.5", BGE),
        ("intfloat/multilingual-e5-large-instruct", NO_PROMPTS),
        ("BAAI/bge-m3", NO_PROMPTS),
        ("sentence-transformers/all-MiniLM-L6-v2", NO_PROMPTS),
    ],
)
def test_prompts_are_those_of_the_model_s_family(name: str, prompts: Prompts) -> None:
    assert prompts_by_name(name) == prompts


@pytest.mark.parametrize("name", ["multilingual", "intfloat/multilingual-e5-small"])
def test_the_multilingual_e5_models_are_known_by_name(name: str) -> None:
    assert is_multilingual(name)


@pytest.mark.parametrize("name", [None, "BAAI/bge-m3", "intfloat/e5-small-v2"])
def test_others_are_not(name: str | None) -> None:
    assert not is_multilingual(name)


def test_a_passage_s_prompt_is_read_by_the_model_and_belongs_to_no_sentence() -> None:
    made = SentenceTransformer(str(bundled_path()), device="cpu")
    made.prompts = {"query": E5.query, "document": E5.passage}
    prompted = SentenceEmbedder(load=lambda: TorchModel(made))
    text, spans = "Tea is hot. Ice is cold.", [(0, 11), (12, 24)]
    [(_, found)] = prompted.embed_passages([text], [spans])
    [whole] = prompted.embed_documents([text])
    assert found.passage == pytest.approx(whole, abs=1e-5)
    [read] = prompted.model.tokenise([text])
    [plain] = reference().tokenise([text])
    shown = [span for span in read.offsets if span != (0, 0)]
    assert shown == [span for span in plain.offsets if span != (0, 0)]
    assert prompted.query_vector("tea") == pytest.approx(reference().encode_query("query: tea"))
