"""Exact search for identifiers: the passages that hold one to the letter come first, or alone."""

import sqlite3
from collections.abc import Iterable, Sequence

from retrieval.text.identifiers import held_by
from retrieval.text.terms import words
from retrieval.types import Passage

# Passages looked at for one identifier: one that more hold tells little.
LOOKED_AT = 20
PHRASE = "SELECT rowid FROM passages_text WHERE passages_text MATCH ? LIMIT ?"


def passages_naming(connection: sqlite3.Connection, names: Iterable[str]) -> list[int]:
    """The numbers of passages that may hold one of the identifiers, by the full text index."""
    found: list[int] = []
    for name in names:
        if spelled := words(name.replace("_", " ")):
            phrase = '"' + " ".join(spelled) + '"'
            found += [row[0] for row in connection.execute(PHRASE, (phrase, LOOKED_AT))]
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


def _said(passage: Passage) -> tuple[str, str, str]:
    return passage.text, passage.section, passage.title
