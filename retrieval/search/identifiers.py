"""Exact search for identifiers: the passages that hold one to the letter come first, or alone."""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from retrieval.text.identifiers import held_by, spellings
from retrieval.text.terms import words
from retrieval.types import Passage

# Passages looked at for one identifier: one that more hold tells little.
LOOKED_AT = 20
# An item of a list that is asked for by its number.
NUMBERED = re.compile(r"\b(?:step|rule|point|item|clause)\s+(?P<number>\d{1,3})\b", re.IGNORECASE)
PHRASE = "SELECT rowid FROM passages_text WHERE passages_text MATCH ? LIMIT ?"


def passages_naming(connection: sqlite3.Connection, names: Iterable[str]) -> list[int]:
    """The numbers of passages that may hold one of the identifiers, by the full text index."""
    found: list[int] = []
    for name in names:
        spelled = filter(None, (words(way.replace("_", " ")) for way in spellings(name)))
        if phrases := " OR ".join(f'"{" ".join(each)}"' for each in spelled):
            found += [row[0] for row in connection.execute(PHRASE, (phrases, LOOKED_AT))]
    return list(dict.fromkeys(found))


def prefer_exact(ranked: Iterable[Passage], names: Sequence[str]) -> Iterable[Passage]:
    """The passages, those first that name most of the identifiers."""
    if not names:
        return ranked
    return sorted(ranked, key=lambda passage: -len(held_by(_said(passage), names)))


def only_exact(passages: Sequence[Passage], names: Sequence[str]) -> tuple[Passage, ...]:
    """The passages that name an identifier; all where none does, or where there is none."""
    naming = tuple(passage for passage in passages if held_by(_said(passage), names))
    return naming or tuple(passages)


def named_in(passages: Iterable[Passage], names: Sequence[str]) -> set[str]:
    """Those of the identifiers that some passages name, in their text, headings or title."""
    return held_by((text for passage in passages for text in _said(passage)), names)


def names_exactly(passages: Sequence[Passage], names: Sequence[str]) -> bool:
    """Return whether each of some passages names an identifier itself, not only by its title."""
    return bool(names) and all(held_by((p.text, p.section), names) for p in passages)


def item_asked(question: str) -> re.Match[str] | None:
    """The words by which a question asks for an item of a list, "step 3", if it does."""
    return NUMBERED.search(question)


def holds_item(passage: Passage, number: str) -> bool:
    """Return whether a passage has a list with an item of a number."""
    return re.search(rf"^[ \t]*{number}[.)][ \t]+\S", passage.text, re.MULTILINE) is not None


def _said(passage: Passage) -> tuple[str, str, str]:
    return passage.text, passage.section, passage.title
