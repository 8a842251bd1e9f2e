"""A library to try things in, and a model that is not the bundled one."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from tests.support.homes import opened


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
    from tests.support.models.tiny import save_tiny_model

    return save_tiny_model(tmp_path_factory.mktemp("other"), "cls")


@pytest.fixture(scope="session")
def other_embedder(other_model: Path) -> SentenceEmbedder:
    """The tiny model behind the same interface."""
    return SentenceEmbedder(str(other_model), device="cpu")
