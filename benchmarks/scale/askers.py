"""Measure how many questions are answered in a second, beside an older build.

`python -m benchmarks.scale.askers SQUAD OTHER`: SQUAD is a file in SQuAD's format, each article of
which is a document; OTHER is the interpreter of an environment in which another Footnote is
installed. Both answer the same questions, by turns, each time in a process of its own with as many
threads as the bot has, first one question after the other, then many askers at once.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

KIB_IN_MIB = 1024
# Questions that warm a process up, and those asked one after the other.
FIRST, ALONE = 5, 30
# Threads that answer, as many as the bot has.
THREADS = 4
FIGURES = {
    "questions a second": "{:.1f}",
    "answered after, p50 (s)": "{:.2f}",
    "answered after, p95 (s)": "{:.2f}",
    "one alone, p50 (ms)": "{:.0f}",
    "peak memory (MiB)": "{:.0f}",
}


def main(arguments: Sequence[str]) -> int:
    """Print the medians of both builds, and this one's share of the other's."""
    options = argparse.ArgumentParser(description="Measure many who ask at once.")
    options.add_argument("squad", type=Path)
    options.add_argument("other")
    options.add_argument("--askers", type=int, default=50)
    options.add_argument("--each", type=int, default=3, help="questions of each asker")
    options.add_argument("--turns", type=int, default=3)
    chosen = options.parse_args(arguments)
    builds, found = {"this": sys.executable, "other": chosen.other}, dict[str, list[Any]]()
    with TemporaryDirectory() as folder:
        documents = write_documents(json.loads(chosen.squad.read_text("utf-8")), Path(folder))
        for name, python in builds.items():
            _run(python, "add", str(documents), str(Path(folder, name)))
        for _ in range(chosen.turns):
            for name, python in builds.items():
                asked = map(str, (Path(folder, name), chosen.squad, chosen.askers, chosen.each))
                found.setdefault(name, []).append(json.loads(_run(python, *asked)))
    print_medians(found)
    return 0


def print_medians(found: Mapping[str, Sequence[Mapping[str, float]]]) -> None:
    """Print a line a figure."""
    for name, form in FIGURES.items():
        this, other = (median(turn[name] for turn in found[build]) for build in ("this", "other"))
        shown = f"{form.format(other)} → {form.format(this)}"
        print(f"{name:26} {shown:20} × {this / other:.2f}")


def write_documents(squad: Mapping[str, Any], folder: Path) -> Path:
    """Write each article to a file; returns their folder."""
    documents = folder / "articles"
    documents.mkdir()
    for article in squad["data"]:
        text = "\n\n".join(paragraph["context"] for paragraph in article["paragraphs"])
        (documents / f"{article['title']}.txt").write_text(text, encoding="utf-8")
    return documents


def questions(squad: Mapping[str, Any], wanted: int) -> list[str]:
    """So many questions, evenly from all articles."""
    listed = [
        asked["question"]
        for article in squad["data"]
        for paragraph in article["paragraphs"]
        for asked in paragraph["qas"]
    ]
    return listed[:: max(1, len(listed) // wanted)][:wanted]


def _run(python: str, *arguments: str) -> str:
    # As a file, not a module: this build's packages would be taken for those of the other.
    done = subprocess.run([python, __file__, *arguments], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode().strip().rpartition("\n")[2]


def add(documents: str, home: str) -> None:
    """Add the documents to an empty home."""
    from bot.settings import read_settings
    from bot.wiring import open_library
    from retrieval import from_paths

    with open_library(read_settings(Path(home))) as library:
        for added in library.add(from_paths([documents])):
            assert not added.error, added.error


def ask(home: str, squad: str, askers: int, each: int) -> dict[str, float]:
    """The figures of one turn."""
    from bot.settings import read_settings
    from bot.wiring import open_library

    read = json.loads(Path(squad).read_text(encoding="utf-8"))
    asked = questions(read, FIRST + ALONE + askers * each)
    with (
        open_library(read_settings(Path(home))) as library,
        ThreadPoolExecutor(THREADS) as pool,
        ThreadPoolExecutor(askers) as people,
    ):

        def took(question: str) -> float:
            began = time.monotonic()
            pool.submit(library.ask, question).result()
            return time.monotonic() - began

        alone = [took(question) for question in asked[: FIRST + ALONE]][FIRST:]
        began = time.monotonic()
        rest = asked[FIRST + ALONE :]
        waited = [*people.map(took, rest)]
        wall = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_IN_MIB
    numbers = len(waited) / wall, median(waited), quantiles(waited, n=20)[-1]
    return dict(zip(FIGURES, (*numbers, median(alone) * 1000, peak), strict=True))


if __name__ == "__main__":
    if sys.argv[1:2] == ["add"]:
        add(*sys.argv[2:4])
    elif len(sys.argv) == 5 and sys.argv[3].isdigit():
        print(json.dumps(ask(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))))
    else:
        sys.exit(main(sys.argv[1:]))
