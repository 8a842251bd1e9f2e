"""An id that was noted down stays good, and its beginning is enough."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.reading.source import from_file
from retrieval.types import DocumentInfo
from tests.support.homes import at_once, contents, note, put

TEA = "Tea is brewed from leaves. The water should be hot."
COFFEE = "Coffee is brewed from beans. The water should not boil."
FERRY = "The ferry leaves at noon. It carries no bicycles."
TEXTS = [TEA, COFFEE, FERRY]
LONG = "\n\n".join(f"{TEA} Cup {n} is for the guest who came number {n}." for n in range(40))


def ids(library: Library, name: str = "common") -> dict[str, str]:
    """The id of each source's document."""
    return {document.source: document.id for document in library.documents(name)}


def test_a_document_keeps_its_id_when_its_content_is_refreshed(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "tea.txt"
    file.write_text(TEA)
    put(library, [from_file(file)])
    [noted] = ids(library).values()
    for text in (COFFEE, LONG, TEA):
        file.write_text(text)
        [result] = library.refresh([noted])
        assert [result.document] == library.documents()
        assert ids(library) == {str(file): noted}
        assert library.text(noted) == text
    assert contents(library).texts == {str(file): TEA}


@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(TEXTS)), max_size=8))
def test_no_two_documents_share_an_id_whatever_comes_from_where(
    steps: list[tuple[str, str]], house: Library, unused_name: Callable[[], str]
) -> None:
    name = unused_name()
    for source, text in steps:
        before = ids(house, name) if house.has(name) else {}
        [added] = put(house, [note(source, text)], name)
        after = ids(house, name)
        assert len(set(after.values())) == len(after)
        if source in before and source in after:
            assert after[source] == before[source]
        assert added.document is not None
        assert house.text(added.document.id, name) == text


def test_content_that_another_document_began_with_comes_in_under_an_id_of_its_own(
    library: Library,
) -> None:
    put(library, [note("a", TEA)])
    put(library, [note("a", COFFEE)])
    put(library, [note("b", TEA)])
    known = ids(library)
    assert known["a"] != known["b"]
    assert (library.text(known["a"]), library.text(known["b"])) == (COFFEE, TEA)
    library.remove([known["b"]])
    assert ids(library) == {"a": known["a"]}


def test_versions_that_come_at_once_leave_one_document(library: Library) -> None:
    put(library, [note("a", TEA)])
    noted = ids(library)
    texts = [f"{COFFEE} Number {n}." for n in range(4)]
    at_once([partial(put, library, [note("a", text)]) for text in texts])
    assert ids(library) == noted
    assert contents(library).texts["a"] in texts


def test_a_new_version_on_its_way_is_no_second_document(library: Library) -> None:
    put(library, [note("a", TEA)])
    [listed], seen = library.documents(), list[DocumentInfo]()

    def look(_: int) -> None:
        seen.extend(library.documents())
        assert (library.count(), library.text(listed.id)) == (1, TEA)
        with pytest.raises(FootnoteError, match="still being added"):
            library.remove([listed.id])

    list(library.add([note("a", LONG)], progress=look))
    assert set(seen) == {listed}
    assert library.text(listed.id) == LONG


def test_a_version_that_fails_leaves_the_one_before_and_its_id(
    library: Library,
) -> None:
    put(library, [note("a", TEA)])
    before = library.documents()

    def fail(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(library.add([note("a", LONG)], progress=fail))
    assert library.documents() == before
    assert contents(library).texts == {"a": TEA}


def test_a_place_in_an_earlier_version_is_gone_with_it(library: Library) -> None:
    put(library, [note("a", f"{TEA} {FERRY}")])
    [place] = library.ask("How should the water be?").citations
    put(library, [note("a", f"{FERRY} {COFFEE} {TEA}")])
    assert place.document in ids(library).values()
    assert library.around(place.version, place.start, place.end, ["common"]) is None
    put(library, [note("a", f"{TEA} {FERRY}")])
    found = library.around(place.version, place.start, place.end, ["common"])
    assert found is not None
    assert place.quote in found.text
    assert found.document == place.document


def named(library: Library, *names: str) -> None:
    """Adds documents and gives them these ids."""
    put(library, [note(name, f"{TEA} Number {name}.", f"On {name}") for name in names])
    with library.home.store("common").catalog.transaction() as connection:
        for name in names:
            connection.execute("UPDATE documents SET id = ? WHERE source = ?", [name, name])


def test_the_beginning_of_an_id_is_enough(library: Library) -> None:
    named(library, "abcd1234", "abce1234")
    assert library.document("abcd").title == "On abcd1234"
    assert library.text("abce1") == library.text("abce1234")
    assert [document.id for document in library.refreshable(["abcd12"])] == ["abcd1234"]
    assert [document.id for document in library.remove(["abcd", "abcd1234"])] == ["abcd1234"]


def test_a_beginning_of_several_ids_is_refused_and_they_are_named(library: Library) -> None:
    named(library, "abcd1234", "abcd5678", "abce1234")
    before = library.documents()
    for act in (library.document, library.text, lambda id: library.remove(["abcd1234", id])):
        with pytest.raises(FootnoteError) as caught:
            act("abcd")
        assert str(caught.value) == (
            "2 documents in the library 'common' have ids that begin with 'abcd': abcd1234 "
            "(On abcd1234), abcd5678 (On abcd5678). Give more of the one you mean."
        )
    assert library.documents() == before


def test_a_whole_id_is_that_documents_even_if_others_begin_so(library: Library) -> None:
    named(library, "abcd", "abcd5678")
    assert library.document("abcd").title == "On abcd"


@pytest.mark.parametrize("short", ["a", "abc"])
def test_a_few_characters_are_no_id(short: str, library: Library) -> None:
    named(library, "abcd1234")
    with pytest.raises(FootnoteError, match="first 4 characters, or more"):
        library.remove([short])


@pytest.mark.parametrize("unknown", ["", "zzzz", "abcd12345", "%", "ABCD"])
def test_what_no_id_begins_with_is_unknown(unknown: str, library: Library) -> None:
    named(library, "abcd1234")
    with pytest.raises(FootnoteError, match="There is no document"):
        library.document(unknown)
