"""Read the questions: where each document is from, and where in its text an answer stands.

A file of `rows/` is a set. A line of it is a document, with tabs between "@", the name of its text,
its place, its licence, and the SHA-256 of its text as Footnote stores it; or a question on the
document above: "+" where it is answered and "-" where it is not, the first and last offset of the
answer or of what comes nearest to one, and the question. A document without questions is there
for those of its headings that ask something.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DOCUMENT, ANSWERED = "@", "+"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the span of its answer, or of the near miss, in the stored text."""

    text: str
    start: int
    end: int
    answered: bool


@dataclass(slots=True)
class Source:
    """A document that is asked about; `place` is OWNER/NAME@COMMIT:PATH, or a path from here."""

    name: str
    place: str
    licence: str
    digest: str
    questions: list[Question] = field(default_factory=list)

    @property
    def repository(self) -> str:
        """The repository that it is from: OWNER/NAME, or "" for one written for Footnote."""
        before, at, _ = self.place.partition("@")
        return before if at else ""

    def is_stored_as(self, text: str) -> bool:
        """True if this is the text in which the offsets were counted."""
        return sha256(text.encode()).hexdigest() == self.digest

    def rows(self, text: str) -> Iterator[dict[str, Any]]:
        """The questions with the words of the text, as `rows.jsonl` has them."""
        for asked in self.questions:
            words = text[asked.start : asked.end]
            answer, near = (words, None) if asked.answered else (None, words)
            yield {"doc": self.name, "question": asked.text, "answer": answer, "near": near}


def read_sets(folder: Path = HERE / "rows") -> dict[str, list[Source]]:
    """The documents of each set, with their questions."""
    return {path.stem: read_sources(path) for path in sorted(folder.glob("*.tsv"))}


def read_sources(path: Path) -> list[Source]:
    """The documents of one set."""
    sources = list[Source]()
    for line in path.read_text(encoding="utf-8").splitlines():
        kind, *fields = line.split("\t")
        if kind == DOCUMENT:
            name, place, licence, digest = fields
            sources.append(Source(name, place, licence, digest))
        else:
            start, end, text = fields
            sources[-1].questions.append(Question(text, int(start), int(end), kind == ANSWERED))
    return sources
