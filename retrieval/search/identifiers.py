"""Identifiers: error codes, versions, options, names of settings, which are one thing each.

E1042, CVE-2024-1234, 1.7.1, --no-cache, MAX_RETRIES, log.level: no word of another is like them,
so a text is about one where it stands there to the letter, and else it isn't; the passages that
hold one are found by an exact search.
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from retrieval.text.terms import words
from retrieval.types import Passage

IDENTIFIER = re.compile(
    r"""
    (?<![\w/.-])(?:
        --[A-Za-z][\w-]*                                   # --no-cache
      | v?\d+(?:\.\d+){2,}(?:[-+]?[A-Za-z]\w*)?            # 1.7.1, v2.0.0-rc1
      | v\d+(?:\.\d+)*                                     # v2, v1.7
        # E1042, CVE-2024-1234
      | [A-Za-z]{1,12}(?:[-_][A-Za-z]{1,12})*[-_]?\d[A-Za-z\d]*(?:[-_.]\d[\w]*)*
      | [A-Za-z]\w*_\w+                                    # MAX_RETRIES
    )(?![\w-])
    """,
    re.VERBOSE,
)
VERSION = re.compile(r"\b(?:version|release)\s+(\d+(?:\.\d+)+)", re.IGNORECASE)
# Looks like one, and is a common word.
COMMON = re.compile(r"(?:q[1-4]|top\d+|a[345]|p\d|covid-?19)", re.IGNORECASE)
# Passages looked at for one identifier: one that more hold tells little.
LOOKED_AT = 20
PHRASE = "SELECT rowid FROM passages_text WHERE passages_text MATCH ? LIMIT ?"


def identifiers(text: str) -> tuple[str, ...]:
    """The identifiers that a text names, each once, in order."""
    found = [match.group() for match in IDENTIFIER.finditer(text)]
    found += [match[1] for match in VERSION.finditer(text)]
    return tuple(dict.fromkeys(each for each in found if not COMMON.fullmatch(each)))


def holds(text: str, identifier: str) -> bool:
    """Return whether an identifier stands in a text by itself, in capitals or not."""
    name = identifier.lstrip("vV") if re.fullmatch(r"[vV][\d.]+", identifier) else identifier
    edge = r"(?<![A-Za-z0-9])(?<!\d\.)[vV]?" if name[0].isdigit() else r"(?<![A-Za-z0-9_-])"
    return bool(
        re.search(edge + re.escape(name) + r"(?![A-Za-z0-9_])(?!\.\d)", text, re.IGNORECASE)
    )


def held_by(texts: Iterable[str], names: Iterable[str]) -> set[str]:
    """Those of some identifiers that stand in one of the texts."""
    wanted, found = set(names), set[str]()
    for text in texts:
        found |= {name for name in wanted - found if holds(text, name)}
    return found


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
