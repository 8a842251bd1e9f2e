"""A question as it was typed → as it is looked up: abbreviations, synonyms and slips made good.

What is shown stays as it was typed. A word that no passage holds gives way to what it stands for;
one that some hold stays, and what it stands for goes behind the question, in brackets. Codes,
paths, options and numbers are left alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from retrieval.embedding.word_vectors import WordVectors
from retrieval.store.library_store import LibraryStore, held
from retrieval.text.terms import Keys, fold, words
from retrieval.text.typed_words import WordTable
from retrieval.types import ENGLISH

from .spelling import parted, stands, word_meant
from .term_rarity import TermRarity

# A word by itself: no part of a code, a path, an address or an option.
TYPED = re.compile(r"(?<![\w'’./@#:_<+-])[^\W\d_]+(?![\w'’/@_+]|[.:-]\w)")
# Two words that may be one in the documents: "mini-map", "mini map".
PAIR = re.compile(
    r"(?<![\w'’./@#:_<+-])(?=(?P<first>[^\W\d_]+)[- ](?P<second>[^\W\d_]+)(?![\w'’/@_+]|[.:-]\w))"
)
# Words of a question that are looked at, and those that are looked up as slips.
MOST_WORDS, MOST_SLIPS = 64, 4
# The shortest name, a capitalised word within a sentence, that is taken for a slip of another.
SHORTEST_NAME = 6
# The shortest word that may be two.
SHORTEST_COMPOUND = 4
# The shortest word of another language than English that is.
LONG = 7


@dataclass(frozen=True, slots=True)
class TypedWords:
    """Reads questions as they are meant in some libraries."""

    table: WordTable
    keys: Keys
    vectors: WordVectors
    stores: Sequence[LibraryStore]
    look_up: Callable[[Sequence[str]], TermRarity]

    def meant(self, question: str) -> str:
        """The question as it is looked up; to the letter as it was typed where all is plain."""
        typed = list(TYPED.finditer(question))[:MOST_WORDS] if self.keys.spaced else []
        asked = [self._folded(match.group()) for match in typed]
        added = self._own(question)
        holding, total = self._holding(asked) if asked else ({}, 0)
        missing = {word for word in asked if not holding[word] and not self.keys.is_stop_word(word)}
        if (joined := self._joined(question, missing)) != question:
            return self.meant(joined)
        slips, result = MOST_SLIPS, question
        for match, word in zip(reversed(typed), reversed(asked), strict=True):
            instead = self._instead(word, missing, holding) or self._parted(word, missing)
            if instead is None and word in missing and slips and self._may_be_slip(match, word):
                instead, slips = self._slip_of(word, total), slips - 1
            if instead:
                result = result[: match.start()] + instead + result[match.end() :]
            elif word not in missing:
                added += self._beside(word, asked, holding)
        return _with_more(result, added)

    def _folded(self, word: str) -> str:
        return fold(word) if self._english else "".join(self.keys.words(word))

    @property
    def _english(self) -> bool:
        return self.keys.language == ENGLISH

    def _own(self, question: str) -> list[str]:
        """The words that an operator's synonyms add."""
        spaced = f" {' '.join(words(question))} " if self.table.own else ""
        found = (others for term, others in self.table.own.items() if f" {term} " in spaced)
        return [other for others in found for other in others if f" {other} " not in spaced]

    def _holding(self, asked: Sequence[str]) -> tuple[dict[str, int], int]:
        """The number of passages that hold each word, or what may stand for it; and of all."""
        short, alike = self.table.short, self.table.alike
        distinct = dict.fromkeys(asked)
        also = [other for word in distinct for other in [*alike.get(word, ()), short.get(word, "")]]
        every = list(dict.fromkeys([*distinct, *filter(str.isalpha, also)]))
        keys = dict(zip(every, self.keys.of(every), strict=True))
        rarity = self.look_up(list(keys.values()))
        return {word: rarity.holding[key] for word, key in keys.items()}, rarity.total

    def _instead(self, word: str, missing: set[str], holding: dict[str, int]) -> str | None:
        """Return what is looked up in the place of a word that no passage holds."""
        if word not in missing or word in self.table.own:
            return None
        if word in self.table.short:
            return self.table.short[word]
        return next((other for other in self.table.alike.get(word, ()) if holding.get(other)), None)

    def _joined(self, question: str, missing: set[str]) -> str:
        """The question, with two words made one where only that is a word of the documents."""
        pairs = list(self._pairs(question, missing))
        # Mostly there are none: all are asked for at once.
        if not pairs or not self._stands(*("".join(told) for _, told in pairs)):
            return question
        for pair, told in pairs:
            if self._stands("".join(told)) and not all(map(self._stands, told)):
                one = "".join(pair.groups())
                return question[: pair.start()] + one + question[pair.end("second") :]
        return question

    def _pairs(
        self, question: str, missing: set[str]
    ) -> Iterator[tuple[re.Match[str], tuple[str, str]]]:
        """Yield the pairs of words that may be one: with a hyphen, or one of them unknown."""
        for pair in list(PAIR.finditer(question))[:MOST_WORDS] if self._english else []:
            told = (fold(pair["first"]), fold(pair["second"]))
            hyphen = question[pair.end("first")] == "-"
            if (hyphen or not missing.isdisjoint(told)) and len("".join(told)) >= SHORTEST_COMPOUND:
                yield pair, told

    def _stands(self, *spelled: str) -> bool:
        with held(self.stores):
            return stands([store.catalog.connection for store in self.stores], *spelled)

    def _parted(self, word: str, missing: set[str]) -> str | None:
        """A word that no passage holds as two that stand side by side in one: "x ray"."""
        if not self._english or len(word) < SHORTEST_COMPOUND:
            return None
        # Words that begin alike have one key, so it may be missing though its key isn't.
        if word not in missing and (self._is_known(word) or self._stands(word)):
            return None
        with held(self.stores):
            return parted([store.catalog.connection for store in self.stores], word)

    def _beside(self, word: str, asked: Sequence[str], holding: dict[str, int]) -> list[str]:
        """The words that an abbreviation stands for, where passages hold both."""
        long = self.table.short.get(word, "")
        if not long.isalpha() or self.keys.is_stop_word(long) or long in asked:
            return []
        return [long] if holding.get(long) else []

    def _may_be_slip(self, match: re.Match[str], word: str) -> bool:
        """Return whether a word is none that the model knows, nor a short name."""
        if not self._english:  # of which the model knows too few words to tell
            return len(word) >= LONG
        named = match.start() > 0 and match.group()[0].isupper() and len(word) < SHORTEST_NAME
        return not named and word.isascii() and not self._is_known(word)

    def _is_known(self, word: str) -> bool:
        return len(self.vectors.pieces([word])[0]) <= 1

    def _slip_of(self, word: str, total: int) -> str | None:
        with held(self.stores):
            connections = [store.catalog.connection for store in self.stores]
            return word_meant(connections, word, total, self.keys)


def _with_more(question: str, added: Sequence[str]) -> str:
    return f"{question} ({' '.join(dict.fromkeys(added))})" if added else question
