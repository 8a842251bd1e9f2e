"""Measure a growing library: python -m benchmarks.scale.scale [--sizes 1000,10000] [--folder DIR]

Fills a library of each size with made-up passages and prints what asking, opening, adding and
removing cost there. Every size is measured by turns, so that a slow moment of the machine hits
all. With --folder, the libraries are kept there; what is filled, or half filled, is not again.
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.homes import opened

from .apart import apart
from .asking import pages, questions
from .filling import fill
from .grown import Grown, Trial
from .synthetic import World

QUESTIONS, PAGES, TURNS = 250, 8, 3
DIMENSIONS, FLOAT = 384, 4
MIB = 2**20


def main() -> None:
    """Fills, measures, prints."""
    chosen = arguments()
    world = World(SentenceEmbedder())
    with TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        homes = {size: filled(folder, size, world) for size in (0, *chosen.sizes)}
        asked, added = questions(world, QUESTIONS + 1), list(pages(world, PAGES))
        turns = [
            {size: run(Trial(str(home), asked, added)) for size, home in homes.items()}
            for _ in range(TURNS)
        ]
        disk = {size: occupied(home) for size, home in homes.items()}
    found = {size: together([turn[size] for turn in turns]) for size in homes}
    Console(width=150).print(tabulated(found, disk))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    sizes = "1000,10000,100000"
    parser.add_argument("--sizes", type=lambda text: [*map(int, text.split(","))], default=sizes)
    parser.add_argument("--folder", type=Path)
    return parser.parse_args()


def filled(folder: Path, size: int, world: World) -> Path:
    """A home with a library of so many passages."""
    home, unfinished = folder / str(size), folder / f"{size}.unfinished"
    if home.exists():
        return home
    with opened(unfinished, world.embedder) as library, Progress(transient=True) as progress:
        task = progress.add_task(f"{size:,} passages", total=size)
        for there in fill(library.home.store("common"), world, world.documents(size)):
            progress.update(task, completed=there)
    unfinished.rename(home)
    return home


def run(trial: Trial) -> Grown:
    """A trial in a process of its own."""
    return Grown(**apart("benchmarks.scale.grown", trial=asdict(trial)))


def together(turns: Sequence[Grown]) -> Grown:
    """Combine several turns: the least of each time, as the machine's other work adds to it."""
    return Grown(
        opening=min(turn.opening for turn in turns),
        searches=[min(times) for times in zip(*(turn.searches for turn in turns), strict=True)],
        memory=int(median(turn.memory for turn in turns)),
        adds=[min(times) for times in zip(*(turn.adds for turn in turns), strict=True)],
        removals=[min(times) for times in zip(*(turn.removals for turn in turns), strict=True)],
    )


def occupied(home: Path) -> int:
    """The bytes of a home's files."""
    return sum(path.stat().st_size for path in home.rglob("*") if path.is_file())


def tabulated(found: dict[int, Grown], disk: dict[int, int]) -> Table:
    """The figures, each but the first with its ratio to the smallest library's."""
    table = Table(
        "passages", "search p50 ms", "p95 ms", "×", "memory MiB", "× vectors", "disk MiB",
        "open ms", "×", "add ms", "×", "remove ms", "×", box=None,
    )  # fmt: skip
    empty, *sizes = found
    for size in sizes:
        table.add_row(*row(size, found[size], found[sizes[0]], found[empty].memory, disk[size]))
    return table


def row(size: int, found: Grown, least: Grown, empty: int, disk: int) -> list[str]:
    """One size's row."""
    above = found.memory - empty
    cells = [f"{size:,}", f"{1000 * median(found.searches):.1f}"]
    cells += _beside(p95(found.searches), p95(least.searches))
    cells += [f"{above / MIB:.0f}", f"{above / (size * DIMENSIONS * FLOAT):.2f}"]
    cells += [f"{disk / MIB:,.0f}", *_beside(found.opening, least.opening)]
    cells += _beside(median(found.adds), median(least.adds))
    return cells + _beside(median(found.removals), median(least.removals))


def _beside(seconds: float, least: float) -> list[str]:
    return [f"{1000 * seconds:.1f}", f"{seconds / least:.2f}"]


def p95(seconds: Sequence[float]) -> float:
    """The 95th percentile."""
    return quantiles(seconds, n=20)[18]


if __name__ == "__main__":
    main()
