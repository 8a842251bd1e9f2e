"""What was loaded → a document with its passages, read and cut but not yet written anywhere."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from langchain_core.documents import Document

from .embed import SentenceEmbedder
from .errors import FootnoteError
from .split import PassageSpan, split
from .states import NewDocument

# What stands between two parts (pages) of a document in its stored text.
BETWEEN_PARTS = "\n\n"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that has been read and cut, but not yet written anywhere."""

    document: NewDocument
    passages: tuple[PassageSpan, ...]


def prepare(
    parts: Sequence[Document], embedder: SentenceEmbedder, added_by: str, title_given: bool
) -> Prepared:
    """Cuts what `load` read, one part a page, into the passages of one document.

    Raises FootnoteError where there is nothing to cut.
    """
    text = BETWEEN_PARTS.join(part.page_content for part in parts)
    lengths = [len(part.page_content) + len(BETWEEN_PARTS) for part in parts]
    offsets = [sum(lengths[:number]) for number in range(len(parts))]
    pages = [part.metadata.get("page") for part in parts]
    known = parts[0].metadata
    passages = cut(text, list(zip(offsets, pages, strict=True)), embedder)
    if not passages:
        raise FootnoteError(f"{known['source']} holds no text.")
    document = NewDocument(
        id=document_id(parts),
        title=known["title"],
        title_given=title_given,
        source=known["source"],
        sha256=known["sha256"],
        bytes=known["bytes"],
        text=text,
        parts=json.dumps(list(zip(offsets, pages, strict=True))),
        added_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        added_by=added_by,
    )
    return Prepared(document, tuple(passages))


def document_id(parts: Sequence[Document]) -> str:
    """The id of the document that was loaded: the first 48 bits of its content's SHA-256."""
    return str(parts[0].metadata["sha256"])[:12]


def cut(
    text: str, parts: Sequence[tuple[int, int | None]], embedder: SentenceEmbedder
) -> list[PassageSpan]:
    """The passages of a stored text; none reaches from one part into the next."""
    ends = [offset for offset, _ in parts[1:]] + [len(text)]
    return [
        _moved(passage, offset, page)
        for (offset, page), end in zip(parts, ends, strict=True)
        for passage in split(text[offset:end], embedder.count_tokens, embedder.room)
    ]


def _moved(passage: PassageSpan, offset: int, page: int | None) -> PassageSpan:
    sentences = tuple((start + offset, end + offset) for start, end in passage.sentences)
    return replace(
        passage,
        start=passage.start + offset,
        end=passage.end + offset,
        sentences=sentences,
        page=page,
    )
