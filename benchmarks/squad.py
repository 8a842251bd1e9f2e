"""A library filled with SQuAD articles, in a home of its own, for the benchmarks."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.source import from_memory
from retrieval.weights.fitted import Fitted
from tests.support.homes import opened, put


@contextmanager
def empty_library(embedder: SentenceEmbedder, fitted: Fitted) -> Iterator[Library]:
    """A library in a home of its own, gone when the block ends."""
    with TemporaryDirectory() as folder, opened(Path(folder), embedder, fitted) as library:
        yield library


@contextmanager
def filled_library(
    documents: Iterable[tuple[str, str]], embedder: SentenceEmbedder, fitted: Fitted
) -> Iterator[Library]:
    """A library of (title, text) documents, gone when the block ends."""
    with empty_library(embedder, fitted) as library:
        put(library, [from_memory(f"bench:{title}", text, title) for title, text in documents])
        yield library
