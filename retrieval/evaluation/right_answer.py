"""The comparison of an answer with what was expected: its text with the gold answers, and the
documents that it cites with the one that must be cited."""

import re
from collections.abc import Sequence

from retrieval.types import Citation

SHORT = 3  # letters of a word that others often hold


def fold(text: str) -> str:
    """Text with every run of white space made one space."""
    return " ".join(text.split())


def holds(text: str, answers: Sequence[str]) -> bool:
    """True where a text holds one of the answers, all of them folded, in capitals or not."""
    # An answer that begins a sentence in the document need not do so in the golden questions.
    return any(re.search(_pattern(answer), text, re.IGNORECASE) for answer in answers)


def cites(citations: Sequence[Citation], wanted: str) -> bool:
    """True where the document that must be cited is, if there is one."""
    return not wanted or any(_names(citation, wanted) for citation in citations)


def _pattern(answer: str) -> str:
    """The pattern of an answer: a number, or a word of few letters, not inside a longer one."""
    whole = len(answer) <= SHORT
    before = r"(?<!\w)" if whole else ""
    after = r"(?!\w)" if whole else ""
    if answer[0].isdigit():
        before += r"(?<!\d)(?<!\d[.,])"
    if answer[-1].isdigit():
        after += r"(?!\d)(?![.,]\d)"
    return before + re.escape(answer) + after


def _names(citation: Citation, wanted: str) -> bool:
    """True where `wanted` is the title of the cited document, or the end of its source."""
    title, source, name = (text.casefold() for text in (citation.title, citation.source, wanted))
    return name in (title, source) or source.endswith(f"/{name.lstrip('/')}")
