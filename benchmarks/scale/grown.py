"""Measure a library that has grown to some size: run in a process of its own, as JSON.

Reads a `Trial` as JSON from standard input. The model is loaded before anything is timed: it takes
as long for every size. Memory is as Linux counts it.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.types import Added
from tests.support.homes import note, opened, put
from tests.support.processes.memory import resident


@dataclass(frozen=True, slots=True)
class Trial:
    """A home, what is asked there, and the pages that are added and removed again."""

    home: str
    questions: Sequence[str]
    pages: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grown:
    """Seconds of each thing done; bytes that the process had in memory when all was asked."""

    opening: float
    searches: Sequence[float]
    memory: int
    adds: Sequence[float]
    removals: Sequence[float]


def main() -> None:
    """Does the trial and prints what it cost."""
    trial = Trial(**json.load(sys.stdin))
    print(json.dumps(asdict(measure(trial))))


def measure(trial: Trial) -> Grown:
    """Opens the home, asks, adds and removes."""
    embedder = SentenceEmbedder()
    first, *questions = trial.questions
    _warm(embedder, first)
    began = time.perf_counter()
    with opened(Path(trial.home), embedder) as library:
        library.search(first)
        opening = time.perf_counter() - began
        searches = [timed(partial(library.search, question)) for question in questions]
        memory = resident()
        adds, removals = zip(*(_come_and_go(library, page) for page in trial.pages), strict=True)
    return Grown(opening, searches, memory, adds, removals)


def _warm(embedder: SentenceEmbedder, question: str) -> None:
    embedder.query_vector(question)
    [pieces] = embedder.words.pieces([question])
    embedder.words.alike(pieces, pieces)


def _come_and_go(library: Library, page: str) -> tuple[float, float]:
    came = list[Added]()
    added = timed(lambda: came.extend(put(library, [note("page", page)])))
    documents = [one.document.id for one in came if one.document is not None]
    return added, timed(lambda: library.remove(documents))


def timed(action: Callable[[], object]) -> float:
    """The seconds that something takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
