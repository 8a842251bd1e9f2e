"""A backup → the home that it was made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from retrieval.errors import FootnoteError
from retrieval.store.home import Home
from retrieval.store.vectors.index import BATCH, VectorIndex
from retrieval.weights.calibration_file import FILE as CALIBRATION

from .backup import RECORDS
from .restore import unpack
from .snapshot import record


@dataclass(frozen=True, slots=True)
class Restored:
    """What a home was made of: how many libraries and documents, and when the backup was made.

    `kept` are records that the home had already, and that the backup's did not replace.
    """

    libraries: int
    documents: int
    made_at: str
    kept: tuple[str, ...]


def restore(home: Home, file: Path) -> Restored:
    """Makes a home that holds no documents what it was when a backup of it was made.

    Everything is checked before the home is touched, and its libraries come in one step, the last.
    Raises FootnoteError where the home holds documents, or the backup can't be used.
    """
    _check_empty(home)
    with _scratch(home, file) as folder:
        manifest = unpack(file, folder)
        libraries = sorted(path.stem for path in (folder / "libraries").glob("*.db"))
        for name in libraries:
            _put_vectors(home, name, folder / "vectors" / f"{name}.npy")
        kept = tuple(_put_records(home.folder, folder))
        (folder / "libraries").mkdir(exist_ok=True)
        home.take_libraries(folder / "libraries")
    return Restored(len(libraries), manifest.documents, manifest.made_at, kept)


def _check_empty(home: Home) -> None:
    for name in home.names():
        if home.shelf_of_any_model(name).catalog.documents():
            raise FootnoteError(
                f"The home {home.folder} holds documents, and a backup is restored into an empty "
                "one. Name another with --home."
            )


@contextmanager
def _scratch(home: Home, file: Path) -> Iterator[Path]:
    """A folder in the home, so that what is in it can be moved in one step."""
    try:
        with TemporaryDirectory(dir=home.folder, prefix=".restore-") as name:
            yield Path(name)
    except OSError as error:
        raise FootnoteError(
            f"{file} can't be restored to {home.folder}: {error.strerror or error}."
        ) from error


def _put_vectors(home: Home, library: str, file: Path) -> None:
    index = VectorIndex(home.store, library)
    index.clear()  # what an earlier restore left that was cut off
    rows = np.load(file, mmap_mode="r") if file.exists() else np.empty(0, record(1))
    for first in range(0, len(rows), BATCH):
        some = rows[first : first + BATCH]
        some = some[some["number"] > 0]
        index.put(some["number"].tolist(), np.asarray(some["vector"]))


def _put_records(home: Path, folder: Path) -> Iterator[str]:
    """Moves the home's other files there, but for those it has: they may be open."""
    for name in (*RECORDS, CALIBRATION):
        if (home / name).exists() and (folder / name).exists():
            yield name
        elif (folder / name).exists():
            (folder / name).replace(home / name)
