"""`add`, `list`, `show`, `remove`, `refresh`: documents in, documents out."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import NOTES, Stock
from tests.support.shell import STEERING, assert_refused, footnote

BRIEF = ("id", "title", "source", "passages", "replaced", "elsewhere")
DOCUMENT = {
    "id": str,
    "library": str,
    "title": str,
    "source": str,
    "passages": int,
    "bytes": int,
    "added_at": str,
    "added_by": str,
    "state": str,
    "kind": str,
    "author": str,
    "date": str,
}


def add(home: Path, *sources: str | Path, typed: str = "") -> Any:
    done = footnote("add", *sources, "--json", "--home", home, typed=typed)
    assert (done.code, done.err) == (0, "")
    return done.json


def documents(home: Path) -> list[dict[str, Any]]:
    listed = footnote("list", "--json", "--home", home).json["documents"]
    assert isinstance(listed, list)
    return listed


# --- Adding


def test_add_tells_of_every_source_under_one_of_three_keys(home: Path, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    added = add(home, "tide.txt")
    assert list(added) == ["added", "unchanged", "failed"]
    (tide,) = added["added"]
    assert tuple(tide) == BRIEF
    assert tide == {
        "id": documents(home)[0]["id"],
        "title": "tide",
        "source": str(folder.resolve() / "tide.txt"),
        "passages": 1,
        "replaced": False,
        "elsewhere": False,
    }
    assert added["unchanged"] == added["failed"] == []


def test_a_folder_is_gone_through_to_the_bottom(home: Path, folder: Path) -> None:
    (folder / "a" / "b" / ".hidden").mkdir(parents=True)
    for name in ("one.txt", "a/two.md", "a/b/three.html", "a/b/.hidden/four.txt", "a/five.png"):
        (folder / name).write_text(f"The word of the day in {name} is lantern.")
    added = add(home, ".")["added"]
    assert sorted(Path(brief["source"]).name for brief in added) == [
        "one.txt",
        "three.html",
        "two.md",
    ]


def test_what_a_folder_holds_and_is_not_read_is_counted_at_the_end(
    home: Path, tmp_path: Path
) -> None:
    mixed = tmp_path / "mixed"
    (mixed / "inner").mkdir(parents=True)
    (mixed / "a.md").write_text("The pool opens at nine.")
    for name in ("b.mp4", "inner/c.mp4", "LICENCE", ".hidden.mp4"):
        (mixed / name).write_text("?")
    told = footnote("add", mixed, "--home", home).err
    assert told.splitlines()[-1] == (
        "Left out: 2 videos, 1 file of an unknown kind (1 without a suffix)."
    )


def test_standard_input_is_a_document(home: Path) -> None:
    (added,) = add(home, "-", "--title", "Tide", typed="High tide comes later every day.")["added"]
    assert added["title"] == "Tide"
    shown = footnote("show", added["id"], "--json", "--home", home).json
    assert shown["text"] == "High tide comes later every day."


def test_two_texts_from_standard_input_do_not_replace_each_other(home: Path) -> None:
    add(home, "-", typed="High tide comes later every day.")
    assert add(home, "-", typed="The wind blows from the west.")["added"][0]["replaced"] is False
    assert len(documents(home)) == 2


@pytest.mark.parametrize("title", ["The tide", "  The\ntide  "])
def test_a_title_names_a_document_new_or_known(title: str, home: Path, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (folder / "wind.txt").write_text("The wind blows from the west.")
    add(home, "tide.txt")
    assert add(home, "tide.txt", "--title", title)["unchanged"][0]["title"] == "The tide"
    assert add(home, "wind.txt", "--title", title)["added"][0]["title"] == "The tide"


def test_an_empty_title_leaves_a_document_the_one_it_has(home: Path, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    assert add(home, "tide.txt", "--title", "")["added"][0]["title"] == "tide"
    assert add(home, "tide.txt", "--title", "")["unchanged"][0]["title"] == "tide"


def test_one_title_for_several_documents_is_wrong_usage(home: Path, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (folder / "wind.txt").write_text("The wind blows from the west.")
    done = footnote("add", ".", "--title", "Weather", "--home", home)
    assert (done.code, done.out) == (2, "")
    assert "a title is for one document" in done.err
    assert documents(home) == []


def test_adding_twice_changes_nothing(stock: Stock) -> None:
    before = documents(stock.home)
    again = add(stock.home, stock.notes)
    assert again["added"] == again["failed"] == []
    assert [tuple(brief) for brief in again["unchanged"]] == [BRIEF] * len(NOTES)
    assert documents(stock.home) == before


@pytest.mark.parametrize("named", ["tide.txt", "./tide.txt", "."])
def test_new_text_from_a_known_file_replaces_the_old(named: str, home: Path, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (old,) = add(home, named)["added"]
    (folder / "tide.txt").write_text("Low tide comes an hour later every day.")
    (new,) = add(home, named)["added"]
    assert new["replaced"] is True
    (listed,) = documents(home)
    assert listed["id"] == new["id"] == old["id"]


def test_text_that_is_known_from_elsewhere_replaces_what_the_file_held(
    home: Path, folder: Path
) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (folder / "wind.txt").write_text("The wind blows from the west.")
    add(home, ".")
    (folder / "tide.txt").write_text("The wind blows from the west.")
    add(home, "tide.txt")
    (left,) = documents(home)
    assert left["title"] == "wind"


def test_what_cannot_be_added_does_not_stop_the_rest(home: Path, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (folder / "empty.txt").write_text("")
    (folder / "picture.txt").write_bytes(bytes(range(256)) * 20)
    done = footnote(
        *("add", "missing.txt", "empty.txt", "picture.txt", "tide.txt", "--json", "--home", home)
    )
    assert done.code == 1
    assert [brief["title"] for brief in done.json["added"]] == ["tide"]
    failed = done.json["failed"]
    assert [list(failure) for failure in failed] == [["source", "error"]] * 3
    assert [Path(failure["source"]).name for failure in failed] == [
        "missing.txt",
        "empty.txt",
        "picture.txt",
    ]
    for failure in failed:
        assert failure["error"] in done.err
    assert len(documents(home)) == 1


@pytest.mark.parametrize("name", ["missing.txt", "empty folder", ""])
def test_a_source_that_holds_nothing_fails_in_a_sentence(
    name: str, home: Path, folder: Path
) -> None:
    (folder / "empty folder").mkdir()
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    done = footnote("add", name, "--home", home)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("footnote: ")
    assert done.err.endswith(".\n")


def test_a_file_whose_name_is_not_valid_utf_8_fails_and_the_rest_is_added(
    home: Path, folder: Path
) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (folder / "wind\udcff.txt").write_text("The wind blows from the west.")
    done = footnote("add", ".", "--json", "--home", home)
    assert done.code == 1
    assert [brief["title"] for brief in done.json["added"]] == ["tide"]
    assert len(done.json["failed"]) == 1


def test_what_became_of_each_source_is_printed_a_line_each(home: Path, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    first = footnote("add", "tide.txt", "--home", home)
    again = footnote("add", "tide.txt", "--home", home)
    (document,) = documents(home)
    assert (first.err, again.err) == ("", "")
    assert first.out == f"added      {document['id']}  tide\n"
    assert again.out == f"unchanged  {document['id']}  tide\n"


# --- Listing and showing


def test_a_listed_document_has_the_promised_keys(shared_stock: Stock) -> None:
    done = footnote("list", "--json", "--home", shared_stock.home)
    assert (done.code, done.err) == (0, "")
    assert list(done.json) == ["documents"]
    for document in done.json["documents"]:
        assert list(document) == list(DOCUMENT)
        assert {key: type(value) for key, value in document.items()} == DOCUMENT


def test_a_listed_document_tells_what_is_known_of_it(shared_stock: Stock) -> None:
    listed = {Path(document["source"]).name: document for document in documents(shared_stock.home)}
    ferry = listed["ferry.md"]
    assert ferry["title"] == "The Skerry ferry"
    assert ferry["library"] == "common"
    assert ferry["source"] == str((shared_stock.notes / "ferry.md").resolve())
    assert ferry["bytes"] == len(NOTES["ferry.md"])
    assert ferry["added_by"] == "cli"
    assert ferry["state"] == "ready"
    assert ferry["kind"] == "markdown"
    assert (ferry["author"], ferry["date"]) == ("", "")
    assert ferry["added_at"].endswith("Z")
    age = datetime.now(UTC) - datetime.fromisoformat(ferry["added_at"])
    assert timedelta() <= age + timedelta(seconds=1) < timedelta(hours=1)


def test_an_empty_home_lists_no_documents_and_says_how_to_add_some(home: Path) -> None:
    assert footnote("list", "--json", "--home", home).json == {"documents": []}
    assert "footnote add" in footnote("list", "--home", home).out


def test_the_printed_list_has_a_line_for_each_document(shared_stock: Stock) -> None:
    head, *lines = footnote("list", "--home", shared_stock.home).out.splitlines()
    assert head.split() == ["id", "title", "passages", "added", "source"]
    for line, document in zip(lines, documents(shared_stock.home), strict=True):
        assert line.startswith(document["id"])
        assert document["title"] in line
        assert line.rstrip().endswith(document["source"])


def test_show_gives_what_list_says_and_the_whole_text(shared_stock: Stock) -> None:
    for document in documents(shared_stock.home):
        shown = footnote("show", document["id"], "--json", "--home", shared_stock.home).json
        assert list(shown) == [*DOCUMENT, "text"]
        assert {key: shown[key] for key in DOCUMENT} == document
        name = Path(document["source"]).relative_to(shared_stock.notes.resolve())
        if name.suffix != ".html":
            # Without Markdown's marks, as its reader sees it.
            assert shown["text"] == NOTES[str(name)].removeprefix("# ").strip()


def test_show_prints_the_particulars_and_then_the_text(shared_stock: Stock) -> None:
    document = next(d for d in documents(shared_stock.home) if d["title"] == "lighthouse")
    done = footnote("show", document["id"], "--home", shared_stock.home)
    particulars, _, text = done.out.partition("\n\n")
    assert text == NOTES["lighthouse.txt"] + "\n"
    for value in (document["id"], document["title"], document["source"], document["library"]):
        assert value in particulars


@pytest.mark.parametrize("verb", ["show", "remove", "refresh"])
def test_an_unknown_id_is_refused_in_a_sentence(verb: str, shared_stock: Stock) -> None:
    done = footnote(verb, "0123456789ab", "--json", "--home", shared_stock.home)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "footnote: There is no document '0123456789ab' in the library 'common'. "
        "`footnote list` shows the ids.\n"
    )


# --- Removing


def test_the_beginning_of_an_id_is_enough(stock: Stock) -> None:
    ferry, other, *_ = sorted(documents(stock.home), key=lambda one: str(one["title"]))
    shown = footnote("show", ferry["id"][:8], "--json", "--home", stock.home).json
    assert shown["id"] == ferry["id"]
    refreshed = footnote("refresh", ferry["id"][:8], "--json", "--home", stock.home).json
    assert [document["id"] for document in refreshed["unchanged"]] == [ferry["id"]]
    done = footnote("remove", ferry["id"][:8], "--json", "--home", stock.home)
    assert [document["id"] for document in done.json["removed"]] == [ferry["id"]]
    assert other["id"] in {document["id"] for document in documents(stock.home)}


@pytest.mark.parametrize("verb", ["show", "remove", "refresh"])
def test_a_character_is_no_id(verb: str, stock: Stock) -> None:
    before = documents(stock.home)
    assert_refused(footnote(verb, before[0]["id"][:1], "--home", stock.home), "too short")
    assert documents(stock.home) == before


def test_remove_undoes_add(stock: Stock) -> None:
    before = documents(stock.home)
    text = "The password of the week is marmalade."
    (added,) = add(stock.home, "-", typed=text)["added"]
    done = footnote("remove", added["id"], "--json", "--home", stock.home)
    assert (done.code, done.err) == (0, "")
    (removed,) = done.json["removed"]
    assert list(removed) == list(DOCUMENT)
    assert removed["id"] == added["id"]
    assert documents(stock.home) == before
    found = footnote("search", "password marmalade", "-k", "100", "--home", stock.home)
    assert "marmalade" not in found.out


def test_an_unknown_id_among_others_removes_nothing(stock: Stock) -> None:
    before = documents(stock.home)
    done = footnote("remove", before[0]["id"], "nonesuch", "--json", "--home", stock.home)
    assert (done.code, done.out) == (1, "")
    assert "'nonesuch'" in done.err
    assert documents(stock.home) == before


def test_an_id_named_twice_is_removed_once(stock: Stock) -> None:
    id = documents(stock.home)[0]["id"]
    done = footnote("remove", id, id, "--json", "--home", stock.home)
    assert [document["id"] for document in done.json["removed"]] == [id]
    assert len(documents(stock.home)) == len(NOTES) - 1


# --- Refreshing


def test_refresh_leaves_alone_what_has_not_changed(stock: Stock) -> None:
    before = documents(stock.home)
    done = footnote("refresh", "--json", "--home", stock.home)
    assert (done.code, done.err) == (0, "")
    assert done.json["added"] == done.json["failed"] == []
    assert len(done.json["unchanged"]) == len(NOTES)
    assert documents(stock.home) == before


def test_refresh_replaces_what_has_changed_and_keeps_a_given_title(
    home: Path, folder: Path
) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (old,) = add(home, "tide.txt", "--title", "Tides")["added"]
    (folder / "tide.txt").write_text("Low tide comes an hour later every day.")
    done = footnote("refresh", "--json", "--home", home)
    assert (done.code, done.err) == (0, "")
    (new,) = done.json["added"]
    assert (new["title"], new["replaced"]) == ("Tides", True)
    (listed,) = documents(home)
    assert listed["id"] == new["id"] == old["id"]


def test_refresh_reads_only_the_documents_that_are_named(home: Path, folder: Path) -> None:
    for name in ("tide", "wind"):
        (folder / f"{name}.txt").write_text(f"The {name} of the morning.")
    ids = {brief["title"]: brief["id"] for brief in add(home, ".")["added"]}
    for name in ("tide", "wind"):
        (folder / f"{name}.txt").write_text(f"The {name} of the evening.")
    done = footnote("refresh", ids["tide"], "--json", "--home", home)
    assert [brief["title"] for brief in done.json["added"]] == ["tide"]
    assert ids["wind"] in [document["id"] for document in documents(home)]


def test_refresh_keeps_a_document_whose_file_is_gone_and_says_so(home: Path, folder: Path) -> None:
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (folder / "wind.txt").write_text("The wind blows from the west.")
    add(home, "tide.txt", "wind.txt")
    before = documents(home)
    (folder / "tide.txt").unlink()
    done = footnote("refresh", "--json", "--home", home)
    assert done.code == 1
    (failure,) = done.json["failed"]
    assert failure["source"] == str(folder.resolve() / "tide.txt")
    assert "No such file" in failure["error"]
    assert [brief["title"] for brief in done.json["unchanged"]] == ["wind"]
    assert documents(home) == before


def test_the_sample_can_be_refreshed(home: Path) -> None:
    footnote("search", "letter", "--home", home)
    done = footnote("refresh", "--json", "-l", "sample", "--home", home)
    assert done.code == 0
    assert [brief["source"] for brief in done.json["unchanged"]] == ["footnote:sample"]


# --- What names and titles try to do to a terminal


def test_no_name_or_title_steers_the_terminal(home: Path, folder: Path) -> None:
    (folder / "tide \x1b[31m.txt").write_text("High tide comes an hour later every day.")
    (folder / "wind.md").write_text("# Wind \x1b]0;owned\x07\u202e\n\nThe wind blows.")
    runs = [footnote("add", ".", "--home", home), footnote("add", "no\x1b[31mne", "--home", home)]
    ids = [document["id"] for document in documents(home)]
    runs += [footnote("list", "--home", home), footnote("refresh", "--home", home)]
    runs += [footnote("show", id, "--home", home) for id in ids]
    runs += [footnote("remove", *ids, "--home", home), footnote("show", "\x1b[31m", "--home", home)]
    assert [done.code for done in runs] == [0, 1, 0, 0, 0, 0, 0, 1]
    assert [done for done in runs if STEERING.search(done.out + done.err)] == []
