"""A text's words by the rules of its language: folded, told apart, stemmed, or cut into pairs.

Where no spaces stand between words, a word is a pair of neighbouring letters, as in Lucene's
CJKAnalyzer: no dictionary has the words of a community.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from threading import Lock

from Stemmer import Stemmer

from retrieval.types import ENGLISH

from .folding import ACCENTED, accented, bare, fold
from .scripts import BLOCKS, letters_of
from .stop_words import asking, stop_words
from .table import CASED, UNSPACED, Language, language

# A word of a language without a stemmer is known by so many of its letters; but not where words
# don't change.
KNOWN_BY = 6
UNCHANGING = frozenset({"af", "cy", "ms", "sw", "tl", "vi"})
# Languages that put words together, and the letters of one that may begin another.
COMPOUNDING = frozenset({"da", "de", "et", "fi", "hu", "is", "nl", "no", "sv"})
BEGINS_OTHERS = 5
# What stands before the first word of a sentence.
OPENS = re.compile(r"(?:^|[.?!:;¿¡…]\s?)\W*$")
# The vowels that Thai and Lao write before the letter that they follow.
BEFORE = frozenset("เแโใไເແໂໃໄ")


class Analysis:
    """The words of one language. Threads may share it."""

    def __init__(self, of: Language) -> None:
        self.language = of
        self._stemmer = Stemmer(of.stemmer) if of.stemmer else None
        self._lock = Lock()  # a stemmer works on one thread's word at a time

    def words(self, text: str) -> list[str]:
        """The folded words of a text, in order."""
        return self._words(fold(text, self.language.code))

    def _words(self, folded: str) -> list[str]:
        runs = (run for word in _patterns().word.findall(folded) for run in _runs(word))
        return [word for run, spaced in runs for word in ([run] if spaced else _pairs(run))]

    def stems(self, words: Iterable[str]) -> list[str]:
        """The stem of each folded word, without accents: what the index holds of it."""
        told = list(words)
        if self.language.code in ACCENTED:
            return list(map(accented, told))
        if self._stemmer is None:
            return [self._cut(bare(word)) for word in told]
        with self._lock:
            return [bare(stem) for stem in self._stemmer.stemWords(told)]

    def _cut(self, word: str) -> str:
        code, script = self.language.code, self.language.script
        changes = self.language.spaced and code not in UNCHANGING
        return word[:KNOWN_BY] if changes and letters_of(script).fullmatch(word) else word

    def terms(self, text: str) -> str:
        """The text as the full text index is given it: its stems, in order, and behind them single
        Chinese characters, which are words as often as not, and words as typed without accents."""
        words = self.words(text)
        more = map(bare, words) if self.language.code in ACCENTED else _patterns().han.findall(text)
        return " ".join([*self.stems(words), *more])

    def asked(self, question: str) -> list[str]:
        """The folded words of a question, without what only asks where no spaces part it off."""
        folded = fold(question, self.language.code)
        pattern = None if self.language.spaced else asking(self.language.code)
        told = pattern.sub(" ", folded) if pattern else folded
        return self._words(told) or self._words(folded)

    def salient(self, text: str) -> list[str]:
        """The words of a text that tell what it is about, as written and each once."""
        if self.language.spaced:
            found = _patterns().word.findall(text)
            folded = ((word, fold(word, self.language.code)) for word in found)
            kept = [word for word, plain in folded if plain not in self.stop_words]
        else:
            pattern = asking(self.language.code)
            kept = _patterns().word.findall(pattern.sub(" ", text) if pattern else text)
        return list(dict.fromkeys(kept))

    def searched(self, words: Iterable[str]) -> list[str]:
        """Folded words as the full text is asked for them: a word of a language that puts words
        together may begin another, which a * says."""
        joined = self.language.code in COMPOUNDING
        return [
            f"{stem}*" if joined and len(stem) >= BEGINS_OTHERS and stem.isalpha() else stem
            for stem in self.stems(words)
        ]

    def names(self, question: str) -> list[str]:
        """The names and numbers of a question, as written: capitalised words that begin no
        sentence, where the language has capitals for names alone; where it has none, words in
        Latin letters that have one; and what begins with a digit."""
        runs = (
            (run, match.start())
            for match in _patterns().word.finditer(question)
            for run, spaced in _runs(match.group())
            if spaced
        )
        return [run for run, start in runs if run[0].isdigit() or self._named(run, start, question)]

    def _named(self, word: str, start: int, question: str) -> bool:
        """Return whether the word at an offset of a question is a name by its capital."""
        if not word[0].isupper() or self.language.script not in CASED:
            return word[0].isupper()
        told = self.language.capitals and question.upper() != question
        return told and not OPENS.search(question, endpos=start)

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """Words that say how something is asked, not what about: folded, and as people type them
        who leave accents out."""
        code, spaced = self.language.code, self.language.spaced
        folded = {fold(word, code) for word in stop_words(code)} if spaced else set[str]()
        return frozenset(folded | set(map(bare, folded)))


@cache
def analysis(code: str) -> Analysis:
    """The analysis of a language by its code, made once."""
    return Analysis(language(code))


def indexed_terms(text: str, code: str) -> str | None:
    """The text of a passage as the full text index is given it; None where it is left as it is."""
    return None if code in {"", ENGLISH} else analysis(code).terms(text)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """A word with its marks; a run of it in a script without spaces, or of other letters; and a
    Chinese character."""

    word: re.Pattern[str]
    run: re.Pattern[str]
    han: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    marks = _as_ranges(n for n in range(sys.maxunicode + 1) if _is_mark(n))
    unspaced = "".join(BLOCKS[script] for script in sorted(UNSPACED))
    return _Patterns(
        word=re.compile(rf"[^\W_](?:[^\W_]|[{marks}])*"),
        run=re.compile(f"(?P<unspaced>[{unspaced}]+)|[^{unspaced}]+"),
        han=re.compile(f"[{BLOCKS['han']}]"),
    )


def _is_mark(number: int) -> bool:
    # Beyond these there are none that anybody writes.
    return number < 0x20000 and unicodedata.category(chr(number))[0] == "M"  # noqa: PLR2004


def _as_ranges(numbers: Iterable[int]) -> str:
    """Characters by their numbers, as a class of a regular expression has them."""
    found = list[list[int]]()
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in found)


def _runs(word: str) -> Iterator[tuple[str, bool]]:
    """The runs of a word, each with whether spaces part its words."""
    if word.isascii():
        yield word, True
        return
    for match in _patterns().run.finditer(word):
        yield match.group(), match["unspaced"] is None


def _pairs(run: str) -> list[str]:
    """The pairs of neighbouring letters of a run, each with its marks; one alone as it is."""
    letters = list(_letters(run))
    if len(letters) == 1:
        return letters
    return [one + other for one, other in pairwise(letters)]


def _letters(run: str) -> Iterator[str]:
    letter = ""
    for character in run:
        joins = unicodedata.category(character)[0] == "M" or letter[-1:] in BEFORE
        if letter and not joins:
            yield letter
            letter = ""
        letter += character
    if letter:
        yield letter
