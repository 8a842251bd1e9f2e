"""By ONNX Runtime the reader says what it says by PyTorch."""

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.model import Reader
from retrieval.search.reader.network import Pass
from retrieval.search.reader.onnx_pass import OnnxPass
from retrieval.search.reader.torch_pass import TorchPass
from retrieval.search.reader.windows import Window
from retrieval.types import Passage
from retrieval.weights.fitted import logistic
from tests.support.models.bundled import reference

pytestmark = pytest.mark.usefixtures("each_pass")

# The tables are the same, and what they are multiplied by is rounded to eight bits in one, and to
# bfloat16, where the processor has instructions for it, in the other.
CLOSE = 0.05
QUESTIONS = [
    "When does the library close on Saturdays?", "Who built it?", "How many books are there?",
    "", "Wann öffnet das Bad? 🏊", "closed on sundays " * 40,
]  # fmt: skip
TEXTS = [
    "On Saturdays, the library opens at ten and closes at four in the afternoon.",
    "The library was built by Ada Miller, and holds some 4,000 books on shipbuilding.",
    "It isn't open on Sundays. Größere Gruppen (more than 12) ask at the desk — «rock’n’roll».",
    "Tea.",
    "The ferry to the island leaves at noon, and a ticket costs four crowns. " * 6,
]


def pass_of(reader: Reader) -> Pass:
    reader.load()
    assert reader._loaded is not None
    return reader._loaded.network._make_pass


def windows() -> list[Window]:
    return [
        Window(Passage("d", "Town library", "s", None, 0, len(text), text), 0, len(text))
        for text in TEXTS
    ]


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_readings_are_those_of_the_reference(question: str, embedder: SentenceEmbedder) -> None:
    ours, theirs = Reader(embedder), Reader(SentenceEmbedder(load=reference))
    assert isinstance(pass_of(ours), OnnxPass)
    assert isinstance(pass_of(theirs), TorchPass)
    pairs = zip(ours.read(question, windows()), theirs.read(question, windows()), strict=True)
    for one, other in pairs:
        assert logistic(one.answered) == pytest.approx(logistic(other.answered), abs=CLOSE)
        assert logistic(one.span) == pytest.approx(logistic(other.span), abs=CLOSE)
