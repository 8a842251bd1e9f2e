"""A misspelt word → the word of the library that was meant, by the full text's own vocabulary."""

import sqlite3
from collections.abc import Iterator, Sequence

from retrieval.text.terms import Keys

# The shortest word that may be one slip away from what was meant, and two.
ONE_SLIP, TWO_SLIPS = 4, 7
# Passages from which on only terms with the same two first letters are compared, and the most
# terms that are: each takes some microseconds.
LARGE, MOST_TERMS = 10_000, 20_000
# Terms that are looked at as words, the nearest first, and passages of each.
MOST_TRIED = 5

TERMS = "SELECT term, doc FROM passages_terms WHERE term >= ? AND term < ? LIMIT ?"
SIDE_BY_SIDE = "SELECT 1 FROM passages_text WHERE passages_text MATCH ? LIMIT 1"
# The longest word that is looked for in two parts, at each of its letters.
LONGEST_PARTED = 20
HOLDER = (
    "SELECT passages.text FROM passages_text JOIN passages ON passages.id = passages_text.rowid "
    "WHERE passages_text MATCH ? LIMIT ?"
)


def word_meant(
    connections: Sequence[sqlite3.Connection], word: str, total: int, keys: Keys
) -> str | None:
    """The word of some catalogs, of `total` passages, that a folded word is a slip of, if any.

    A slip is a letter too much, too few or another, or two that changed places (Damerau 1964).
    The first letter is right, or has changed places with the second. Of words that are as near,
    the one that most passages hold is meant.
    """
    from rapidfuzz.distance import DamerauLevenshtein

    if len(word) < ONE_SLIP or not word.isalpha():
        return None
    [stem], most = keys.stems([word]), 1 if len(word) < TWO_SLIPS else 2
    found = list[tuple[int, int, str, sqlite3.Connection]]()
    for connection in connections:
        for term, held in _terms(connection, stem, total > LARGE):
            slips = DamerauLevenshtein.distance(stem, term, score_cutoff=most)
            if slips <= most and len(term) >= ONE_SLIP - 1:
                found.append((slips, -held, term, connection))
    # Stems are shorter: the whole word must be near as well, though it may have another ending.
    nearest = sorted(found, key=lambda one: one[:3])[:MOST_TRIED]
    for _, _, term, connection in nearest:
        forms = [term, *sorted(_spelled(connection, term, keys))]
        apart = {form: DamerauLevenshtein.distance(word, form) for form in forms}
        if min(apart.values()) <= most + 1:
            # The term itself only where no passage spells it out.
            return min(forms[1:] or forms, key=apart.__getitem__)
    return None


def parted(connections: Sequence[sqlite3.Connection], word: str) -> str | None:
    """The two words that stand side by side in some catalogs, and together are a folded word."""
    if not word.isalpha() or len(word) > LONGEST_PARTED:
        return None
    splits = [f"{word[:at]} {word[at:]}" for at in range(1, len(word))]
    # Mostly there are none: all are asked for at once.
    if not stands(connections, *splits):
        return None
    return next((two for two in splits if stands(connections, two)), None)


def stands(connections: Sequence[sqlite3.Connection], *spelled: str) -> bool:
    """Return whether some of these stand in some catalogs: folded words side by side, whatever
    their endings."""
    asked = [" OR ".join(f'"{words}"' for words in spelled)]
    return any(connection.execute(SIDE_BY_SIDE, asked).fetchone() for connection in connections)


def _terms(connection: sqlite3.Connection, stem: str, large: bool) -> Iterator[tuple[str, int]]:
    """The terms, with the number of passages that hold them, that begin as the stem may have."""
    for first in dict.fromkeys([stem[:2] if large else stem[:1], stem[1] + stem[0]]):
        yield from connection.execute(TERMS, [first, first + "\U0010ffff", MOST_TERMS])


def _spelled(connection: sqlite3.Connection, term: str, keys: Keys) -> set[str]:
    """The words of which a term is the stem, as the first passages that hold it spell them."""
    # The index stems what it is asked for, and the stem of a stem may be another: of "releas",
    # which is "release", it is "relea", and finds nothing but as a beginning.
    for phrase in (f'"{term}"', f'"{term}"*'):
        rows = connection.execute(HOLDER, [phrase, MOST_TRIED]).fetchall()
        spelled = list({word for (text,) in rows for word in keys.words(text)})
        stems = zip(spelled, keys.stems(spelled), strict=True)
        if found := {word for word, stem in stems if stem == term}:
            return found
    return set()
