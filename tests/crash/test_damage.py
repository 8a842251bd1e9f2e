"""A catalog whose bytes were overwritten is refused by name, wherever that was noticed."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.bm25 import best_matches
from retrieval.store.catalog import Catalog
from retrieval.store.passages import all_numbers, read_passages
from retrieval.store.sqlite import CatalogError
from tests.crash.harness.texts import text_of
from tests.support.damage import PAGE, write_over
from tests.support.homes import note, opened, put


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Path:
    """A catalog with some documents in it, closed."""
    home = tmp_path_factory.mktemp("sound")
    with opened(home, embedder) as library:
        put(library, [note(f"note {number}", text_of("a", number)) for number in range(1, 5)])
    return home / "libraries" / "common.db"


def damage(sound: Path, onto: Path, page: int) -> Path:
    """A copy of the catalog in which one page is overwritten."""
    copyfile(sound, onto)
    write_over(onto, page * PAGE, PAGE)
    return onto


def texts(path: Path) -> list[str | None]:
    """Return what the documents say, when all is read of a catalog that is read to answer."""
    with closing(Catalog(path, "common")) as catalog:
        read_passages(catalog.connection, all_numbers(catalog.connection))
        best_matches(catalog.connection, ["harbour"], 100)
        return [catalog.text(document.id) for document in catalog.documents()]


@dataclass
class Outcomes:
    """The messages on damaged catalogs, by their paths, and what others hold."""

    said: dict[Path, str] = field(default_factory=dict)
    held: list[list[str | None]] = field(default_factory=list)

    def look(self, path: Path) -> None:
        try:
            self.held.append(texts(path))
        except CatalogError as error:
            self.said[path] = str(error)


def test_a_damaged_catalog_is_refused_by_name_or_answers_as_before(
    sound: Path, tmp_path: Path
) -> None:
    outcomes = Outcomes()
    for page in range(sound.stat().st_size // PAGE):
        outcomes.look(damage(sound, tmp_path / f"{page}.db", page))
    assert len(outcomes.said) > 10
    assert all(str(path) in said for path, said in outcomes.said.items())
    assert all("footnote restore" in said for said in outcomes.said.values())
    assert all(held == texts(sound) for held in outcomes.held)


def test_a_page_that_is_damaged_is_found_by_looking_for_it(sound: Path, tmp_path: Path) -> None:
    with closing(Catalog(sound, "common")) as catalog:
        catalog.check()
        # Where the passages begin.
        (page,) = catalog.row("SELECT rootpage FROM sqlite_schema WHERE name = 'passages'")
    path = damage(sound, tmp_path / "damaged.db", page - 1)
    with (
        closing(Catalog(path, "common")) as catalog,
        pytest.raises(CatalogError, match="footnote restore"),
    ):
        catalog.check()


def test_a_removal_from_a_damaged_catalog_removes_nothing(sound: Path, tmp_path: Path) -> None:
    with closing(Catalog(sound, "common")) as catalog:
        (page,) = catalog.row("SELECT rootpage FROM sqlite_schema WHERE name = 'passages'")
        before = catalog.documents()
    path = damage(sound, tmp_path / "damaged.db", page - 1)
    with closing(Catalog(path, "common")) as catalog:
        with pytest.raises(CatalogError), catalog.transaction() as connection:
            connection.execute("DELETE FROM documents")
        assert len(catalog.rows("SELECT id FROM documents")) == len(before)
