"""The table of words as people type them: abbreviations, and words that stand for one another."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files

from .terms import words

Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words that typed ones are looked up as, all folded.

    `short` is what an abbreviation stands for; `alike` the words beside one that may stand for it
    where it is not found; `own` those that an operator chose, which always do. Its keys may be of
    several words.
    """

    short: Mapping[str, str] = field(default_factory=dict)
    alike: Groups = field(default_factory=dict)
    own: Groups = field(default_factory=dict)

    def only_own(self) -> "WordTable":
        """This table without what it says of English words."""
        return WordTable(own=self.own)

    def with_own(self, groups: Iterable[Iterable[str]]) -> "WordTable":
        """This table, with an operator's groups of synonyms."""
        return replace(self, own=_by_word(groups))


def load_word_table() -> WordTable:
    """The table that comes with Footnote."""
    text = files(__package__).joinpath("typed_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return WordTable(table["short"], _by_word(table["alike"]["groups"]))


def _by_word(groups: Iterable[Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """Every word of the groups, with those that stand beside it."""
    found = dict[str, tuple[str, ...]]()
    for group in groups:
        folded = list(dict.fromkeys(" ".join(words(term)) for term in group))
        for term in folded:
            others = [other for other in folded if other != term]
            found[term] = tuple(dict.fromkeys([*found.get(term, ()), *others]))
    return found
