"""Measure adding a Markdown handbook beside an older build.

`python -m benchmarks.scale.handbook OTHER`: OTHER is the interpreter of an environment in which
another Footnote is installed. Both add the same made-up pages, by turns, each time to an empty home
and in a process of its own, so that a slow moment of the machine hits both. Printed are seconds by
the clock and of the processors, and this build's share of the other's.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

THINGS = "boat oar lamp kettle rope key ladder tent bicycle drill saw loom kiln projector".split()
PLACES = "the shed,the long room,the pier,the cellar,the office,the yard,the workshop".split(",")
PEOPLE = "Ann Lee,Bo Ek,Ada Lorne,Ivo Brandt,Mara Quist,Tom Vane".split(",")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SENTENCES = (
    "The {thing} is kept in {place}, and {person} has the key to it.",
    "It may be borrowed for {number} days, and longer where nobody else has asked for it.",
    "On {day} it is looked after by {person}, who also writes down what is missing.",
    "Whoever brings it back late pays {number} crowns for every day.",
    "Before it leaves {place}, somebody checks it and signs the card that hangs beside it.",
    "A {thing} that is broken goes to {place}; it is mended there on {day} evenings.",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """The seconds that adding took: by the clock, and of all processors."""

    wall: float
    processor: float


def main(arguments: list[str]) -> int:
    """Print what each turn took, and at last the ratios of the medians."""
    options = argparse.ArgumentParser(description="Measure adding a Markdown handbook.")
    options.add_argument("other")
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--turns", type=int, default=3)
    chosen = options.parse_args(arguments)
    builds, costs = {"this": sys.executable, "other": chosen.other}, dict[str, list[Cost]]()
    with TemporaryDirectory() as folder:
        pages = Path(folder, "handbook")
        write_handbook(pages, chosen.pages)
        for turn in range(chosen.turns):
            for name, python in builds.items():
                cost = add(python, pages, Path(folder, f"{name}-{turn}"))
                costs.setdefault(name, []).append(cost)
                print(
                    f"{name:5} {cost.wall:7.1f} s wall {cost.processor:7.1f} s processor",
                    flush=True,
                )
    for figure in ("wall", "processor"):
        this, other = (median(getattr(cost, figure) for cost in costs[name]) for name in builds)
        print(f"{figure}: {this:.1f} s against {other:.1f} s, × {this / other:.2f}")
    return 0


def add(python: str, pages: Path, home: Path) -> Cost:
    """Add a folder to an empty home by `footnote add`. Raises CalledProcessError where it fails."""
    before, began = os.times(), time.monotonic()
    # Not where this module is run: its packages would be taken for those of the other build.
    command = [python, "-m", "bot", "add", str(pages), "--home", str(home), "--json"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    subprocess.run(command, cwd=pages, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    used = after.children_user + after.children_system
    return Cost(time.monotonic() - began, used - before.children_user - before.children_system)


def write_handbook(folder: Path, count: int) -> None:
    """Write so many pages of Markdown, the same ones every time."""
    folder.mkdir()
    random = Random(1)
    for number in range(count):
        page = "\n".join(_page(number, random))
        (folder / f"page-{number:04}.md").write_text(page, encoding="utf-8")


def _page(number: int, random: Random) -> Iterator[str]:
    thing = random.choice(THINGS)
    yield f"---\ntitle: {thing.capitalize()} {number}\ndate: 2026-03-04\n---\n"
    yield f"# {thing.capitalize()} {number}\n\n{_paragraph(random)}\n"
    yield f"> [!NOTE]\n> {_sentence(random)}\n"
    yield f"## Borrowing\n\n{_paragraph(random)}\n\n{_paragraph(random)}\n"
    yield "".join(f"- {_sentence(random)}\n" for _ in range(4))
    yield "## Prices\n\n| Who | Days | Price |\n|---|---|---|"
    yield "".join(
        f"| {random.choice(PEOPLE)} | {random.randint(1, 30)} | {random.randint(2, 90)} |\n"
        for _ in range(4)
    )
    yield f"## Looking after it\n\n{_paragraph(random)} See [the card](card-{number}.md).\n"
    yield f"```sh\nlend {thing} --number {number}\n```\n"
    yield f"1. {_sentence(random)}\n2. {_sentence(random)}\n"


def _paragraph(random: Random) -> str:
    return " ".join(_sentence(random) for _ in range(random.randint(3, 5)))


def _sentence(random: Random) -> str:
    return random.choice(SENTENCES).format(
        thing=random.choice(THINGS),
        place=random.choice(PLACES),
        person=random.choice(PEOPLE),
        day=random.choice(DAYS),
        number=random.randint(2, 40),
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
