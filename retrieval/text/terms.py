"""The words of a question that matter, and how much of them a text holds."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from Stemmer import Stemmer

from retrieval.types import ENGLISH

if TYPE_CHECKING:
    from .languages.analysis import Analysis

WORD = re.compile(r"[^\W_]+")
# What stands behind an apostrophe and is no word: "what's", "don't", "women's".
CONTRACTED = re.compile(
    r"\b(?:won|shan|ain)['’]t\b|(?<=\bcan)['’]t\b|(?<=\w)(?<!\bca)n['’]t\b"
    r"|(?<=\w)['’](?:s|d|m|ll|re|ve)\b",
    re.IGNORECASE,
)
APOSTROPHES = frozenset("'’")
# Letters that only differ in how they are typeset from those they stand for, by Unicode's data.
TYPOGRAPHIC = ("<compat>", "<wide>", "<font>")
# What stands before the first word of a sentence.
OPENS_SENTENCE = re.compile(r"(^|[.?!:]\s)\W*$")
# Words are matched by the first letters of their stem, so that "organiser" meets "organisation".
PREFIX = 5
# English words that say how something is asked, not what about.
STOPWORDS = frozenset(
    """
    a about also an and any are as at be been being both but by can could did do does doing done
    during each for from had has have having he her here hers him his how i if in into is it its
    just may me might more most much my no nor not of on one or other our ours she should so some
    many such than that the their theirs them then there these they this those to too us was we were
    what when where which while who whom whose why will with would you your yours
    """.split()
)
# English words that deny what comes next. The last one is what is left of “don't”.
NEGATIONS = frozenset("not no never none neither nor nobody nothing without cannot t".split())


def fold(text: str) -> str:
    """Lower case, and Latin letters without accents: as the full text index folds its words."""
    return "".join(_plain(character) for character in unicodedata.normalize("NFC", text))


def _plain(character: str) -> str:
    if unicodedata.decomposition(character).startswith(TYPOGRAPHIC) and character.isalpha():
        # A ligature, or a letter of a wide or a fancy alphabet.
        return unicodedata.normalize("NFKC", character).lower()
    base = unicodedata.normalize("NFD", character)[0]
    return (base if base.isascii() else character).lower()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(text.lower() if text.isascii() else fold(text))


def content_words(question: str) -> list[str]:
    """The question's words without repeats and stop words; all of them if nothing else is left."""
    return without_stop_words(words(question))


def without_stop_words(found: Iterable[str]) -> list[str]:
    """Words without repeats and stop words; all of them if nothing else is left."""
    distinct = list(dict.fromkeys(found))
    return [word for word in distinct if word not in STOPWORDS] or distinct


class Keys:
    """Turns words into the keys by which they are matched: the first letters of their stems.

    English, unless `in_language` gives those of another language.
    """

    def __init__(self, language: str = ENGLISH) -> None:
        self.language = language
        self._stemmer = Stemmer("porter")
        self._lock = Lock()  # a stemmer works on one thread's word at a time
        self._others = dict[str, Keys]()

    def in_language(self, language: str) -> "Keys":
        """The keys of another language, made once; "" is English that nobody told."""
        wanted = language or ENGLISH
        if wanted == self.language:
            return self
        with self._lock:
            if wanted not in self._others:
                self._others[wanted] = Keys(wanted)
            return self._others[wanted]

    @cached_property
    def _analysis(self) -> "Analysis | None":
        if self.language == ENGLISH:
            return None
        from .languages.analysis import analysis

        return analysis(self.language)

    def words(self, text: str) -> list[str]:
        """The folded words of a text, in order."""
        return words(text) if self._analysis is None else self._analysis.words(text)

    def asked(self, question: str) -> list[str]:
        """The folded words of a question, in order, without what is contracted: "what's"."""
        if self._analysis is not None:
            return self._analysis.asked(question)
        return words(CONTRACTED.sub("", question) if APOSTROPHES & set(question) else question)

    def is_stop_word(self, word: str) -> bool:
        """True for a folded word that says how something is asked or told, not what about."""
        if self._analysis is None:
            return word in STOPWORDS
        return word in self._analysis.stop_words

    def telling(self, found: Iterable[str]) -> list[str]:
        """Words without repeats and stop words; all of them if nothing else is left."""
        distinct = list(dict.fromkeys(found))
        return [word for word in distinct if not self.is_stop_word(word)] or distinct

    def content_words(self, question: str) -> list[str]:
        """The question's words without repeats and stop words; all if nothing else is left."""
        return self.telling(self.asked(question))

    def searched(self, found: Iterable[str]) -> list[str]:
        """Folded words as the full text is asked for them; one with a * is a word's beginning."""
        return list(found) if self._analysis is None else self._analysis.searched(found)

    def stems(self, text_words: Iterable[str]) -> list[str]:
        """The stem of each folded word, which is the term that the full text has of it."""
        told = list(text_words)
        if self._analysis is not None:
            # Of these the index takes the stems once more, as if they were English.
            told = self._analysis.stems(told)
        with self._lock:
            return list(self._stemmer.stemWords(told))

    def of(self, text_words: Iterable[str]) -> list[str]:
        """The key of each folded word."""
        stems = self.stems(text_words)
        return [stem[:PREFIX] for stem in stems] if self.spaced else stems

    @property
    def spaced(self) -> bool:
        """True where there are spaces between words."""
        return self._analysis is None or self._analysis.language.spaced

    def set_of(self, text: str) -> set[str]:
        """All keys of a text."""
        return set(self.of(self.words(text)))

    def names(self, question: str) -> set[str]:
        """The keys of the names and numbers in a question: its capitalised words, but for those
        that begin a sentence, and whatever begins with a digit. None where all is in capitals."""
        if question.upper() == question and self._analysis is None:
            return set()
        found = names(question) if self._analysis is None else self._analysis.names(question)
        every = (word for name in found for word in self.words(name))
        return set(self.of(word for word in every if not self.is_stop_word(word)))


def names(question: str) -> list[str]:
    """The capitalised words and numbers of a question, as written, in order."""
    return [
        match.group()
        for match in WORD.finditer(question)
        if match.group()[0].isdigit()
        or (match.group()[0].isupper() and not OPENS_SENTENCE.search(question[: match.start()]))
    ]
