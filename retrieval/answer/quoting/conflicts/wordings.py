"""The words by which facts are said, and those by which things are told apart.

“The fee is …” and “you pay …” speak of the same; “opens” and “closes” don't, nor “adults” and
“children”. The English ones stand in `wordings.toml`.
"""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from importlib.resources import files
from typing import TypedDict

from retrieval.text.terms import Keys, words

# A word's place among the contrasts: the line, and the side of it.
Side = tuple[int, int]
# The line of what opens and closes.
OPENING = 0


class Table(TypedDict):
    """Lines of words: those that only say what sort of fact it is, and those that contrast."""

    relations: Sequence[str]
    contrasts: Sequence[Sequence[str]]


class Wordings:
    """The words by which facts are said, and those by which things are told apart."""

    def __init__(self, table: Table, known: Callable[[str], Iterable[str]]) -> None:
        """`known` turns words of a table into what they are known by in statements."""
        self._sides: dict[str, set[Side]] = {}
        for line, sides in enumerate(table["contrasts"]):
            for side, said in enumerate(sides):
                for key in known(said):
                    self._sides.setdefault(key, set()).add((line, side))
        self.relations = frozenset(known(" ".join(table["relations"]))) - {
            key for key, sides in self._sides.items() if any(line == OPENING for line, _ in sides)
        }

    def tell_apart(self, one: Iterable[str], other: Iterable[str]) -> bool:
        """Tell whether some words contrast with others: on one line, and on no side of it both."""
        mine, theirs = self._by_line(one), self._by_line(other)
        return any(mine[line].isdisjoint(theirs[line]) for line in mine.keys() & theirs.keys())

    def subject(self, found: frozenset[str]) -> frozenset[str]:
        """The words that say what something is about, not what sort of fact it is."""
        opening = {
            key for key in found if any(line == OPENING for line, _ in self._sides.get(key, ()))
        }
        return found - self.relations - opening

    def _by_line(self, found: Iterable[str]) -> dict[int, set[int]]:
        lines: dict[int, set[int]] = {}
        for key in found:
            for line, side in self._sides.get(key, ()):
                lines.setdefault(line, set()).add(side)
        return lines


def english_wordings(keys: Keys) -> Wordings:
    """The English words, by their keys."""
    text = files(__package__).joinpath("wordings.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    table = Table(relations=read["relations"], contrasts=read["contrasts"])
    return Wordings(table, lambda said: keys.of(words(said)))
