"""A library that an older Footnote made is taken over, and answers, if need be after a reindex."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.store.catalog import Catalog
from retrieval.store.passages import pack_spans
from retrieval.store.sqlite import SCHEMA_VERSION
from retrieval.types import DocumentInfo
from tests.support.homes import contents, note, opened, put

# What a catalog was made by in older versions.
SCHEMA_1 = Path(__file__).with_name("catalog_1.sql")
SCHEMA_2 = Path(__file__).with_name("catalog_2.sql")
SCHEMA_3 = Path(__file__).with_name("catalog_3.sql")
SCHEMA_4 = Path(__file__).with_name("catalog_4.sql")
SCHEMA_5 = Path(__file__).with_name("catalog_5.sql")
SCHEMA_6 = Path(__file__).with_name("catalog_6.sql")
SCHEMA_7 = Path(__file__).with_name("catalog_7.sql")
TEA = "Tea is brewed from leaves. The water should be hot."
SENTENCES = ((0, 26), (27, 51))
ID = "0123456789ab"
TABLES = (
    "settings",
    "documents",
    "passages",
    "sources",
    "places",
    "earlier",
    "links",
    "hyperlinks",
)


@pytest.fixture
def old_home(tmp_path: Path, embedder: SentenceEmbedder) -> Path:
    """A home with a library of version 1: one document that answers, one that never got in."""
    (tmp_path / "libraries").mkdir()
    with closing(sqlite3.connect(tmp_path / "libraries" / "common.db")) as connection:
        connection.executescript(SCHEMA_1.read_text(encoding="utf-8"))
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            "INSERT INTO settings VALUES ('embedding_model', ?)", [embedder.identity]
        )
        added = ("About tea", 1, "/docs/tea.md", "0" * 64, len(TEA), TEA, "[[0, null]]")
        when = ("2026-01-02T03:04:05Z", "cli")
        rows = [(ID, *added, *when, "ready"), ("ba9876543210", *added, *when, "pending")]
        connection.executemany(f"INSERT INTO documents VALUES ({', '.join('?' * 11)})", rows)
        connection.executemany(
            'INSERT INTO passages (document, start, "end", text, sentences, vectors) '
            "VALUES (?, 0, ?, ?, ?, ?)",
            [(row[0], len(TEA), TEA, pack_spans(SENTENCES), bytes(2 * 2 * 384)) for row in rows],
        )
        connection.commit()
    return tmp_path


ACTS: dict[str, Callable[[Library], object]] = {
    "ask": lambda library: library.ask("How should the water be?"),
    "search": lambda library: library.search("How should the water be?"),
    "signals": lambda library: library.signals("How should the water be?"),
    "list": lambda library: library.documents(),
    "add": lambda library: list(library.add([note("more", "More of it.")])),
    "remove": lambda library: library.remove([ID]),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_library_of_an_older_footnote_asks_to_be_reindexed(
    act: str, old_home: Path, embedder: SentenceEmbedder
) -> None:
    for _ in range(2):  # what was brought up to date is not answered from either
        with opened(old_home, embedder) as library, pytest.raises(FootnoteError) as caught:
            ACTS[act](library)
        assert str(caught.value) == (
            "The library 'common' was indexed by an older Footnote. Run: footnote reindex"
        )


def test_after_a_reindex_it_answers_and_has_lost_nothing(
    old_home: Path, embedder: SentenceEmbedder
) -> None:
    with opened(old_home, embedder) as library:
        assert library.count() == 1
        assert list(library.reindex()) == [ID]
    with opened(old_home, embedder) as library:
        held = contents(library)
        assert (held.texts, held.titles) == ({"/docs/tea.md": TEA}, {"/docs/tea.md": "About tea"})
        assert (held.passages, held.vectors, held.found_by_words) == (1, 1, 1)
        assert library.documents() == [
            DocumentInfo(
                ID, "common", "About tea", "/docs/tea.md", 1, len(TEA), "2026-01-02T03:04:05Z",
                "cli", "ready", version=ID,
            )
        ]  # fmt: skip
        answer = library.ask("How should the water be?")
        assert "The water should be hot." in answer.text
        put(library, [note("ferry", "The ferry leaves at noon.")])
        assert contents(library).passages == 2


def test_it_may_be_reindexed_with_another_model(
    old_home: Path, other_embedder: SentenceEmbedder
) -> None:
    with opened(old_home, other_embedder) as library:
        assert list(library.reindex()) == [ID]
        assert contents(library).texts == {"/docs/tea.md": TEA}


def made_old(catalog: Path, version: int, schema: Path) -> None:
    """Makes a library one of an older version, with all that a catalog then held."""
    new = catalog.rename(catalog.with_suffix(".new"))
    with closing(sqlite3.connect(catalog)) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
        connection.execute("ATTACH ? AS new", [str(new)])
        for table in ("settings", "documents", "passages"):
            described = connection.execute(f"PRAGMA table_info({table})")
            columns = ", ".join(f'"{name}"' for _, name, *_ in described)
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.commit()


def test_a_library_from_before_there_were_headings_answers_at_once(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    tea = "# Tea\n\n## Water\n\nThe water should be hot."
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea.md", tea)])
        before, (document,) = contents(library), library.documents()
    made_old(tmp_path / "libraries" / "common.db", 2, SCHEMA_2)
    with opened(tmp_path, embedder) as library:
        assert contents(library) == before
        assert library.documents() == [replace(document, kind="text")]
        (citation,) = library.ask("How should the water be?").citations
        assert (citation.quote, citation.section) == ("The water should be hot.", "")
        put(library, [note("coffee.md", tea.replace("Tea", "Coffee").replace("hot", "cooler"))])
        assert "Coffee › Water" in {found.section for found in library.search("water")}


def test_in_a_library_from_before_there_were_versions_every_id_stays_good(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea.md", TEA)])
        before, listed = contents(library), library.documents()
        (place,) = library.ask("How should the water be?").citations
    made_old(tmp_path / "libraries" / "common.db", 3, SCHEMA_3)
    with opened(tmp_path, embedder) as library:
        assert contents(library) == before
        assert library.documents() == listed
        # Places in documents were noted down with their ids.
        found = library.around(place.document, place.start, place.end, ["common"])
        assert found is not None
        assert place.quote in found.text
        [added] = put(library, [note("tea.md", f"{TEA} It may boil.")])
        assert added.document is not None
        assert added.document.id == place.document
        assert library.around(place.document, place.start, place.end, ["common"]) is None


def test_in_a_library_from_before_sources_were_remembered_everything_answers(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        put(library, [note("tea.md", TEA)])
        before, listed = contents(library), library.documents()
    made_old(tmp_path / "libraries" / "common.db", 4, SCHEMA_4)
    with opened(tmp_path, embedder) as library:
        assert contents(library) == before
        assert library.documents() == listed
        assert library.sources() == []
        (place,) = library.ask("How should the water be?").citations
        assert place.document == listed[0].id


@pytest.mark.parametrize(
    ("version", "schema"),
    [*enumerate((SCHEMA_1, SCHEMA_2, SCHEMA_3, SCHEMA_4, SCHEMA_5, SCHEMA_6, SCHEMA_7), start=1)],
)
def test_a_catalog_brought_up_to_date_is_built_like_a_new_one(
    version: int, schema: Path, tmp_path: Path
) -> None:
    def built(path: Path) -> tuple[object, ...]:
        with closing(Catalog(path, "common")) as catalog:
            connection = catalog.connection
            names = "SELECT type, name, tbl_name FROM sqlite_schema ORDER BY name"
            columns = {
                table: connection.execute(f"PRAGMA table_info({table})").fetchall()
                for table in TABLES
            }
            version = connection.execute("PRAGMA user_version").fetchone()
            return version, connection.execute(names).fetchall(), columns

    old, new = tmp_path / "old.db", tmp_path / "new.db"
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(schema.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {version}")
    assert built(old) == built(new) == built(old)
    assert built(new)[0] == (SCHEMA_VERSION,)
