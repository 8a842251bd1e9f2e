"""Documents are called by the title that a person gave, else by the best that they bring along."""

from dataclasses import replace

import pytest
from langchain_core.documents import Document

from retrieval.reading.document_title import TITLE_LENGTH
from retrieval.reading.load import load
from retrieval.reading.raw_document import RawDocument
from tests.support.formats import office
from tests.support.formats.drawn import pdfs
from tests.support.formats.specimens import SENTENCE, TITLE, specimens
from tests.support.homes import intake


def loaded(data: bytes | str, name: str = "", title: str = "") -> list[Document]:
    """The documents, one a part, that come of bytes."""
    data = data.encode() if isinstance(data, str) else data
    return load(RawDocument(data, "/memory", "memory", name, title), intake().parsers)


def title_of(data: bytes | str, name: str = "", title: str = "") -> str:
    """The title of the document."""
    found = loaded(data, name, title)[0].metadata["title"]
    assert isinstance(found, str)
    return found


def test_a_given_title_wins_and_is_known_to_be_given() -> None:
    (document,) = loaded("# Heading\n", "file.md", " My\ntitle ")
    assert document.metadata["title"] == "My title"
    assert document.metadata["title_given"] is True
    assert title_of(specimens()["pdf"].data, "handbook.pdf", "My title") == "My title"


@pytest.mark.parametrize("kind", ["pdf", "docx", "pptx", "xlsx", "epub", "odt", "ods", "rst"])
def test_a_documents_own_title_goes_before_the_name_of_its_file(kind: str) -> None:
    assert title_of(specimens()[kind].data, f"scan 07.{kind}") == TITLE


@pytest.mark.parametrize(
    "dull",
    [
        *("untitled", "Untitled document", "Unbenannt 1", "Microsoft Word - Document1"),
        *("PowerPoint Presentation", "Präsentation1", "Microsoft Word - Dokument2.docx", "Book1"),
        *("Slide 1", "Microsoft Word", "document.docx", " "),
    ],
)
def test_a_title_that_says_nothing_is_passed_over(dull: str) -> None:
    assert title_of(office.docx([SENTENCE], dull), "parental_leave.docx") == "parental leave"


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ("Microsoft Word - Staff handbook.docx", "Staff handbook"),
        ("Microsoft PowerPoint - Staff handbook", "Staff handbook"),
        ("Document retention", "Document retention"),
        ("Word of the year", "Word of the year"),
        ("Book", "parental leave"),
        ("The Book", "The Book"),
        ("  On\n leave  ", "On leave"),
    ],
)
def test_of_a_title_what_a_program_put_around_it_goes(own: str, title: str) -> None:
    assert title_of(pdfs.pdf([[SENTENCE]], own), "parental_leave.pdf") == title


def test_what_has_no_title_is_called_by_its_file_name() -> None:
    assert title_of("# not a heading", "opening-hours_2024.v2.txt") == "opening hours 2024.v2"
    assert title_of(office.docx([SENTENCE]), "../parental-leave.docx") == "parental leave"


def test_what_has_no_name_either_is_called_by_its_first_line() -> None:
    assert title_of("\n  Dear   reader,\nhello") == "Dear reader,"
    assert title_of("x" * 100) == "x" * 60


def test_a_title_has_a_limit_and_is_one_line() -> None:
    assert title_of("a", title="word\n" * 500) == ("word " * 500)[:TITLE_LENGTH].rstrip()
    raw = RawDocument(b"a", "/m", "m", title=" \n ")
    (document,) = load(replace(raw, name="a.txt"), intake().parsers)
    assert (document.metadata["title"], document.metadata["title_given"]) == ("a", False)
