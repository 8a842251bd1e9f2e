"""A folder of documents of every kind is added, and each answers with where in it that stands."""

from pathlib import Path
from typing import Any

import pytest

from retrieval.reading.formats.registry import NAMES
from retrieval.types import headed
from tests.bot.conftest import Stock
from tests.support.shell import footnote
from tests.support.texts.every_format import ASKED, Asked, files


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """A home, and the folder of one document of every kind that was added to it."""
    place = tmp_path_factory.mktemp("kinds")
    stock = Stock(place / "home", place / "folder")
    stock.notes.mkdir()
    for name, data in files().items():
        (stock.notes / name).write_bytes(data)
    added = footnote("add", stock.notes, "--json", "--home", stock.home)
    assert (added.code, added.err) == (0, "")
    assert len(added.json["added"]) == len(files())
    return stock


def listed(store: Stock) -> dict[str, Any]:
    """Return what `list` says of each document, by the name of its file."""
    documents = footnote("list", "--json", "--home", store.home).json["documents"]
    return {Path(document["source"]).name: document for document in documents}


def first_citation(store: Stock, question: str) -> Any:
    answer = footnote("ask", question, "--json", "--home", store.home).json
    assert answer["answered"]
    return answer["citations"][0]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.file)
def test_an_answer_says_where_in_its_document_it_stands(store: Stock, asked: Asked) -> None:
    cited = first_citation(store, asked.question)
    assert Path(cited["source"]) == (store.notes / asked.file).resolve()
    assert (cited["title"], cited["section"], cited["place"]) == asked[3:]
    assert asked.quote in cited["quote"]
    shown = footnote("show", cited["document"], "--json", "--home", store.home).json
    assert shown["text"][cited["start"] : cited["end"]] == cited["quote"]


@pytest.mark.parametrize(
    "asked",
    [asked for asked in ASKED if Path(asked.file).suffix in (".pdf", ".pptx", ".csv", ".rst")],
    ids=lambda asked: asked.file,
)
def test_people_read_section_and_place_beside_the_title(store: Stock, asked: Asked) -> None:
    *_, note = footnote("ask", asked.question, "--home", store.home).out.splitlines()
    assert note.startswith(f"[1] {headed(asked.title, asked.section)}  {store.notes.resolve()}/")
    place = f", {asked.place}" if asked.place else ""
    assert f"/{asked.file}{place}, characters " in note


def test_a_passage_that_is_found_says_so_as_well(store: Stock) -> None:
    found = footnote("search", "high tide at the quay", "-k", "1", "--json", "--home", store.home)
    (passage,) = found.json["passages"]
    assert (passage["section"], passage["place"], passage["page"]) == ("Water › Tides", "page 2", 2)
    printed = footnote("search", "high tide at the quay", "-k", "1", "--home", store.home).out
    assert printed.startswith("1. Harbour guide › Water › Tides  ")
    assert "guide.pdf, page 2, characters " in printed


def test_each_document_is_known_by_what_it_is(store: Stock) -> None:
    suffixes = {"markdown": "md", "text": "txt"}
    for name, document in listed(store).items():
        assert Path(name).suffix == f".{suffixes.get(document['kind'], document['kind'])}"


def test_show_tells_a_documents_author_day_and_kind(store: Stock) -> None:
    crew = listed(store)["crew.docx"]
    assert (crew["author"], crew["date"]) == ("Ann Lee", "2024-05-06")
    particulars, _, _ = footnote("show", crew["id"], "--home", store.home).out.partition("\n\n")
    lines = dict(line.split(maxsplit=1) for line in particulars.splitlines())
    assert (lines["author"], lines["date"], lines["kind"]) == ("Ann Lee", "2024-05-06", "docx")


def test_the_same_folder_again_changes_nothing(store: Stock) -> None:
    again = footnote("add", store.notes, "--json", "--home", store.home).json
    assert len(again["unchanged"]) == len(files())
    assert again["added"] == again["failed"] == []


def test_the_help_names_every_format_that_is_read() -> None:
    told = " ".join(footnote("add", "--help").out.split())
    assert all({"web pages": "HTML"}.get(name, name) in told for name in NAMES)
