"""`sources`: what documents came from, with what could not be read, is listed, set and removed."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.documents.test_sync import harbour as harbour  # noqa: PLC0414 -- a fixture
from tests.bot.cli.documents.test_sync import ids, synced
from tests.support.shell import assert_refused, footnote

KEYS = [
    *("id", "library", "kind", "what", "documents", "looked_at", "every", "own_schedule"),
    *("next", "failures", "failure", "dead"),
]


def listed(home: Path, *arguments: str) -> list[dict[str, Any]]:
    """The sources as JSON."""
    done = footnote("sources", *arguments, "--json", "--home", home)
    assert (done.code, done.err) == (0, "")
    found = done.json["sources"]
    assert isinstance(found, list)
    return found


def test_a_folder_that_was_added_is_listed_with_the_promised_keys(
    home: Path, harbour: Path
) -> None:
    (source,) = listed(home)
    assert list(source) == KEYS
    assert (source["kind"], source["what"]) == ("folder", str(harbour.resolve()))
    assert (source["library"], source["documents"], source["dead"]) == ("common", 3, [])
    assert (source["every"], source["own_schedule"], source["next"]) == ("never", False, None)


def test_what_was_added_one_by_one_is_one_source_and_the_last(
    home: Path, harbour: Path, tmp_path: Path
) -> None:
    (tmp_path / "soup.txt").write_text("Boil the soup for one hour.")
    footnote("add", tmp_path / "soup.txt", "--home", home)
    footnote("add", "-", "--home", home, typed="Standard input can't be read again.")
    folder, single = listed(home)
    assert (single["kind"], single["what"], single["documents"]) == ("single", "", 1)
    assert folder["documents"] == 3


def test_sources_of_all_libraries_are_listed_unless_one_is_named(home: Path, harbour: Path) -> None:
    footnote("add", harbour, "-l", "guild-1", "--home", home)
    assert [source["library"] for source in listed(home)] == ["common", "guild-1"]
    assert [source["library"] for source in listed(home, "-l", "guild-1")] == ["guild-1"]
    done = footnote("sources", "remove", listed(home)[0]["id"], "--home", home)
    assert_refused(done, "common, guild-1", "--library")


def test_dead_links_are_listed_with_the_day_and_the_reason(home: Path, harbour: Path) -> None:
    (harbour / "tide.txt").write_bytes(bytes(range(256)) * 20)
    for _ in range(2):
        assert footnote("sync", "--home", home).code == 1
    (source,) = listed(home)
    (dead,) = source["dead"]
    assert list(dead) == ["place", "since", "error"]
    assert dead["place"] == str(harbour.resolve() / "tide.txt")
    told = footnote("sources", "--home", home).out
    assert f"{source['id']} has 1 dead link:" in told
    assert dead["error"] in told
    (harbour / "tide.txt").write_text("High tide comes at noon.")
    synced(home)
    assert listed(home)[0]["dead"] == []


def test_a_source_that_could_not_be_looked_at_says_why(home: Path, harbour: Path) -> None:
    harbour.rename(harbour.with_name("elsewhere"))
    for _ in range(2):
        footnote("sync", "--home", home)
    (source,) = listed(home)
    assert source["failures"] == 2
    assert source["failure"] == f"The folder {harbour.resolve()} is gone."
    assert "could not be looked at, 2 times" in footnote("sources", "--home", home).out
    harbour.with_name("elsewhere").rename(harbour)
    synced(home)
    assert (listed(home)[0]["failures"], listed(home)[0]["failure"]) == (0, None)


def test_a_source_may_have_a_schedule_of_its_own(
    home: Path, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = listed(home)[0]["id"]
    (source,) = listed(home, "set", id[:4], "--every", "weekly")
    assert (source["every"], source["own_schedule"]) == ("weekly", True)
    assert source["next"] > source["looked_at"]
    monkeypatch.setenv("FOOTNOTE_REFRESH", "daily")
    assert listed(home)[0]["every"] == "weekly"
    (source,) = listed(home, "set", id, "--every", "usual")
    assert (source["every"], source["own_schedule"]) == ("daily", False)


def test_removing_a_source_keeps_its_documents_and_says_so(home: Path, harbour: Path) -> None:
    before = ids(home)
    done = footnote("sources", "remove", listed(home)[0]["id"], "--home", home)
    assert done.out == (
        f"Removed the folder {harbour.resolve()}. Of its documents, 3 documents stay.\n"
    )
    assert ids(home) == before
    (harbour / "tide.txt").unlink()
    assert footnote("sync", "--home", home).code == 1
    assert ids(home) == before


def test_removing_a_source_with_its_documents_leaves_those_of_others(
    home: Path, harbour: Path
) -> None:
    footnote("add", harbour / "boats", "--home", home)
    whole, boats = listed(home)
    assert boats["documents"] == 1
    done = footnote("sources", "remove", whole["id"], "--with-documents", "--home", home)
    assert done.out == f"Removed the folder {harbour.resolve()}, and 2 documents with it.\n"
    assert list(ids(home)) == ["ferry.md"]
    assert [source["id"] for source in listed(home)] == [boats["id"]]


def test_documents_that_were_added_one_by_one_are_no_source_to_remove(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / "soup.txt").write_text("Boil the soup for one hour.")
    footnote("add", tmp_path / "soup.txt", "--home", home)
    done = footnote("sources", "remove", listed(home)[0]["id"], "--home", home)
    assert_refused(done, "footnote remove ID")
    assert listed(home, "set", listed(home)[0]["id"], "--every", "daily")[0]["every"] == "daily"


@pytest.mark.parametrize(
    "arguments",
    [
        ("set",),
        ("remove",),
        ("list", "abcd"),
        ("set", "abcd"),
        ("remove", "abcd", "--every", "daily"),
        ("set", "abcd", "--every", "daily", "--with-documents"),
        ("set", "abcd", "--every", "yearly"),
    ],
)
def test_what_makes_no_sense_is_wrong_usage(arguments: tuple[str, ...], home: Path) -> None:
    done = footnote("sources", *arguments, "--home", home)
    assert (done.code, done.out) == (2, "")


def test_a_home_without_sources_says_how_to_add_one(home: Path) -> None:
    assert footnote("sources", "--home", home).out.startswith("No sources yet.")


def checks(home: Path) -> dict[str, dict[str, Any]]:
    """The findings of `doctor` by the names of its checks."""
    done = footnote("doctor", "--json", "--home", home)
    return {check["name"]: check for check in done.json["checks"]}


def test_doctor_names_dead_links_and_sources_that_are_gone(home: Path, harbour: Path) -> None:
    assert checks(home)["sources"]["found"] == "1 source, looked at only when you say so"
    assert "dead links" not in checks(home)
    (harbour / "tide.txt").write_bytes(bytes(range(256)) * 20)
    footnote("sync", "--home", home)
    dead = checks(home)["dead links"]
    assert dead["found"].startswith(f"1: {harbour.resolve() / 'tide.txt'} (since 2")
    assert (dead["ok"], "footnote sources" in dead["advice"]) == (True, True)
    harbour.rename(harbour.with_name("elsewhere"))
    footnote("sync", "--home", home)
    gone = checks(home)["sources"]
    assert (gone["ok"], f"The folder {harbour.resolve()} is gone." in gone["found"]) == (
        False,
        True,
    )
    assert "footnote sources remove" in gone["advice"]
