"""Measure the time and memory of asking, beside what it can't be had without."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.golden import Golden
from retrieval.library import Library
from tests.support.homes import opened

# The imports and the model that every answer needs, and nothing else.
BARE = """
import chromadb, sentence_transformers
from retrieval.embedding.bundled_weights import bundled_path
sentence_transformers.SentenceTransformer(str(bundled_path()))
"""
TURNS = 5


@dataclass(frozen=True)
class Cost:
    """Seconds and bytes of one process, from start to exit."""

    seconds: float
    peak: int


@dataclass(frozen=True)
class Warm:
    """Median milliseconds of one answer, and of its two unavoidable parts."""

    ask: float
    embed: float
    query: float

    @property
    def ratio(self) -> float:
        """The time of an answer divided by that of its unavoidable parts."""
        return self.ask / (self.embed + self.query)


def warm(library: Library, questions: Sequence[Golden]) -> Warm:
    """Times answers from a library that is open, its parts in between."""
    index = library.home.store("common").index
    asks, embeds, queries = [], [], []
    for golden in questions:
        asks.append(library.ask(golden.question).elapsed_ms)
        began = time.perf_counter()
        vector = library.embedder.query_vector(golden.question)
        embedded = time.perf_counter()
        with index.using() as collection:
            collection.query(query_embeddings=vector, n_results=5)
        embeds.append((embedded - began) * 1000)
        queries.append((time.perf_counter() - embedded) * 1000)
    return Warm(median(asks), median(embeds), median(queries))


def cold(home: Path) -> tuple[Cost, Cost]:
    """Median cost of `footnote ask` in a home with the sample, and of the bare imports and load."""
    embedder = SentenceEmbedder()
    with opened(home, embedder) as library:
        library.add_sample()
    ask = [sys.executable, "-m", "bot", "--home", str(home), "ask", "Who left, and why?"]
    bare = [sys.executable, "-c", BARE]
    # By turns, so that a slow moment of the machine hits both; the first ones warm its caches.
    runs = [(run(ask), run(bare)) for _ in range(TURNS + 1)][1:]
    return middle([one for one, _ in runs]), middle([other for _, other in runs])


def run(command: Sequence[str]) -> Cost:
    """Runs a command to its end."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{command} ended with status {status}")
    return Cost(seconds, usage.ru_maxrss * 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each."""
    return Cost(median(c.seconds for c in costs), int(median(c.peak for c in costs)))
