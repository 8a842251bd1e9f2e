"""`footnote conflicts`, and what `footnote ask` says where documents differ."""

from pathlib import Path

import pytest

from tests.support.shell import footnote


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which two documents differ on the price of a ticket."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "handbook.md").write_text("# Handbook\n\nA guest ticket costs £4.\n")
    (folder / "leaflet.md").write_text("# Leaflet\n\nA guest ticket costs £5.\n")
    assert footnote("add", folder, "--home", tmp_path / "home").code == 0
    return tmp_path / "home"


def test_they_are_listed_side_by_side(home: Path) -> None:
    out = footnote("conflicts", "--home", home).out
    assert out.startswith("1.\n  “")
    assert "“A guest ticket costs £4.”  Handbook" in out
    assert "“A guest ticket costs £5.”  Leaflet" in out
    [[one, other]] = footnote("conflicts", "--json", "--home", home).json["conflicts"]
    assert {one["title"], other["title"]} == {"Handbook", "Leaflet"}


def test_an_answer_shows_both_and_takes_no_side(home: Path) -> None:
    question = "How much does a guest ticket cost?"
    out = footnote("ask", question, "--home", home).out
    assert "Documents differ on this:\n  “" in out
    form = footnote("ask", question, "--json", "--home", home).json
    [other] = form["otherwise"]
    assert {other["title"], form["citations"][0]["title"]} == {"Handbook", "Leaflet"}


def test_where_there_are_none_it_says_so(tmp_path: Path) -> None:
    done = footnote("conflicts", "--home", tmp_path / "home")
    assert (done.out, done.code) == ("", 0)
    assert "No conflicts" in done.err
