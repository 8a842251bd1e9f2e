"""The text around a quote is shown as it is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import FootnoteError
from retrieval.library import Library
from tests.support.homes import note, put

PARAGRAPHS = [
    f"Boat {number} carried {number * 37} people. " * 5
    + f"It was painted in {1900 + number}. " * 60
    for number in range(5)
]
TEXT = "\n\n".join(PARAGRAPHS)


@pytest.fixture(scope="module")
def boats(house: Library) -> tuple[Library, str]:
    """A home with a library `around` that holds one long document, and that document's id."""
    [added] = put(house, [note("boats", TEXT, "Of boats")], "around")
    assert added.document is not None
    assert added.document.passages > len(PARAGRAPHS)
    return house, added.document.id


@given(start=st.integers(0, len(TEXT) - 1), length=st.integers(1, 3000))
def test_whatever_is_quoted_stands_in_what_is_around_it_to_the_letter(
    start: int, length: int, boats: tuple[Library, str]
) -> None:
    library, id = boats
    end = min(start + length, len(TEXT))
    found = library.around(id, start, end, ["around"])
    if not TEXT[start:end].strip():
        assert found is None or found.text == TEXT[found.start : found.end]
        return
    assert found is not None
    assert found.text == TEXT[found.start : found.end]
    assert (found.document, found.title, found.source, found.page) == (
        id, "Of boats", "boats", None,
    )  # fmt: skip
    assert TEXT[start:end].strip() in found.text


def test_a_quote_that_stands_in_one_passage_is_shown_with_that_alone(
    boats: tuple[Library, str],
) -> None:
    library, id = boats
    for passage in library.search("Which boat carried people?", 30, ["around"]):
        found = library.around(id, passage.start, passage.end, ["around"])
        assert found is not None
        assert (found.start, found.end, found.text) == (passage.start, passage.end, passage.text)


def test_a_quote_across_passages_is_shown_with_all_of_them(boats: tuple[Library, str]) -> None:
    library, id = boats
    middle = len(PARAGRAPHS[0]) + 1
    found = library.around(id, middle - 20, middle + 20, ["around"])
    assert found is not None
    assert found.start < middle - 20 < middle + 20 < found.end


def test_the_first_library_that_has_the_document_is_the_one(library: Library) -> None:
    [added] = put(library, [note("here", TEXT, "Here")])
    put(library, [note("there", TEXT, "There")], "harbour")
    assert added.document is not None
    id = added.document.id
    for names, title in ((["common", "harbour"], "Here"), (["nowhere", "harbour"], "There")):
        found = library.around(id, 0, 10, names)
        assert found is not None
        assert found.title == title
    library.remove([id])
    found = library.around(id, 0, 10, ["common", "harbour"])
    assert found is not None
    assert found.title == "There"


def test_around_what_is_no_longer_there_is_nothing(library: Library) -> None:
    [added] = put(library, [note("a", TEXT)])
    assert added.document is not None
    id = added.document.id
    assert library.around(id, len(TEXT) + 5, len(TEXT) + 9, ["common"]) is None
    library.remove([id])
    assert library.around(id, 0, 10, ["common"]) is None
    assert library.around(id, 0, 10, ["nowhere"]) is None
    assert library.around(id, 0, 10, []) is None
    assert library.home.names() == ["common"]


def test_a_library_is_known_to_exist_or_not_without_being_made(library: Library) -> None:
    assert not library.has("common")
    put(library, [note("a", "Tea.")], "harbour")
    assert library.has("harbour")
    assert not library.has("common")
    with pytest.raises(FootnoteError, match="can't be called"):
        library.has("../harbour")
