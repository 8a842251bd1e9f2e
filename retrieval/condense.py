"""A follow-up question → one that stands alone, by carrying over what the talk was about.

This is what can be done without a chat model: the names of the last turn are added to a question
that leans on it ("When was *he* born?"), and its other words to one that asks the same of
something else ("What about Bayefsky?").
"""

import re
from collections.abc import Sequence

from .schema import Turn
from .terms import content_words, names, words

# Words that point back at something said before.
POINTERS = frozenset(
    """
    he him his she her hers it its they them their theirs this that these those there then such
    one ones same former latter else
    """.split()
)
ANOTHER = re.compile(r"\s*(and\s+)?(what|how)\s+about\b", re.IGNORECASE)
# More would drown the question itself.
MOST_CARRIED = 6


def condense(question: str, turns: Sequence[Turn]) -> str:
    """The question as it is, or with the last turn's salient words behind it, in brackets."""
    if not turns or not _leans_back(question):
        return question
    carried = _carried(question, turns[-1])
    return f"{question} ({' '.join(carried)})" if carried else question


def _leans_back(question: str) -> bool:
    return (
        not POINTERS.isdisjoint(words(question))
        or ANOTHER.match(question) is not None
        or len(content_words(question)) < 2  # noqa: PLR2004 -- "Why?", "And in March?"
    )


def _carried(question: str, turn: Turn) -> list[str]:
    asked_names = names(turn.question)
    if ANOTHER.match(question):
        held = {word for name in asked_names for word in words(name)}
        salient = [word for word in content_words(turn.question) if word not in held]
    else:
        salient = asked_names + names(turn.answer)
    known = set(words(question))
    fresh = [word for word in dict.fromkeys(salient) if known.isdisjoint(words(word))]
    return fresh[:MOST_CARRIED]
