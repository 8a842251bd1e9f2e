"""Bytes become documents, with what is known of them."""

import hashlib

import pytest
from langchain_core.documents import Document

from retrieval.errors import LoadError
from retrieval.reading.limits import LARGEST_FILE
from retrieval.reading.load import load
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import MESSAGE
from tests.support.formats import office
from tests.support.formats.drawn import pdfs
from tests.support.formats.specimens import (
    AUTHOR,
    BLOCKS,
    HEADINGS,
    SENTENCE,
    TABLE,
    specimens,
)
from tests.support.homes import intake


def loaded(data: bytes | str, name: str = "", largest: int = LARGEST_FILE) -> list[Document]:
    """The documents, one a part, that come of bytes known as "memory"."""
    data = data.encode() if isinstance(data, str) else data
    return load(RawDocument(data, "/memory", "memory", name), intake().parsers, largest)


# What is known of a document


def test_a_document_holds_the_whole_text_and_what_is_known_of_it() -> None:
    data = b"\xef\xbb\xbf# Tea\r\n\r\nPour at  once.\n"
    (document,) = loaded(data, "tea.md")
    assert document.page_content == "Tea\n\nPour at once."
    assert document.metadata == {
        "title": "Tea",
        "title_given": False,
        "source": "/memory",
        "kind": "markdown",
        "author": "",
        "date": "",
        "validators": None,
        "link": "",
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "digest": hashlib.sha256(data).hexdigest(),
        "page": None,
        "headings": [[0, 1, "Tea"]],
        "rows": [],
        "links": [],
        "hyperlinks": [],
    }


def test_each_page_is_a_document_with_its_number_and_its_headings() -> None:
    first, second = loaded(specimens()["pdf"].data)
    assert (first.metadata["page"], second.metadata["page"]) == (1, 2)
    assert SENTENCE in first.page_content
    assert SENTENCE not in second.page_content
    for document in (first, second):
        for start, _, title in document.metadata["headings"]:
            assert document.page_content[start:].startswith(title)
    found = [tuple(h[1:]) for page in (first, second) for h in page.metadata["headings"]]
    assert found == HEADINGS


def test_a_documents_own_author_and_day_are_kept() -> None:
    (document,) = loaded(specimens()["docx"].data)
    known = document.metadata
    assert (known["author"], known["date"], known["kind"]) == (AUTHOR, "2024-05-06", "docx")


def test_rows_are_told_by_where_they_begin_and_their_number() -> None:
    (sheet,) = loaded(office.xlsx({"Staff": TABLE}))
    begun = {number: sheet.page_content[start:] for start, number in sheet.metadata["rows"]}
    assert list(begun) == [2, 3]
    assert "Ann" in begun[2].partition("\n")[0]


def test_a_message_is_text_whatever_stands_in_it_and_has_the_author_it_came_with() -> None:
    text = "<html><body># Not a page</body></html>"
    raw = RawDocument(
        text.encode(), "https://x.example/1", "x", kind=MESSAGE, author="Ada", date="2026"
    )
    (document,) = load(raw, intake().parsers)
    known = document.metadata
    assert document.page_content == text
    assert (known["kind"], known["author"], known["date"]) == (MESSAGE, "Ada", "2026")
    assert known["headings"] == []


def test_a_page_whose_bytes_change_is_told_apart_by_its_text() -> None:
    page = "<html><head><!-- {} --></head><body><h1>Tea</h1><p>Pour at once.</p></body></html>"
    one, other, changed = (
        load(RawDocument(data.encode(), "/p", "p", by_text=True), intake().parsers)[0].metadata
        for data in (page.format(1), page.format(2), page.replace("once", "noon"))
    )
    assert one["digest"] == other["digest"] != changed["digest"]
    assert one["sha256"] != other["sha256"]


def test_a_file_is_told_apart_by_its_bytes() -> None:
    one, other = (loaded(text)[0].metadata for text in ("Pour.", "Pour.\r"))
    assert one["digest"] != other["digest"]


# What can't be read


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b" \n", "holds no text."),
        (pdfs.scanned(), "is a scanned PDF without text."),
        (pdfs.locked(pdfs.pdf([BLOCKS]), "secret", "AES-256"), "is protected with a password."),
        (b"GIF89a\x01\x00\x01\x00", "is a GIF image."),
    ],
)
def test_what_cannot_be_read_is_said_of_the_name_that_people_know(data: bytes, says: str) -> None:
    with pytest.raises(LoadError) as caught:
        loaded(data, "a.txt")
    assert str(caught.value).startswith(f"memory {says} ")


def test_bytes_past_the_limit_are_refused() -> None:
    assert LARGEST_FILE == 20 * 1024 * 1024
    assert loaded("12345", largest=5)[0].page_content == "12345"
    with pytest.raises(LoadError, match="memory is larger"):
        loaded("123456", largest=5)
