"""Rate a text as Japanese, Korean or Chinese, in the encoding that it was decoded from."""

from dataclasses import dataclass

# Kana, Hangul, or ideographs are what nearly all of a text is; signs may stand in any.
KANA = ("\u3041", "\u30fe")
SIGNS, QUOTES = (("\u3000", "\u301f"), ("\uff01", "\uff5e")), "“”…—‘’"
# Where the second byte of a common character begins, as in ISO 2022; in these it may be any.
SECOND, ANY_SECOND = 0xA1, ("cp932", "big5", "big5hkscs")
# No other language has kana, which count for more.
KANA_FOUND, COMMON, KANJI, SIGN, RARE, WRONG = 1.2, 1.0, 0.8, 0.9, -0.3, -1.0


@dataclass(frozen=True, slots=True)
class Script:
    """An encoding of two bytes and more. The first byte of its common characters is between
    `first` and `last`, as its standard sorts them: common ones together. `kana` is whether it
    takes some to be that language.
    """

    encoding: str
    first: int
    last: int
    kana: bool = False


# Hangul have fewer first bytes than the ideographs in whose place they stand, and come before.
MULTI_BYTE = (
    Script("cp932", 0x88, 0x98, kana=True),
    Script("euc-jp", 0xB0, 0xCF, kana=True),
    Script("cp949", 0xB0, 0xC8),
    Script("gb18030", 0xB0, 0xD7),
    Script("big5", 0xA4, 0xC6),
    Script("big5hkscs", 0xA4, 0xC6),
)


def fitness_of_script(text: str, script: Script) -> float:
    """About 1 for a text of common characters alone; below 0 for one of others."""
    if script.kana and not any(KANA[0] <= here <= KANA[1] for here in text):
        return WRONG
    weights = [
        WRONG if _is_latin(before) and _is_latin(after) else _weight(here, script)
        for before, here, after in zip(" " + text, text, text[1:] + " ", strict=False)
        if here > "\x7f"
    ]
    return sum(weights) / len(weights) if weights else WRONG


def _weight(character: str, script: Script) -> float:
    if character in QUOTES or any(first <= character <= last for first, last in SIGNS):
        return SIGN
    if KANA[0] <= character <= KANA[1]:
        return KANA_FOUND if script.kana else WRONG
    first, *rest = character.encode(script.encoding, "replace")
    if not rest:
        return WRONG
    if script.first <= first <= script.last and (
        rest[0] >= SECOND or script.encoding in ANY_SECOND
    ):
        return KANJI if script.kana else COMMON
    return RARE


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()
