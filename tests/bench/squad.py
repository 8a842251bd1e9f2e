"""A library filled with SQuAD articles, in a home of its own, for the benchmarks."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from retrieval.embed import SentenceEmbedder
from retrieval.fitted import Fitted
from retrieval.home import Home
from retrieval.library import Library
from retrieval.load import load_bytes
from retrieval.sources import Source


@contextmanager
def filled_library(
    documents: Iterable[tuple[str, str]], embedder: SentenceEmbedder, fitted: Fitted
) -> Iterator[Library]:
    """A library of (title, text) documents, gone when the block ends."""
    with TemporaryDirectory() as folder:
        home = Home(Path(folder), embedder.identity, on_wait=lambda: None)
        library = Library(home, embedder, fitted)
        for added in library.add(as_source(title, text) for title, text in documents):
            assert added.error is None, added
        yield library
        library.close()


def as_source(title: str, text: str) -> Source:
    """A document to add from memory."""
    return Source(title, partial(load_bytes, text.encode(), f"bench:{title}", title=title), title)
