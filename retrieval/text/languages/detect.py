"""Tell which language a text is in: by its script, its commonest words, and py3langid's model.

English is told without the model, and so is a text of which nothing tells enough: that is then in
the language of the texts around it.
"""

import unicodedata
from collections.abc import Collection, Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from retrieval.types import ENGLISH

from .scripts import main_script
from .stop_words import stop_words
from .table import language, written_in

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Characters that are looked at at the beginning, in the middle and at the end of a text.
LOOKED_AT = 4_000
# The commonest words of English are a quarter of its prose, and hardly any of another language's.
COMMON_ENGLISH = frozenset(
    "the of and with that are be this you your it from by can if not have has when how what which"
    " where who why should would must may do does they there these to is for on at or".split()
)
ASKED_IN_ENGLISH = COMMON_ENGLISH | set("a an i we my our me us many much get any need was".split())
SURELY_ENGLISH = 0.12
# The least share of a text's words that are stop words of the language that it is in; and words of
# which fewer say nothing.
ENOUGH, FEWEST = 0.05, 6
# Stop words that a message in plain letters has to have to be surely in a language.
SURE_WORDS = 2
# Scripts that several languages are written in, each with the one that most are taken to be in.
SHARED = {"latin": ENGLISH, "cyrillic": "ru", "arabic": "ar", "devanagari": "hi"}
# How much more of a question's words are another language's stop words where it is surely in that.
MORE = 0.15
# What stands around a word.
AROUND = ".,;:!?¡¿()[]{}\"'“”„«»‹›*_#|`–—-…؟،"


class LanguageTeller:
    """Tells the languages of texts, or says what a setting says; loads its model when needed."""

    def __init__(self, always: str = "") -> None:
        """`always` is the language of all texts, "" where each is to be told."""
        self.always = always
        self._lock = Lock()

    def tell(self, text: str, otherwise: str = "") -> str:
        """The language of a text; where it doesn't tell, that of others, in the same script."""
        if self.always:
            return self.always
        looked_at = _composed(_sample(text))
        script = main_script(looked_at)
        if script not in SHARED:
            return written_in(script)[0]
        usual = otherwise if is_in(otherwise, script) else SHARED[script]
        return self._told(looked_at, script) or usual

    def _told(self, text: str, script: str) -> str:
        """The language of a text in a script that several have, "" where it doesn't tell."""
        found = _words(text)
        if script == "latin" and share(found, COMMON_ENGLISH) >= SURELY_ENGLISH:
            return ENGLISH
        written = written_in(script)
        candidates = {code for code in written if share(found, stop_words(code)) > ENOUGH}
        if len(found) < FEWEST or not candidates:
            return ""
        candidates |= {SHARED[script]}
        with self._lock:
            ranked = [code for code, _ in self._identifier.rank(text)]
        return next(str(code) for code in ranked if code in candidates)

    @cached_property
    def _identifier(self) -> "LanguageIdentifier":
        # Imported here: it takes a second and 80 MB, and most homes are in English.
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        return LanguageIdentifier.from_model_file(MODEL_FILE)


def of_question(question: str, held: Sequence[str]) -> str:
    """The language among those that some libraries hold, their main one first, that a question is
    read by: the one in its script of which it has the most stop words."""
    script = main_script(question)
    candidates = [code for code in held if is_in(code, script)]
    if len(candidates) < 2:  # noqa: PLR2004
        return candidates[0] if candidates else held[0]
    found = _words(question)
    if not any(word in ASKED_IN_ENGLISH for word in found) and not question.isascii():
        # An English question may name a café, but it has some English words around it.
        candidates = [code for code in candidates if code != ENGLISH]
    return max(candidates, key=lambda code: share(found, _asked_in(code)))


def is_in_another(question: str, language: str) -> bool:
    """True where a question is surely in another language than this one."""
    script = main_script(question)
    if script not in SHARED or not (script == "latin" or is_in(language, script)):
        # What is all in Chinese characters may be Japanese.
        return not is_in(language, script) and (script, language) != ("han", "ja")
    # Latin letters alone may be a name in text of any script.
    found = _words(question)
    own = share(found, _asked_in(language)) if is_in(language, script) else 0.0
    return max(share(found, _asked_in(code)) for code in written_in(script)) - own >= MORE


def surely_in(text: str, among: Collection[str]) -> str:
    """The language that a message of a few words is surely in, by its stop words alone, be it one
    `among` some or not; "" where they don't tell."""
    script = main_script(text)
    if script not in SHARED:
        return written_in(script)[0]
    found = _words(text)
    counts = {code: sum(word in _asked_in(code) for word in found) for code in written_in(script)}
    # A single word may be a name's, unless letters beside it are those of no other language.
    least = SURE_WORDS if text.isascii() else 1
    ours = {code: counts[code] for code in among if code in counts}
    ranked = sorted(ours, key=ours.__getitem__, reverse=True)
    alike = [code for code in ranked if ours[code] == ours[ranked[0]]]
    most = max([*alike, *counts], key=counts.__getitem__)
    return most if counts[most] >= least and (len(alike) == 1 or most not in alike) else ""


def _asked_in(code: str) -> Collection[str]:
    return ASKED_IN_ENGLISH if code == ENGLISH else stop_words(code)


def is_in(code: str, script: str) -> bool:
    """True for the code of a language in a script."""
    return bool(code) and language(code).script == script


def share(words: Collection[str], common: Collection[str]) -> float:
    """The share of some words that are common ones."""
    return sum(word in common for word in words) / (len(words) or 1)


def _words(text: str) -> list[str]:
    plain = _composed(text).lower().replace("’", "'").replace("'", " ")
    return [word for each in plain.split() if (word := each.strip(AROUND))]


def _composed(text: str) -> str:
    """The text with each letter and its accents as one character, as lists of words have them."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _sample(text: str) -> str:
    """The beginning of a text, its middle and its end."""
    if len(text) <= 3 * LOOKED_AT:
        return text
    middle = len(text) // 2
    return "\n".join([text[:LOOKED_AT], text[middle : middle + LOOKED_AT], text[-LOOKED_AT:]])
