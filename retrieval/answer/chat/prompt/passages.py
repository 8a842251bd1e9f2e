"""A document's text on its way into a prompt: what is known to steer models is neutralised.

What is stored, searched and quoted stays as it is. Words are not judged: “Ignore all previous
instructions” can be read, for it is what the document says. What keeps it from being obeyed is
the frame around it (see `numbered`), as Hines et al. propose in “Spotlighting” (2024).
"""

import re

from retrieval.text.invisible import visible

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
