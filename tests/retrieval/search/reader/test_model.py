"""The reader's say is about the documents' own characters, or it says why it says nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.search.reader.encoding import Batch
from retrieval.search.reader.model import SPAN, Reader, Reading, best_span
from retrieval.search.reader.network import RECORD, WEIGHTS, Output
from retrieval.search.reader.onnx_pass import OnnxPass
from retrieval.search.reader.windows import Window, cut
from retrieval.types import Passage
from tests.support.models.untrained_reader import save_untrained_reader

pytestmark = pytest.mark.usefixtures("each_pass")

QUESTION = "When does the pool open on Sundays?"
TEXT = """The pool opens at seven on Sundays, and at six on all other days. Dogs aren't allowed.

Größere Gruppen (more than 12 people) ask at the desk first — «rock’n’roll» is played on Fridays."""
BEFORE = 500


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_untrained_reader(tmp_path_factory.mktemp("reader"))


@pytest.fixture(scope="module")
def reader(folder: Path, embedder: SentenceEmbedder) -> Reader:
    return Reader(embedder, folder)


def windows(text: str = TEXT, longest: int = 120, section: str = "Opening hours") -> list[Window]:
    end = BEFORE + len(text)
    return cut(Passage("d", "House", "s", None, BEFORE, end, text, section=section), longest)


def said(readings: list[Reading]) -> list[float]:
    return [number for reading in readings for number in (reading.answered, reading.span)]


def test_there_is_a_reading_of_each_window_in_their_order(reader: Reader) -> None:
    found = windows()
    assert len(found) > 1
    assert [reading.window for reading in reader.read(QUESTION, found)] == found


def test_spans_are_whole_words_of_the_document(reader: Reader) -> None:
    document = "x" * BEFORE + TEXT
    for reading in reader.read(QUESTION, windows()):
        window = reading.window
        assert window.start <= reading.start < reading.end <= window.end
        span = document[reading.start : reading.end]
        assert span == window.text[reading.start - window.start : reading.end - window.start]
        before, after = document[reading.start - 1], document[reading.end : reading.end + 1]
        assert not (before.isalnum() and span[0].isalnum())
        assert not (after.isalnum() and span[-1].isalnum())


def test_what_is_read_beside_a_window_changes_nothing(reader: Reader) -> None:
    together = said(reader.read(QUESTION, windows()))
    alone = said([reader.read(QUESTION, [window])[0] for window in windows()])
    assert together == pytest.approx(alone, abs=0.3)


def test_several_cores_read_as_one_does(
    reader: Reader, embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = [window for longest in (60, 90, 120) for window in windows(longest=longest)]
    alone = reader.read(QUESTION, many)
    monkeypatch.setattr(embedder.model, "passes", 3)
    beside = reader.read(QUESTION, many)
    assert [reading.window for reading in beside] == many
    assert said(beside) == pytest.approx(said(alone), abs=0.3)


def test_who_reads_beside_others_leaves_them_a_core(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.load()
    assert reader._loaded is not None
    network, encoder = reader._loaded.network, reader._loaded.encoder
    batch = encoder.encode([(QUESTION, window.shown) for window in 2 * windows(longest=60)])
    read, passes = network._make_pass, [0, 0]  # of the first, and of one that comes meanwhile

    def inner(share: Batch) -> Output:
        passes[1] += 1
        return read(share)

    def outer(share: Batch) -> Output:
        passes[0] += 1
        monkeypatch.setattr(network, "_make_pass", inner)
        network(batch)
        return read(share)

    monkeypatch.setattr(network._model, "passes", 2)
    monkeypatch.setattr(network, "_make_pass", outer)
    network(batch.rows(np.array([0])))
    assert passes == [1, 1]
    network(batch)
    assert passes == [1, 3]  # alone, it has both cores


def test_threads_read_the_same_side_by_side(reader: Reader) -> None:
    alone = reader.read(QUESTION, windows())
    with ThreadPoolExecutor(4) as pool:
        for readings in pool.map(lambda _: reader.read(QUESTION, windows()), range(12)):
            assert said(readings) == pytest.approx(said(alone), abs=0.05)


@pytest.mark.parametrize(
    "question",
    ["", "?", "help!!! " * 125, "x" * 1000, "Wann öffnet das Bad? 🏊", "\u200b", "```\n***\n```"],
    ids=["empty", "a mark", "a story", "one word", "a picture", "unseen", "markup"],
)
def test_any_question_is_read(reader: Reader, question: str) -> None:
    assert np.isfinite(said(reader.read(question, windows()))).all()


@pytest.mark.parametrize(
    "text", ["*** --- ||| ###", "\u200b\u200c", "x" * 5000, "የሰው ልጅ ሁሉ", "|a|b|\n|-|-|\n|1|2|"]
)
def test_any_window_is_read(reader: Reader, text: str) -> None:
    [passage] = {window.passage for window in windows(text)}
    for section in ("Opening hours", ""):
        whole = Window(passage, BEFORE, BEFORE + len(text))
        [reading] = reader.read(QUESTION, [whole])
        assert np.isfinite(said([reading])).all()
        assert BEFORE <= reading.start <= reading.end <= BEFORE + len(text), section


def test_no_windows_have_no_readings_and_load_nothing(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    assert Reader(embedder, tmp_path).read(QUESTION, []) == []


def test_word_vectors_are_in_memory_once(reader: Reader, embedder: SentenceEmbedder) -> None:
    reader.load()
    assert reader._loaded is not None
    made_by = reader._loaded.network._make_pass
    assert isinstance(made_by, OnnxPass)
    assert made_by._words is embedder.model.word_table


def test_another_embedding_model_is_no_hindrance(
    folder: Path, reader: Reader, other_embedder: SentenceEmbedder
) -> None:
    """PyTorch reads then, with the same tables, and rounds nothing else to eight bits."""
    readings = Reader(other_embedder, folder).read(QUESTION, windows())
    assert said(readings) == pytest.approx(said(reader.read(QUESTION, windows())), abs=1)


@pytest.mark.parametrize("name", [WEIGHTS, RECORD])
def test_missing_weights_are_refused(tmp_path: Path, embedder: SentenceEmbedder, name: str) -> None:
    save_untrained_reader(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(FootnoteError, match=f"can't be read: .*{name}.*without it"):
        Reader(embedder, tmp_path).read(QUESTION, windows())


def test_altered_weights_are_refused(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    weights = save_untrained_reader(tmp_path) / WEIGHTS
    altered = bytearray(weights.read_bytes())
    altered[-1] ^= 1
    weights.write_bytes(altered)
    with pytest.raises(FootnoteError, match="are not those that come with Footnote"):
        Reader(embedder, tmp_path).load()


def test_the_best_span_goes_forward_and_is_short() -> None:
    starts = np.zeros(100, dtype=np.float32)
    ends = np.zeros(100, dtype=np.float32)
    starts[50], ends[40], ends[52], ends[99] = 9, 8, 2, 7
    assert best_span(starts, ends) == (50, 52, 11)
    ends[50 + SPAN - 1], ends[50 + SPAN] = 3, 6
    assert best_span(starts, ends) == (50, 50 + SPAN - 1, 12)
