"""Hyperlinks in what answers quote: the addresses that the words lead to, whole."""

from pathlib import Path

import pytest

from retrieval.library import Library
from retrieval.reading.raw_document import RawDocument
from retrieval.reading.source import Source, from_paths

PAGE = "https://harbour.example/help/berths"
TEXT = "# Berths\n\nFill in the [berth form]({}) before you moor in the harbour."


def page(text: str, suffix: str) -> Source:
    """A page of the harbour's, as it would have been fetched."""
    raw = RawDocument(text.encode(), PAGE + suffix, PAGE + suffix, f"berths{suffix}")
    return Source(raw.source, lambda _: raw)


def addresses(library: Library) -> list[str]:
    answer = library.ask("Which form do I fill in before I moor in the harbour?")
    return [link.address for cited in answer.citations for link in cited.hyperlinks]


def write(folder: Path, address: str) -> list[Source]:
    file = folder / "berths.md"
    file.write_text(TEXT.format(address))
    return list(from_paths([str(file)]))


def test_a_citation_says_where_the_words_of_its_quote_lead(
    library: Library, tmp_path: Path
) -> None:
    list(library.add(write(tmp_path, "https://harbour.example/form")))
    (cited,) = library.ask("Which form do I fill in before I moor in the harbour?").citations
    (link,) = cited.hyperlinks
    assert cited.quote[link.start - cited.start : link.end - cited.start] == "berth form"
    assert link.address == "https://harbour.example/form"


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("forms/berth.md", ["https://harbour.example/help/forms/berth.md"]),
        ("../form.pdf#page=2", ["https://harbour.example/form.pdf#page=2"]),
        # A program makes pages of such a text, and it alone knows where these lead.
        ("/form", []),
        ("../form", []),
    ],
)
def test_an_address_in_markdown_is_made_whole_where_it_names_a_file(
    library: Library, written: str, whole: list[str]
) -> None:
    list(library.add([page(TEXT.format(written), ".md")]))
    assert addresses(library) == whole


def test_every_address_of_a_page_is_made_whole(library: Library) -> None:
    text = (
        "<!doctype html><title>Berths</title><main><h1>Berths</h1><p>Fill in the "
        "<a href='/form'>berth form</a> before you moor in the harbour.</p></main>"
    )
    list(library.add([page(text, ".html")]))
    assert addresses(library) == ["https://harbour.example/form"]


def test_a_file_of_this_machine_has_no_neighbours_that_people_could_open(
    library: Library, tmp_path: Path
) -> None:
    list(library.add(write(tmp_path, "form.md")))
    assert addresses(library) == []


def test_a_document_that_changed_leads_where_it_does_now(library: Library, tmp_path: Path) -> None:
    for address in ("https://harbour.example/old", "https://harbour.example/new"):
        list(library.add(write(tmp_path, address)))
    assert addresses(library) == ["https://harbour.example/new"]
