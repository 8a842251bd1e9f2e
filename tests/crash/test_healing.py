"""Vectors that are damaged are noticed, answers come without them, and they are made anew."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import numpy as np
import pytest
from chromadb.errors import InternalError

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.store.inventory import is_whole
from retrieval.store.vectors.embedded_store import FileStore
from retrieval.store.vectors.vector_store import VectorsError
from tests.crash.harness.texts import text_of
from tests.support.damage import PAGE, write_over
from tests.support.homes import Contents, contents, note, opened, put, wait_until_whole

TEA = "Tea is brewed from leaves. The water should be hot."
INDEXED = ("data_level0.bin", "header.bin", "index_metadata.pickle", "length.bin")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Path:
    """A home with some documents in it, closed, whose index is in files of its own."""
    home = tmp_path_factory.mktemp("sound")
    with opened(home, embedder) as library:
        put(library, [note(f"note {number}", text_of("a", number)) for number in range(1, 9)])
        # Chroma writes an index to files of its own once it has been given so many.
        index, many = library.home.store("common").index, range(10_000, 11_000)
        index.put(many, np.random.default_rng(0).normal(size=(len(many), 384)).astype(np.float32))
        index.remove(many)
    return home


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """An empty library."""
    with opened(tmp_path / "home", embedder) as library:
        yield library


@pytest.fixture
def home(sound: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(sound, tmp_path / "home"))


@pytest.fixture(scope="module")
def before(
    sound: Path, embedder: SentenceEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Contents:
    """Return what was in it."""
    copy = shutil.copytree(sound, tmp_path_factory.mktemp("copy") / "home")
    with opened(Path(copy), embedder) as library:
        return contents(library)


def index_of(home: Path) -> Path:
    """The folder of an index that Chroma has written."""
    [found] = (home / "vectors").glob("*/index_metadata.pickle")
    return found.parent


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


DAMAGES: dict[str, Callable[[Path], None]] = {
    "written over": write_over,
    "cut short": truncate,
    "empty": lambda file: os.truncate(file, 0),
    "missing": Path.unlink,
}


@pytest.mark.parametrize(
    ("damage", "name"),
    [(damage, INDEXED[0]) for damage in DAMAGES] + [("written over", name) for name in INDEXED[1:]],
)
def test_a_damaged_index_is_never_opened_and_is_made_anew(
    damage: str,
    name: str,
    home: Path,
    before: Contents,
    embedder: SentenceEmbedder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    DAMAGES[damage](index_of(home) / name)
    with opened(home, embedder) as library:
        assert "they were damaged" in caplog.text
        assert library.search("ferry")
        wait_until_whole(library)
        assert contents(library) == before


def test_a_whole_index_is_kept(
    home: Path, before: Contents, embedder: SentenceEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(home, embedder) as library:
        assert contents(library) == before
        assert is_whole(library.home.store("common"))
    assert caplog.text == ""


def remove_index(vectors: Path) -> None:
    [found] = vectors.glob("*/index_metadata.pickle")
    shutil.rmtree(found.parent)


def remove_database(vectors: Path) -> None:
    (vectors / "chroma.sqlite3").unlink()


def halve_database(vectors: Path) -> None:
    truncate(vectors / "chroma.sqlite3")


def write_over_database(vectors: Path) -> None:
    (vectors / "chroma.sqlite3").write_bytes(b"no database " * 1000)


@pytest.mark.parametrize(
    "damage",
    [shutil.rmtree, remove_index, remove_database, halve_database, write_over_database],
)
def test_what_is_missing_of_chroma_is_made_anew(
    damage: Callable[[Path], None], home: Path, before: Contents, embedder: SentenceEmbedder
) -> None:
    damage(home / "vectors")
    with opened(home, embedder) as library:
        assert library.search("ferry")
        wait_until_whole(library)
        assert contents(library) == before


def test_wherever_chromas_database_is_damaged_all_ends_well(
    sound: Path, tmp_path: Path, before: Contents, embedder: SentenceEmbedder
) -> None:
    pages = (sound / "vectors" / "chroma.sqlite3").stat().st_size // PAGE
    for page in range(0, pages, pages // 12):
        home = shutil.copytree(sound, tmp_path / str(page))
        write_over(home / "vectors" / "chroma.sqlite3", page * PAGE, PAGE)
        with opened(home, embedder) as library:
            assert library.search("ferry")
            # It may be noticed only by whoever looks at all there is.
            with suppress(VectorsError):
                library.census()
            wait_until_whole(library)
            assert contents(library) == before


def test_vectors_that_fail_while_they_are_used_are_made_anew(
    home: Path, before: Contents, embedder: SentenceEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(home, embedder) as library:
        library.search("ferry")
        with closing(sqlite3.connect(home / "vectors" / "chroma.sqlite3")) as database:
            database.execute("DROP TABLE embeddings")
        assert library.search("ferry")
        put(library, [note("new", "A new bridge.")])
        wait_until_whole(library)
        assert contents(library).texts == before.texts | {"new": "A new bridge."}
    assert "answers come from the full text alone" in caplog.text


def let_fail(library: Library) -> None:
    with pytest.raises(VectorsError), library.home.store("common").index.using():
        raise InternalError("as it happens")


def test_vectors_that_fail_again_soon_after_they_were_opened_anew_are_given_up(
    home: Path, before: Contents, embedder: SentenceEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    with opened(home, embedder) as library:
        let_fail(library)
        wait_until_whole(library)
        assert "are given up" not in caplog.text
        let_fail(library)
        wait_until_whole(library)
        assert "are given up" in caplog.text
        assert contents(library) == before


def test_vectors_that_fail_whatever_is_done_are_not_made_anew_time_and_again(
    home: Path, embedder: SentenceEmbedder
) -> None:
    with opened(home, embedder) as library:
        for _ in range(2):
            let_fail(library)
            wait_until_whole(library)
        let_fail(library)
        with pytest.raises(VectorsError, match="as it happens"):
            library.home.repair()
        assert library.search("ferry")


@contextmanager
def without_vectors(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """They can't be had until the block ends."""

    def fail(store: FileStore) -> None:
        raise VectorsError(store.failure)

    with monkeypatch.context() as patch:
        patch.setattr(FileStore, "repair", fail)
        let_fail(library)
        yield
    wait_until_whole(library)


