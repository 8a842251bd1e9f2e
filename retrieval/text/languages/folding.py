"""Fold words by the rules of their language, so that what people write in several ways is one.

Turkish has a small i without a dot, German ß for ss, Arabic marks its vowels or doesn't; digits are
those of ASCII. Accents stay until a word is stemmed, since stemmers go by them.
"""

import unicodedata
from functools import cache

# Marks that texts have or leave out: Arabic vowels and the line that stretches a word, Hebrew
# points, the dot under Devanagari letters.
LEFT_OUT = frozenset(
    {*map(chr, range(0x064B, 0x0660)), "\u0640", "\u0670", *map(chr, range(0x06D6, 0x06EE))}
    | {*map(chr, range(0x0591, 0x05BE)), "\u05bf", "\u05c1", "\u05c2", "\u05c4", "\u05c5", "\u05c7"}
    | {"\u093c", "\u200c", "\u200d", "\u0301"}
)
# Letters that stand for one another, whatever the language: Arabic alef with what it carries, the
# Persian and the Arabic kaf, Russian ё, and Greek final sigma. The yeh of Arabic is that of
# Persian and Urdu in another shape.
SAME = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict.fromkeys("ىیئۍې", "ي"),
    **{"ک": "ك", "ة": "ه", "ۀ": "ه", "ھ": "ه", "ہ": "ه", "ؤ": "و"},
    **{"ё": "е", "ς": "σ", "ß": "ss", "ŀ": "l"},
}
# And those of one language.
OWN = {
    "fa": {**dict.fromkeys("يىئ", "ی"), "ك": "ک"},
    "ur": {**dict.fromkeys("يىئ", "ی"), "ك": "ک", "ہ": "ہ", "ھ": "ھ"},
    "ro": {"ş": "ș", "ţ": "ț"},
}
DOTLESS = frozenset({"tr", "az"})
# Languages in which accents tell words apart: "thư" is a letter, "thứ" is which of several.
ACCENTED = frozenset({"vi"})
# Marks over and under letters of these scripts tell no words apart that people type without them.
BARE = ("LATIN", "GREEK")
# Where the index would part a word at a mark, such as a vowel of Hindi, it gets a letter instead.
PRIVATE, ROOM = 0xE000, 0x1900


def fold(text: str, language: str) -> str:
    """The text in small letters, with the same letter for what is the same."""
    composed = unicodedata.normalize("NFKC", text)
    if language in DOTLESS:
        composed = composed.replace("İ", "i").replace("I", "ı")
    others = {character for character in composed if not character.isascii()}
    folded = {ord(each): _folded(each, language) for each in others}
    return composed.translate(folded).lower() if folded else composed.lower()


@cache
def _folded(character: str, language: str) -> str:
    if character in LEFT_OUT:
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    small = character.lower()
    own = OWN.get(language, {}).get(small)
    small = SAME.get(small, small) if own is None else own
    return _bare(small) if _is_of(small, "GREEK") else small


def bare(word: str) -> str:
    """A word without the accents of Latin letters, and with no mark that would part it."""
    if word.isascii():
        return word
    return "".join(map(_without_mark, unicodedata.normalize("NFC", word)))


@cache
def _without_mark(character: str) -> str:
    if any(_is_of(character, script) for script in BARE):
        return _bare(character)
    return _as_letter(character) if unicodedata.category(character)[0] == "M" else character


def accented(word: str) -> str:
    """A word with its accents, which the index would take away, as letters of their own."""
    if word.isascii():
        return word
    return "".join(each if each.isascii() else _as_letter(each) for each in word)


def _as_letter(character: str) -> str:
    return chr(PRIVATE + ord(character) % ROOM)


def _bare(character: str) -> str:
    if character == "ı":
        return "i"
    return unicodedata.normalize("NFD", character)[:1]


def _is_of(character: str, script: str) -> bool:
    return unicodedata.name(character[:1], "").startswith(script)
