"""`collections`, and the option `--collection` of other verbs: sets that not all may read."""

from pathlib import Path

import pytest

from tests.support.shell import assert_refused, footnote

FERRY = "The ferry to Skerry leaves at nine in the morning."
SAFE = "The spare key of the safe lies with Wilhelmina."
WHO = "Who has the spare key of the safe?"


@pytest.fixture
def safe(home: Path, tmp_path: Path) -> str:
    """The id of a document in the collection *Staff*, beside one that is for everybody."""
    (tmp_path / "ferry.txt").write_text(FERRY)
    (tmp_path / "safe.txt").write_text(SAFE)
    assert footnote("add", tmp_path / "ferry.txt", "--home", home).code == 0
    done = footnote("add", tmp_path / "safe.txt", "--collection", "Staff", "--json", "--home", home)
    assert done.err == "“Staff” is a new collection of the library common.\n"
    return str(done.json["added"][0]["id"])


def quoted(home: Path, *options: str) -> list[str]:
    """The documents that an answer cites."""
    form = footnote("ask", WHO, *options, "--json", "--home", home).json
    return [citation["title"] for citation in form["citations"]]


def test_a_document_is_added_to_a_collection_and_found_there(home: Path, safe: str) -> None:
    assert quoted(home) == ["safe"]
    assert quoted(home, "--collection", "staff") == ["safe"]
    assert quoted(home, "--collection", "everybody") == []
    assert quoted(home, "--collection", "everybody", "--collection", "Staff") == ["safe"]
    searched = footnote("search", "key", "--collection", "everybody", "--json", "--home", home)
    assert {passage["title"] for passage in searched.json["passages"]} == {"ferry"}
    typed = footnote("chat", "--collection", "everybody", "--home", home, typed=f"{WHO}\n\n")
    assert "Wilhelmina" not in typed.out
    assert_refused(
        footnote("ask", WHO, "--collection", "Stuff", "--home", home), "There are: everybody, Staff"
    )


def test_lists_say_which_collection_a_document_is_in(home: Path, safe: str) -> None:
    listed = footnote("list", "--json", "--home", home).json["documents"]
    assert [one.get("collection") for one in listed] == [None, "Staff"]
    assert {one["library"] for one in listed} == {"common"}
    one = footnote("list", "--collection", "Staff", "--json", "--home", home).json["documents"]
    assert [document["id"] for document in one] == [safe]
    assert footnote("show", safe, "--json", "--home", home).json["collection"] == "Staff"
    table = footnote("list", "--home", home).out
    assert "collection" in table
    assert "Staff" in table


def test_collections_are_listed_renamed_moved_to_and_deleted(home: Path, safe: str) -> None:
    listed = footnote("collections", "--json", "--home", home).json
    assert listed == {"collections": [{"library": "common", "name": "Staff", "documents": 1}]}
    assert (
        footnote("collections", "--home", home).out == "everybody: 1 document\nStaff: 1 document\n"
    )
    assert footnote("collections", "rename", "staff", "🔒 Crew", "--home", home).code == 0
    holding = footnote("collections", "delete", "🔒 crew", "--home", home)
    assert_refused(holding, "holds 1 document,")
    moved = footnote("collections", "move", safe, "--to", "everybody", "--json", "--home", home)
    assert [one["id"] for one in moved.json["moved"]] == [safe]
    assert quoted(home, "--collection", "everybody") == ["safe"]
    assert footnote("collections", "delete", "🔒 Crew", "--home", home).code == 0
    assert footnote("collections", "--json", "--home", home).json == {"collections": []}


def test_a_document_of_a_collection_is_refreshed_synced_and_removed(
    home: Path, safe: str, tmp_path: Path
) -> None:
    (tmp_path / "safe.txt").write_text("The spare key of the safe lies with Ada.")
    refreshed = footnote("refresh", safe, "--json", "--home", home).json
    assert [one["id"] for one in refreshed["added"]] == [safe]
    (tmp_path / "safe.txt").write_text("The spare key of the safe lies with Grace.")
    synced = footnote("sync", "--json", "--home", home).json
    assert [one["id"] for one in synced["replaced"]] == [safe]
    assert footnote("restore-version", safe, "--home", home).code == 0
    assert footnote("show", safe, "--json", "--home", home).json["collection"] == "Staff"
    assert footnote("remove", safe, "--home", home).code == 0
    assert footnote("list", "--collection", "Staff", "--json", "--home", home).json == {
        "documents": []
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["list", "Staff"],
        ["add"],
        ["rename", "Staff"],
        ["move", "0123456789ab"],
        ["delete"],
        ["delete", "Staff", "--to", "Crew"],
        ["add", "Crew", "--from", "Staff"],
    ],
)
def test_an_action_that_is_used_wrongly_says_what_it_takes(
    arguments: list[str], home: Path
) -> None:
    assert footnote("collections", *arguments, "--home", home).code == 2
    assert not home.exists()


def test_a_folders_source_says_its_collection(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "safe.txt").write_text(SAFE)
    assert footnote("add", folder, "--collection", "Staff", "--home", home).code == 0
    [source] = footnote("sources", "--json", "--home", home).json["sources"]
    assert (source["library"], source["collection"]) == ("common", "Staff")
    assert "common · Staff" in footnote("sources", "--home", home).out
    assert "common · Staff" in footnote("doctor", "--home", home).out
