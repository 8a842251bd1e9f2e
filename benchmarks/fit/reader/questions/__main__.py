"""Build the communities' data to train on: python -m benchmarks.fit.reader.questions CLONES OUT

CLONES holds a clone of each repository under the name OWNER+NAME. OUT/community gets the texts as
Footnote stores them, with their outlines and the questions. Documents that aren't there, or are
stored otherwise than when the questions were written, are named and left out.
"""

import json
import sys
from itertools import accumulate
from pathlib import Path
from subprocess import DEVNULL, CalledProcessError, check_output
from typing import Any

from retrieval.indexing.prepare import BETWEEN_PARTS
from retrieval.reading.formats.content import Content
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.protocol import Request
from retrieval.reading.formats.sandbox.read import read

from .rows import HERE, Source, read_sets

# The most bytes of text that are read of one document.
MOST = 10**7


def build(clones: Path, folder: Path) -> list[str]:
    """Write all sets to folders of their names; returns what is left out, and why."""
    left_out = list[str]()
    for name, sources in read_sets().items():
        texts, rows = folder / name / "text", list[dict[str, Any]]()
        texts.mkdir(parents=True, exist_ok=True)
        for source in sources:
            try:
                rows += _write(source, clones, texts)
            except (OSError, CalledProcessError, UnreadableError, ValueError) as error:
                left_out.append(f"{source.place}: {_reason(error)}")
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / name / "rows.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
        print(f"{name}: {len(list(texts.glob('*.txt')))} documents, {len(rows)} questions")
    return left_out


def _write(source: Source, clones: Path, texts: Path) -> list[dict[str, Any]]:
    """Write a document's text and outline; returns the rows of its questions.

    Raises ValueError if the text isn't the one that the questions were written on.
    """
    content = read(Request(_data(source, clones), source.name.removesuffix(".txt")), MOST)
    text = BETWEEN_PARTS.join(part.text for part in content.parts)
    if not source.is_stored_as(text):
        raise ValueError("Footnote stores another text of it than when the questions were written")
    path = texts / source.name
    path.write_text(text, encoding="utf-8", newline="")
    path.with_suffix(".outline").write_text(json.dumps(_outline(content)), encoding="utf-8")
    return list(source.rows(text))


def _data(source: Source, clones: Path) -> bytes:
    """The file at its commit, or the one that lies here."""
    if not source.repository:
        return (HERE / source.place).read_bytes()
    clone = clones / source.repository.replace("/", "+")
    if not clone.is_dir():
        raise FileNotFoundError(f"there is no clone {clone}")
    at = source.place.removeprefix(f"{source.repository}@")
    return check_output(["git", "-C", str(clone), "show", at], stderr=DEVNULL)


def _outline(content: Content) -> dict[str, Any]:
    """The outline beside a text, as `benchmarks/fit/reader/data/documents.py` reads it."""
    lengths = [len(part.text) + len(BETWEEN_PARTS) for part in content.parts]
    placed = list(zip(accumulate([0, *lengths]), content.parts, strict=False))
    return {
        "title": content.title,
        "kind": content.kind,
        "parts": [(offset, part.page) for offset, part in placed],
        "headings": [
            (offset + heading.start, heading.level, heading.title)
            for offset, part in placed
            for heading in part.headings
        ],
        "rows": [
            (offset + start, number) for offset, part in placed for start, number in part.rows
        ],
    }


def _reason(error: Exception) -> str:
    if isinstance(error, CalledProcessError):
        return "not in the clone; fetch the commit"
    return str(error)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    clones, out = map(Path, sys.argv[1:])
    for line in build(clones, out / "community"):
        print(f"left out: {line}", file=sys.stderr)
