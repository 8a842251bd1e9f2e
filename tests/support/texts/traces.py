"""Search every file of a folder for words and vectors, byte for byte."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

# How far apart two numbers of a vector may be: Chroma brings vectors to the length of one.
NEAR = 1e-6
# The numbers of a vector that are compared.
FIRST = 4


def files_with(folder: Path, words: Iterable[str | int]) -> dict[str, set[str]]:
    """The words that stand in a file of the folder, by the file's path, in whichever case; a number
    also as SQLite writes it."""
    found: dict[str, set[str]] = {}
    wanted = {str(word): tuple(_forms(word)) for word in words}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        held = path.read_bytes().lower()
        if there := {word for word, forms in wanted.items() if any(f in held for f in forms)}:
            found[path.relative_to(folder).as_posix()] = there
    return found


def _forms(word: str | int) -> Iterable[bytes]:
    text = str(word).lower()
    yield from (text.encode(), text.encode("utf-16-le"))
    if isinstance(word, int):
        # Lower case, as all bytes are that it is looked for in.
        yield word.to_bytes(8, "big").lower()


def files_with_vector(folder: Path, vector: NDArray[np.float32]) -> list[str]:
    """The files of a folder in which a vector begins, at whichever byte."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [file.name for file in files if _begins_in(file.read_bytes(), vector)]


def _begins_in(held: bytes, vector: NDArray[np.float32]) -> bool:
    return any(_stands_in(held[offset:], vector) for offset in range(vector.itemsize))


def _stands_in(held: bytes, vector: NDArray[np.float32]) -> bool:
    numbers = np.frombuffer(held[: len(held) // 4 * 4], "<f4")
    if len(numbers) < FIRST:
        return False
    with np.errstate(invalid="ignore"):
        starts = np.flatnonzero(np.abs(numbers[: 1 - FIRST] - vector[0]) < NEAR)
    near = (np.abs(numbers[start : start + FIRST] - vector[:FIRST]) < NEAR for start in starts)
    return any(map(np.all, near))
