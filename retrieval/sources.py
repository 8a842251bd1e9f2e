"""Where documents come from: what a person names → things that can be read, now and again later."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from langchain_core.documents import Document

from .errors import FootnoteError, LoadError
from .load import find, load_bytes, load_file

SAMPLE = "footnote:sample"
STANDARD_INPUT = "-"
PIPED = "stdin:"
UPLOADED = "upload:"
LINKS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Source:
    """Something to add: what it is called, and how it is read. `read` may raise FootnoteError."""

    name: str
    read: Callable[[], list[Document]]
    title: str | None = None


def from_paths(names: Sequence[str], title: str | None = None) -> Iterator[Source]:
    """A source for every file that the names mean, folders gone through to the bottom."""
    for name in names:
        try:
            if name.startswith(LINKS):
                raise FootnoteError(f"{name} can't be fetched yet. Save the page and add the file.")
            paths = find(name)
        except FootnoteError as error:
            yield _unreadable(name, error)
            continue
        yield from (from_file(path, title) for path in paths)


def from_file(path: Path, title: str | None = None) -> Source:
    """A file."""
    return Source(str(path), lambda: load_file(path, title), title)


def from_text(data: bytes, title: str | None = None) -> Source:
    """Bytes that came from nowhere that can be read again, such as standard input."""
    # Without a title they are known by their content, so that two pastes don't replace each other.
    name = f"{PIPED}{title or hashlib.sha256(data).hexdigest()[:12]}"
    return Source(name, lambda: load_bytes(data, name, title=title), title)


def from_memory(name: str, text: str, title: str) -> Source:
    """A text that is at hand, under a name and a title of its own."""
    return Source(name, lambda: load_bytes(text.encode(), name, title=title), title)


def from_upload(name: str, data: bytes, title: str | None = None) -> Source:
    """A file that a person sent, under the name they gave it; the same name replaces it later.

    That name is never taken for a path.
    """
    return Source(f"{UPLOADED}{name}", lambda: _load_upload(name, data, title), title)


def _load_upload(name: str, data: bytes, title: str | None) -> list[Document]:
    if name.encode(errors="replace").decode() != name:
        raise LoadError(f"The file name {name!a} is not valid UTF-8. Rename it and try again.")
    # Read under the plain name, because errors tell that to whoever sent it.
    documents = load_bytes(data, name, name, title)
    for document in documents:
        document.metadata["source"] = f"{UPLOADED}{name}"
    return documents


def from_link(link: str, text: str, title: str) -> Source:
    """A text that stands at a web address and is at hand, such as a chat message.

    Its source is the link. Raises FootnoteError where that is none.
    """
    if not link.startswith(LINKS):
        raise FootnoteError(f"{link} is not a link. Give one that begins with https://.")
    # As plain text, whatever the link ends in.
    return Source(link, lambda: load_bytes(text.encode(), link, f"{title}.txt", title), title)


def sample() -> Source:
    """The briefing that comes with Footnote."""
    path = files(__package__).joinpath("sample/briefing.md")
    return Source(SAMPLE, lambda: load_bytes(path.read_bytes(), SAMPLE, "briefing.md"))


def again(source: str, title: str | None) -> Source:
    """The source that a document was read from, to read it once more."""
    if source == SAMPLE:
        return sample()
    if not can_read_again(source):
        return _unreadable(source, FootnoteError(_gone(source)))
    return from_file(Path(source), title)


def _gone(source: str) -> str:
    if source.startswith(PIPED):
        return f"{source} came from standard input, and can't be read again. Add it once more."
    if source.startswith(UPLOADED):
        name = source.removeprefix(UPLOADED)
        return f"{name} was uploaded, and can't be read again. Upload it once more."
    if source.startswith(LINKS):
        return f"{source} can't be fetched. Add what stands there once more."
    return f"{source} can't be read again. Add it once more."


def can_read_again(source: str) -> bool:
    """Whether there is a place to read a document from once more: a file, or Footnote itself."""
    # Files are known by their whole paths. Whatever else a source is, it names none.
    return source == SAMPLE or Path(source).is_absolute()


def _unreadable(name: str, error: FootnoteError) -> Source:
    def read() -> list[Document]:
        raise error

    return Source(name, read)
