"""A home with documents in it, and a backup of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from tests.support.homes import note, opened, put

NOTES = [
    note("lighthouse", "The lighthouse at Skerry was built in 1851. Its keeper was Ada Lorne."),
    note("ferry", "The ferry to Skerry leaves at nine. A ticket costs four crowns."),
    note("bread", "Rye bread is baked for an hour. The dough rests overnight in a cold room."),
]
OWN = [note("pier", "The pier of Holm is closed in winter. The key hangs at the harbour office.")]


@pytest.fixture(scope="package")
def library(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> Iterator[Library]:
    """Two libraries of one home, which no test changes."""
    with opened(tmp_path_factory.mktemp("home"), embedder) as library:
        put(library, NOTES)
        put(library, OWN, "guild-1")
        yield library


@pytest.fixture(scope="package")
def backup(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of them."""
    return library.back_up(tmp_path_factory.mktemp("backups") / "home.backup").file


@pytest.fixture
def empty(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """A home that holds nothing."""
    with opened(tmp_path / "empty", embedder) as library:
        yield library
