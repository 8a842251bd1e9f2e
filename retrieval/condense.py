"""A follow-up question → one that stands alone, by carrying over what the talk was about.

This is what can be done without a chat model. A question that leans on the one before it gets that
one's salient words behind it, in brackets. Where it asks of somebody ("When was *he* born?"), these
are names; where of something ("Who built *it*?"), or where it says nothing by itself ("Why?"), the
other words too; and only those where it asks the same of somebody else ("What about Bayefsky?").
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from .chat.names import names
from .chat.notes import UNSUPPORTED
from .schema import NOT_SAID, Turn
from .terms import WORD, content_words, fold, words

# Words that point back at somebody, and at something or somebody, said before.
PERSONS = frozenset("he him his she her hers".split())
THINGS = frozenset(
    """
    it its they them their theirs this that these those there then such one ones same former latter
    else
    """.split()
)
ANOTHER = re.compile(r"\s*(and\s+)?((what|how)\s+about|the same for)\b", re.IGNORECASE)
# Who did something, and who somebody is, whom the question names itself.
WHO = re.compile(r"\s*(and\s+)?((to|by|for|with|from|of)\s+)?(who|whom|whose)\b", re.IGNORECASE)
WHO_IS = re.compile(r"\s*(?:[Aa]nd )?[Ww]ho (?:is|are|was|were) [A-Z]")
MARK = re.compile(r"\s*\[\d+\]")
# More would drown the question itself.
MOST_CARRIED = 5


def condense(question: str, turns: Sequence[Turn]) -> str:
    """The question as it is, or with the salient words of earlier turns behind it, in brackets."""
    if not turns or not _leans_back(question):
        return question
    carried = _carried(question, turns)
    return f"{question} ({' '.join(carried)})" if carried else question


def _leans_back(question: str) -> bool:
    return (
        not (PERSONS | THINGS).isdisjoint(words(question))
        or ANOTHER.match(question) is not None
        or _says_nothing(question)
    )


def _says_nothing(question: str) -> bool:
    return len(content_words(question)) < 2  # noqa: PLR2004 -- "Why?", "And in March?"


def _carried(question: str, turns: Sequence[Turn]) -> list[str]:
    *before, last = turns
    # It may have leant on the one before it itself.
    asked, said = condense(last.question, before), _said(last.answer)
    named, answered = _names(asked), _names(said)
    others = [word for word in content_words(asked) if word not in map(fold, named)]
    if ANOTHER.match(question):
        return _fresh(others, question)
    if PERSONS.isdisjoint(words(question)):
        return _fresh([*named, *others, *answered], question)
    return _fresh(_somebody(asked, said) or named or answered or others, question)


def _somebody(asked: str, said: str) -> list[str]:
    """Whom an answer names to "Who ran it?"; nobody where that was no such question."""
    if WHO.match(asked) is None or WHO_IS.match(asked):
        return []
    known = set(words(asked))
    others = (name for name in _runs(said) if known.isdisjoint(map(fold, name)))
    return next(others, [])


def _said(answer: str) -> str:
    """What an answer says, without its marks; nothing, where it says that the documents don't."""
    if answer.startswith(NOT_SAID):
        return ""
    return MARK.sub("", answer).replace(UNSUPPORTED, "")


def _names(text: str) -> list[str]:
    return [word for name in _runs(text) for word in name]


def _runs(text: str) -> Iterator[list[str]]:
    small = frozenset(word for word in WORD.findall(text) if word.islower())
    return names(text, small)


def _fresh(salient: Iterable[str], question: str) -> list[str]:
    """The first of some words that the question doesn't hold yet."""
    known = set(words(question))
    found = dict.fromkeys(salient)
    return [word for word in found if known.isdisjoint(words(word))][:MOST_CARRIED]
