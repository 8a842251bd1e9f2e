"""Documents of communities, as Footnote stores and cuts them.

Each is a text file, as stored, and beside it, where more is known, a file of the same name with
the ending `.outline`: an object with the document's `title`, its `kind`, and lists of `parts`,
`headings` and `rows` as in `Outline`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.indexing.prepare import cut as cut_passages
from retrieval.reading.outline import Outline
from retrieval.search.reader.windows import Window, cut
from retrieval.types import Passage, PassageSpan, SentenceScore

# One document of so many is only measured with.
HELD_OUT = 6


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with all its windows; `headings` are (offset, level, heading)."""

    name: str
    text: str
    headings: tuple[tuple[int, int, str], ...]
    windows: tuple[Window, ...]

    @property
    def held_out(self) -> bool:
        """True if the document is only measured with: a matter of its name, so always the same."""
        return int(sha1(self.name.encode(), usedforsecurity=False).hexdigest(), 16) % HELD_OUT == 0


def read_document(path: Path, embedder: SentenceEmbedder) -> StoredDocument:
    """A document by the path of its text."""
    text = path.read_text(encoding="utf-8")
    title, outline = _outline(path)
    spans = cut_passages(text, outline, embedder)
    passages = [_passage(path.name, title, text, span) for span in spans]
    windows = (window for passage in passages for window in cut(passage))
    return StoredDocument(path.name, text, outline.headings, tuple(windows))


def read_documents(folder: Path, embedder: SentenceEmbedder) -> Iterator[StoredDocument]:
    """The documents of a folder, in order of their names."""
    for path in sorted(folder.glob("*.txt")):
        yield read_document(path, embedder)


def _outline(path: Path) -> tuple[str, Outline]:
    beside = path.with_suffix(".outline")
    title = path.stem.split("__")[-1].split(".")[0].replace("-", " ").replace("_", " ")
    if not beside.exists():
        return title, Outline()
    known: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
    parts, headings, rows = (
        tuple(map(tuple, known[name])) for name in ("parts", "headings", "rows")
    )
    return known["title"] or title, Outline(known["kind"], parts, headings, rows)


def _passage(name: str, title: str, text: str, span: PassageSpan) -> Passage:
    return Passage(
        document=name,
        title=title,
        source=name,
        page=span.page,
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        sentences=tuple(SentenceScore(start, end, 0.0) for start, end in span.sentences),
        section=span.section,
        rows=span.rows,
    )
