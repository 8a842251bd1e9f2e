"""The scripts of a text: which letters are whose, by the blocks of Unicode."""

import re
from collections import Counter
from functools import cache

# The script of each character up to the last one of its line.
BLOCKS = {
    "latin": r"A-Za-zÀ-ÖØ-öø-ɏḀ-ỿＡ-Ｚａ-ｚ",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "cyrillic": "\u0400-\u052f",
    "armenian": "\u0530-\u058f",
    "hebrew": "\u0590-\u05ff",
    "arabic": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "devanagari": "\u0900-\u097f",
    "bengali": "\u0980-\u09ff",
    "gurmukhi": "\u0a00-\u0a7f",
    "gujarati": "\u0a80-\u0aff",
    "tamil": "\u0b80-\u0bff",
    "telugu": "\u0c00-\u0c7f",
    "kannada": "\u0c80-\u0cff",
    "malayalam": "\u0d00-\u0d7f",
    "sinhala": "\u0d80-\u0dff",
    "thai": "\u0e00-\u0e7f",
    "lao": "\u0e80-\u0eff",
    "myanmar": "\u1000-\u109f",
    "georgian": "\u10a0-\u10ff",
    "khmer": "\u1780-\u17ff",
    "hangul": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "kana": "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9d",
    "han": "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f",
}
# A Chinese character says about as much as two letters.
HAN_LETTERS = 2
# Japanese is the text in Chinese characters of which some are kana: the share of them.
KANA_SHARE = 0.05
# Text in another script has Latin letters in it, of names, code and addresses: the least share of
# all letters that tell the script.
ENOUGH = 0.3


@cache
def letters_of(script: str) -> re.Pattern[str]:
    """A pattern for a run of one script's letters."""
    return re.compile(f"[{BLOCKS[script]}]+")


@cache
def letters_beyond_latin() -> re.Pattern[str]:
    """A pattern for letters of any script but Latin."""
    return re.compile("[" + "".join(BLOCKS[name] for name in BLOCKS if name != "latin") + "]")


def count_letters(text: str) -> Counter[str]:
    """The number of a text's letters in each script, those that it has none of left out."""
    if text.isascii() or not letters_beyond_latin().search(text):
        scripts = ["latin"]
    else:
        scripts = list(BLOCKS)
    found = Counter[str]()
    for script in scripts:
        if letters := sum(map(len, letters_of(script).findall(text))):
            found[script] = letters * (HAN_LETTERS if script == "han" else 1)
    return found


def main_script(text: str) -> str:
    """The script that a text is in: "kana" for Japanese, "latin" where it has no letters."""
    found = count_letters(text)
    if found["han"] + found["kana"] and found["kana"] >= KANA_SHARE * found["han"]:
        found["kana"] += found.pop("han", 0)
    others = {script: count for script, count in found.items() if script != "latin"}
    best = max(others, key=lambda script: others[script], default="latin")
    return best if others.get(best, 0) > ENOUGH * found.total() else "latin"
