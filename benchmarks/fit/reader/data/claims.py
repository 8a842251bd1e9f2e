"""Others' data on whether a text says something: FEVER's claims, CLAPNQ's questions.

Both are tokenised, with a space before each mark, which is taken out again.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from retrieval.search.reader.windows import LONGEST, Window, cut

from .example import Example, Overlap, as_passage, unanswered
from .noise import typed

SPACE_BEFORE_MARK = re.compile(r"\s+([.,;:!?')%])")
TOKENS = {"`` ": '"', " ''": '"', "''": '"', "-LRB- ": "(", "-RRB-": ")", "( ": "(", " - ": "-"}


def as_written(text: str) -> str:
    """A tokenised text as it was."""
    joined = SPACE_BEFORE_MARK.sub(r"\1", text)
    for token, written in TOKENS.items():
        joined = joined.replace(token, written)
    return joined


def objects(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, one a line; none where there is no such file."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.strip()]


def fever(folder: Path) -> list[Example]:
    """Claims with the sentences that support or refute them, those that a window holds."""
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in objects(path)]
    texts = ((row, as_written(" ".join(row["evidence"]))) for row in rows)
    return [
        Example(row["claim"].rstrip("."), text, row["label"] == "SUPPORTS")
        for row, text in texts
        if len(text) <= LONGEST
    ]


class ClapnqExamples:
    """Makes examples of the first halves of CLAPNQ's files; the second ones judge."""

    def __init__(self, folder: Path, overlap: Overlap) -> None:
        self._overlap = overlap
        answerable, unanswerable = (
            objects(folder / f"{name}.jsonl") for name in ("answerable", "unanswerable")
        )
        self._answerable = answerable[: len(answerable) // 2]
        self._unanswerable = unanswerable[: len(unanswerable) // 2]

    def draw(self, rng: Random) -> Iterator[Example]:
        """The examples of one epoch."""
        for row in self._answerable:
            fitting = _answering(row)
            if fitting:
                yield Example(typed(row["input"], rng), rng.choice(fitting).shown, True)
        for row in self._unanswerable:
            for window in self._overlap.ranked(row["input"], _windows(row))[:2]:
                yield unanswered(window, typed(row["input"], rng))


def _windows(row: dict[str, Any]) -> list[Window]:
    passage = row["passages"][0]
    return cut(as_passage(passage["title"], as_written(passage["text"])))


def _answering(row: dict[str, Any]) -> list[Window]:
    """The windows that hold most of the sentences on which the answer rests."""
    rests = [as_written(text) for output in row["output"] for text in output["selected_sentences"]]
    counted = [(sum(text in window.text for text in rests), window) for window in _windows(row)]
    most = max((count for count, _ in counted), default=0)
    return [window for count, window in counted if count == most and count]
