"""Homes to try things in, and documents to put there."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from langchain_core.documents import Document

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.formats.sandbox.process_pool import Parsers
from retrieval.reading.intake import Intake
from retrieval.reading.load import load
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import Source
from retrieval.search.reader.model import Reader
from retrieval.store.home import Home
from retrieval.store.inventory import look_once
from retrieval.store.passages import all_numbers, read_passages
from retrieval.store.vectors.embedded_store import FileStore
from retrieval.store.vectors.vector_store import VectorStore
from retrieval.types import Added
from retrieval.weights.fitted import Fitted, load_fitted

Result = TypeVar("Result")

# Seconds until a thread is taken to wait for ever: against hanging, not against slowness.
PATIENCE = 1200.0


def at_once(tasks: Iterable[Callable[[], Result]]) -> list[Result]:
    """Return what comes of tasks that are begun in the same moment, in a thread each."""
    tasks = list(tasks)
    start = Barrier(len(tasks))

    def run(task: Callable[[], Result]) -> Result:
        start.wait(PATIENCE)
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [done.result(PATIENCE) for done in [pool.submit(run, task) for task in tasks]]


@contextmanager
def opened(
    folder: Path,
    embedder: SentenceEmbedder,
    fitted: Fitted | None = None,
    open_store: Callable[[Path], VectorStore] = FileStore,
) -> Iterator[Library]:
    """The library of a home, closed when the block ends."""
    home = Home(folder, embedder.identity, lambda: None, open_store)
    reader = None if embedder.multilingual else reader_beside(embedder)
    numbers = fitted or load_fitted(embedder.multilingual)
    library = Library(home, embedder, numbers, intake(), reader=reader)
    try:
        yield library
    finally:
        library.close()


def never_abstaining(fitted: Fitted) -> Fitted:
    """The same numbers with a threshold that every answer passes."""
    across = fitted.across and replace(fitted.across, threshold=0.0)
    confidence = replace(fitted.confidence, threshold=0.0)
    return replace(fitted, confidence=confidence, across=across, chinese=None)


def note(name: str, text: str, title: str | None = None) -> Source:
    """A document that is not on disk."""
    raw = RawDocument(text.encode(), name, name, name, title or "")
    return Source(name, lambda _: raw)


def extracted(source: Source) -> list[Document]:
    """Return what is read out of a source, a document a part."""
    raw = source.fetch(intake())
    assert raw is not None
    return load(raw, intake().parsers)


@cache
def reader_beside(embedder: SentenceEmbedder) -> Reader:
    """Return the reader that all libraries of an embedder share: its weights are loaded once."""
    return Reader(embedder)


class Lasting(Intake):
    """An intake that goes on when one of those who share it is done."""

    def close(self) -> None:
        """Leaves it as it is."""


@cache
def intake() -> Intake:
    """Return what all libraries of a test run share: processes that read files start once."""
    return Lasting(lasting_parsers)


class LastingParsers(Parsers):
    """Processes that read files, and go on when one of those who share them is done."""

    def close(self) -> None:
        """Leave them as they are."""


@cache
def lasting_parsers() -> Parsers:
    """Return the processes that all readers of files share."""
    return LastingParsers()


def put(library: Library, sources: Iterable[Source], name: str = "common") -> list[Added]:
    """Adds documents, and insists that none of them failed."""
    results = list(library.add(sources, name))
    assert [result.error for result in results] == [None] * len(results)
    return results


def wait_until_whole(library: Library, name: str = "common") -> None:
    """Waits until the vectors of a library have been made good, where they weren't."""
    store = library.home.store(name)
    look_once(store)
    until = time.monotonic() + PATIENCE
    while not store.index.whole:
        assert time.monotonic() < until, "the vectors are still not whole"
        time.sleep(0.01)


@dataclass(frozen=True)
class Contents:
    """All that a library holds: each source's text, and how many passages and vectors."""

    texts: dict[str, str]
    titles: dict[str, str]
    passages: int
    found_by_words: int
    vectors: int


def contents(library: Library, name: str = "common") -> Contents:
    """Return what a library holds, after checking that its parts agree with each other."""
    store = library.home.store(name)
    documents = library.documents(name)
    assert all(document.state == "ready" for document in documents)
    assert len({document.source for document in documents}) == len(documents)
    numbers = all_numbers(store.catalog.connection)
    assert store.index.numbers() == set(numbers)
    store.catalog.connection.execute(
        "INSERT INTO passages_text (passages_text, rank) VALUES ('integrity-check', 1)"
    )
    for stored in read_passages(store.catalog.connection, numbers):
        assert len(stored.sentences) == len(stored.vectors) == len(stored.piece_spans) > 0
        assert 0 <= stored.piece_spans.min() <= stored.piece_spans.max() <= len(stored.pieces)
    (found,) = store.catalog.connection.execute("SELECT count(*) FROM passages_text").fetchone()
    return Contents(
        texts={document.source: library.text(document.id, name) for document in documents},
        titles={document.source: document.title for document in documents},
        passages=len(numbers),
        found_by_words=found,
        vectors=len(store.index.numbers()),
    )
