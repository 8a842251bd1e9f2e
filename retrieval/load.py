"""Turns files, folders and downloaded pages into documents: plain text, Markdown and HTML."""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath

from langchain_core.documents import Document

from .decode import decode
from .errors import LoadError
from .pages import PAGE_OPENING, read_html

# A long novel is one or two MiB of text. Far past that a file is a data dump or a mistake, and
# taking a page apart needs many times its size in memory.
SIZE_LIMIT = 20 * 1024 * 1024
MARKDOWN_SUFFIXES = {".md", ".markdown"}
HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
SUFFIXES = {".txt", ".text"} | MARKDOWN_SUFFIXES | HTML_SUFFIXES
TITLE_LENGTH, FIRST_LINE_LENGTH = 200, 60

CODE_FENCE = re.compile(r"^ {0,3}(```|~~~).*?(?:^ {0,3}\1|\Z)", re.M | re.S)
HEADING = re.compile(r"^ {0,3}#[ \t]+(.+)$|^(.+)\n=+[ \t]*$", re.M)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def find(source: str) -> list[Path]:
    """Lists the files that one command-line source names, sorted.

    A file is tried whatever its name. A folder gives the files in it, and in its folders, whose
    suffix we read; hidden names are skipped, and so are links that lead out of the folder.
    Raises LoadError when there is nothing at that path, or nothing there that we read.
    """
    if not source:
        raise LoadError("The name of a file or folder is empty. Name one.")
    path = Path(source)
    with _explaining(path):
        path.stat()
        # Keyed by where they lead, so that a link and its target count as one file.
        files = sorted(_files_in(path)) if path.is_dir() else [path]
        found = sorted({file.resolve(): file for file in files}.values())
    if not found:
        kinds = ", ".join(sorted(SUFFIXES))
        raise LoadError(f"{source} holds no file to read. Put in one that ends in {kinds}.")
    return found


def _files_in(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for here, folders, names in os.walk(folder, onerror=_stop):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(here, name) for name in names if not name.startswith(".")):
            wanted = path.suffix.lower() in SUFFIXES and path.is_file()
            if wanted and path.resolve().is_relative_to(inside):
                yield path


def _stop(error: OSError) -> None:
    # Left alone, os.walk passes over a folder it may not open, and its documents go missing.
    raise error


def load_file(path: Path, title: str | None = None) -> list[Document]:
    """Reads one file into documents; see load_bytes for what they hold.

    Their source is the file's absolute path. Raises LoadError when the path is not a file we may
    read, is too large, or holds nothing we can read as text.
    """
    with _explaining(path):
        _check_size(path.stat().st_size, str(path))
        if not path.is_file():
            raise LoadError(f"{path} is not a file. Name a file, or one of the files in it.")
        data, source = path.read_bytes(), str(path.resolve())
    if source.encode(errors="replace").decode() != source:
        raise LoadError(f"The path {source!a} is not valid UTF-8. Rename it and try again.")
    return load_bytes(data, source, path.name, title)


@contextmanager
def _explaining(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        where = getattr(error, "filename", None) or path
        reason = getattr(error, "strerror", None) or error
        advice = "Check the path, and that you may read it."
        raise LoadError(f"Could not read {where}: {reason}. {advice}") from error


def load_bytes(
    data: bytes, source: str, name: str = "", title: str | None = None
) -> list[Document]:
    """Reads the bytes of one file or page into documents (one, for the kinds we read so far).

    `source` says where they came from; `name`, if there is one, is the file name. A document holds
    the whole text and, as metadata, its title, source, sha256 and bytes (digest and length of
    `data`), and page, which is None. Raises LoadError for data that is too large, is not text, or
    holds no words.
    """
    _check_size(len(data), source)
    text, heading = decode(data, source), ""
    suffix = PurePath(name or source).suffix.lower()
    if suffix in HTML_SUFFIXES or PAGE_OPENING.match(text):
        text, heading = read_html(text, source)
    elif suffix in MARKDOWN_SUFFIXES:
        heading = _markdown_heading(text)
    if not text.strip():
        raise LoadError(f"{source} holds no text. Check that it is the one you meant.")
    metadata = {
        "title": _title(title or "", heading, name, text),
        "source": source,
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "page": None,
    }
    return [Document(page_content=text, metadata=metadata)]


def _check_size(size: int, source: str) -> None:
    if size > SIZE_LIMIT:
        limit = SIZE_LIMIT // 1024 // 1024
        raise LoadError(f"{source} is larger than {limit} MiB. Split it into smaller files.")


def _title(given: str, heading: str, name: str, text: str) -> str:
    from_name = re.sub("[-_]", " ", PurePath(name).stem)
    first_line = text.strip().partition("\n")[0][:FIRST_LINE_LENGTH]
    lines = (" ".join(line.split()) for line in (given, heading, from_name, first_line))
    return next(filter(None, lines))[:TITLE_LENGTH].rstrip()


def _markdown_heading(text: str) -> str:
    # A "#" inside a code fence is a comment in some script.
    match = HEADING.search(CODE_FENCE.sub("", text))
    line = LINK.sub(r"\1", (match[1] or match[2])[:TITLE_LENGTH]) if match else ""
    return re.sub(r"\s#+$", "", line.translate({ord("*"): None, ord("`"): None}).strip())
