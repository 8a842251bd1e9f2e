"""The reader: told a question and windows of passages, it says which answer it, and where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.torch_model import TorchModel
from retrieval.embedding.weights_file import WeightsFile

from .encoding import Batch, Encoder, Numbers
from .marks import WORD, Marker
from .network import Logits, Network, Output, Pass, ReaderError, check_weights
from .onnx_pass import OnnxPass
from .torch_pass import TorchPass
from .windows import Window

# The most tokens of an answer's span.
SPAN = 40
# The logits of a window that has no token to read.
NOTHING = -20.0


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader's say on a window.

    `answered` is the logit of "the question is answered here"; `span` that of the best span of the
    text, `start` to `end` in the document, against none.
    """

    window: Window
    answered: float
    span: float
    start: int
    end: int


class Reader:
    """Reads windows with the weights that come with Footnote; threads may share it.

    They are loaded when it first reads. Its tokenizer and its word vectors are the embedder's,
    where that has the bundled model.
    """

    def __init__(self, embedder: SentenceEmbedder, folder: Path = Path(__file__).parent) -> None:
        """`folder` holds the weights, and the record of their hash."""
        bundled = embedder.name is None
        self._embedder = embedder if bundled else SentenceEmbedder(None, embedder.device)
        self._folder = folder
        self._loading = Lock()
        self._checked: WeightsFile | None = None
        self._loaded: _Loaded | None = None

    def check(self) -> None:
        """Raise FootnoteError, in a sentence, where the weights aren't as shipped."""
        with self._loading:
            self._checked = check_weights(self._folder)

    def load(self) -> None:
        """Load the weights. Raises FootnoteError, in a sentence, where they aren't as shipped."""
        self._model()

    def read(self, question: str, windows: Sequence[Window]) -> list[Reading]:
        """The readings of windows, in their order.

        Raises FootnoteError where the weights aren't as shipped.
        """
        if not windows:
            return []
        model = self._model()
        batch = model.encoder.encode([(question, window.shown) for window in windows])
        output = model.network(batch)
        return [_reading(window, batch, output, row) for row, window in enumerate(windows)]

    def _model(self) -> "_Loaded":
        with self._loading:
            if self._loaded is None:
                # Those that were checked are loaded: the file isn't hashed a second time.
                checked = self._checked or check_weights(self._folder)
                self._loaded, self._checked = _load(self._embedder, checked), None
            return self._loaded


def find_reader(embedder: SentenceEmbedder, tell: Callable[[str], object]) -> Reader | None:
    """The reader that comes with Footnote; None where its weights are missing or altered.

    `tell` is called with the sentence that says so. A multilingual model has none.
    """
    if embedder.multilingual:
        return None
    reader = Reader(embedder)
    try:
        reader.check()
    except ReaderError as error:
        tell(str(error))
        return None
    return reader


@dataclass(frozen=True, slots=True)
class _Loaded:
    """All that reads."""

    encoder: Encoder
    network: Network


def _load(embedder: SentenceEmbedder, weights: WeightsFile) -> _Loaded:
    model = embedder.model
    if isinstance(model, TorchModel):
        made: Pass = TorchPass(model, weights)
    else:
        assert model.word_table is not None
        made = OnnxPass(model.word_table, weights)
    return _Loaded(Encoder(model, Marker()), Network(model, made))


def _reading(window: Window, batch: Batch, output: Output, row: int) -> Reading:
    offsets = batch.offsets[row]
    # The heading above the text holds no answer that could be quoted.
    [tokens] = np.nonzero((offsets[:, 0] >= window.above) & (offsets[:, 1] > offsets[:, 0]))
    if not len(tokens):
        return Reading(window, NOTHING, NOTHING, window.start, window.start)
    starts, ends = output.starts[row], output.ends[row]
    first, last, best = best_span(starts[tokens], ends[tokens])
    start, end = _whole_words(window.shown, offsets[tokens[[first, last]]])
    moved = window.start - window.above
    span = best - float(starts[0] + ends[0])
    return Reading(window, float(output.answered[row]), span, start + moved, end + moved)


def best_span(starts: Logits, ends: Logits) -> tuple[int, int, float]:
    """The first and the last token of the best span of at most SPAN tokens, and its logits' sum."""
    sums = np.add.outer(starts, ends)
    allowed = np.tril(np.triu(np.ones_like(sums, dtype=bool)), SPAN - 1)
    best = int(np.where(allowed, sums, -np.inf).argmax())
    first, last = divmod(best, len(ends))
    return first, last, float(sums[first, last])


def _whole_words(text: str, span: Numbers) -> tuple[int, int]:
    """A span (2, 2) of two tokens' characters, widened to the words in which it begins and ends."""
    start, end = int(span[0, 0]), int(span[1, 1])
    for word in WORD.finditer(text):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    return start, end
