"""Planted disagreements of documents: python -m benchmarks.chat.conflicts [dev|judged]

Asks about planted pairs of documents in one library, and counts of how many it is shown that they
differ, and how often that is said wrongly. Then it measures what that adds to a question.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from retrieval.library import Library
from retrieval.library.library import open_library
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import Source
from retrieval.types import Answer

from .planted_conflicts import Page, Pair, plant

# Pairs that differ, and as many that don't.
COUNT = 100


def main() -> None:
    """Run it, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", nargs="?", choices=("dev", "judged"), default="judged")
    split = parser.parse_args().split
    pairs = plant(split, COUNT)
    with TemporaryDirectory() as folder, open_library(Path(folder)) as library:
        fill(library, pairs)
        answers = [library.ask(pair.question) for pair in pairs]
        table = rate(pairs, answers)
        spent = 1000 * cost(library, answers)
    table.add_row("what that adds to a question, median", f"{spent:.1f} ms of the processor")
    Console().print(table)


def fill(library: Library, pairs: Sequence[Pair]) -> None:
    """Add the documents of all pairs."""
    sources = [
        _source(f"{pair.name}-{n}.md", page) for pair in pairs for n, page in enumerate(pair.pages)
    ]
    failed = [added.error for added in library.add(sources) if added.error]
    assert not failed, failed[0]


def _source(name: str, page: Page) -> Source:
    known = {"title": page.title, "date": page.date, "author": page.author}
    head = "".join(f'{key}: "{value}"\n' for key, value in known.items() if value)
    raw = RawDocument(f"---\n{head}---\n\n{page.text}".encode(), name, name, name, "")
    return Source(name, lambda _: raw)


def rate(pairs: Sequence[Pair], answers: Sequence[Answer]) -> Table:
    """The figures: a question is right where the planted place is shown, and no other."""
    right, wrong, missed = 0, 0, Counter[str]()
    for pair, answer in zip(pairs, answers, strict=True):
        shown = {cited.source for cited in answer.otherwise if not cited.age}
        own = {f"{pair.name}-{n}.md" for n in (0, 1)}
        if pair.outcome == "differs" and shown and shown <= own:
            right += 1
        elif shown:
            wrong += 1
        if pair.outcome == "differs" and not shown & own:
            missed[pair.kind] += 1
    planted = sum(pair.outcome == "differs" for pair in pairs)
    table = Table("figure", "value")
    table.add_row(
        "planted disagreements, rewordings and updates", f"{planted}, {len(pairs) - planted}"
    )
    table.add_row("precision", f"{right / max(1, right + wrong):.3f}")
    table.add_row("recall", f"{right / planted:.3f}")
    kinds = ", ".join(f"{kind} {count}" for kind, count in missed.most_common())
    table.add_row("missed, by kind", kinds or "none")
    return table


def cost(library: Library, answers: Sequence[Answer]) -> float:
    """The seconds of the processor that looking for what says otherwise takes, at the median."""

    def once(answer: Answer) -> float:
        began = time.process_time()
        library.finder.find(answer)
        return time.process_time() - began

    return median(map(once, answers))


if __name__ == "__main__":
    main()
