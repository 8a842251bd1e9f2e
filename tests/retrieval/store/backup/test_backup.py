"""A backup is one file, made while all goes on, of which the same home can be made again."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from bot.output.json_forms import answer_form, search_form
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.indexing.repair import Healer
from retrieval.library import Library
from retrieval.store.files.chosen_model import keep_model, read_model
from retrieval.store.files.synonyms import add_synonyms, read_synonyms
from tests.support.homes import contents, note, opened, put, wait_until_whole

from .conftest import NOTES

QUESTIONS = [
    "Who was the keeper of the lighthouse?",
    "What does a ticket cost?",
    "How long is bread baked?",
    "When is the pier closed?",
    "What is the boiling point of mercury?",
]
BOTH = ("guild-1", "common")


def answers(library: Library) -> str:
    """Return what `ask --json` and `search --json` print, but for the times."""
    asked = [replace(library.ask(question, (), BOTH), elapsed_ms=0.0) for question in QUESTIONS]
    found = [search_form(question, library.search(question, 5, BOTH)) for question in QUESTIONS]
    return json.dumps([[answer_form(answer) for answer in asked], found])


def test_a_restored_home_answers_byte_for_byte_as_before(
    library: Library, backup: Path, empty: Library
) -> None:
    restored = empty.restore(backup)
    assert (restored.libraries, restored.documents, restored.kept) == (2, 4, ())
    assert answers(empty) == answers(library)


def test_a_restored_home_holds_all_that_the_other_holds(
    library: Library, backup: Path, empty: Library
) -> None:
    empty.restore(backup)
    for name in BOTH:
        assert contents(empty, name) == contents(library, name)
        assert empty.documents(name) == library.documents(name)


def test_a_restored_home_takes_documents_and_lets_them_go(backup: Path, empty: Library) -> None:
    empty.restore(backup)
    [added] = put(empty, [note("tide", "High tide comes an hour later every day.")])
    assert added.document is not None
    assert "an hour later" in empty.ask("When is high tide?").text
    empty.remove([document.id for document in empty.documents()])
    assert contents(empty).passages == 0


def test_a_restored_home_is_the_same_when_it_is_opened_again(
    library: Library, backup: Path, tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path / "new", embedder) as first:
        first.restore(backup)
    with opened(tmp_path / "new", embedder) as again:
        assert answers(again) == answers(library)


def test_golden_questions_and_changed_answers_are_in_it(
    tmp_path: Path, empty: Library, embedder: SentenceEmbedder
) -> None:
    files = {"golden/büro.yaml": "cases: []", "golden/more.yml": "", "changed_answers.json": "{}"}
    with opened(tmp_path / "home", embedder) as library:
        for name, text in {**files, "golden/notes.txt": "not these"}.items():
            file = library.home.folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text)
        backup = library.back_up(tmp_path / "home.backup").file
    (empty.home.folder / "golden").mkdir()
    (empty.home.folder / "golden/more.yml").write_text("mine")
    assert empty.restore(backup).kept == ("golden/more.yml",)
    restored = {name: (empty.home.folder / name).read_text() for name in files}
    assert restored == {**files, "golden/more.yml": "mine"}
    assert not (empty.home.folder / "golden/notes.txt").exists()


def test_documents_that_come_and_go_meanwhile_are_in_it_whole_or_not_at_all(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    done = Event()

    def keep_changing(library: Library) -> None:
        number = 0
        while not done.is_set():
            number += 1
            put(library, [note(f"ship-{number % 3}", f"Ship {number} has {number} crew. " * 20)])
            if number % 4 == 0:
                library.remove([library.documents()[0].id])

    with opened(tmp_path / "home", embedder) as library:
        put(library, [note("ship-0", "Ship 0 has a crew.")])
        changing = Thread(target=keep_changing, args=(library,))
        changing.start()
        try:
            files = [library.back_up(tmp_path / f"{number}").file for number in range(5)]
        finally:
            done.set()
            changing.join()
    for file in files:
        with opened(tmp_path / f"of-{file.name}", embedder) as restored:
            restored.restore(file)
            contents(restored)  # which insists that its parts agree


def test_a_file_that_is_there_is_replaced_only_on_demand(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "precious.txt"
    file.write_text("precious")
    with pytest.raises(FootnoteError, match="is there already"):
        library.back_up(file)
    assert file.read_text() == "precious"
    assert library.back_up(file, replace=True).bytes == file.stat().st_size > 10_000


def test_a_backup_that_fails_leaves_nothing_and_replaces_nothing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    file = tmp_path / "old.backup"
    file.write_text("old")
    monkeypatch.setattr("retrieval.store.backup.backup.copy_library", full)
    with pytest.raises(FootnoteError, match=r"old\.backup: No space left on device\.$"):
        library.back_up(file, replace=True)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {file.name: "old"}


def test_where_it_can_not_be_written_is_said(library: Library, tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match=r"can't be written to .*nowhere"):
        library.back_up(tmp_path / "nowhere" / "home.backup")


def test_the_records_come_along_but_replace_none(
    library: Library, empty: Library, tmp_path: Path
) -> None:
    for record in ("activity.db", "usage.db"):
        with closing(sqlite3.connect(library.home.folder / record)) as file:
            file.execute("CREATE TABLE IF NOT EXISTS asked (id)")
            file.execute("PRAGMA user_version = 1")
    (library.home.folder / "calibration.json").write_text("{}")
    (empty.home.folder / "usage.db").write_bytes(b"its own")
    restored = empty.restore(library.back_up(tmp_path / "all.backup").file)
    assert restored.kept == ("usage.db",)
    assert (empty.home.folder / "usage.db").read_bytes() == b"its own"
    assert (empty.home.folder / "calibration.json").read_text() == "{}"
    with closing(sqlite3.connect(empty.home.folder / "activity.db")) as file:
        assert file.execute("SELECT name FROM sqlite_master").fetchall() == [("asked",)]


def test_synonyms_come_along_but_replace_none(
    tmp_path: Path, embedder: SentenceEmbedder, empty: Library
) -> None:
    with opened(tmp_path / "home", embedder) as library:
        put(library, NOTES)
        without = library.back_up(tmp_path / "without.backup").file
        add_synonyms(library.home.folder, ["beacon", "lighthouse"])
        made = library.back_up(tmp_path / "home.backup").file
    assert empty.restore(made).kept == ()
    assert read_synonyms(empty.home.folder) == [["beacon", "lighthouse"]]
    with opened(tmp_path / "other", embedder) as other:
        other.restore(without)
        assert read_synonyms(other.home.folder) == []
    with opened(tmp_path / "own", embedder) as own:
        add_synonyms(own.home.folder, ["pier", "jetty"])
        assert own.restore(made).kept == ("synonyms.json",)
        assert read_synonyms(own.home.folder) == [["pier", "jetty"]]


def test_the_model_that_a_home_was_given_comes_along(
    tmp_path: Path, embedder: SentenceEmbedder, empty: Library
) -> None:
    with opened(tmp_path / "home", embedder) as library:
        put(library, NOTES)
        keep_model(library.home.folder, "multilingual")
        made = library.back_up(tmp_path / "home.backup").file
    assert empty.restore(made).kept == ()
    assert read_model(empty.home.folder) == "multilingual"


@pytest.mark.parametrize("had", [0, 1])
def test_vectors_that_cannot_be_had_are_made_again_after_a_restore(
    had: int,
    tmp_path: Path,
    embedder: SentenceEmbedder,
    empty: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Healer, "wake", lambda healer: None)
    with opened(tmp_path / "home", embedder) as library:
        put(library, NOTES)
        store = library.home.store("common")
        store.index.remove(sorted(store.index.numbers())[had:])
        if not had:
            library.home.vectors.failure = "They can't be had."
        made = library.back_up(tmp_path / "home.backup")
    assert made.without_vectors == len(NOTES) - had
    monkeypatch.undo()
    empty.restore(made.file)
    empty.documents()
    wait_until_whole(empty)
    assert contents(empty).vectors == len(NOTES)
