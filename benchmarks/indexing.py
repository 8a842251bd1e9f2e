"""Measure the speed of adding documents, beside one `encode` of the same passages by the model."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.torch_model import TorchModel, load_torch_model
from retrieval.evaluation.squad import SquadSet
from retrieval.indexing.embed_passages import title_prefix
from retrieval.library import Library
from retrieval.reading.source import Source, from_file, from_memory
from retrieval.store.passages import all_numbers, read_unembedded
from retrieval.weights.fitted import load_fitted
from tests.support.homes import put

from .squad import empty_library

FILES = 1000
TURNS = 3


@dataclass(frozen=True)
class Pace:
    """Medians of some turns, in seconds: documents added, and their passages encoded."""

    passages: int
    added: float
    encoded: float

    @property
    def ratio(self) -> float:
        """The speed, as a multiple of `encode` alone."""
        return self.encoded / self.added


def measure_articles(squad: SquadSet, embedder: SentenceEmbedder) -> Pace:
    """All articles, each one document."""
    return measure([from_memory(f"bench:{t}", text, t) for t, text in squad.documents], embedder)


def measure_files(squad: SquadSet, embedder: SentenceEmbedder) -> Pace:
    """A folder of a thousand files, each with one paragraph."""
    paragraphs = [p for _, text in squad.documents for p in text.split("\n\n")]
    with TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number:04}.txt") for number in range(FILES)]
        for number, path in enumerate(paths):
            path.write_text(f"{number}. {paragraphs[number % len(paragraphs)]}", encoding="utf-8")
        return measure([from_file(path) for path in paths], embedder)


def measure(sources: Sequence[Source], embedder: SentenceEmbedder) -> Pace:
    """By turns, so that a slow moment of the machine hits both; the first turn warms its caches."""
    turns = [turn(sources, embedder) for _ in range(TURNS + 1)][1:]
    added, encoded = (median(seconds) for seconds in list(zip(*turns, strict=True))[1:])
    return Pace(int(turns[0][0]), added, encoded)


@cache
def reference() -> TorchModel:
    """The same model, run by sentence-transformers."""
    return load_torch_model(None, "cpu")


def turn(sources: Sequence[Source], embedder: SentenceEmbedder) -> tuple[int, float, float]:
    """Return the number of passages that the sources make, and the seconds of both ways."""
    with empty_library(embedder, load_fitted()) as library:
        began = time.perf_counter()
        put(library, sources)
        added = time.perf_counter() - began
        texts = as_embedded(library)
    began = time.perf_counter()
    reference().transformer.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    return len(texts), added, time.perf_counter() - began


def as_embedded(library: Library) -> list[str]:
    """The passages of a library as the model reads them, headings and all."""
    connection = library.home.store("common").catalog.connection
    passages = read_unembedded(connection, all_numbers(connection))
    return [title_prefix(p.heading, library.embedder) + p.text for p in passages]
