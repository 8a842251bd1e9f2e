"""A folder or an archive of some files, as the documents that come of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from retrieval.reading.collection.archive import open_archive
from retrieval.reading.document_title import title_of
from retrieval.reading.formats.sandbox.process_pool import Parsers
from retrieval.reading.raw_document import RawDocument
from tests.support.formats import zips


@dataclass(frozen=True, slots=True)
class Shown:
    """A document of a collection, as it is stored."""

    title: str
    text: str
    link: str
    kind: str
    author: str
    date: str


Shows = Callable[..., dict[str, Shown]]


@pytest.fixture(scope="module")
def parsers() -> Iterator[Parsers]:
    with Parsers() as running:
        yield running


@pytest.fixture
def shows(parsers: Parsers) -> Shows:
    """Reads an archive of some files; gives its documents by their paths."""

    def show(
        files: Mapping[str, str | bytes], data: bytes = b"", name: str = "export.zip"
    ) -> dict[str, Shown]:
        packed = data or zips.archive(files)
        opened = open_archive(RawDocument(packed, source="export", called=name, name=name))
        return {entry.path: shown(entry.load(), parsers) for entry in opened.entries}

    return show


def shown(raw: RawDocument, parsers: Parsers) -> Shown:
    content = parsers.read(raw.data, raw.name, raw.charset, raw.kind)
    text = "\n\n".join(part.text for part in content.parts)
    facts = (content.kind, content.author, content.date)
    return Shown(title_of(raw, content), text, raw.link, *facts)