def test_without_vectors_documents_come_and_go_and_answer_all_the_same(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, [note("tea", TEA), note("ferry", "The ferry left at noon.")])
    with without_vectors(library, monkeypatch):
        put(library, [note("bridge", "The bridge was opened in 1912.")])
        library.remove([d.id for d in library.documents() if d.title == "ferry"])
        answer = library.ask("When was the bridge opened?")
        assert answer.citations[0].quote == "The bridge was opened in 1912."
        assert not library.home.store("common").index.whole
    assert sorted(contents(library).texts) == ["bridge", "tea"]


def test_without_vectors_a_library_is_not_made_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, [note("tea", TEA)])
    before = contents(library)
    with without_vectors(library, monkeypatch), pytest.raises(VectorsError):
        list(library.reindex())
    assert contents(library) == before


def test_a_home_that_is_closed_meanwhile_goes_on_the_next_time(
    home: Path, before: Contents, embedder: SentenceEmbedder
) -> None:
    shutil.rmtree(home / "vectors")
    for _ in range(3):
        with opened(home, embedder) as library:
            library.documents()
    with opened(home, embedder) as library:
        library.documents()
        wait_until_whole(library)
        assert contents(library) == before


def test_a_library_that_was_elsewhere_meanwhile_gets_the_vectors_of_what_it_holds_now(
    home: Path, before: Contents, embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    catalog = home / "libraries" / "common.db"
    (tmp_path / "other" / "libraries").mkdir(parents=True)
    catalog.rename(tmp_path / "other" / "libraries" / "common.db")
    with opened(tmp_path / "other", embedder) as library:
        put(library, [note("note 1", text_of("a", 1)[::-1]), note("note 1", text_of("a", 1))])
    (tmp_path / "other" / "libraries" / "common.db").rename(catalog)
    with opened(home, embedder) as library:
        library.search("ferry")
        wait_until_whole(library)
        assert contents(library) == before


def test_a_library_made_anew_leaves_no_files_behind(
    home: Path, before: Contents, embedder: SentenceEmbedder
) -> None:
    old = index_of(home)
    with opened(home, embedder) as library:
        list(library.reindex())
    with opened(home, embedder) as library:
        assert not old.exists()
        assert contents(library) == before
    with opened(home, embedder) as library:
        assert library.home.vectors.lost == ""
