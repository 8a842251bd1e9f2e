"""The weights that come with Footnote are small, whole, and know an answer when they see one."""

import tomllib
from pathlib import Path

import retrieval.search.reader
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.model import Reader
from retrieval.search.reader.network import RECORD, WEIGHTS
from retrieval.search.reader.windows import Window
from retrieval.types import Passage
from retrieval.weights.fitted import load_fitted

FOLDER = Path(retrieval.search.reader.__file__).parent
MOST_BYTES = 45 * 10**6

QUESTION = "When does the library close on Saturdays?"
ANSWERS = "On Saturdays, the library opens at ten and closes at four in the afternoon."
SPEAKS_OF_IT = "The library was built by Ada Miller, and holds some 4,000 books on shipbuilding."


def window(text: str) -> Window:
    return Window(Passage("d", "Town library", "s", None, 0, len(text), text), 0, len(text))


def test_the_weights_are_small() -> None:
    assert sum((FOLDER / name).stat().st_size for name in (WEIGHTS, RECORD)) < MOST_BYTES


def test_the_ranking_was_set_with_these_weights() -> None:
    """So that a home's calibration is told stale when others come."""
    record = tomllib.loads((FOLDER / RECORD).read_text(encoding="utf-8"))
    assert record["sha256"].startswith(load_fitted().ranking.reader)


def test_what_answers_is_told_from_what_speaks_of_it(embedder: SentenceEmbedder) -> None:
    answers, speaks = Reader(embedder).read(QUESTION, [window(ANSWERS), window(SPEAKS_OF_IT)])
    assert answers.answered > speaks.answered
    assert answers.span > speaks.span
    assert "four" in ANSWERS[answers.start : answers.end]
