"""Make a document with its passages of what was loaded, without writing it anywhere yet."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate, chain
from urllib.parse import urljoin

from langchain_core.documents import Document

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.reading.formats.registry import BACKGROUND, IN_PICTURE
from retrieval.reading.outline import Outline
from retrieval.store.lifecycle import ID_LENGTH, NewDocument
from retrieval.text.segmentation.paragraphs import KnownLayout
from retrieval.types import ENGLISH, Hyperlink, PassageSpan

from .embed_passages import room_for_passage
from .split import split

# An address that a browser opens, and the host in it.
OPENED = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# The address of a file beside the one that it stands in, by its suffix.
BESIDE = re.compile(r"[^/?#][^?#]*\.[a-z]\w{1,7}(?:#.*)?\Z", re.IGNORECASE)
# What stands between two parts (pages) of a document in its stored text.
BETWEEN_PARTS = "\n\n"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that has been read and cut, but not yet written anywhere.

    `links` are addresses at which people can open what begins at an offset of its text;
    `hyperlinks` are those that a reader sees in it.
    """

    document: NewDocument
    passages: tuple[PassageSpan, ...]
    links: Mapping[int, str]
    hyperlinks: tuple[Hyperlink, ...] = ()


def prepare(
    parts: Sequence[Document],
    embedder: SentenceEmbedder,
    added_by: str,
    tell: Callable[[str], str] = lambda text: ENGLISH,
) -> Prepared:
    """Cut what `load` read, one part a page, into the passages of one document; `tell` tells the
    language of a text.

    Raises FootnoteError where there is nothing to cut.
    """
    text = BETWEEN_PARTS.join(part.page_content for part in parts)
    outline, known, language = draw_outline(parts), parts[0].metadata, tell(text)
    passages = cut(text, outline, embedder, language)
    if not passages:
        raise FootnoteError("{file} holds no text.", file=known["source"])
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
        language=language,
    )
    return Prepared(document, tuple(passages), _links(parts), _hyperlinks(parts))


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


def _hyperlinks(parts: Sequence[Document]) -> tuple[Hyperlink, ...]:
    """The hyperlinks in a document that lead somewhere from where people open it."""
    known = parts[0].metadata
    base = known["link"] or known["source"]
    whole = (
        Hyperlink(offset + start, offset + end, _whole(base, address, known["kind"] == "html"))
        for offset, part in _placed_parts(parts)
        for start, end, address in part.metadata["hyperlinks"]
    )
    return tuple(link for link in whole if link.address)


def _whole(base: str, address: str, page: bool) -> str:
    """An address that may be relative, whole; "" where it is none that a browser opens.

    Only on a page is every address meant as a browser takes it: in a text that a program makes
    pages of, one that names no file beside it leads elsewhere than the program lets it lead.
    """
    if not OPENED.match(address) and not (OPENED.match(base) and (page or BESIDE.match(address))):
        return ""
    try:
        joined = urljoin(base, address)
    except ValueError:  # brackets that hold no IP address
        return ""
    return joined if OPENED.match(joined) else ""


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


def cut(
    text: str, outline: Outline, embedder: SentenceEmbedder, language: str = ENGLISH
) -> list[PassageSpan]:
    """The passages of a stored text in a language; none reaches from one part into the next, and
    what stands in the background alone makes none."""
    ends = [offset for offset, _ in outline.parts[1:]] + [len(text)]
    room = room_for_passage(embedder)
    placed = (
        _placed(passage, offset, page, outline)
        for (offset, page), end in zip(outline.parts, ends, strict=True)
        if not _in_background(outline, offset, end)
        for passage in split(
            text[offset:end], embedder.count_tokens, room, _known(outline, offset, end), language
        )
    )
    return [passage for passage in placed if passage.sentences]


def _in_background(outline: Outline, start: int, end: int) -> bool:
    """Tell whether all between two offsets of one part is never quoted."""
    return {number for _, number in outline.rows_in(start, end)} == {BACKGROUND}


def _known(outline: Outline, start: int, end: int) -> KnownLayout:
    """The headings and rows of one part, in offsets from where that begins."""
    return KnownLayout(
        headings=frozenset(at - start for at, _, _ in outline.headings_in(start, end)),
        rows=frozenset(
            at - start
            for at, number in outline.rows_in(start, end)
            if at >= start and number > IN_PICTURE
        ),
        complete=outline.headings_known,
    )


def _placed(passage: PassageSpan, offset: int, page: int | None, outline: Outline) -> PassageSpan:
    """A passage of a part, in offsets into the whole text."""
    found = ((start + offset, end + offset) for start, end in passage.sentences)
    sentences = tuple(span for span in found if not _in_background(outline, span[0], span[0] + 1))
    start, end = passage.start + offset, passage.end + offset
    return replace(
        passage,
        start=start,
        end=end,
        sentences=sentences,
        page=page,
        # Headings may open a passage; it belongs under the last of them.
        section=outline.section(sentences[0][0] if sentences else start),
        rows=outline.rows_in(start, end),
    )
