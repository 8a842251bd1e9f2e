"""A document that is erased from a library is gone from every file of its home."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from chromadb.api.rust import RustBindingsAPI
from chromadb.errors import InternalError
from numpy.typing import NDArray

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.reading.source import from_paths
from retrieval.store.catalog import CLEAN
from retrieval.types import COMMON
from tests.support.homes import note, opened, put
from tests.support.texts.traces import files_with, files_with_vector

TELLING = "The quokkamat wears a vermilljon jersey on Thursdays, says Ottokarina Wumpelstein."
WORDS = ["quokkamat", "vermilljon", "ottokarina", "wumpelstein"]
OTHERS = [f"Parcel {n} waits in locker {n * 7} of the north hall until Friday." for n in range(12)]


def add(library: Library, name: str, text: str) -> str:
    [added] = library.add([note(name, text)])
    assert added.document is not None
    return added.document.id


def vectors_of(library: Library, ids: Sequence[str]) -> NDArray[np.float32]:
    """The vectors of the passages of some documents."""
    store = library.home.store(COMMON)
    marks = ", ".join("?" * len(ids))
    rows = store.catalog.rows(
        "SELECT passages.id FROM passages JOIN documents ON version = document "
        f"WHERE documents.id IN ({marks})",
        ids,
    )
    return store.index.vectors([row[0] for row in rows])[1]


def test_no_byte_of_an_erased_document_is_left_in_the_home(library: Library) -> None:
    home = library.home.folder
    assert all(each.document for each in library.add(map(note, OTHERS, OTHERS)))
    gone = add(library, "secret.md", TELLING)
    [vector] = vectors_of(library, [gone])
    assert files_with(home, WORDS)
    assert files_with_vector(home, vector)
    [erased] = library.erase([gone])
    assert erased.id == gone
    assert not files_with(home, WORDS)
    assert not files_with_vector(home, vector)
    assert "locker 49" in library.ask("Which locker holds parcel 7?").text
    assert library.census().missing == library.census().stray == 0


def test_full_text_keeps_no_word_of_what_was_erased(library: Library) -> None:
    add(library, "other.md", OTHERS[0])
    library.erase([add(library, "secret.md", TELLING)])
    rows = library.home.store(COMMON).catalog.rows("SELECT term FROM passages_terms")
    terms = {term for (term,) in rows}
    assert "parcel" in terms
    assert not any(term.startswith(("quokka", "vermil", "otto", "wumpel")) for term in terms)
    with closing(sqlite3.connect(library.home.folder / "libraries" / "common.db")) as database:
        database.execute("INSERT INTO passages_text (passages_text) VALUES ('integrity-check')")


def test_a_document_that_a_person_removes_is_erased(library: Library) -> None:
    gone = add(library, "secret.md", TELLING)
    library.remove([gone])
    assert not files_with(library.home.folder, WORDS)


def test_the_version_before_is_erased_with_its_document(library: Library) -> None:
    add(library, "note.md", TELLING)
    again = add(library, "note.md", OTHERS[1])
    assert files_with(library.home.folder, WORDS)
    library.erase([again])
    assert not files_with(library.home.folder, WORDS)


def test_what_an_older_footnote_removed_goes_with_the_next_erasure(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        add(library, "other.md", OTHERS[2])
        gone = add(library, "secret.md", TELLING)
    with closing(sqlite3.connect(tmp_path / "libraries" / "common.db")) as database:
        database.execute("PRAGMA secure_delete = OFF")
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM settings WHERE name = ?", [CLEAN])
        database.execute("DELETE FROM documents WHERE id = ?", [gone])
        database.commit()
    assert files_with(tmp_path, WORDS)
    with opened(tmp_path, embedder) as library:
        library.erase([add(library, "third.md", OTHERS[3])])
    assert not files_with(tmp_path, WORDS)


def test_an_erasure_that_was_cut_short_is_ended_when_the_home_is_opened(
    tmp_path: Path, embedder: SentenceEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path, embedder) as library:
        add(library, "other.md", OTHERS[4])
        gone = add(library, "secret.md", TELLING)
        [vector] = vectors_of(library, [gone])
        monkeypatch.setattr(library.home, "forget_deleted", lambda store: None)
        library.erase([gone])
    monkeypatch.undo()
    assert files_with_vector(tmp_path, vector)
    with opened(tmp_path, embedder) as library:
        assert library.ask("Which locker?").passages
        assert not files_with_vector(tmp_path, vector)
        assert not files_with(tmp_path, WORDS)


def test_those_who_keep_words_besides_are_told_what_is_erased(library: Library) -> None:
    told = list[str]()
    library.forgets = (lambda documents, texts: told.extend(texts),)
    gone = add(library, "secret.md", TELLING)
    library.erase([gone])
    assert told == [TELLING]


def test_of_an_unknown_document_nothing_is_erased(library: Library) -> None:
    told = list[str]()
    library.forgets = (lambda documents, texts: told.extend(texts),)
    kept = add(library, "secret.md", TELLING)
    with pytest.raises(FootnoteError, match="no document"):
        library.erase([kept, "ffffffffffff"])
    assert not told
    assert [document.id for document in library.documents()] == [kept]


def test_another_thread_of_chroma_that_writes_at_the_moment_is_waited_for(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that tidies up after the last change does, now and then (chromadb 1.5.9)."""
    modify, busy = RustBindingsAPI._modify, ["code 5: database is locked"] * 3

    def written_to(api: RustBindingsAPI, *args: Any, **named: Any) -> None:
        if busy:
            raise InternalError(busy.pop())
        modify(api, *args, **named)

    add(library, "other.md", OTHERS[0])
    gone = add(library, "secret.md", TELLING)
    monkeypatch.setattr(RustBindingsAPI, "_modify", written_to)
    library.erase([gone])
    assert not busy
    assert not files_with(library.home.folder, WORDS)
    assert library.home.vectors.failure == ""


def lose_two_files(library: Library, folder: Path) -> None:
    """Add a folder of three files, of which two are gone afterwards."""
    folder.mkdir()
    for name, text in (("secret.md", TELLING), ("more.md", OTHERS[1]), ("stays.md", OTHERS[0])):
        (folder / name).write_text(text)
    put(library, from_paths([str(folder)]))
    for name in ("secret.md", "more.md"):
        (folder / name).unlink()


def test_those_who_keep_words_besides_are_told_what_a_sync_removes(
    library: Library, tmp_path: Path
) -> None:
    told = list[str]()
    library.forgets = (lambda documents, texts: told.extend(texts),)
    lose_two_files(library, tmp_path / "folder")
    changes = list(library.sync())
    assert [change.kind for change in changes].count("removed") == 2
    assert sorted(told) == sorted([TELLING, OTHERS[1]])
    assert not files_with(library.home.folder, WORDS)


def test_what_can_not_be_forgotten_is_not_removed_and_said(
    library: Library, tmp_path: Path
) -> None:
    def fail(documents: object, texts: Sequence[str]) -> None:
        if TELLING in texts:
            raise FootnoteError("The record is locked.")

    lose_two_files(library, tmp_path / "folder")
    library.forgets = (fail,)
    changes = list(library.sync())
    assert [one.error for one in changes if one.kind == "failed"] == ["The record is locked."]
    library.forgets = ()
    assert "removed" in [change.kind for change in library.sync()]
