"""The full text of a library stays whole, however often something is erased of it."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from retrieval.store.catalog import Catalog
from retrieval.store.files import full_text
from retrieval.store.files.full_text import DAMAGED, MANY
from retrieval.store.lifecycle import NewDocument, add_passages, add_pending
from retrieval.store.sqlite import CatalogError
from retrieval.types import PassageSpan

# Erased, one by one, of a library that stays small; FTS5 knows some 1,000 to be too many.
ERASED = 1_100


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """A catalog with a passage, long enough for what is merged with it not to join it."""
    made = Catalog(tmp_path / "common.db", "common")
    _add(made, "whole", "The quokkamat stays. " + " ".join(f"word{n}" for n in range(3_000)))
    yield made
    made.close()


def _add(catalog: Catalog, version: str, text: str) -> None:
    document = NewDocument(
        *(version, "A note", False, version, version, len(text), text, "[[0, null]]"),
        *("2026-01-01", "tests", "text", "", "", "[]", "[]", None),
    )
    add_pending(catalog, [document])
    add_passages(catalog, [(document, PassageSpan(0, len(text), ()))])


def _erase(catalog: Catalog, version: str) -> None:
    with catalog.transaction() as connection:
        connection.execute("DELETE FROM documents WHERE version = ?", [version])


def _erase_many(catalog: Catalog) -> None:
    catalog.connection.execute("PRAGMA synchronous = OFF")
    for number in range(ERASED):
        _add(catalog, f"v{number}", f"The vermilljon {number} goes.")
        _erase(catalog, f"v{number}")
        full_text.purge(catalog)


def _found(catalog: Catalog, word: str) -> int:
    query = "SELECT count(*) FROM passages_text WHERE passages_text MATCH ?"
    return int(catalog.row(query, [word])[0])


def test_a_library_of_which_much_is_erased_can_still_be_searched(catalog: Catalog) -> None:
    _erase_many(catalog)
    assert full_text._length(catalog) <= MANY
    assert _found(catalog, "quokkamat") == 1
    assert _found(catalog, "vermilljon") == 0


def test_making_it_anew_leaves_no_erased_word(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(catalog, "gone", "Ottokarina wears a vermilljon jersey.")
    _erase(catalog, "gone")
    monkeypatch.setattr(full_text, "MANY", 0)
    assert catalog.forget_deleted()
    assert not [file for file in tmp_path.iterdir() if b"vermilljon" in file.read_bytes()]
    assert _found(catalog, "quokkamat") == 1


def test_a_library_that_an_older_footnote_left_so_is_mended_when_it_is_opened(
    catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(full_text, "MANY", 10 * DAMAGED)
    # As a version of FTS5 leaves it that minds its levels, or as one that doesn't.
    with suppress(CatalogError):
        _erase_many(catalog)
    catalog.close()
    again = Catalog(tmp_path / "common.db", "common")
    assert _found(again, "quokkamat") == 1
    full_text.purge(again)
    _add(again, "new", "A fnordic hinge.")
    assert _found(again, "fnordic") == 1
    again.close()
