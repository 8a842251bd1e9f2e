"""A disk that is full, or can't be written, is told in a sentence; what was there stays, and all
goes on once there is room."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.store import disk as home_disk
from retrieval.store.disk import ROOM, ROOM_TO_ADD
from retrieval.store.home import Home
from retrieval.store.sqlite import CatalogError, Database
from tests.support.homes import contents, note, opened, put

TEA = "Tea is brewed from leaves. The water should be hot."
LONG = "\n\n".join(f"Ferry {number} carried {number * 37} people. " * 15 for number in range(9))
MORE = {"ferry": LONG, "bridge": "The bridge was opened in 1912."}


class Usage(NamedTuple):
    """As `shutil.disk_usage` has it."""

    total: int
    used: int
    free: int


class Disk:
    """A disk that is as full as one likes."""

    free = 10**12

    def usage(self, _: Path) -> Usage:
        return Usage(10**12, 10**12 - self.free, self.free)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    """The disk of all homes."""
    disk = Disk()
    monkeypatch.setattr(home_disk, "disk_usage", disk.usage)
    return disk


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """A library with one document in it."""
    with opened(tmp_path / "home", embedder) as library:
        put(library, [note("tea", TEA)])
        yield library


def fill(library: Library, pages: int) -> None:
    """Leaves room for so many pages in the catalog, and no more."""
    catalog = library.home.store("common").catalog
    (used,) = catalog.row("PRAGMA page_count")
    catalog.row(f"PRAGMA max_page_count = {used + pages}")


def try_to_add(library: Library) -> FootnoteError:
    with pytest.raises(FootnoteError) as caught:
        list(library.add([note(name, text) for name, text in MORE.items()]))
    return caught.value


@pytest.mark.parametrize("pages", [0, 2, 4, 8, 12, 16])
def test_a_catalog_that_finds_no_room_says_so_and_loses_nothing(
    pages: int, library: Library
) -> None:
    before = contents(library)
    fill(library, pages)
    error = try_to_add(library)
    assert "The disk is full" in str(error)
    assert "common.db" in str(error)
    assert library.ask("How should the water be?").citations[0].quote in TEA
    fill(library, 10**6)
    put(library, [note(name, text) for name, text in MORE.items()])
    assert contents(library).texts == before.texts | MORE


def test_chroma_is_not_asked_where_there_is_no_room(library: Library, disk: Disk) -> None:
    before = contents(library)
    disk.free = ROOM_TO_ADD - 1
    error = try_to_add(library)
    assert "is full but for 31 MiB" in str(error)
    assert contents(library) == before
    disk.free = ROOM_TO_ADD
    put(library, [note(name, text) for name, text in MORE.items()])


def test_where_adding_finds_no_room_removing_still_does(library: Library, disk: Disk) -> None:
    disk.free = ROOM
    library.remove([document.id for document in library.documents()])
    assert contents(library).texts == {}


def test_a_removal_that_finds_no_room_removes_nothing(library: Library, disk: Disk) -> None:
    before = contents(library)
    disk.free = ROOM - 1
    with pytest.raises(FootnoteError, match="Make room and try again"):
        library.remove([document.id for document in library.documents()])
    assert contents(library) == before


def test_a_home_on_a_full_disk_is_not_opened(tmp_path: Path, disk: Disk) -> None:
    disk.free = 0
    with pytest.raises(FootnoteError, match="Make room and try again"):
        Home(tmp_path, "a model", lambda: None)
    disk.free = 10**9
    Home(tmp_path, "a model", lambda: None).close()


def test_a_catalog_that_may_not_be_written_says_so(library: Library) -> None:
    library.home.store("common").catalog.connection.execute("PRAGMA query_only = ON")
    error = try_to_add(library)
    assert "read-only" in str(error)
    assert "common.db" in str(error)
    assert library.ask("How should the water be?").answered


def test_a_catalog_that_another_program_holds_says_so(tmp_path: Path) -> None:
    database = Database(tmp_path / "common.db")
    other = sqlite3.connect(tmp_path / "common.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database.connection.execute("PRAGMA busy_timeout = 0")
    with pytest.raises(CatalogError, match="in use by another program"), database.transaction():
        raise AssertionError
    other.close()
    database.close()


def add_to_nobody(database: Database) -> None:
    """A change whose mistake is noticed at its end."""
    with database.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        connection.execute(
            'INSERT INTO passages (document, start, "end", text, sentences) '
            "VALUES ('nobody', 0, 1, 'a', x'')"
        )


def test_a_change_that_cannot_be_ended_leaves_the_catalog_usable(tmp_path: Path) -> None:
    database = Database(tmp_path / "common.db")
    with pytest.raises(sqlite3.IntegrityError):
        add_to_nobody(database)
    with database.transaction() as connection:
        connection.execute("INSERT INTO settings VALUES ('a', 'b')")
    assert database.rows("SELECT * FROM settings") == [("a", "b")]
    assert database.rows("SELECT * FROM passages") == []
    database.close()


def test_what_was_committed_is_on_the_disk(tmp_path: Path) -> None:
    database = Database(tmp_path / "common.db")
    assert database.row("PRAGMA synchronous") == (2,)
    assert database.row("PRAGMA journal_mode") == ("wal",)
    database.close()
