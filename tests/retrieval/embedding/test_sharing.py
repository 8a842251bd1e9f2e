"""One model, loaded once, serves many threads; what they must not do at once waits."""

from collections.abc import Callable, Iterator
from threading import Lock
from time import sleep
from typing import cast

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from retrieval.embedding.embedder import SentenceEmbedder, load_model
from retrieval.embedding.model import Model
from retrieval.embedding.torch_model import TorchModel
from retrieval.text.terms import Keys
from tests.support.homes import at_once
from tests.support.models.bundled import reference

TEA = "Tea is brewed from leaves. The water should be hot."
FERRY = "The ferry to the island leaves at noon. A ticket costs four crowns."
LONG = "The bridge was opened in 1912. It has nine arches of red stone. " * 12


def test_a_cold_model_is_loaded_once_whoever_needs_it_first(embedder: SentenceEmbedder) -> None:
    loads: list[str | None] = []

    def load() -> Model:
        loads.append(None)
        return load_model(None, None)

    cold = SentenceEmbedder(load=load)
    tasks: list[Callable[[], object]] = [
        lambda: cold.query_vector(TEA).tolist(),
        lambda: cold.count_tokens([TEA]),
        lambda: [pieces.tolist() for pieces in cold.words.pieces([TEA])],
        lambda: cold.twin.query_vector(TEA).tolist(),
    ]
    found = at_once(tasks * 2)
    assert loads == [None]
    assert found[:4] == found[4:]
    assert found[0] == found[3] == embedder.query_vector(TEA).tolist()


@pytest.mark.parametrize("by", ["onnx", "torch"])
def test_an_embedder_used_by_many_threads_gives_each_what_it_would_give_it_alone(
    by: str, embedder: SentenceEmbedder
) -> None:
    embedder = SentenceEmbedder(load=reference) if by == "torch" else embedder
    texts = ["tea", TEA, f"{TEA} {FERRY}", LONG]
    spans = [[(0, len(text))] for text in texts]

    def work() -> list[object]:
        return [
            [
                [embedder.query_vector(text).tolist() for text in texts],
                embedder.count_tokens(texts),
                [pieces.tolist() for pieces in embedder.words.pieces(texts)],
                [made.passage.tolist() for _, made in embedder.embed_passages(texts, spans)],
            ]
            for _ in range(2)
        ]

    alone = work()
    assert at_once([work] * 4) == [alone] * 4


def test_a_twin_by_pytorch_has_the_same_weights_and_a_tokenizer_of_its_own() -> None:
    one, other = reference(), reference().share()
    for weight, shared in zip(
        [*one.transformer.parameters(), *one.transformer.buffers()],
        [*other.transformer.parameters(), *other.transformer.buffers()],
        strict=True,
    ):
        assert weight is shared
    assert other.transformer.tokenizer is not one.transformer.tokenizer


@pytest.mark.parametrize("by", ["onnx", "torch"])
def test_a_twin_gives_the_same_vectors(by: str, embedder: SentenceEmbedder) -> None:
    embedder = SentenceEmbedder(load=reference) if by == "torch" else embedder
    twin = embedder.twin
    assert twin is embedder.twin
    assert twin.identity == embedder.identity
    texts, spans = [TEA, LONG], [[(0, 20), (21, 50)], [(0, 300)]]
    pairs = zip(
        embedder.embed_passages(texts, spans), twin.embed_passages(texts, spans), strict=True
    )
    for (position, one), (same, other) in pairs:
        assert position == same
        assert np.array_equal(one.passage, other.passage)
        assert np.array_equal(one.sentences, other.sentences)
    assert np.array_equal(embedder.query_vector(TEA), twin.query_vector(TEA))


def test_a_twin_that_nobody_uses_costs_no_loading() -> None:
    assert SentenceEmbedder("no/such-model").twin.identity == "no/such-model"


class OneAtATime:
    """Something that notices if a second thread comes in while it is at work."""

    def __init__(self) -> None:
        self._at_work = Lock()
        self.crossed = False

    def work(self) -> None:
        if not self._at_work.acquire(blocking=False):
            self.crossed = True
            return
        sleep(0.01)
        self._at_work.release()


class Delicate(OneAtATime):
    """A model with its tokenizer, and a stemmer: all that must not be used by two at once."""

    is_fast = False
    unk_token_id = None

    @property
    def tokenizer(self) -> "Delicate":
        return self

    def __call__(self, texts: list[str], **_: object) -> dict[str, list[list[int]]]:
        self.work()
        return {"input_ids": [[1] for _ in texts]}

    def encode_query(self, _: str, **__: object) -> list[float]:
        self.work()
        return [1.0]

    def encode_document(self, texts: list[str], **_: object) -> list[list[float]]:
        self.work()
        return [[1.0] for _ in texts]

    def __iter__(self) -> Iterator[object]:
        return iter(())

    def stemWords(self, words: list[str]) -> list[str]:  # noqa: N802
        self.work()
        return words


def test_two_threads_never_use_a_model_at_once() -> None:
    model = Delicate()
    embedder = SentenceEmbedder(load=lambda: TorchModel(cast(SentenceTransformer, model)))
    uses: list[Callable[[], object]] = [
        lambda: embedder.query_vector(TEA),
        lambda: embedder.count_tokens([TEA]),
        lambda: embedder.words.spelled([TEA], [[(0, 3)]]),
        lambda: embedder.embed_documents([TEA]),
        lambda: list(embedder.embed_passages([TEA], [[(0, 3)]])),
    ]
    at_once(uses * 2)
    assert not model.crossed


def test_two_threads_never_use_a_stemmer_at_once() -> None:
    keys, stemmer = Keys(), Delicate()
    keys._stemmer = stemmer
    at_once([lambda: keys.of(["tea"])] * 4)
    assert not stemmer.crossed
