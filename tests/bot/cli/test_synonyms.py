"""`synonyms`: a home's own words that stand for one another."""

from pathlib import Path

from tests.support.shell import assert_refused, footnote


def test_synonyms_are_added_listed_and_removed(home: Path) -> None:
    added = footnote("synonyms", "add", "ferry", "Old Tub", "--json", "--home", home)
    assert (added.code, added.json) == (0, {"added": ["ferry", "old tub"]})
    listed = footnote("synonyms", "list", "--json", "--home", home)
    assert listed.json == {"synonyms": [["ferry", "old tub"]]}
    assert footnote("synonyms", "list", "--home", home).out == "ferry, old tub\n"
    removed = footnote("synonyms", "remove", "ferry", "--home", home)
    assert (removed.code, removed.out) == (0, "Removed: ferry\n")
    assert footnote("synonyms", "list", "--json", "--home", home).json == {"synonyms": []}


def test_without_any_it_is_said_how_to_add_some(home: Path) -> None:
    done = footnote("synonyms", "list", "--home", home)
    assert (done.code, done.out) == (0, "")
    assert "footnote synonyms add" in done.err


def test_wrong_usage_is_refused(home: Path) -> None:
    assert footnote("synonyms", "add", "--home", home).code == 2
    assert footnote("synonyms", "list", "ferry", "--home", home).code == 2
    assert footnote("synonyms", "mix", "a", "b", "--home", home).code == 2
    assert_refused(footnote("synonyms", "remove", "tram", "--home", home), "'tram' is no synonym")
