"""The words of a question that matter, and how much of them a text holds."""

import re
import unicodedata
from collections.abc import Iterable
from threading import Lock

from Stemmer import Stemmer

WORD = re.compile(r"[^\W_]+")
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
    """Turns words into the keys by which they are matched: the first letters of their stems."""

    def __init__(self) -> None:
        self._stemmer = Stemmer("porter")
        self._lock = Lock()  # a stemmer works on one thread's word at a time

    def of(self, text_words: Iterable[str]) -> list[str]:
        """The key of each word."""
        with self._lock:
            stems = self._stemmer.stemWords(list(text_words))
        return [stem[:PREFIX] for stem in stems]

    def set_of(self, text: str) -> set[str]:
        """All keys of a text."""
        return set(self.of(words(text)))

    def names(self, question: str) -> set[str]:
        """The keys of the names and numbers in a question: its capitalised words, but for those
        that begin a sentence, and whatever begins with a digit. None where all is in capitals."""
        if question.upper() == question:
            return set()
        found = (word for name in names(question) for word in words(name))
        return set(self.of(word for word in found if word not in STOPWORDS))


def names(question: str) -> list[str]:
    """The capitalised words and numbers of a question, as written, in order."""
    return [
        match.group()
        for match in WORD.finditer(question)
        if match.group()[0].isdigit()
        or (match.group()[0].isupper() and not OPENS_SENTENCE.search(question[: match.start()]))
    ]
