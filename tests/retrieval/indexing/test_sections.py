"""Headings, pages and rows go with a passage from the file to the footnote, and stay with it."""

from collections.abc import Iterator, Sequence

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.source import Source, from_upload
from retrieval.types import Passage
from retrieval.weights.fitted import load_fitted
from tests.support.formats import office
from tests.support.formats import opened as books
from tests.support.formats.drawn import pdfs
from tests.support.homes import never_abstaining, opened, put

FAQ = (
    *("# Questions", "## When does the ferry leave?", "The ferry to Skerry leaves at nine."),
    *("## What does a ticket cost?", "Four crowns are what everybody pays for a ticket."),
    *("## May I bring a dog?", "Dogs travel free of charge, on a lead."),
)
ASKED = {
    "When does the ferry leave?": "The ferry to Skerry leaves at nine.",
    "What does a ticket cost?": "Four crowns are what everybody pays for a ticket.",
    "May I bring a dog?": "Dogs travel free of charge, on a lead.",
}
SHIPS = (
    ("Ship", "Note", "Sails on"),
    ("Alma", "She sails at nine. She returns at ten! Ask for Olga.", "Mon. and Tue."),
    ("Borealis", "Lies in dock until the mast has been mended.", "Fri."),
    ("Corvus", "Leaks a little. Take a bucket.", "Sun."),
)


def page(blocks: Sequence[str]) -> bytes:
    """A web page of blocks that are marked as in `office`."""
    marked = [office.level_and_words(block) for block in blocks]
    body = "".join(f"<h{n}>{words}</h{n}>" if n else f"<p>{words}</p>" for n, words in marked)
    return f"<html><head><title>Help</title></head><body><main>{body}</main></body></html>".encode()


DOCUMENTS = {
    "faq.docx": office.docx(FAQ),
    "faq.odt": books.odt(FAQ),
    "faq.html": page(FAQ),
    "faq.md": "\n\n".join(FAQ).encode(),
    "faq.pdf": pdfs.pdf([FAQ]),
}
TABLES = {
    "ships.xlsx": office.xlsx({"Ships": SHIPS}),
    "ships.ods": books.ods({"Ships": SHIPS}),
    "ships.csv": "\n".join("\t".join(row) for row in SHIPS).encode(),
}


def store_of(name: str) -> str:
    """The library that one of them is in."""
    return name.replace(".", "-")


def upload(name: str) -> Source:
    """One of the documents or tables."""
    return from_upload(name, {**DOCUMENTS, **TABLES}[name])


@pytest.fixture(scope="module")
def stores(
    tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder
) -> Iterator[Library]:
    """A library of its own for each of them, which gives its best answer however good that is."""
    home = tmp_path_factory.mktemp("sections")
    with opened(home, embedder, never_abstaining(load_fitted())) as library:
        for name in (*DOCUMENTS, *TABLES):
            put(library, [upload(name)], store_of(name))
        yield library


def quotable(passage: Passage) -> list[str]:
    """Return what of a passage may be quoted."""
    return [passage.slice(sentence.start, sentence.end) for sentence in passage.sentences]


# Headings


@pytest.mark.parametrize("name", [*DOCUMENTS])
def test_a_heading_that_asks_is_named_and_what_stands_under_it_is_quoted(
    stores: Library, name: str
) -> None:
    for question, quote in ASKED.items():
        (citation,) = stores.ask(question, libraries=[store_of(name)]).citations
        # The question that it answers may stand before it.
        assert citation.quote.endswith(quote)
        assert citation.section == f"Questions › {question}"


@pytest.mark.parametrize("name", [*DOCUMENTS])
def test_no_heading_may_be_quoted(stores: Library, name: str) -> None:
    passages = stores.search("ferry ticket dog", libraries=[store_of(name)])
    assert sorted(words for passage in passages for words in quotable(passage)) == sorted(
        ASKED.values()
    )


def test_a_passage_is_found_by_the_headings_above_it(library: Library) -> None:
    blocks = ["# Harbour", "## Lighthouse keeper", "She is called Ada.", "## Cook", "He is Ivo."]
    put(library, [from_upload("crew.docx", office.docx(blocks))])
    found, *_ = library.search("Who is the keeper of the lighthouse?")
    assert (found.section, quotable(found)) == (
        "Harbour › Lighthouse keeper",
        ["She is called Ada."],
    )


def test_a_quote_is_on_the_page_that_it_names(library: Library) -> None:
    pages = [["# Tides", "High tide is at noon."], ["# Wind", "The wind blows from the west."]]
    put(library, [from_upload("guide.pdf", pdfs.pdf(pages))])
    (citation,) = library.ask("Where does the wind blow from?").citations
    assert (citation.page, citation.place, citation.section) == (2, "page 2", "Wind")
    (document,) = library.documents()
    assert library.text(document.id)[citation.start : citation.end] == citation.quote


# Rows


@pytest.mark.parametrize("name", [*TABLES])
def test_a_row_is_quoted_whole_or_not_at_all(stores: Library, name: str) -> None:
    (passage,) = stores.search("Which ship lies in dock?", libraries=[store_of(name)])
    assert quotable(passage) == [
        f"Ship: {ship} · Note: {note} · Sails on: {days}" for ship, note, days in SHIPS[1:]
    ]
    assert [number for _, number in passage.rows] == [2, 3, 4]


@pytest.mark.parametrize("name", [*TABLES])
def test_a_citation_names_the_row(stores: Library, name: str) -> None:
    (citation,) = stores.ask(
        "Which ship lies in dock until the mast has been mended?", libraries=[store_of(name)]
    ).citations
    assert citation.place == "row 3"
    assert citation.quote.startswith("Ship: Borealis · Note: Lies in dock")
    assert citation.section == ("" if name == "ships.csv" else "Ships")


# What stays


def held(library: Library) -> list[tuple[object, ...]]:
    """All passages of a library, with where they stand and what of them may be quoted."""
    found = library.search("ship ferry", k=50)
    return sorted(
        (p.source, p.start, p.end, p.section, p.rows, p.page, *quotable(p)) for p in found
    )


def test_a_reindex_keeps_headings_rows_and_pages(library: Library) -> None:
    put(library, [upload("ships.xlsx"), upload("faq.docx"), upload("faq.pdf")])
    before = held(library)
    assert len(before) > 3
    assert len(list(library.reindex())) == 3
    assert held(library) == before


def test_the_text_around_a_quote_says_where_it_stands(stores: Library) -> None:
    where = [store_of("ships.xlsx")]
    citation, *_ = stores.ask("Which ship lies in dock?", libraries=where).citations
    around = stores.around(citation.document, citation.start, citation.end, where)
    assert around is not None
    assert (around.kind, around.section) == ("xlsx", "Ships")
    assert [number for _, number in around.rows] == [2, 3, 4]
