"""Make a document with its passages of what was loaded, without writing it anywhere yet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate, chain

from langchain_core.documents import Document

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.reading.formats.registry import IN_PICTURE
from retrieval.reading.outline import Outline
from retrieval.store.lifecycle import ID_LENGTH, NewDocument
from retrieval.text.paragraphs import KnownLayout
from retrieval.types import PassageSpan

from .embed_passages import room_for_passage
from .split import split

# What stands between two parts (pages) of a document in its stored text.
BETWEEN_PARTS = "\n\n"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that has been read and cut, but not yet written anywhere.

    `links` are addresses at which people can open what begins at an offset of its text.
    """

    document: NewDocument
    passages: tuple[PassageSpan, ...]
    links: Mapping[int, str]


def prepare(parts: Sequence[Document], embedder: SentenceEmbedder, added_by: str) -> Prepared:
    """Cut what `load` read, one part a page, into the passages of one document.

    Raises FootnoteError where there is nothing to cut.
    """
    text = BETWEEN_PARTS.join(part.page_content for part in parts)
    outline, known = draw_outline(parts), parts[0].metadata
    passages = cut(text, outline, embedder)
    if not passages:
        raise FootnoteError(f"{known['source']} holds no text.")
    document = NewDocument(
        version=version_of(parts),
        title=known["title"],
        title_given=known["title_given"],
        source=known["source"],
        sha256=known["sha256"],
        bytes=known["bytes"],
        text=text,
        parts=json.dumps(outline.parts),
        added_at=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        added_by=added_by,
        kind=known["kind"],
        author=known["author"],
        date=known["date"],
        headings=json.dumps(outline.headings, ensure_ascii=False),
        rows=json.dumps(outline.rows),
        validators=known["validators"],
    )
    return Prepared(document, tuple(passages), _links(parts))


def version_of(parts: Sequence[Document]) -> str:
    """The version that was loaded of a document: the first 48 bits of its content's SHA-256."""
    return str(parts[0].metadata["digest"])[:ID_LENGTH]


def _links(parts: Sequence[Document]) -> dict[int, str]:
    """The addresses in a document by their offsets; its own holds from the beginning."""
    link = parts[0].metadata["link"]
    inside = {
        offset + start: address
        for offset, part in _placed_parts(parts)
        for start, address in part.metadata["links"]
    }
    return {0: link, **inside} if link else inside


def _placed_parts(parts: Sequence[Document]) -> list[tuple[int, Document]]:
    """The parts with the offsets at which they begin in the text of all."""
    lengths = (len(part.page_content) + len(BETWEEN_PARTS) for part in parts)
    return list(zip(accumulate(chain([0], lengths)), parts, strict=False))


def draw_outline(parts: Sequence[Document]) -> Outline:
    """The offsets of the parts once they are put together, and of the headings and rows in them."""
    placed = _placed_parts(parts)
    return Outline(
        kind=parts[0].metadata["kind"],
        parts=tuple((offset, part.metadata["page"]) for offset, part in placed),
        headings=tuple(
            (offset + start, level, title)
            for offset, part in placed
            for start, level, title in part.metadata["headings"]
        ),
        rows=tuple(
            (offset + start, number)
            for offset, part in placed
            for start, number in part.metadata["rows"]
        ),
    )


def cut(text: str, outline: Outline, embedder: SentenceEmbedder) -> list[PassageSpan]:
    """The passages of a stored text; none reaches from one part into the next."""
    ends = [offset for offset, _ in outline.parts[1:]] + [len(text)]
    room = room_for_passage(embedder)
    return [
        _placed(passage, offset, page, outline)
        for (offset, page), end in zip(outline.parts, ends, strict=True)
        for passage in split(
            text[offset:end], embedder.count_tokens, room, _known(outline, offset, end)
        )
    ]


def _known(outline: Outline, start: int, end: int) -> KnownLayout:
    """The headings and rows of one part, in offsets from where that begins."""
    return KnownLayout(
        headings=frozenset(at - start for at, _, _ in outline.headings_in(start, end)),
        rows=frozenset(
            at - start
            for at, number in outline.rows_in(start, end)
            if at >= start and number != IN_PICTURE
        ),
        complete=outline.headings_known,
    )


def _placed(passage: PassageSpan, offset: int, page: int | None, outline: Outline) -> PassageSpan:
    """A passage of a part, in offsets into the whole text."""
    sentences = tuple((start + offset, end + offset) for start, end in passage.sentences)
    start, end = passage.start + offset, passage.end + offset
    return replace(
        passage,
        start=start,
        end=end,
        sentences=sentences,
        page=page,
        # Headings may open a passage; it belongs under the last of them.
        section=outline.section(sentences[0][0]),
        rows=outline.rows_in(start, end),
    )
