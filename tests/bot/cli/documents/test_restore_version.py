"""`restore-version`: a document says what it said before, until its source changes again."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bot.cli.documents.test_sync import synced
from tests.bot.cli.documents.test_web import COFFEE, TEA, address, page
from tests.bot.cli.documents.test_web import site as site  # noqa: PLC0414 -- a fixture
from tests.support.shell import assert_refused, footnote
from tests.support.web.serving import Site

FIRST, SECOND = "The gate opens at nine.", "The gate opens at ten."


@pytest.fixture
def gate(home: Path, tmp_path: Path) -> Path:
    """A file in a folder that was added, and that changed once since."""
    file = tmp_path / "notes" / "gate.txt"
    file.parent.mkdir()
    file.write_text(FIRST)
    footnote("add", file.parent, "--home", home)
    file.write_text(SECOND)
    synced(home)
    return file


def only(home: Path) -> dict[str, Any]:
    """The only document, with its text."""
    (listed,) = footnote("list", "--json", "--home", home).json["documents"]
    shown = footnote("show", listed["id"], "--json", "--home", home).json
    assert isinstance(shown, dict)
    return shown


def test_a_document_goes_back_to_its_last_version_and_keeps_its_id(home: Path, gate: Path) -> None:
    before = only(home)
    done = footnote("restore-version", before["id"][:6], "--json", "--home", home)
    assert (done.code, done.err) == (0, "")
    assert done.json["document"]["id"] == before["id"]
    assert done.json["replaced_at"] == before["added_at"]
    assert (only(home)["text"], only(home)["id"]) == (FIRST, before["id"])
    answer = footnote("ask", "When does the gate open?", "--json", "--home", home).json
    assert [cited["quote"] for cited in answer["citations"]] == [FIRST]


def test_it_stays_so_until_its_source_changes_again(home: Path, gate: Path) -> None:
    footnote("restore-version", only(home)["id"], "--home", home)
    for verb in (("sync",), ("refresh",), ("add", gate), ("sync", "--dry-run")):
        assert footnote(*verb, "--home", home).code == 0
        assert only(home)["text"] == FIRST
    gate.write_text("The gate opens at eleven.")
    assert len(synced(home)["replaced"]) == 1
    assert only(home)["text"] == "The gate opens at eleven."


def test_it_can_be_undone(home: Path, gate: Path) -> None:
    for text in (FIRST, SECOND):
        footnote("restore-version", only(home)["id"], "--home", home)
        assert only(home)["text"] == text
    assert len(synced(home)["unchanged"]) == 1


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_page_that_was_taken_back_is_asked_for_its_next_version(home: Path, site: Site) -> None:
    site.replies["/tea"] = page(TEA, etag='"1"')
    footnote("add", address(site, "/tea"), "--home", home)
    site.replies["/tea"] = page(COFFEE, etag='"2"', extra="noon")
    synced(home)
    footnote("restore-version", only(home)["id"], "--home", home)
    assert TEA in only(home)["text"]
    assert len(synced(home)["unchanged"]) == 1
    assert site.asked[-1].headers["If-None-Match"] == '"2"'
    site.replies["/tea"] = page(COFFEE, extra="night")
    synced(home)
    assert TEA in only(home)["text"]


def test_what_was_never_replaced_has_no_version_to_go_back_to(home: Path, tmp_path: Path) -> None:
    (tmp_path / "gate.txt").write_text(FIRST)
    footnote("add", tmp_path / "gate.txt", "--home", home)
    assert_refused(
        footnote("restore-version", only(home)["id"], "--home", home), "No earlier version", "30"
    )


def test_a_version_that_another_document_says_is_not_gone_back_to(home: Path, gate: Path) -> None:
    (gate.parent / "door.txt").write_text(FIRST)
    synced(home)
    listed = footnote("list", "--json", "--home", home).json["documents"]
    (id,) = (one["id"] for one in listed if one["title"] == "gate")
    assert_refused(footnote("restore-version", id, "--home", home), "door", "Nothing was changed")


def test_versions_are_counted_by_doctor_and_go_with_their_documents_or_after_a_month(
    home: Path, gate: Path
) -> None:
    def found() -> str:
        checks = footnote("doctor", "--json", "--home", home).json["checks"]
        return str(next(check["found"] for check in checks if check["name"] == "common"))

    assert "1 earlier version (0.0 MB)" in found()
    with closing(sqlite3.connect(home / "libraries" / "common.db")) as catalog, catalog:
        catalog.execute("UPDATE earlier SET replaced_at = '2020-01-01T00:00:00Z'")
    (gate.parent / "door.txt").write_text("The door is green.")
    gate.write_text("The gate opens at eleven.")
    synced(home)
    assert "1 earlier version" in found()
    footnote("remove", only_titled(home, "gate"), "--home", home)
    assert "earlier version" not in found()


def only_titled(home: Path, title: str) -> str:
    """The id of the document with a title."""
    listed = footnote("list", "--json", "--home", home).json["documents"]
    (id,) = (one["id"] for one in listed if one["title"] == title)
    return str(id)
