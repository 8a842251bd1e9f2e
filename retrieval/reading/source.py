"""The sources of documents: what a person names, and how its bytes are had, now and later again."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from retrieval.errors import FootnoteError, LoadError
from retrieval.types import SAMPLE, DocumentInfo

from .files import find, read_file
from .intake import Intake
from .raw_document import RawDocument

HANDBOOK = "footnote:handbook"
# What comes with Footnote, by the names of the files in sample/.
BUILT_IN = {SAMPLE: "briefing.md", HANDBOOK: "handbook.md"}
PIPED = "stdin:"
UPLOADED = "upload:"
LINKS = ("http://", "https://")
# The kind of a chat message: text and nothing else, whatever stands in it.
MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to add: its name, and how its bytes are had.

    `fetch` may raise FootnoteError. Of a web page that was added before, `document` is the id, and
    `fetch` gives None where it is as it was then.
    """

    name: str
    fetch: Callable[[Intake], RawDocument | None]
    document: str = ""


def from_paths(names: Sequence[str], title: str | None = None) -> Iterator[Source]:
    """Yield a source for every file and web page that the names mean, folders gone through."""
    for name in names:
        if name.lower().startswith(LINKS):
            yield from_url(name, title)
            continue
        try:
            paths, strays = find(name)
        except FootnoteError as error:
            yield _unreadable(name, error)
            continue
        yield from (from_file(path, title) for path in paths)
        yield from (_unreadable(name, error) for error in strays)


def from_file(path: Path, title: str | None = None) -> Source:
    """A file."""
    return Source(str(path), lambda _: read_file(path, title or ""))


def from_url(url: str, title: str | None = None) -> Source:
    """A web page, or a file that stands on the web."""

    def fetch(intake: Intake) -> RawDocument | None:
        from retrieval.reading.web.visitor import fetch_page

        return fetch_page(intake.visitor, url, title or "")

    return Source(url, fetch)


def from_text(data: bytes, title: str | None = None) -> Source:
    """Bytes that can't be had again, such as those of standard input."""
    # Without a title they are known by their content, so that two pastes don't replace each other.
    name = f"{PIPED}{title or hashlib.sha256(data).hexdigest()[:12]}"
    return _at_hand(name, RawDocument(data, source=name, called=name, title=title or ""))


def from_memory(name: str, text: str, title: str) -> Source:
    """A text that is at hand, under a name and a title of its own."""
    raw = RawDocument(text.encode(), source=name, called=name, title=title, kind="text")
    return _at_hand(name, raw)


def from_upload(name: str, data: bytes, title: str | None = None, kind: str = "") -> Source:
    """A file that a person sent, under the name they gave it; the same name replaces it later.

    That name is never taken for a path. A `kind` of "text" makes it a text whatever it looks like.
    """
    source = f"{UPLOADED}{name}"
    if name.encode(errors="replace").decode() != name:
        error = LoadError(f"The file name {name!a} is not valid UTF-8. Rename it and try again.")
        return _unreadable(source, error)
    # Errors tell the plain name to the person who sent it.
    raw = RawDocument(
        data, source=source, called=name, name=name, title=title or "", kind=kind or None
    )
    return _at_hand(source, raw)


def from_link(link: str, text: str, title: str, author: str = "", date: str = "") -> Source:
    """A chat message, which stands at a link but can't be fetched from there.

    Its source is the link. Raises FootnoteError where that is none.
    """
    if not link.startswith(LINKS):
        raise FootnoteError(f"{link} is not a link. Give one that begins with https://.")
    raw = RawDocument(
        text.encode(), source=link, called=link, title=title, kind=MESSAGE, author=author, date=date
    )
    return _at_hand(link, raw)


def sample() -> Source:
    """The briefing that comes with Footnote."""
    return _built_in(SAMPLE)


def handbook() -> Source:
    """The handbook of a lending library that the playground starts with."""
    return _built_in(HANDBOOK)


def _built_in(name: str) -> Source:
    file = BUILT_IN[name]
    path = files(__package__).joinpath("sample", file)
    return Source(name, lambda _: RawDocument(path.read_bytes(), name, name, file))


def again(document: DocumentInfo, title: str | None, validators: str | None) -> Source:
    """The source that a document was read from, to read it once more.

    `title` is a person's, if one was given; `validators` what the catalog keeps of a page.
    """
    if document.source in BUILT_IN:
        return _built_in(document.source)
    if not can_read_again(document):
        return _unreadable(document.source, FootnoteError(_gone(document)))
    if not document.source.startswith(LINKS):
        return from_file(Path(document.source), title)
    url = document.source

    def fetch(intake: Intake) -> RawDocument | None:
        from retrieval.reading.web.visitor import fetch_page, read_validators

        seen = read_validators(validators)
        return fetch_page(intake.visitor, url, title or "", source=url, seen=seen)

    return Source(url, fetch, document.id)


def can_read_again(document: DocumentInfo) -> bool:
    """Return whether a document can be read once more, from a file, a page, or out of Footnote."""
    source = document.source
    if source.startswith(LINKS):
        return document.kind != MESSAGE
    # Files are known by their whole paths, which no other source is.
    return source in BUILT_IN or Path(source).is_absolute()


def _gone(document: DocumentInfo) -> str:
    source = document.source
    if source.startswith(PIPED):
        return f"{source} came from standard input, and can't be read again. Add it once more."
    if source.startswith(UPLOADED):
        name = source.removeprefix(UPLOADED)
        return f"{name} was uploaded, and can't be read again. Upload it once more."
    if document.kind == MESSAGE:
        return f"{source} is a message, which can only be read again in Discord."
    return f"{source} can't be read again. Add it once more."


def _at_hand(name: str, raw: RawDocument) -> Source:
    return Source(name, lambda _: raw)


def _unreadable(name: str, error: FootnoteError) -> Source:
    def fetch(_: Intake) -> RawDocument:
        raise error

    return Source(name, fetch)
