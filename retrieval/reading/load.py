"""Read the bytes of any document into LangChain documents, one a page, slide, sheet or chapter."""

import hashlib
from collections.abc import Sequence

from langchain_core.documents import Document

from retrieval.errors import LoadError
from retrieval.reading.formats.content import Part
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.process_pool import Parsers

from .document_title import given_title, title_of
from .limits import LARGEST_FILE, check_size
from .raw_document import RawDocument
from .source import MESSAGE


def load(raw: RawDocument, parsers: Parsers, largest: int = LARGEST_FILE) -> list[Document]:
    """The documents that some bytes hold, one a part; `largest` is how many bytes there may be.

    A document holds its part's text and, as metadata, what is known of the part (page, headings as
    [offset, level, title], rows as [offset, number], links as [offset, address],
    hyperlinks as [start, end, address]) and of the whole:
    title, source, kind, author, date, validators, link (where people can open it), bytes,
    title_given (by a person), sha256 (of the bytes) and digest (of what tells its content apart).
    Raises LoadError, which says what to do, for what can't be read.
    """
    check_size(len(raw.data), raw.called, largest)
    try:
        kind = "text" if raw.kind == MESSAGE else raw.kind
        content = parsers.read(raw.data, raw.name, raw.charset, kind)
    except UnreadableError as error:
        raise LoadError("{file} {why}", file=raw.called, why=error.sentence) from error
    whole = {
        "title": title_of(raw, content),
        "title_given": bool(given_title(raw)),
        "source": raw.source,
        "kind": raw.kind if raw.kind == MESSAGE else content.kind,
        "author": raw.author or content.author,
        "date": raw.date or content.date,
        "validators": raw.validators,
        "link": raw.link,
        "bytes": len(raw.data),
        "sha256": raw.sha256,
        "digest": _digest(content.parts) if raw.by_text else raw.sha256,
    }
    return [
        Document(page_content=part.text, metadata={**whole, **_particulars(part)})
        for part in content.parts
    ]


def _digest(parts: Sequence[Part]) -> str:
    text = "\n\n".join(part.text for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def _particulars(part: Part) -> dict[str, object]:
    return {
        "page": part.page,
        "headings": [[h.start, h.level, h.title] for h in part.headings],
        "rows": [list(row) for row in part.rows],
        "links": [list(link) for link in part.links],
        "hyperlinks": [list(link) for link in part.hyperlinks],
    }
