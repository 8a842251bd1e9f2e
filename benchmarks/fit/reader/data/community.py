"""Questions of communities, in members' wording, on their own documents; and FAQs' own questions.

A folder holds documents in its folder `text`, or itself, and may hold `rows.jsonl`, an object a
line: `doc`, the name of a document; `question`; `answer`, to the letter; or, where the document
doesn't answer it, null, and in `near` what comes nearest.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.search.reader.windows import Window, cut

from .documents import StoredDocument, read_documents
from .example import Example, Overlap, Span, answered_in, as_passage, unanswered, without_heading
from .noise import typed
from .swaps import other_number, taken_away

# Headings that ask something.
ASKS = re.compile(r".{12,140}\?")
# What stands under such a heading is an answer if it is as long as this.
LEAST = 20
# An answer that occurs more often is looked at in its first places.
MOST_PLACES = 40
# So much of an answer stands in a window that answers.
MOST_OF = 0.6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a document: its answer, or, where there is none, what comes nearest."""

    question: str
    document: StoredDocument
    answer: str | None
    near: str | None


def read_folder(
    folder: Path, embedder: SentenceEmbedder
) -> tuple[list[StoredDocument], list[Asked]]:
    """The documents and the questions of a folder; questions on texts that aren't there go."""
    texts = folder / "text"
    found = read_documents(texts if texts.exists() else folder, embedder)
    documents = {document.name: document for document in found}
    rows = folder / "rows.jsonl"
    lines = rows.read_text(encoding="utf-8").splitlines() if rows.exists() else []
    listed = [json.loads(line) for line in dict.fromkeys(lines) if line.strip()]
    asked = [
        Asked(row["question"], documents[name], row["answer"], row["near"])
        for row in listed
        if (name := f"{row['doc'].removesuffix('.txt')}.txt") in documents
    ]
    return list(documents.values()), asked


class CommunityExamples:
    """Makes examples of communities' questions and of the headings of their FAQs."""

    def __init__(
        self, documents: Sequence[StoredDocument], asked: Sequence[Asked], overlap: Overlap
    ) -> None:
        self._documents = documents
        self._asked = asked
        self._overlap = overlap

    def draw(self, rng: Random) -> Iterator[Example]:
        """The examples of one epoch, none of a document that is measured with."""
        for row in self._asked:
            if not row.document.held_out:
                yield from self._answered(row, rng) if row.answer else self._near_miss(row, rng)

    def validation(self) -> Iterator[Example]:
        """The examples of the documents that are measured with, as they stand."""
        for row in self._asked:
            if row.document.held_out:
                if row.answer and (placed := self._place(row, row.answer)):
                    yield answered_in(placed[0], row.question, placed[1])
                elif row.near and not row.answer and (near := self._place(row, row.near)):
                    yield unanswered(near[0], row.question)

    def _answered(self, row: Asked, rng: Random) -> Iterator[Example]:
        assert row.answer
        placed = self._place(row, row.answer)
        if placed is None:
            return
        window, span = placed
        yield answered_in(_shown(window, rng), _typed(row, rng), span)
        others = [other for other in row.document.windows if row.answer not in other.text]
        best = self._overlap.ranked(row.question, others)[:3]
        if best and rng.random() < 0.45:
            yield unanswered(_shown(rng.choice(best), rng), _typed(row, rng))
        if rng.random() < 0.2 and (less := taken_away(window, _typed(row, rng), span)):
            yield less
        question = other_number(row.question, row.answer, window.text, rng)
        if question and rng.random() < 0.5:
            yield unanswered(window, typed(question, rng))

    def _near_miss(self, row: Asked, rng: Random) -> Iterator[Example]:
        placed = self._place(row, row.near) if row.near else None
        if placed is None:
            return
        yield unanswered(_shown(placed[0], rng), _typed(row, rng))
        best = self._overlap.ranked(row.question, row.document.windows)[:3]
        others = [window for window in best if window != placed[0]]
        if others and rng.random() < 0.5:
            yield unanswered(_shown(rng.choice(others), rng), _typed(row, rng))

    def _place(self, row: Asked, wanted: str) -> tuple[Window, Span] | None:
        """The window that most likely is meant by words of the document, and their span."""
        places = re.finditer(re.escape(wanted), row.document.text)
        spans = [match.span() for match, _ in zip(places, range(MOST_PLACES), strict=False)]
        held = [
            (window, span)
            for span in spans
            for window in row.document.windows
            if _shared(window, span) >= MOST_OF * len(wanted)
        ]
        return max(
            held,
            key=lambda pair: (
                _shared(*pair),
                self._overlap.of(row.question, pair[0].shown),
                -pair[0].start,
            ),
            default=None,
        )

    def faqs(self, rng: Random) -> Iterator[Example]:
        """Headings that ask, with what stands under them, and with what else is much like them."""
        for document in self._documents:
            if not document.held_out:
                starts = [start for start, _, _ in document.headings]
                ends = [*starts[1:], len(document.text)]
                for (start, _, heading), end in zip(document.headings, ends, strict=False):
                    if ASKS.fullmatch(heading):
                        yield from self._faq(document, heading, (start, end), rng)

    def _faq(
        self, document: StoredDocument, heading: str, section: Span, rng: Random
    ) -> Iterator[Example]:
        start, end = section
        body = document.text[start:end].partition("\n")[2].strip()
        under = cut(as_passage("", body)) if len(body) >= LEAST else []
        if not under:
            return
        yield Example(typed(heading, rng), under[0].shown, True)
        outside = [w for w in document.windows if w.end <= start or end <= w.start]
        best = self._overlap.ranked(heading, outside)[:3]
        if best and rng.random() < 0.9:
            yield unanswered(_shown(rng.choice(best), rng), typed(heading, rng))


def _typed(row: Asked, rng: Random) -> str:
    """The question, seldom changed: members' wording is in it already."""
    return typed(row.question, rng, 0.2)


def _shown(window: Window, rng: Random) -> Window:
    """A window, now and then without its heading."""
    return window if rng.random() < 0.92 else without_heading(window)


def _shared(window: Window, span: Span) -> int:
    return min(window.end, span[1]) - max(window.start, span[0])
