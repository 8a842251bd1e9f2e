"""Collections: named sets of a library's documents, of which a question sees those that it may."""

from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.library.collections import MOST, check_called, full_name
from retrieval.reading.source import from_paths
from tests.retrieval.search.test_statements import traced
from tests.support.homes import contents, note, opened, put

FERRY = "The ferry to Skerry leaves at nine in the morning. A ticket costs four crowns."
SAFE = "The spare key of the safe lies with Wilhelmina Zabłocka, whose badge is QX-4711."


@pytest.fixture
def staff(library: Library) -> str:
    """The store of a collection with one document, beside one that everybody may read."""
    put(library, [note("ferry", FERRY, "The ferry")])
    store = library.collections.create("Staff").store
    put(library, [note("safe", SAFE, "The safe")], store)
    return store


# What a question sees


def test_a_question_draws_on_the_collections_that_it_names_and_on_no_other(
    library: Library, staff: str
) -> None:
    question = "Who has the spare key of the safe?"
    alone = library.ask(question)
    assert {passage.title for passage in alone.passages} <= {"The ferry"}
    assert "Wilhelmina" not in repr(alone)
    both = library.ask(question, libraries=library.collections.stores())
    assert "Wilhelmina Zabłocka" in both.text
    assert library.ask(question, libraries=[staff]).answered


@pytest.mark.parametrize(
    "question",
    [
        "Who is Wilhelmina Zablocka?",
        "Who is Wilhelmna?",  # a slip of a word that only the other collection holds
        "What is QX-4711?",
        "How many documents are there?",
        "What do you know about?",
        "When were the documents last updated?",
    ],
)
def test_what_is_in_another_collection_changes_nothing_of_what_is_said(
    question: str, library: Library, staff: str, tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path / "without", embedder) as without:
        put(without, [note("ferry", FERRY, "The ferry")])
        expected, said = without.ask(question), library.ask(question)
    assert (said.text, said.note, said.confidence) == (
        expected.text,
        expected.note,
        expected.confidence,
    )
    assert [p.score for p in said.passages] == [p.score for p in expected.passages]


def test_the_passage_around_a_quote_is_shown_only_to_who_may_see_it(
    library: Library, staff: str
) -> None:
    [cited] = library.ask("Who has the spare key of the safe?", libraries=[staff]).citations
    place = (cited.version, cited.start, cited.end)
    assert library.around(*place, ["common"]) is None
    found = library.around(*place, ["common", staff])
    assert found is not None
    assert "Wilhelmina" in found.text


def test_collections_cost_a_question_nothing_that_does_not_see_them(
    library: Library, staff: str
) -> None:
    question = "When does the ferry leave?"
    library.ask(question)
    with traced(library, ["common", staff]) as run:
        library.ask(question)
    with_collection = len(run)
    library.remove([library.documents(staff)[0].id], staff)
    library.collections.delete("Staff")
    library.ask(question)  # which looks whether vectors are lost
    with traced(library, ["common"]) as run:
        library.ask(question)
    assert with_collection == len(run)


# Names


def test_names_are_told_apart_by_what_people_see(library: Library) -> None:
    for name in ("Staff", "🔒 Crew", "👩‍🚒 Fire brigade", "Équipe", "スタッフ"):
        assert library.collections.create(f"  {name} ").name == name
    for again in ("staff", "STAFF", "E\u0301quipe", "équipe", "🔒  crew", "Ｓｔａｆｆ"):
        with pytest.raises(FootnoteError, match="already"):
            library.collections.create(again)
    assert library.collections.store_called("sTaFf") == library.collections.store_called("Staff")


@pytest.mark.parametrize(
    "name",
    ["", " ", "\u200b", "\ufe0f", "a\u202eb", "a\0b", "x" * 51, "Everybody", "@everyone", "all"],
)
def test_a_collection_cannot_be_called_just_anything(name: str, library: Library) -> None:
    with pytest.raises(FootnoteError):
        library.collections.create(name)
    assert library.home.collections("common") == ()


def test_a_name_of_two_lines_is_one_line() -> None:
    assert check_called("the\nstaff \t room") == "the staff room"


def test_a_collection_is_renamed_and_keeps_its_documents(library: Library, staff: str) -> None:
    assert library.collections.rename("staff", "STAFF").store == staff
    with pytest.raises(FootnoteError, match="always there"):
        library.collections.rename("everybody", "nobody")
    library.collections.create("Crew")
    with pytest.raises(FootnoteError, match="already"):
        library.collections.rename("Staff", "crew")
    assert [one.name for one in library.collections.of()] == ["Crew", "STAFF"]
    assert full_name(library.home.store(staff)) == "common · STAFF"


def test_a_library_has_no_more_than_a_menu_holds(library: Library) -> None:
    library.home.make_collection("common", "one")
    many = (library.home.collections("common") * MOST)[:MOST]
    library.home._collections = {"common": many}
    with pytest.raises(FootnoteError, match="the most"):
        library.collections.create("another")


def test_an_unknown_collection_is_refused_and_the_known_are_named(
    library: Library, staff: str
) -> None:
    with pytest.raises(FootnoteError, match="There are: everybody, Staff"):
        library.collections.store_called("Stuff")


# Deleting


