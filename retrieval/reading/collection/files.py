"""Find the files that a path names, in folders and folders within them, and read their bytes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from retrieval.errors import LoadError
from retrieval.reading.formats.registry import IN_FOLDERS
from retrieval.reading.limits import ARCHIVE_SUFFIXES, LARGEST_ARCHIVE, LARGEST_FILE, check_size
from retrieval.reading.raw_document import RawDocument

from .left_out import LOOKED_AT, is_read

# Where a link could be followed in a folder's own files, it is not: see `find`.
UNFOLLOWED = getattr(os, "O_NOFOLLOW", 0)


def find(source: str) -> tuple[list[Path], list[LoadError]]:
    """The files that one command-line source names, sorted, and what is wrong with others.

    A file is tried whatever its name. A folder gives the files in it, and in its folders, whose
    suffix we read; hidden names are skipped. A link that leads out of the folder is not followed,
    but told of. Raises LoadError when there is nothing at that path, or nothing there that we read.
    """
    if not source:
        raise LoadError("The name of a file or folder is empty. Name one.")
    path = Path(source)
    with explaining(path):
        path.stat()
        if not path.is_dir():
            return [path], []
        folder = path.resolve()
        # Keyed by where they lead, so that a link and its target count as one file.
        files = {file.resolve(): file for file in sorted(_readable_in(path), reverse=True)}
        inside = {real: file for real, file in files.items() if real.is_relative_to(folder)}
        found = sorted(file for real, file in inside.items() if real.is_file())
    strays = [_stray(file) for real, file in files.items() if real not in inside]
    if not found and not strays:
        kinds = ", ".join(sorted(IN_FOLDERS))
        raise LoadError(
            "{folder} holds no file to read. Put in one that ends in {kinds}.",
            folder=source,
            kinds=kinds,
        )
    return found, sorted(strays, key=str)


def _readable_in(folder: Path) -> Iterator[Path]:
    """The files whose suffix we read, and the links to folders, which are not gone through."""
    for here, folders, names in os.walk(folder, onerror=_stop):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (path for name in folders if (path := Path(here, name)).is_symlink())
        for path in (Path(here, name) for name in names if not name.startswith(".")):
            if is_wanted(path) and path.is_file():
                yield path


def is_wanted(path: Path) -> bool:
    """Return whether a file in a folder is of a kind that is read."""
    return is_read(path.name, lambda: _opening(path))


def _opening(path: Path) -> bytes:
    """The first bytes of a file; none where it can't be read, or is none."""
    try:
        if not path.is_file():  # to open a pipe would be to wait for what comes
            return b""
        with path.open("rb") as file:
            return file.read(LOOKED_AT)
    except OSError:
        return b""


def _stop(error: OSError) -> None:
    # Left alone, os.walk passes over a folder it may not open, and its documents go missing.
    raise error


def _stray(link: Path) -> LoadError:
    return LoadError(
        "{file} is a link that leads out of the folder, and was left out. Add what it leads to.",
        file=link,
    )


def read_file(path: Path, title: str = "") -> RawDocument:
    """The bytes of one file; their source is its absolute path.

    Raises LoadError when it is not a file we may read, or is too large.
    """
    with explaining(path):
        packed = path.name.lower().endswith((*ARCHIVE_SUFFIXES, ".xml"))
        largest = LARGEST_ARCHIVE if packed else LARGEST_FILE
        check_size(path.stat().st_size, str(path), largest)
        if not path.is_file():
            raise LoadError(
                "{file} is not a file. Name a file, or one of the files in it.", file=path
            )
        real = path.resolve()
        # Between the look at it and this, a link may have been put in its place.
        with os.fdopen(os.open(real, os.O_RDONLY | UNFOLLOWED), "rb") as file:
            data = file.read()
    if str(real).encode(errors="replace").decode() != str(real):
        raise LoadError(
            "The path {path} is not valid UTF-8. Rename it and try again.", path=ascii(str(real))
        )
    return RawDocument(data, source=str(real), called=str(path), name=path.name, title=title)


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn what the operating system says of a path into a LoadError, which says what to do."""
    try:
        yield
    except (OSError, ValueError) as error:
        where = getattr(error, "filename", None) or path
        reason = getattr(error, "strerror", None) or error
        raise LoadError(
            "Could not read {file}: {why}. Check the path, and that you may read it.",
            file=where,
            why=str(reason),
        ) from error
