"""Read the bytes of any document into LangChain documents, one a page, slide, sheet or chapter."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import PurePath

from langchain_core.documents import Document

from retrieval.errors import LoadError
from retrieval.reading.formats.content import Content, Part
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.parsers import Parsers

from .limits import LARGEST_FILE, check_size
from .raw_document import RawDocument
from .source import MESSAGE

TITLE_LENGTH, FIRST_LINE_LENGTH = 200, 60
# Titles that programs write into files by themselves.
NO_TITLE = re.compile(
    r"(?:untitled|unbenannt|sans titre|(?:microsoft )?(?:powerpoint|word|excel)|document|dokument|"
    r"presentation|präsentation|slide|book|sheet)(?: (?:presentation|document|spreadsheet))?"
    r"[\s\d.()-]*",
    re.IGNORECASE,
)
# Printing a file adds these to its name, which becomes a title.
AROUND = re.compile(
    r"^Microsoft (?:Word|PowerPoint|Excel) - |\.(?:doc|ppt|xls)[xm]?$", re.IGNORECASE
)


def load(raw: RawDocument, parsers: Parsers, largest: int = LARGEST_FILE) -> list[Document]:
    """The documents that some bytes hold, one a part; `largest` is how many bytes there may be.

    A document holds its part's text and, as metadata, what is known of the part (page, headings as
    [offset, level, title], rows as [offset, number]) and of the whole: title, source, kind, author,
    date, validators, bytes, title_given (by a person), sha256 (of the bytes) and digest (of what
    tells its content apart).
    Raises LoadError, which says what to do, for what can't be read.
    """
    check_size(len(raw.data), raw.called, largest)
    try:
        kind = "text" if raw.kind == MESSAGE else raw.kind
        content = parsers.read(raw.data, raw.name, raw.charset, kind)
    except UnreadableError as error:
        raise LoadError(f"{raw.called} {error}") from error
    whole = {
        "title": _title(raw, content),
        "title_given": bool(given_title(raw)),
        "source": raw.source,
        "kind": raw.kind if raw.kind == MESSAGE else content.kind,
        "author": raw.author or content.author,
        "date": raw.date or content.date,
        "validators": raw.validators,
        "bytes": len(raw.data),
        "sha256": raw.sha256,
        "digest": _digest(content.parts) if raw.by_text else raw.sha256,
    }
    return [
        Document(page_content=part.text, metadata={**whole, **_particulars(part)})
        for part in content.parts
    ]


def given_title(raw: RawDocument) -> str:
    """The title that a person gave, as it will be kept, or ""."""
    return _on_one_line(raw.title)


def _on_one_line(title: str) -> str:
    return " ".join(title.split())[:TITLE_LENGTH].rstrip()


def _title(raw: RawDocument, content: Content) -> str:
    own = AROUND.sub("", content.title.strip())
    from_name = re.sub("[-_]", " ", PurePath(raw.name).stem)
    first_line = content.parts[0].text.strip().partition("\n")[0][:FIRST_LINE_LENGTH]
    chosen = (raw.title, "" if NO_TITLE.fullmatch(own) else own, from_name, first_line)
    return next(filter(None, map(_on_one_line, chosen)))


def _digest(parts: Sequence[Part]) -> str:
    text = "\n\n".join(part.text for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()


def _particulars(part: Part) -> dict[str, object]:
    return {
        "page": part.page,
        "headings": [[h.start, h.level, h.title] for h in part.headings],
        "rows": [list(row) for row in part.rows],
    }
