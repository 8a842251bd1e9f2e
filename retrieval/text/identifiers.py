"""Identifiers: error codes, versions, options, names of settings, which are one thing each.

E1042, CVE-2024-1234, 1.7.1, --no-cache, /claim, MAX_RETRIES, log.level: no word of another is like
them, so a text is about one where it stands there to the letter, and else it isn't.
"""

import re
from collections.abc import Iterable

IDENTIFIER = re.compile(
    r"""
    (?<![\w/.:-])/[a-z][a-z-]{2,30}(?![\w/.-])              # /claim
  | (?<![\w/.-])(?:
        --[A-Za-z][\w-]*                                   # --no-cache
      | v?\d+(?:\.\d+){2,}(?:[-+]?[A-Za-z]\w*)?            # 1.7.1, v2.0.0-rc1
      | v\d+(?:\.\d+)*                                     # v2, v1.7
        # E1042, CVE-2024-1234
      | [A-Za-z]{1,12}(?:[-_][A-Za-z]{1,12})*[-_]?\d[A-Za-z\d]*(?:[-_.]\d[\w]*)*
      | [A-Za-z]\w*_\w+                                    # MAX_RETRIES
      | §+\s?\d+[a-z]?(?:\.\d+)*                          # § 14
    )(?![\w-])
    """,
    re.VERBOSE,
)
VERSION = re.compile(
    r"\b(?:version|release|patch|update|hotfix|firmware)\s+(\d+(?:\.\d+)+)", re.IGNORECASE
)
# Letters and a number, which some write with a hyphen between them and others without: F-210.
PARTED = re.compile(r"(?P<letters>[A-Za-z]{1,12})[-_]?(?P<rest>\d[A-Za-z\d]*)")
# Looks like one, and is a common word, or says in what tone something is said.
COMMON = re.compile(
    r"q[1-4]|top\d+|a[345]|p\d|covid-?19|/(?:gen|genq|srs|joke|nbh|neg|pos|ref|nay)", re.IGNORECASE
)

# Names are typeset with raised and lowered digits, I²C and CO₂, and typed without.
LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "01234567890123456789")


def identifiers(text: str) -> tuple[str, ...]:
    """The identifiers that a text names, each once, in order."""
    found = [match.group() for match in IDENTIFIER.finditer(text)]
    found += [match[1] for match in VERSION.finditer(text)]
    return tuple(dict.fromkeys(each for each in found if not COMMON.fullmatch(each)))


def holds(text: str, identifier: str) -> bool:
    """Return whether an identifier stands in a text by itself, in capitals or not."""
    name = identifier.lstrip("vV") if re.fullmatch(r"[vV][\d.]+", identifier) else identifier
    edge = r"(?<![A-Za-z0-9])(?<!\d\.)[vV]?" if name[0].isdigit() else r"(?<![A-Za-z0-9_-])"
    pattern = edge + _spelled(name) + r"(?![A-Za-z0-9_])(?!\.\d)"
    level = text.translate(LEVEL) if name[0].isalpha() else text
    return bool(re.search(pattern, level, re.IGNORECASE))


def _spelled(name: str) -> str:
    """The pattern of an identifier, with or without what parts its letters from its number."""
    if parted := PARTED.fullmatch(name):
        return f"{parted['letters']}[-_]?{parted['rest']}"
    if name.startswith("§"):
        return r"\s*".join(map(re.escape, re.findall(r"§+|[^§\s]+", name)))
    return re.escape(name)


def spellings(name: str) -> tuple[str, ...]:
    """The ways to spell an identifier of letters and a number: parted or not."""
    if parted := PARTED.fullmatch(name):
        return (parted["letters"] + parted["rest"], f"{parted['letters']}-{parted['rest']}")
    return (name,)


def held_by(texts: Iterable[str], names: Iterable[str]) -> set[str]:
    """Those of some identifiers that stand in one of the texts."""
    wanted, found = set(names), set[str]()
    for text in texts:
        found |= {name for name in wanted - found if holds(text, name)}
    return found
