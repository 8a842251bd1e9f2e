"""A home with a few documents, whose questions a chat model answers as each test says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.weights.fitted import load_fitted
from tests.support.homes import intake, note, put
from tests.support.model_server.asking import House, LastingHome
from tests.support.model_server.skerry import BREAD, FERRY, LIGHTHOUSE


@pytest.fixture(scope="session")
def stocked(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> Iterator[Library]:
    """The documents of all tests, in one home that goes on from test to test."""
    home = LastingHome(tmp_path_factory.mktemp("house"), embedder.identity, on_wait=lambda: None)
    library = Library(home, embedder, load_fitted(), intake())
    put(library, [note("lighthouse", LIGHTHOUSE), note("ferry", FERRY), note("bread", BREAD)])
    yield library
    home.end()


@pytest.fixture
def house(stocked: Library, tmp_path: Path) -> House:
    """Those documents, to be answered from; what a chat model is asked is counted anew."""
    return House(stocked, tmp_path)
