"""A follow-up question → one that stands alone, by carrying over what the talk was about.

This is what can be done without a chat model. A question that leans on the one before it gets that
one's salient words behind it, in brackets. Where it asks of somebody ("When was *he* born?"), these
are names; where of something ("Who built *it*?"), or where it says nothing by itself ("Why?"), all
of them; and where it asks the same of another ("And Bayefsky?"), all but the name it asked of.
"""

import re
from collections.abc import Iterable, Sequence

from retrieval.text.names import names
from retrieval.text.numbers import MONTHS
from retrieval.text.terms import STOPWORDS, WORD, fold, words
from retrieval.types import Turn

from .abstention import NOT_SAID, UNSUPPORTED

# Words that point back at somebody, and at something or somebody, said before.
PERSONS = frozenset("he him his she her hers".split())
THINGS = frozenset(
    """
    it its they them their theirs this these those there then such ones same former latter else
    """.split()
)
# So does "that", but where it opens a clause ("who said that …", "a letter that …").
THAT = re.compile(
    r"(?:^|\b(?:is|was|do|does|did|can|will|has|had|of|to|in|on|at|for|from|by|about|with|after"
    r"|before|since|like)\s)that\b|\bthat\W*$",
    re.IGNORECASE,
)
# What only looks as if it pointed back ("Is there …", "What did Ada say when she …"). Somebody's
# name has no article: "What did the Guardian say that he …" does point back.
THERE_IS = re.compile(r"\b(?:is|are|was|were)\s+there\b(?=\s+\w)", re.IGNORECASE)
NAMED_BEFORE = re.compile(r"(?<!\bthe)\s[A-Z][a-z]+\b.*?\s(?:he|she)\b")
ANOTHER = re.compile(
    r"\s*(?:(?:and\s+)?(?:(?:what|how)\s+about|the\s+same\s+for)|and\s+(?!(?:wh\w+|how|is|are|was"
    r"|were|do|does|did|can|will|has|have|had)\b))\b",
    re.IGNORECASE,
)
# Who did something; and who or what somebody or something is that the question names itself.
WHO = re.compile(r"\s*(and\s+)?((to|by|for|with|from|of)\s+)?(who|whom|whose)\b", re.IGNORECASE)
IS_NAMED = re.compile(r"\s*(?:[Aa]nd )?[Ww]h(?:o|at|ere) (?:is|are|was|were) (?:the )?[A-Z]")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NOBODY = frozenset(map(fold, [*MONTHS, *DAYS]))
MARK = re.compile(r"\s*\[\d+\]")
# Words that are carried over: more would drown the question itself.
MOST_CARRIED = 5
# Turns that are remembered: who was meant longer ago is not meant any more. A chat model is shown
# the last few of them.
MOST_TURNS, TURNS_SHOWN = 10, 3


def condense(question: str, turns: Sequence[Turn]) -> str:
    """The question as it is, or with the salient words of earlier turns behind it, in brackets."""
    if not turns or not _leans_back(question):
        return question
    known = set(words(question))
    salient = dict.fromkeys(_salient(question, turns[-MOST_TURNS:]))
    carried = [word for word in salient if known.isdisjoint(words(word))][:MOST_CARRIED]
    return f"{question} ({' '.join(carried)})" if carried else question


def _leans_back(question: str) -> bool:
    return (
        _is_of_somebody(question)
        or _is_of_something(question)
        or ANOTHER.match(question) is not None
        or (len(_telling(question)) < 2 and not IS_NAMED.match(question))  # noqa: PLR2004 -- "Why?"
    )


def _is_of_somebody(question: str) -> bool:
    return not PERSONS.isdisjoint(words(NAMED_BEFORE.sub(" ", question)))


def _is_of_something(question: str) -> bool:
    pointing = words(THERE_IS.sub(" ", question))
    return not THINGS.isdisjoint(pointing) or THAT.search(question) is not None


def _salient(question: str, turns: Sequence[Turn]) -> list[str]:
    """The words of earlier turns that a question leans on, the weightiest first."""
    *before, last = turns
    # It may have leant on the one before it itself.
    asked, answered = condense(last.question, before), _names(_said(last.answer))
    telling, known = _telling(asked), set(words(asked))
    # Asked in small letters, a name is known by how the answer writes it.
    named = _names(asked) or [name for name in answered if known.issuperset(map(fold, name))]
    others = [word for word in telling if fold(word) not in map(fold, _flat(named))]
    if _is_of_somebody(question):
        somebody = _somebody(last.question, answered, known) if others else []
        persons = somebody or _flat(named) or _flat(answered) or others
        return [*persons, *others] if _is_of_something(question) else persons
    if ANOTHER.match(question):
        return [*others, *_flat(named[1:] if _names(question) else named)]
    return [*telling, *_flat(answered)] if _is_of_something(question) else telling


def _somebody(asked: str, answered: Sequence[list[str]], known: set[str]) -> list[str]:
    """The name that an answer gives to "Who ran it?"; none where that was no such question."""
    if not WHO.match(asked) or IS_NAMED.match(asked) or _is_of_somebody(asked):
        return []
    return next((name for name in answered if (NOBODY | known).isdisjoint(map(fold, name))), [])


def _said(answer: str) -> str:
    """The beginning of an answer, up to its first mark; nothing where the documents don't say."""
    said = MARK.split(answer.replace(UNSUPPORTED, ""))[0]
    return "" if said.startswith(NOT_SAID) else said


def _telling(text: str) -> list[str]:
    return [word for word in WORD.findall(text) if fold(word) not in STOPWORDS]


def _names(text: str) -> list[list[str]]:
    small = frozenset(word for word in WORD.findall(text) if word.islower())
    return list(names(text, small))


def _flat(found: Iterable[list[str]]) -> list[str]:
    return [word for name in found for word in name]
