"""Measure what docs/benchmarks.md quotes, in one run: make bench SQUAD=FILE [RECIPE=SCRIPT]

SQUAD is a file in SQuAD 2.0's format, such as its development set (dev-v2.0.json). RECIPE is a
script that prints a line of JSON for the same file: what there is to be compared with.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.table import Table

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.squad import SquadSet, read_squad

from .cost import cold
from .discord.lag import AT_ONCE, FORUMS, measure_lag
from .indexing import measure_articles, measure_files
from .quality import measure_confidence, measure_quality

Row = tuple[str, str, str]


def main(squad_file: str, recipe_file: str) -> None:
    """Prints the table; what needs a file that was not named says so and is skipped."""
    embedder = SentenceEmbedder()
    recipe = run_recipe(recipe_file, squad_file)
    table = Table("figure", "Footnote", "the recipe", box=None)
    for row in (*costs(), *asked_in_discord()):
        table.add_row(*row)
    if squad_file and Path(squad_file).exists():
        squad = read_squad(Path(squad_file))
        measured = (indexing(squad, embedder), quality(squad, embedder, recipe))
        for row in chain(*measured, confidence(squad, embedder)):
            table.add_row(*row)
    else:
        print(f"Skipped: quality and speed, which need SQUAD=FILE ({squad_file or 'not named'}).")
    Console(width=150).print(table)


def run_recipe(script: str, squad_file: str) -> dict[str, Any]:
    """The recipe's own figures, none where its script or the data was not named."""
    if not (script and squad_file and Path(script).exists() and Path(squad_file).exists()):
        print(f"Skipped: the recipe, which needs RECIPE=SCRIPT ({script or 'not named'}).")
        return {}
    done = subprocess.run(
        [sys.executable, script, squad_file], capture_output=True, text=True, check=True
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def costs() -> Iterator[Row]:
    """A cold start, beside the imports and the model alone."""
    with TemporaryDirectory() as folder:
        ask, bare = cold(Path(folder))
    yield (
        "`footnote ask` from a cold start",
        f"{ask.seconds / bare.seconds:.2f} × imports and model ({bare.seconds:.1f} s)",
        "",
    )
    yield (
        "peak memory of one `ask`",
        f"{ask.peak / bare.peak:.2f} × imports and model ({bare.peak / 2**20:.0f} MiB)",
        "",
    )


def asked_in_discord() -> Iterator[Row]:
    """Return the waits of 50 members who ask at once, alone and while a long document is added."""
    lags = measure_lag()
    for when, found in (
        ("nothing else to do", lags.quiet),
        (f"posts in {FORUMS} watched forums", lags.watching),
        ("a document added", lags.adding),
    ):
        figure = f"{AT_ONCE} questions at once in Discord, {when}"
        acknowledged = f"{found.acknowledged_max:.0f} ms"
        answered = f"{found.answered_p50 / 1000:.1f} s, {found.answered_p95 / 1000:.1f} s"
        yield f"{figure}: the event loop's lag, p99", f"{found.lag_p99:.0f} ms", ""
        yield f"{figure}: the last acknowledged within", acknowledged, ""
        yield f"{figure}: answered within, p50 and p95", answered, ""


def indexing(squad: SquadSet, embedder: SentenceEmbedder) -> Iterator[Row]:
    """The speed of adding, beside the model alone."""
    for what, measured in (("the articles", measure_articles), ("1,000 files", measure_files)):
        found = measured(squad, embedder)
        speed = f"{found.ratio:.2f} × ({found.passages / found.added:.0f} passages a second)"
        yield f"adding {what}, as fast as `encode` in one go", speed, ""


def quality(squad: SquadSet, embedder: SentenceEmbedder, recipe: dict[str, Any]) -> Iterator[Row]:
    """Finding, quoting and speed, with all articles in the library."""
    found = measure_quality(squad, embedder)
    for k in (1, 3, 5):
        hits = shown(found.figures[f"hit@{k}"])
        yield f"hit@{k}, {found.questions} questions", hits, said(recipe, f"hit@{k}")
    quoted = shown(found.figures["answer_in_quote"])
    yield "a gold answer within the quoted sentences, never abstaining", quoted, ""
    yield "mean characters quoted", shown(found.figures["quoted_characters"], 0), ""
    speed = f"{found.characters_a_second:,.0f}"
    yield "characters indexed a second", speed, said(recipe, "ingest_chars_s")
    parts = f"{found.warm.embed:.1f} + {found.warm.query:.1f} ms"
    ask = f"{found.warm.ask:.1f} ms = {found.warm.ratio:.2f} × ({parts})"
    yield "`ask`, warm, p50 = … × (embedding + Chroma query)", ask, said(recipe, "ask_p50_ms")


def confidence(squad: SquadSet, embedder: SentenceEmbedder) -> Iterator[Row]:
    """Abstaining, as `footnote eval` has it: each half of the articles in a library of its own."""
    found = measure_confidence(squad, embedder)
    for label, name in (
        ("a gold answer within the quoted sentences, as shipped", "answer_in_quote"),
        ("AUROC of confidence, articles in the library or not", "abstention.auroc"),
        ("the same, mean of the two libraries", "mean_auroc"),
        ("insiders answered where 5% of outsiders are", "abstention.answered_at_5%"),
        ("as shipped: insiders answered", "held_answered"),
        ("as shipped: outsiders abstained on", "abstention.recall"),
        ("as shipped: SQuAD's own unanswerable ones abstained on", "unanswerable.recall"),
        ("AUROC of confidence on SQuAD's own unanswerable ones", "unanswerable.auroc"),
    ):
        yield label, shown(found[name], 4 if "AUROC" in label else 3), ""


def shown(value: float | None, digits: int = 3) -> str:
    """A figure as a cell of the table."""
    return "–" if value is None else f"{value:.{digits}f}"


def said(recipe: dict[str, Any], name: str) -> str:
    """One of the recipe's figures as a cell of the table."""
    return f"{recipe[name]:,}" if name in recipe else ""


if __name__ == "__main__":
    main(*[*sys.argv[1:], "", ""][:2])
