"""The reader is trained on what it will read; a run that was stopped ends as one that wasn't."""

import gzip
import json
import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.fit.reader.data.example import Example
from benchmarks.fit.reader.data.mix import Mix, Shares
from benchmarks.fit.reader.data.noise import typed
from benchmarks.fit.reader.data.squad import VALIDATION
from benchmarks.fit.reader.export import mean, write
from benchmarks.fit.reader.rounding import rounded
from benchmarks.fit.reader.train import CHECKPOINT, main
from benchmarks.fit.reader.trainable import Trainable
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.encoding import Encoder
from retrieval.search.reader.marks import Marker
from retrieval.search.reader.model import Reader
from retrieval.search.reader.network import WEIGHTS
from retrieval.search.reader.windows import cut
from retrieval.types import Passage

# By its name, the last one is held out, and none of the others.
DOCUMENTS = ("a.txt", "b.txt", "c.txt", "held-out-2.txt")
PARAGRAPH = (
    "The old bridge in Harbourtown was built in 1894 by Ada Miller. It had replaced a ferry, "
    "which Tom Weaver ran. It is 120 metres long, and it was closed for repairs in 1954."
)
RULES = """Parking

Members park behind the hall. Visitors pay 4 pounds a day at the desk, and get a ticket.

What does a locker cost?

A locker costs 30 pounds a year. There is a deposit of 5 pounds for the key, which is paid back.
"""


def squad_row(title: str, question: str, answer: str | None, near: str | None = None) -> Any:
    def span(text: str | None) -> list[int] | None:
        start = PARAGRAPH.index(text) if text else 0
        return [start, start + len(text)] if text else None

    return {
        "title": title,
        "context": PARAGRAPH,
        "question": question,
        "answer": span(answer),
        "plausible": span(near),
    }


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few questions of each kind."""
    folder = tmp_path_factory.mktemp("data")
    rows = [
        squad_row(title, question, answer, near)
        for title in ("Bridges", min(VALIDATION))
        for question, answer, near in (
            ("Who built the bridge of Harbourtown in 1894?", "Ada Miller", None),
            ("When was the bridge closed?", "1954", None),
            ("Who closed the ferry in 1954?", None, "Tom Weaver"),
        )
    ]
    with gzip.open(folder / "squad.json.gz", "wt", encoding="utf-8") as file:
        json.dump(rows, file)
    club = folder / "community" / "club"
    (club / "text").mkdir(parents=True)
    outline = {"kind": "markdown", "title": "Rules", "parts": [[0, None]], "rows": []}
    starts = [RULES.index("Parking"), RULES.index("What does")]
    outline["headings"] = [[starts[0], 1, "Parking"], [starts[1], 1, "What does a locker cost?"]]
    asked = []
    for name in DOCUMENTS:
        (club / "text" / name).write_text(RULES)
        (club / "text" / name).with_suffix(".outline").write_text(json.dumps(outline))
        asked.append({"doc": name, "question": "whats parking", "answer": "4 pounds", "near": None})
        asked.append({"doc": name, "question": "fine?", "answer": None, "near": "get a ticket"})
    (club / "rows.jsonl").write_text("\n".join(map(json.dumps, asked)))
    return folder


@pytest.fixture(scope="module")
def mix(data: Path, embedder: SentenceEmbedder) -> Mix:
    return Mix(data, embedder)


def test_an_answers_span_is_the_answer_to_the_letter(mix: Mix) -> None:
    answers = {"Ada Miller", "1954", "4 pounds"}
    drawn = [example for seed in range(20) for example in mix.epoch(seed, Shares())]
    spans = {example.text[slice(*example.span)] for example in drawn if example.span}
    assert spans == answers


def test_a_changed_question_is_not_called_answered(mix: Mix) -> None:
    drawn = [example for seed in range(20) for example in mix.epoch(seed, Shares())]
    years = {True: set[str](), False: set[str]()}
    for example in drawn:
        if "built" in example.question.lower():
            years[example.answered] |= set(re.findall(r"\d{4}", example.question))
    assert years[True] == {"1894"}
    assert len(years[False]) > 1


def test_what_is_measured_with_is_never_drawn(mix: Mix) -> None:
    assert set(mix.validation()) == {"squad", "community"}
    held_out = {example.text.partition("\n")[0] for example in mix.validation()["squad"]}
    assert held_out == {min(VALIDATION).replace("_", " ")}
    drawn = [example.text for seed in range(20) for example in mix.epoch(seed, Shares())]
    assert not any(text.startswith(tuple(held_out)) for text in drawn)


def test_an_epoch_is_the_same_for_the_same_seed(mix: Mix) -> None:
    assert mix.epoch(3, Shares()) == mix.epoch(3, Shares()) != mix.epoch(4, Shares())


@pytest.mark.parametrize("question", ["?", "Who?", "Who built the bridge of Harbourtown in 1894?"])
def test_something_is_left_of_a_question_however_it_is_typed(question: str) -> None:
    made = {typed(question, Random(seed), 1.0) for seed in range(300)}
    assert len(made) > 1
    assert all(len(text) <= len(question) + 20 for text in made)
    assert question == "?" or all(map(str.strip, made))


def test_a_run_that_was_stopped_ends_as_one_that_was_not(
    tmp_path: Path, data: Path, embedder: SentenceEmbedder
) -> None:
    import torch

    def run(name: str, *more: str) -> dict[str, torch.Tensor]:
        options = [
            "--batch",
            "8",
            "--community",
            "1",
            "--epochs",
            "1",
            "--every",
            "2",
            "--out",
            str(tmp_path / name),
        ]
        main([str(data), *options, *more])
        return dict(mean([tmp_path / name / CHECKPOINT]))

    whole = run("whole")
    run("stopped", "--steps", "1")
    stopped = run("stopped")
    for name, weight in whole.items():
        assert torch.equal(weight, stopped[name]), name
    trained = Trainable()
    trained.load_state_dict(whole)
    examples = [Example("what does a locker cost?", RULES, True)]
    write(rounded(trained, Encoder(embedder.model, Marker()), examples), tmp_path)
    assert (tmp_path / WEIGHTS).stat().st_size < 12 * 2**20
    passage = Passage("d", "Rules", "s", None, 0, len(RULES), RULES)
    [reading] = Reader(embedder, tmp_path).read("what does a locker cost?", cut(passage))
    assert 0 <= reading.start < reading.end <= len(RULES)
