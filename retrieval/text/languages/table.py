"""The languages that Footnote tells apart, by their ISO 639-1 codes, with what is known of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from retrieval.types import ENGLISH


@dataclass(frozen=True, slots=True)
class Language:
    """A language, and the script that it is written in.

    `stemmer` is Snowball's algorithm for it, "" where there is none; `capitals` whether names are
    told by them. In one that is not `spaced` there are none between words.
    """

    code: str
    script: str
    stemmer: str = ""
    capitals: bool = True
    spaced: bool = True


# A code with the name of its Snowball stemmer behind it, where there is one.
LATIN = (
    "af az bs=serbian ca=catalan cs=czech cy da=danish de=german en=english eo=esperanto es=spanish"
    " et=estonian eu=basque fi=finnish fr=french ga=irish gl hr=serbian hu=hungarian id=indonesian"
    " is it=italian lt=lithuanian lv ms nl=dutch no=norwegian pl=polish pt=portuguese ro=romanian"
    " sk sl sq sv=swedish sw tl tr=turkish vi"
)
CYRILLIC = "be bg kk mk ru=russian sr=serbian uk"
ARABIC = "ar=arabic fa=persian ur"
DEVANAGARI = "hi=hindi mr ne=nepali"
# Of the other scripts each is one language's.
OTHERS = {
    "greek": "el=greek",
    "armenian": "hy=armenian",
    "georgian": "ka",
    "hebrew": "he",
    "bengali": "bn",
    "gujarati": "gu",
    "tamil": "ta=tamil",
    "telugu": "te",
    "kannada": "kn",
    "malayalam": "ml",
    "sinhala": "si",
    "gurmukhi": "pa",
    "thai": "th",
    "lao": "lo",
    "khmer": "km",
    "myanmar": "my",
    "hangul": "ko",
    "kana": "ja",
    "han": "zh",
}
UNSPACED = frozenset({"thai", "lao", "khmer", "myanmar", "hangul", "kana", "han"})
# What stands for the language that each text is in.
AUTO = "auto"
# Scripts with capital letters; but Germans begin every noun with one.
CASED = frozenset({"latin", "cyrillic", "greek", "armenian"})
CAPITAL_NOUNS = frozenset({"de"})


def _written(script: str, codes: str) -> Iterable[Language]:
    for each in codes.split():
        code, _, stemmer = each.partition("=")
        named = script in CASED and code not in CAPITAL_NOUNS
        yield Language(code, script, stemmer, named, script not in UNSPACED)


@cache
def languages() -> dict[str, Language]:
    """All languages by their codes."""
    scripts = {"latin": LATIN, "cyrillic": CYRILLIC, "arabic": ARABIC, "devanagari": DEVANAGARI}
    written = {**scripts, **OTHERS}
    return {one.code: one for item in written.items() for one in _written(*item)}


def language(code: str) -> Language:
    """A language by its code; English where the code is none, or "" as for older documents."""
    known = languages()
    return known.get(code) or known[ENGLISH]


def code_of(name: str) -> str:
    """The code of a language as people write it, such as "de" or "pt-BR"; "" for "auto".

    Raises ValueError for one that isn't known.
    """
    code = name.strip().lower().replace("_", "-").partition("-")[0]
    if code != AUTO and code not in languages():
        known = ", ".join(sorted(languages()))
        raise ValueError(f"{name!r} is no language that Footnote knows: {AUTO}, or one of {known}")
    return "" if code == AUTO else code


def written_in(script: str) -> tuple[str, ...]:
    """The codes of the languages in a script."""
    return tuple(code for code, one in languages().items() if one.script == script)
