"""A home has one owner, remembers its model, and keeps its libraries apart."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.indexing.embed_passages import room_for_passage
from retrieval.library import Library
from retrieval.store.home import Home
from retrieval.store.inventory import Size
from retrieval.store.lifecycle import withdraw
from retrieval.store.vectors.embedded_store import HEADER, blank_room
from retrieval.types import Answer
from tests.support.homes import contents, note, opened, put
from tests.support.texts.any_text import NOTES

HOLD = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""
TEA = "Tea is brewed from leaves. The water should be hot."
FERRY = "The ferry to the island leaves at noon. A ticket costs four crowns."


def answers(library: Library, question: str, name: str) -> Answer:
    return replace(library.ask(question, libraries=[name]), elapsed_ms=0.0)


# One owner


def test_what_was_added_is_there_at_the_next_opening(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea", TEA)])
        before = contents(library), library.documents(), answers(library, "How hot?", "common")
    with opened(tmp_path, embedder) as library:
        after = contents(library), library.documents(), answers(library, "How hot?", "common")
    assert after == before


def test_a_home_that_is_taken_is_waited_for_and_then_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "libraries").mkdir()
    waits: list[bool] = []
    command = [sys.executable, "-c", HOLD, str(tmp_path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"held\n"
        with pytest.raises(FootnoteError, match="Another footnote") as caught:
            Home(tmp_path, "a model", lambda: waits.append(True), patience=0.2)
        assert str(tmp_path) in str(caught.value)
        owner.communicate()
    assert set(waits) == {True}
    Home(tmp_path, "a model", lambda: waits.append(True)).close()
    assert set(waits) == {True}


def test_a_home_that_cannot_be_made_is_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FootnoteError, match="--home or FOOTNOTE_HOME"):
        Home(tmp_path / "file" / "home", "a model", lambda: None)


def test_a_catalog_that_is_none_is_refused_by_name(library: Library) -> None:
    path = library.home.folder / "libraries" / "broken.db"
    path.write_bytes(b"This is no database. " * 100)
    with pytest.raises(FootnoteError, match=r"broken\.db is damaged"):
        library.documents("broken")


def test_a_catalog_of_a_newer_footnote_is_refused(library: Library) -> None:
    put(library, [note("tea", TEA)])
    library.home.store("common").catalog.connection.execute("PRAGMA user_version = 99")
    library.close()
    home = Home(library.home.folder, library.embedder.identity, lambda: None)
    with pytest.raises(FootnoteError, match="newer Footnote"):
        home.store("common")
    home.close()


# One model


def test_a_home_made_with_one_model_is_not_read_with_another(
    tmp_path: Path, embedder: SentenceEmbedder, other_embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea", TEA)])
    with opened(tmp_path, other_embedder) as library:
        for act in (
            lambda: library.ask("How hot?"),
            lambda: library.search("How hot?"),
            lambda: list(library.add([note("ferry", FERRY)])),
        ):
            with pytest.raises(FootnoteError, match="footnote reindex"):
                act()
    with opened(tmp_path, embedder) as library:
        assert library.ask("How should the water be?").answered


def test_reindex_changes_over_to_another_model(
    tmp_path: Path, embedder: SentenceEmbedder, other_embedder: SentenceEmbedder
) -> None:
    long = "\n\n".join(f"Ferry {number} carried {number * 37} people. " * 15 for number in range(9))
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea", TEA), note("long", long)])
        put(library, [note("ferry", FERRY)], "harbour")
        before = contents(library)
    with opened(tmp_path, other_embedder) as library:
        passages: list[int] = []
        assert len(list(library.reindex(passages.append))) == library.count() == 3
        after = contents(library)
        assert (after.texts, after.titles) == (before.texts, before.titles)
        assert after.passages > before.passages
        assert sum(passages) == after.passages + contents(library, "harbour").passages
        room = room_for_passage(other_embedder)
        for passage in library.search("ferry people carried", k=30):
            assert passage.text == long[passage.start : passage.end] or passage.text == TEA
            assert other_embedder.count_tokens([passage.text])[0] <= room
    with opened(tmp_path, embedder) as library:
        assert len(list(library.reindex())) == 3
        assert contents(library) == before


def test_reindex_with_the_same_model_changes_nothing(library: Library) -> None:
    put(library, [note("tea", TEA), note("ferry", FERRY)])
    before = contents(library), answers(library, "How should the water be?", "common")
    list(library.reindex())
    after = contents(library), answers(library, "How should the water be?", "common")
    assert after == before


def test_a_reindex_that_was_cut_off_is_not_read_but_healed(
    tmp_path: Path, embedder: SentenceEmbedder, other_embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea", TEA), note("ferry", FERRY)])
        before = contents(library)
        half_way = library.reindex()
        next(half_way)
        del half_way
        with pytest.raises(FootnoteError, match="footnote reindex"):
            library.ask("How should the water be?")
    for chosen in (embedder, other_embedder):
        with (
            opened(tmp_path, chosen) as library,
            pytest.raises(FootnoteError, match="footnote reindex"),
        ):
            library.search("How should the water be?")
    with opened(tmp_path, embedder) as library:
        list(library.reindex())
        assert contents(library) == before
        assert library.ask("How should the water be?").answered


def test_reindex_with_a_model_that_cannot_be_loaded_leaves_everything_as_it_was(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea", TEA)])
        before = contents(library)
    with (
        opened(tmp_path, SentenceEmbedder("/no/such/model")) as library,
        pytest.raises(FootnoteError, match="FOOTNOTE_EMBEDDING_MODEL"),
    ):
        list(library.reindex())
    with opened(tmp_path, embedder) as library:
        assert contents(library) == before
        assert library.ask("How should the water be?").answered


def test_lost_vectors_are_made_anew(tmp_path: Path, embedder: SentenceEmbedder) -> None:
    with opened(tmp_path / "home", embedder) as library:
        put(library, [note("tea", TEA), note("ferry", FERRY)])
        before = contents(library)
    # Another folder, because Chroma remembers the files of one that it has had open.
    copytree(tmp_path / "home", tmp_path / "copy", ignore=ignore_patterns("vectors"))
    with opened(tmp_path / "copy", embedder) as library:
        assert library.census().missing == before.passages
        assert library.search("When does the ferry leave?")[0].source == "ferry"
        list(library.reindex())
        assert contents(library) == before


# Libraries apart


@settings(max_examples=8)
@given(shares=st.lists(st.lists(NOTES, min_size=1, max_size=2), min_size=2, max_size=3))
def test_a_search_never_finds_what_another_library_holds(
    shares: list[list[str]], house: Library, unused_name: Callable[[], str]
) -> None:
    names = [unused_name() for _ in shares]
    for name, texts in zip(names, shares, strict=True):
        put(house, [note(f"{name}/{i}", text) for i, text in enumerate(texts)], name)
    for name in names:
        for text in {texts[0][:200] for texts in shares}:
            found = house.search(text, k=20, libraries=[name])
            assert found
            assert all(passage.source.startswith(f"{name}/") for passage in found)
            answer = house.ask(text, libraries=[name])
            shown = {cited.source for cited in answer.citations}
            shown |= {passage.source for passage in answer.nearest}
            assert shown
            assert all(source.startswith(f"{name}/") for source in shown)


@settings(max_examples=6)
@given(others=st.lists(NOTES, min_size=1, max_size=3))
def test_what_another_library_holds_changes_no_score_and_no_confidence(
    others: list[str], house: Library, unused_name: Callable[[], str]
) -> None:
    mine, theirs = unused_name(), unused_name()
    put(house, [note("tea", TEA), note("ferry", FERRY)], mine)
    questions = ["How should the water be?", "When does the ferry leave?", "Who was Ada?"]
    before = [(answers(house, q, mine), house.search(q, libraries=[mine])) for q in questions]
    put(house, [note(f"other {i}", text) for i, text in enumerate(others)], theirs)
    put(house, [note("same", TEA)], theirs)
    after = [(answers(house, q, mine), house.search(q, libraries=[mine])) for q in questions]
    assert after == before


def test_several_libraries_are_searched_as_one(library: Library) -> None:
    put(library, [note("tea", TEA)])
    put(library, [note("ferry", FERRY)], "harbour")
    both = ["harbour", "common"]
    for question, source in (("How hot is the water?", "tea"), ("What is a ticket?", "ferry")):
        assert library.search(question, libraries=both)[0].source == source
        assert library.ask(question, libraries=both).citations[0].source == source


def test_the_same_document_in_two_libraries_is_quoted_once(library: Library) -> None:
    put(library, [note("tea", TEA)])
    put(library, [note("tea", TEA)], "harbour")
    answer = library.ask("How should the water be?", libraries=["harbour", "common"])
    assert answer.text.count("The water should be hot.") == 1


def test_removing_from_one_library_leaves_the_same_document_in_another(library: Library) -> None:
    put(library, [note("tea", TEA)])
    put(library, [note("tea", TEA)], "harbour")
    library.remove([document.id for document in library.documents()])
    assert contents(library).texts == {}
    assert contents(library, "harbour").texts == {"tea": TEA}


def test_asking_about_a_library_does_not_make_it(library: Library) -> None:
    with pytest.raises(FootnoteError, match="no library 'nowhere'"):
        library.ask("Is anyone there?", libraries=["nowhere"])
    with pytest.raises(FootnoteError, match="no library 'nowhere'"):
        library.remove(["0123456789ab"], "nowhere")
    with pytest.raises(FootnoteError, match="no library 'nowhere'"):
        library.documents("nowhere")
    assert library.home.names() == []


@pytest.mark.parametrize("name", ["", "a", "../common", "Common", "a b", "-ab", "a" * 64, "a/b/c"])
def test_a_library_cannot_be_called_just_anything(name: str, library: Library) -> None:
    with pytest.raises(FootnoteError, match="can't be called"):
        list(library.add([note("tea", TEA)], name))
    with pytest.raises(FootnoteError, match="can't be called"):
        library.ask("Is anyone there?", libraries=[name])


# A library counted


def test_what_is_on_its_way_in_or_out_does_not_count_as_held(library: Library) -> None:
    put(library, [note("tea", TEA), note("ferry", FERRY)])
    catalog = library.home.store("common").catalog
    assert (library.size(), library.count()) == (Size(2, 2), 2)
    [first, _] = library.documents()
    withdraw(catalog, [first.id])
    assert (library.size(), library.count()) == (Size(1, 1), 1)


def test_a_census_tells_what_has_no_vector_and_what_has_no_passage(library: Library) -> None:
    put(library, [note("tea", TEA), note("ferry", FERRY)])
    census = library.census()
    assert (census.documents, census.passages, census.missing, census.stray) == (2, 2, 0, 0)
    index = library.home.store("common").index
    [gone, _] = sorted(index.numbers())
    vector = library.embedder.query_vector("stray")
    index.remove([gone])
    index.put([999], vector[None])
    census = library.census()
    assert (census.documents, census.passages, census.missing, census.stray) == (2, 2, 1, 1)
    assert {passage.source for passage in library.search("stray")} <= {"tea", "ferry"}
    list(library.reindex())
    census = library.census()
    assert (census.documents, census.passages, census.missing, census.stray) == (2, 2, 0, 0)


@pytest.mark.parametrize("written", [8, 5], ids=["with its room", "without it"])
def test_no_vector_is_left_in_the_room_of_an_index_that_has_grown(
    tmp_path: Path, written: int
) -> None:
    size, taken, room = 16, 5, 8
    (tmp_path / "header.bin").write_bytes(HEADER.pack(1, 0, room, taken, size) + bytes(60))
    vectors = tmp_path / "data_level0.bin"
    vectors.write_bytes(b"v" * written * size)
    blank_room(tmp_path)
    assert vectors.read_bytes() == b"v" * taken * size + bytes((written - taken) * size)
