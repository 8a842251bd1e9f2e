"""Tell a text layer that is no language: its fonts don't say which letters they draw.

Such a page looks well, and what is stored for it are other letters, private ones, or none.
"""

import math
import re
import unicodedata
from collections.abc import Iterable

FEWEST = 40  # characters; a page with less is taken as it is
UNKNOWN = 0.3  # the share of characters that stand for no known one, or for a private one
FEWEST_WORDLIKE = 0.4  # the share of letters and digits among what is printed
FILLING = re.compile(r"[.\-_=·…*]{2,}|(?:\. ){2,}")  # leads the eye to a page number, or parts text
FEWEST_LETTERS, LATIN = 60, 0.8  # unaccented Latin ones, and their share among all letters
STRANGEST = 3.45  # nats a letter; languages have 2.8 to 3.1, and letters put for others above 3.6
# How often each letter comes in 1,000 of a text, about the mean of ten European languages.
OFTEN = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            88,
            15,
            28,
            41,
            130,
            13,
            18,
            22,
            78,
            5,
            14,
            47,
            28,
            78,
            62,
            24,
            5,
            70,
            66,
            68,
            38,
            15,
            9,
            3,
            9,
            13,
        ),
        strict=True,
    )
)
SURPRISE = {letter: math.log(sum(OFTEN.values()) / often) for letter, often in OFTEN.items()}


def is_garbled(lines: Iterable[str], unknown: int) -> bool:
    """Return whether the text of a page, with so many unknown characters beside it, is none that
    a reader sees.
    """
    printed = "".join(FILLING.sub("", "".join(line.split())) for line in lines)
    if len(printed) + unknown < FEWEST:
        return False
    strange = unknown + sum(1 for each in printed if unicodedata.category(each) in {"Co", "Cn"})
    if strange > UNKNOWN * (len(printed) + unknown):
        return True
    letters = [each for each in printed if each.isalpha()]
    wordlike = len(letters) + sum(1 for each in printed if each.isdigit())
    marks = sum(1 for each in printed if unicodedata.category(each)[0] == "M")
    if wordlike + marks < FEWEST_WORDLIKE * len(printed):
        return True
    return _is_strange(letters)


def _is_strange(letters: list[str]) -> bool:
    """Return whether Latin letters come as often as in no language."""
    bare = unicodedata.normalize("NFD", "".join(letters)).casefold()
    known = [SURPRISE[each] for each in bare if each in SURPRISE]
    if len(known) < max(FEWEST_LETTERS, LATIN * len(letters)):
        return False
    return sum(known) / len(known) > STRANGEST