def test_only_an_empty_collection_is_deleted(library: Library, staff: str) -> None:
    with pytest.raises(FootnoteError, match="holds 1 document,"):
        library.collections.delete("Staff")
    with pytest.raises(FootnoteError, match="always there"):
        library.collections.delete("everybody")
    library.remove([library.documents(staff)[0].id], staff)
    library.collections.delete("Staff")
    assert library.collections.of() == []
    assert not list(library.home.folder.glob(f"libraries/{staff}*"))
    with pytest.raises(FootnoteError):
        library.ask("Who has the spare key?", libraries=[staff])
    assert library.collections.create("Staff").store != staff  # nothing bound to the old one


def test_what_is_being_added_when_a_collection_goes_is_told_as_failed(
    library: Library, staff: str
) -> None:
    store = library.home.store(staff)
    library.remove([library.documents(staff)[0].id], staff)
    library.collections.delete("Staff")
    assert store.catalog.setting("embedding_model") != library.home.model
    with pytest.raises(FootnoteError):
        list(library.add([note("safe", SAFE)], staff))


# Moving


def test_a_document_moves_with_its_id_and_is_seen_only_there(library: Library, staff: str) -> None:
    put(library, [note("ferry", FERRY + " It is blue.", "The ferry")])  # another version, same id
    [before] = library.documents()
    [moved] = library.collections.move([before.id], "staff")
    assert (moved.document.id, moved.document.collection) == (before.id, "Staff")
    assert moved.document.added_at == before.added_at
    assert library.documents() == []
    assert set(contents(library, staff).texts) == {"ferry", "safe"}
    assert not library.ask("When does the ferry leave?").answered
    assert library.ask("When does the ferry leave?", libraries=[staff]).answered
    [again] = library.collections.move([before.id], "Staff")
    assert again.stayed
    [back] = library.collections.move([before.id], "everybody")
    assert (back.document.id, back.document.collection) == (before.id, "")


def test_nothing_moves_where_one_of_the_documents_is_unknown(library: Library, staff: str) -> None:
    [ferry] = library.documents()
    with pytest.raises(FootnoteError, match="no document '0123456789ab'"):
        library.collections.move([ferry.id, "0123456789ab"], "Staff")
    with pytest.raises(FootnoteError, match="no collection"):
        library.collections.move([ferry.id], "Stuff")
    assert library.documents() == [ferry]


def test_the_same_document_may_be_in_two_collections(library: Library, staff: str) -> None:
    [added] = put(library, [note("safe", SAFE, "The safe")])
    assert not added.unchanged
    assert added.document is not None
    with pytest.raises(FootnoteError, match="everybody, Staff"):
        library.collections.holding([added.document.id], library.collections.stores())
    with pytest.raises(FootnoteError, match="several"):
        library.collections.move([added.document.id], "Staff")
    [moved] = library.collections.move([added.document.id], "Staff", come_from="common")
    assert moved.document.id == added.document.id
    assert [d.title for d in library.documents()] == ["The ferry"]
    assert [d.title for d in library.documents(staff)] == ["The safe"]


def test_a_folder_moves_as_a_whole_and_is_synced_there(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY)
    (folder / "safe.txt").write_text(SAFE)
    put(library, list(from_paths([str(folder)])))
    [source] = library.sources()
    staff = library.collections.create("Staff").store
    moved = list(library.collections.move([source.id], "Staff"))
    assert {one.document.title for one in moved} == {"ferry", "safe"}
    assert library.documents() == []
    (folder / "safe.txt").write_text("The safe was sold.")
    (folder / "wind.txt").write_text("The wind blows from the west.")
    for store in library.collections.stores():
        list(library.sync((), store))
    assert library.documents() == []
    assert sorted(d.title for d in library.documents(staff)) == ["ferry", "safe", "wind"]
    assert not library.ask("Was the safe sold?", libraries=["common"]).answered
    assert library.ask("Was the safe sold?", libraries=[staff]).answered


def test_a_document_that_left_its_folders_collection_does_not_come_back(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY)
    (folder / "safe.txt").write_text(SAFE)
    put(library, list(from_paths([str(folder)])))
    staff = library.collections.create("Staff").store
    [safe] = [d for d in library.documents() if d.title == "safe"]
    list(library.collections.move([safe.id], "Staff"))
    (folder / "safe.txt").write_text("The safe was sold.")
    for store in library.collections.stores():
        list(library.sync((), store))
    assert [d.title for d in library.documents()] == ["ferry"]
    assert "sold" in library.text(library.documents(staff)[0].id, staff)


# A home


def test_a_backup_has_the_collections_and_restores_them(
    library: Library, staff: str, tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    library.back_up(tmp_path / "all.backup")
    with opened(tmp_path / "another", embedder) as another:
        another.restore(tmp_path / "all.backup")
        [kept] = another.collections.of()
        assert (kept.name, kept.store, kept.documents) == ("Staff", staff, 1)
        assert not another.ask("Who has the spare key of the safe?").answered
        assert another.ask("Who has the spare key of the safe?", libraries=[staff]).answered


def test_collections_are_there_when_a_home_is_opened_again(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path / "home", embedder) as library:
        put(library, [note("safe", SAFE)], library.collections.create("Staff", "guild-7").store)
    with opened(tmp_path / "home", embedder) as library:
        assert library.collections.of("guild-70") == []
        [kept] = library.collections.of("guild-7")
        assert (kept.library, kept.name, kept.documents) == ("guild-7", "Staff", 1)
        assert [d.collection for d in library.collections.documents("guild-7")] == ["Staff"]
        list(library.reindex())
        assert library.ask("Who has the spare key of the safe?", libraries=[kept.store]).answered
