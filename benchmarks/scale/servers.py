"""Measure a process that serves many Discord servers: python -m benchmarks.scale.servers

Fills a home with a library for each of so many servers, and one more that all share, and tells
what a process takes that opens them all and is asked in each in turn. With --server, it does the
same once more with the vectors on a Chroma server on this machine.
"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.wiring import allow_many
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.store.vectors.embedded_store import FileStore
from retrieval.store.vectors.server_store import Server, ServerStore
from retrieval.store.vectors.vector_store import VectorStore
from retrieval.types import COMMON
from tests.support.chroma_server import chroma
from tests.support.homes import opened
from tests.support.processes.memory import resident

from .apart import apart
from .asking import questions
from .filling import fill
from .grown import timed
from .scale import p95
from .synthetic import World

ASKED = 300
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Trial:
    """A home, where its vectors are (a URL, or ""), and what is asked there."""

    home: str
    url: str
    questions: list[str]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds to open all libraries and of each answer; bytes in memory with the model alone, and
    when all was asked; open files."""

    opening: float
    asks: list[float]
    empty: int
    memory: int
    files: int


def main() -> None:
    """Fills, measures, prints; or, without arguments to it, does one trial that comes as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--servers", type=int, default=1000)
    parser.add_argument("--passages", type=int, default=100, help="of each server's library")
    parser.add_argument("--server", action="store_true")
    parser.add_argument("--trial", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    allow_many()
    if chosen.trial:
        print(json.dumps(asdict(measure(Trial(**json.load(sys.stdin))))))
        return
    with TemporaryDirectory() as folder:
        compare(Path(folder), chosen.servers, chosen.passages, chosen.server)


def compare(folder: Path, servers: int, passages: int, at_server: bool) -> None:
    """Prints what each way costs."""
    world = World(SentenceEmbedder())
    asked = questions(world, ASKED)
    table = Table(
        "vectors", "libraries", "passages", "open s", "memory MiB", "files", "ask p50 ms", "p95 ms",
        box=None,
    )  # fmt: skip
    home = folder / "files"
    fill_all(home, FileStore, world, servers, passages)
    table.add_row("in files", *row(servers, passages, _apart(Trial(str(home), "", asked))))
    if at_server:
        with chroma(folder / "chroma") as server:
            home = folder / "served"
            fill_all(home, partial(_at, server.url), world, servers, passages)
            cost = _apart(Trial(str(home), server.url, asked))
            table.add_row("on a server", *row(servers, passages, cost))
            print(f"the Chroma server itself: {server.resident() / MIB:,.0f} MiB")
    Console(width=120).print(table)


def _at(url: str, home: Path) -> VectorStore:
    return ServerStore(home, Server(url))


def fill_all(
    home: Path, open_store: Callable[[Path], VectorStore], world: World, servers: int, passages: int
) -> None:
    """A library of so many passages for each server, and one that all share."""
    with opened(home, world.embedder, open_store=open_store) as library:
        for number in track(range(servers + 1), "libraries", transient=True):
            store = library.home.store(f"guild-{number}" if number else COMMON)
            for _ in fill(store, world, world.documents(passages, seed=number + 1)):
                pass


def _apart(trial: Trial) -> Cost:
    """A trial in a process of its own."""
    return Cost(**apart("benchmarks.scale.servers", "--trial", trial=asdict(trial)))


def measure(trial: Trial) -> Cost:
    """Opens all, and asks in each library in turn, as members of a server do."""
    embedder = SentenceEmbedder()
    embedder.query_vector("warm")
    empty = resident()
    open_store = partial(_at, trial.url) if trial.url else FileStore
    with opened(Path(trial.home), embedder, open_store=open_store) as library:
        opening = timed(library.count)
        guilds = [name for name in library.home.names() if name != COMMON]
        asks = [
            timed(partial(library.ask, question, libraries=(guilds[at * 7 % len(guilds)], COMMON)))
            for at, question in enumerate(trial.questions)
        ]
        return Cost(opening, asks, empty, resident(), len(list(Path("/proc/self/fd").iterdir())))


def row(servers: int, passages: int, cost: Cost) -> list[str]:
    """Return the table row of a trial."""
    cells = [f"{servers + 1:,}", f"{(servers + 1) * passages:,}", f"{cost.opening:.1f}"]
    cells += [f"{cost.empty / MIB:,.0f} + {(cost.memory - cost.empty) / MIB:,.0f}"]
    cells += [f"{cost.files:,}", f"{1000 * median(cost.asks):.0f}"]
    return [*cells, f"{1000 * p95(cost.asks):.0f}"]


if __name__ == "__main__":
    main()
