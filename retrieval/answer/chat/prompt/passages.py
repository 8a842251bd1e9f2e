"""Passages as a prompt shows them: numbered, in a frame that no document can close or imitate.

What is known to steer models is neutralised; what is stored, searched and quoted stays as it is.
Words are not judged: “Ignore all previous instructions” can be read, for it is what the document
says. What keeps it from being obeyed is the frame around it (see `numbered`), as Hines et al.
propose in “Spotlighting” (2024).
"""

import re
from collections.abc import Sequence

from retrieval.text.special_characters import visible
from retrieval.types import Passage, headed

from .injection import rewritten, unbracketed, without_imitations

# A number in square brackets passes for a citation of ours: [1], [1, 2], [1-3], Markdown's [^1],
# and the 【4:0†source】 of some assistants. [0-9] and [1-9] are what regular expressions write.
FOOTNOTE_MARK = re.compile(
    r"\[(?![01]-9\])\s*+[\^#]?\d++(?:(?:\s*+[,;、–—-]\s*+|\s++)[\^#]?\d++)*+"
    r"(?:(?::\d++)?†[\w \t.,:–-]*+)?\s*+\\?\]"
)


def neutral(text: str) -> str:
    """The text as a prompt may show it, the same to a reader and with nothing in it to obey.

    Without invisible characters and terminal escapes; with control tokens, role labels and
    footnote marks written so that none can be taken for the prompt's own: “(1)” for “[1]”.
    Other text comes through unchanged. The outcome is neutral itself, at most twice as long.
    """
    return rewritten(without_imitations(visible(text)), FOOTNOTE_MARK, unbracketed)


def numbered(passages: Sequence[Passage]) -> str:
    """The passages with their titles and headings, numbered from 1; empty where there are none.

    A line of ours begins with the number in brackets, a line of a document with “> ”: however
    many lines it has, none begins as ours do. And nothing else in it looks like a number of ours.
    """
    return "\n\n".join(_framed(number, passage) for number, passage in enumerate(passages, 1))


def _framed(number: int, passage: Passage) -> str:
    title = " ".join(neutral(headed(passage.title, passage.section)).split())
    lines = neutral(passage.text).strip("\n").split("\n")
    return "\n".join([f"[{number}] {title}".rstrip(), *(f"> {line}".rstrip() for line in lines)])
