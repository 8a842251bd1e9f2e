"""The words of each language that say how something is asked or told, not what about."""

import re
from functools import cache
from importlib.resources import files


def stop_words(code: str) -> frozenset[str]:
    """The stop words of a language but English; none where nothing is known of it."""
    return _lists().get(code, frozenset())


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files(__package__).joinpath("stop_words.txt").read_text(encoding="utf-8")
    lines = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {code: frozenset(words) for code, *words in lines}


@cache
def asking(code: str) -> re.Pattern[str] | None:
    """A pattern for what only asks, in a language without spaces between words: it is taken out of
    a question before that is cut into pairs of letters."""
    parts = sorted(stop_words(code), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, parts))) if parts else None
