"""A source that holds many documents, and the entries in it.

A folder and an archive are the same thing from here on. Their files are listed (`folder`,
`archive`), and then arranged (`layouts`): a Notion export, say, is known by what is in it, and
tells which files make up a document, and what each is called.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from retrieval.errors import LoadError
from retrieval.reading.raw_document import RawDocument

from .left_out import LeftOut


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a collection: its path there, with slashes, and how its bytes are had.

    `load` may raise LoadError, and may be called again, by any thread. `size` is in bytes.
    """

    path: str
    size: int
    load: Callable[[], RawDocument]

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The path of the folder that it lies in; "" for the outermost."""
        return self.path.rpartition("/")[0]

    def at(self, path: str) -> "Entry":
        """The same under another path, by which it will be known."""
        return replace(self, path=path)

    def told(self, **facts: Any) -> "Entry":
        """The same with something that is known of its document: a title, say, or a link."""
        load = self.load
        return replace(self, load=lambda: replace(load(), **facts))

    def rewritten(self, change: Callable[[bytes], bytes]) -> "Entry":
        """The same with its bytes changed when they are read."""

        def load() -> RawDocument:
            raw = before()
            return replace(raw, data=change(raw.data))

        before = self.load
        return replace(self, load=load)


@dataclass(slots=True)
class Holding:
    """The files of a folder or an archive while they are arranged.

    `entries` are documents, `others` what is not read, but may say something of them. `name` is the
    file name of the collection, `comment` what an archive says of itself, `address` where it was
    fetched, or "". `hidden` are the paths of what was passed over as hidden.
    """

    name: str
    entries: list[Entry]
    others: list[Entry] = field(default_factory=list)
    left_out: LeftOut = field(default_factory=LeftOut)
    comment: str = ""
    address: str = ""
    hidden: frozenset[str] = frozenset()

    def find(self, path: str) -> Entry | None:
        """The file at a path."""
        files = (*self.entries, *self.others)
        return next((entry for entry in files if entry.path == path), None)

    def leave_out(self, reason: str, unwanted: Callable[[Entry], object]) -> None:
        """Leave out the files that a test is true for, for a reason."""
        kept = [entry for entry in self.entries if not unwanted(entry)]
        self.left_out.add(reason, len(self.entries) - len(kept))
        self.entries = kept

    def read(self, entry: Entry | None, most: int) -> bytes:
        """The bytes of a small file that says something of the others; none if it is too large,
        can't be read, or isn't there."""
        if entry is None or entry.size > most:
            return b""
        try:
            return entry.load().data
        except LoadError:
            return b""


@dataclass(frozen=True, slots=True)
class Collection:
    """A source that holds many documents, as it is now.

    The source of a document in an archive is `name`, a slash and its path; that of a file in a
    folder is the file's own. `called` is what people call it. `left_out` says what of it is not
    among the `entries`, and `errors` what is wrong with
    some of it, by names.
    """

    name: str
    called: str
    entries: tuple[Entry, ...]
    left_out: LeftOut = field(default_factory=LeftOut)
    errors: tuple[tuple[str, LoadError], ...] = ()

    def place(self, entry: Entry) -> str:
        """The name by which people are told of a document in it."""
        return f"{self.called}/{entry.path}" if self.called != "." else entry.path

    def picked(self, titles: Mapping[str, str]) -> "Collection":
        """The documents with some sources only, each with the title that a person gave it, or "";
        an error for each that isn't there any more."""
        found = {f"{self.name}/{entry.path}": entry for entry in self.entries}
        chosen = [found[source].told(title=titles[source]) for source in titles if source in found]
        gone = sorted(titles.keys() - found)
        errors = ((source, LoadError("{file} is no longer there.", file=source)) for source in gone)
        return replace(self, entries=tuple(chosen), errors=tuple(errors))
