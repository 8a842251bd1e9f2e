"""The sources of documents: what a person names, and how its bytes are had, now and later again."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import FootnoteError, LoadError
from retrieval.types import SAMPLE, Origin

from .collection.files import find, read_file
from .formats.registry import THREAD
from .intake import Intake
from .raw_document import RawDocument

if TYPE_CHECKING:
    from .collection.collection import Collection, Entry
    from .formats.plain.data.thread import Thread

HANDBOOK = "footnote:handbook"
# What comes with Footnote, by the names of the files in sample/.
STAFF_NOTES = "footnote:staff-notes"
# The page for visitors of that library.
VISITORS = "footnote:visitors"
BUILT_IN = {
    SAMPLE: "briefing.md",
    HANDBOOK: "handbook.md",
    STAFF_NOTES: "staff_notes.md",
    VISITORS: "visitors.md",
}
PIPED = "stdin:"
UPLOADED = "upload:"
LINKS = ("http://", "https://")
# The kinds of what holds many documents.
FOLDER, SITE, ARCHIVE = "folder", "site", "archive"
# The kind of a chat message: text and nothing else, whatever stands in it.
MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Source:
    """Something to add: its name, and how its bytes are had.

    `fetch` may raise FootnoteError. Of a web page that was added before, `document` is the id, and
    `fetch` gives None where it is as it was then. Of an archive, all documents are meant, or those
    with the sources that are `picked`, each with the title that a person gave it, or "". What
    belongs to a folder, a site or an archive has that as its `origin`, and its own `place` there; a
    document that stood at one of the places that are `gone` by now, and says the same, moves here.
    """

    name: str
    fetch: Callable[[Intake], RawDocument | None]
    document: str = ""
    picked: Mapping[str, str] | None = None
    origin: Origin | None = None
    place: str = ""
    gone: frozenset[str] = frozenset()


def from_paths(names: Sequence[str | Path], title: str | None = None) -> Iterator[Source]:
    """Yield a source for every file and web page that the names mean, folders gone through."""
    for name in map(str, names):
        if name.lower().startswith(LINKS):
            yield from_url(name, title)
            continue
        try:
            folder = Path(name).is_dir()
            yield from _in_folder(name, title) if folder and name else _file(name, title)
        except FootnoteError as error:
            yield unreadable(name, error)


def _opened(folder: str) -> "Collection":
    # Imported here, as all that looks into folders and archives: a question passes it by.
    from .collection.folder import open_folder

    return open_folder(Path(folder))


def _in_folder(name: str, title: str | None) -> Iterator[Source]:
    opened = _opened(name)
    return sources_in(opened, title, Origin(FOLDER, opened.name))


def _file(name: str, title: str | None) -> Iterator[Source]:
    [path], _ = find(name)
    yield from_file(path, title)


def left_out_of_folder(path: str) -> str:
    """A sentence on the files in a folder that are left out; "" for none, or where it is none."""
    try:
        return _opened(path).left_out.told() if Path(path).is_dir() else ""
    except FootnoteError:  # which adding it has told
        return ""


def sources_in(
    collection: "Collection", title: str | None = None, origin: Origin | None = None
) -> Iterator[Source]:
    """Yield a source for every document of a folder or an archive, and for what is wrong there."""
    for entry in collection.entries:
        titled = entry.told(title=title) if title else entry
        source, place = Source(collection.place(entry), partial(_loaded, titled)), ""
        if origin is not None and is_text(f"{origin.place}/{entry.path}"):
            place = f"{origin.place}/{entry.path}"
        yield replace(source, origin=origin, place=place)
    yield from (unreadable(name, error) for name, error in collection.errors)


def _loaded(entry: "Entry", _: Intake) -> RawDocument:
    return entry.load()


def collection_in(source: Source, raw: RawDocument) -> "Collection | None":
    """The documents in an archive that a source is; None where it is a document itself.

    Raises LoadError, which says why, for an archive that can't be read.
    """
    from .collection.archive import is_archive, open_archive

    if raw.kind is not None or not is_archive(raw.data):
        return None
    if raw.title:
        raise LoadError(
            "{archive} holds many documents: a title is for one. Add it without.",
            archive=raw.called,
        )
    opened = open_archive(raw)
    return opened if source.picked is None else opened.picked(source.picked)


def is_text(path: str) -> bool:
    """True for a path that is valid UTF-8: others are not kept."""
    return path.encode(errors="replace").decode() == path


def archive_at(place: str) -> Origin | None:
    """An archive that can be read again, by its path or address; None for one that was sent."""
    again = place.startswith(LINKS) or Path(place).is_absolute()
    return Origin(ARCHIVE, place) if again else None


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
    if not is_text(name):
        error = LoadError(
            "The file name {name} is not valid UTF-8. Rename it and try again.", name=ascii(name)
        )
        return unreadable(source, error)
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
        raise FootnoteError("{link} is not a link. Give one that begins with https://.", link=link)
    raw = RawDocument(
        text.encode(), source=link, called=link, title=title, kind=MESSAGE, author=author, date=date
    )
    return _at_hand(link, raw)


def from_thread(thread: "Thread") -> Source:
    """A thread with the answers that were marked in it, which is followed where it stands."""
    data, date, link = thread.as_json().encode(), thread.answers[0].date, thread.link
    raw = RawDocument(
        data, link, link, title=thread.title, kind=THREAD, author=thread.answers[0].author
    )
    return _at_hand(link, replace(raw, date=date))


def sample() -> Source:
    """The briefing that comes with Footnote."""
    return built_in(SAMPLE)


def handbook() -> Source:
    """The handbook of a lending library that the playground starts with."""
    return built_in(HANDBOOK)


def staff_notes() -> Source:
    """Notes that not everybody in the playground reads."""
    return built_in(STAFF_NOTES)


def visitors_page() -> Source:
    """A page for visitors, which the playground has in direct messages as well."""
    return built_in(VISITORS)


def built_in(name: str) -> Source:
    """A document that comes with Footnote."""
    file = BUILT_IN[name]
    path = files(__package__).joinpath("sample", file)
    return Source(name, lambda _: RawDocument(path.read_bytes(), name, name, file))


def _at_hand(name: str, raw: RawDocument) -> Source:
    return Source(name, lambda _: raw)


def unreadable(name: str, error: FootnoteError) -> Source:
    """Something that was named and can't be read, which is told in its turn."""

    def fetch(_: Intake) -> RawDocument:
        raise error

    return Source(name, fetch)
