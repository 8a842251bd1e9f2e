"""The synonyms that a home keeps."""

from pathlib import Path

import pytest

from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.store.files.synonyms import FILE, add_synonyms, read_synonyms, remove_synonyms
from tests.support.homes import note, put


def test_words_join_the_group_of_any_of_them(tmp_path: Path) -> None:
    add_synonyms(tmp_path, ["ferry", "Old Tub"])
    add_synonyms(tmp_path, ["pier", "jetty"])
    assert add_synonyms(tmp_path, ["boat", "ferry"]) == ["ferry", "old tub", "boat"]
    assert read_synonyms(tmp_path) == [["pier", "jetty"], ["ferry", "old tub", "boat"]]


def test_a_word_that_is_left_alone_goes_too(tmp_path: Path) -> None:
    add_synonyms(tmp_path, ["ferry", "old tub", "boat"])
    assert remove_synonyms(tmp_path, ["Boat"]) == ["boat"]
    assert read_synonyms(tmp_path) == [["ferry", "old tub"]]
    remove_synonyms(tmp_path, ["ferry"])
    assert read_synonyms(tmp_path) == []


def test_what_is_no_synonym_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    add_synonyms(tmp_path, ["ferry", "boat"])
    for wrong in (["ferry", "tram"], ["!!"], ["x" * 61]):
        with pytest.raises(FootnoteError):
            remove_synonyms(tmp_path, wrong)
    for wrong in (["tram"], ["tram", "Tram"], ["tram", " "]):
        with pytest.raises(FootnoteError):
            add_synonyms(tmp_path, wrong)
    assert read_synonyms(tmp_path) == [["ferry", "boat"]]


@pytest.mark.parametrize("content", ["{", "[1]", '["ferry"]', "\ufffe"])
def test_a_damaged_file_is_said_to_be_one(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE).write_text(content, encoding="utf-8")
    with pytest.raises(FootnoteError, match="damaged"):
        read_synonyms(tmp_path)


def test_a_question_is_looked_up_with_them_at_once(library: Library) -> None:
    text = "The Aldebaran leaves the pier at nine every morning and comes back in the evening."
    put(library, [note("boats", text), note("books", "The reading room lends five books.")])
    before = library.ask("when does the zorbl leave")
    add_synonyms(library.home.folder, ["zorbl", "Aldebaran"])
    after = library.ask("when does the zorbl leave")
    assert "nine" in after.text
    assert after.confidence > before.confidence
