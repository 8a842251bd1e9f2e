"""The characters that roff's escapes stand for: `\\-`, `\\(em`, `\\[u2026]`; fonts go."""

import re
import sys
import unicodedata
from collections.abc import Mapping

# By their names between `\\(` or `\\[` and what ends it; accented letters and Greek are made below.
NAMED = dict(
    pair.split("\t")
    for pair in (
        "hy\t-|en\t–|em\t—|mi\t−|lq\t“|rq\t”|Lq\t“|Rq\t”|oq\t‘|cq\t’|aq\t'|dq\t\"|bq\t‚|Bq\t„|bu\t•|"
        "co\t©|rg\t®|tm\t™|de\t°|mu\t×|di\t÷|+-\t±|<=\t≤|>=\t≥|!=\t≠|==\t≡|=~\t≅|~=\t≈|->\t→|<-\t←|"
        "<>\t↔|ua\t↑|da\t↓|rA\t⇒|lA\t⇐|rs\t\\|sl\t/|ti\t~|ha\t^|ga\t`|aa\t´|Fo\t«|Fc\t»|fo\t‹|fc\t›|"
        "ss\tß|AE\tÆ|ae\tæ|OE\tŒ|oe\tœ|oA\tÅ|oa\tå|/O\tØ|/o\tø|,C\tÇ|,c\tç|-D\tÐ|Sd\tð|TP\tÞ|Tp\tþ|"
        "ct\t¢|Po\t£|Eu\t€|eu\t€|Ye\t¥|12\t½|14\t¼|34\t¾|S1\t¹|S2\t²|S3\t³|br\t│|bv\t│|sq\t□|ci\t○|"
        "dg\t†|dd\t‡|ps\t¶|sc\t§|if\t∞|es\t∅|mo\t∈|lB\t[|rB\t]|lC\t{|rC\t}|la\t⟨|ra\t⟩|at\t@|sh\t#|"
        "Do\t$|OK\t✓|r!\t¡|r?\t¿|no\t¬|sr\t√|fm\t′|sd\t″|md\t⋅|pc\t·|ru\t_|ul\t_"
    ).split("|")
)
NAMED |= dict.fromkeys(("or", "ba"), "|")
GREEK = dict(zip("abgdezyhiklmncoprstufxqw", "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
NAMED |= {f"*{key}": letter for key, letter in GREEK.items()}
NAMED |= {f"*{key.upper()}": letter.upper() for key, letter in GREEK.items()}
# Accents, by the mark in front of a letter: \\('e is é.
ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", ":": "\u0308", "v": "\u030c"}

# What stands for one character, by the character after the backslash.
PLAIN = {"-": "-", "e": "\\", "\\": "\\", " ": " ", "~": "\u00a0", "0": " ", "'": "´", "`": "`"}
PLAIN |= {".": ".", "_": "_", "t": "\t", '"': ""}
# Escapes that take an argument between a pair of any character, and show nothing.
DELIMITED = frozenset("hvwDlLbHSRXABCZ")
# Escapes of which a name follows, in one of its three forms, and nothing is shown.
NAMES = frozenset("fFkmMgnVYs*$")
NAME = re.compile(r"\[([^\]\n]{0,60})\]|\((.{2})|(.)", re.S)
SIZE = re.compile(r"\[[^\]\n]{0,20}\]|'[^'\n]{0,20}'|\([+-]?\d\d|[+-]?\(?\d{1,2}|[+-]\d")
UNICODE = re.compile(r"u([0-9A-F]{4,6})((?:_[0-9A-F]{4,6})*)")


def shown(text: str, own: Mapping[str, str] = {}) -> str:
    """A text with its escapes as the characters that they show; `own` are named by the page."""
    if "\\" not in text:
        return text
    pieces, at = list[str](), 0
    while (found := text.find("\\", at)) >= 0:
        pieces.append(text[at:found])
        piece, at = _escape(text, found + 1, own)
        pieces.append(piece)
    return "".join([*pieces, text[at:]])


def _escape(text: str, at: int, own: Mapping[str, str]) -> tuple[str, int]:
    """The character that the escape at a place shows, and the place after it."""
    mark = text[at : at + 1]
    if mark in "([":
        name = NAME.match(text, at)
        return (glyph(name[1] or name[2] or "", own), name.end()) if name else ("", at + 1)
    if mark == "s":
        size = SIZE.match(text, at + 1)
        return "", size.end() if size else at + 1
    if mark in NAMES:
        name = NAME.match(text, at + 1)
        return "", name.end() if name else at + 1
    if mark in ("N", "o"):
        return _between(text, at + 1, mark == "o")
    if mark in DELIMITED and mark:
        return "", _between(text, at + 1, True)[1]
    return PLAIN.get(mark, ""), at + 1


def _between(text: str, at: int, shows: bool) -> tuple[str, int]:
    """The character that stands for what is between a pair of marks, and the place after it."""
    end = text.find(text[at : at + 1], at + 1, at + 200) if at < len(text) else -1
    if end < 0:
        return "", at
    inside = text[at + 1 : end]
    if shows or not inside.isdecimal():
        return inside[:1], end + 1
    return _character(int(inside)), end + 1


def glyph(name: str, own: Mapping[str, str] = {}) -> str:
    """The character of a name; "" for one that nobody knows."""
    if name in own:
        return own[name]
    if name in NAMED:
        return NAMED[name]
    if code := UNICODE.fullmatch(name):
        codes = [code[1], *code[2].split("_")[1:]]
        return "".join(_character(int(each, 16)) for each in codes)
    if name[:1] in ACCENTS and name[1:].isalpha():
        return unicodedata.normalize("NFC", name[1:] + ACCENTS[name[0]])
    if name.startswith("char") and name[4:].isdecimal():
        return _character(int(name[4:10]))
    return name if len(name) == 1 else ""


def _character(code: int) -> str:
    """The character of a number; "" for what is none, or steers."""
    character = chr(code) if code <= sys.maxunicode else ""
    return "" if unicodedata.category(character or "\0") in ("Cc", "Cs") else character
