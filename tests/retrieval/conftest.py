"""A library to try things in, and a model that is not the bundled one."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest

from retrieval.embed import SentenceEmbedder
from retrieval.library import Library
from retrieval.model import bundled_path

from .places import opened

TOKENIZER = ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt")


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """An empty library in a home of its own."""
    with opened(tmp_path / "home", embedder) as library:
        yield library


@pytest.fixture(scope="session")
def house(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> Iterator[Library]:
    """One home for all examples of all properties: each takes a library of its own in it."""
    with opened(tmp_path_factory.mktemp("house"), embedder) as library:
        yield library


@pytest.fixture(scope="session")
def unused_name() -> Callable[[], str]:
    """Gives, at each call, the name of a library that nobody has used yet."""
    numbers = count(100)
    return lambda: f"library-{next(numbers)}"


@pytest.fixture(scope="session")
def other_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model, untrained, of the kind whose token vectors mean nothing on their own."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("other") / "tiny"
    bare = folder.with_name("bare")
    bare.mkdir()
    config = BertConfig(
        hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(bare)
    for name in TOKENIZER:
        copyfile(bundled_path() / name, bare / name)
    transformer = Transformer(str(bare), max_seq_length=64)
    pooling = Pooling(32, pooling_mode="cls")
    SentenceTransformer(modules=[transformer, pooling], device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="session")
def other_embedder(other_model: Path) -> SentenceEmbedder:
    """The tiny model behind the same interface."""
    return SentenceEmbedder(str(other_model), device="cpu")
