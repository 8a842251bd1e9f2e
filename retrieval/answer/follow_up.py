"""A follow-up question → one that stands alone, by carrying over what the talk was about.

This is what can be done without a chat model. A question that leans on the one before it gets that
one's salient words behind it, in brackets. Where it asks of somebody ("When was *he* born?"), these
are names; where of something ("Who built *it*?"), or where it says nothing by itself ("Why?"), all
of them; and where it asks the same of another ("And Bayefsky?"), all but the name it asked of.

Any other question is asked alone, however short it is, and so is one that says itself what its
pronoun points to ("Does the laser stop when its lid opens?"), or whose pronoun points to nothing
that was said ("Is it allowed to smoke?", "Who runs this server?").
"""

import re
from collections.abc import Iterable, Sequence

from retrieval.text.names import names
from retrieval.text.numbers import MONTHS
from retrieval.text.terms import STOPWORDS, WORD, fold, words
from retrieval.types import ENGLISH, Turn

from .abstention import NOT_SAID, UNSUPPORTED

# Words that point back at somebody, and at something or somebody, said before.
PERSONS = frozenset("he him his she her hers".split())
THINGS = frozenset(
    """
    it its they them their theirs this these those there ones former latter else
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
THERE_IS = re.compile(
    r"\b(?:is|are|was|were)\s+there\b|\bthere(?:\s+is|\s+are|'s)\b", re.IGNORECASE
)
# So does "it" that stands for what follows, and "this" for where and when one speaks.
EXPECTED = re.compile(
    r"\b(?:is|was|will)\s+it\s+(?:be\s+)?(?:\w+\s+)?\w+\s+(?:to|that|if)\b"
    r"|\bit\s+(?:takes?|costs?|is\s+\w+|means?|needs?|requires?)\s+to\b|\btime\s+is\s+it\b"
    r"|\b(?:does|will|would|did)\s+it\s+(?:take|cost|mean|need|require)\s+to\b"
    r"|\bit(?:'s|\s+is)\s+\w+ing\b",
    re.IGNORECASE,
)
HERE_AND_NOW = re.compile(
    r"\bthis\s+(?:server|discord|place|community|club|library|group|channel|game|bot|site|website"
    r"|wiki|forum|page|app|program|project|team|town|city|country|year|month|week|weekend|season"
    r"|morning|afternoon|evening|spring|summer|autumn|fall|winter)\b",
    re.IGNORECASE,
)
# A pronoun in a later clause of a question that names something in an earlier one.
NEXT_CLAUSE = re.compile(
    r"\b(?:if|when|while|after|before|because|once|until|unless|and|but)\s+(?:[\w'-]+\s+){0,2}?"
    r"(?:it|its|they|them|their|theirs|he|him|his|she|her|hers)\b",
    re.IGNORECASE,
)
# What belongs to somebody or something that the same clause names.
ITS_OWN = re.compile(
    r"\b(?:\w{3,}s|people|who)\b.*?\btheir\b|(?<=\w\s)[A-Z]\w+\b.*?\bits\b(?=\s+\w)"
)
# A question of no more than what it asks for: "Which year?", "In what order?"
ELLIPSIS = re.compile(
    r"\s*(?:(?:and|but|or|so)\s+)?(?:(?:in|on|at|to|by|for|from|of|with|since|until|under)\s+)?"
    r"(?:who|whom|whose|what|when|where|which|why|how)(?:\s+\w+){0,2}\W*$",
    re.IGNORECASE,
)
VERBS = frozenset(
    """
    is are was were do does did can could may might must shall should will would has have had be
    """.split()
)
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


def condense(question: str, turns: Sequence[Turn], language: str = ENGLISH) -> str:
    """The question as it is, or with the salient words of earlier turns behind it, in brackets."""
    if turns and language != ENGLISH:
        return _condensed_in(language, question, turns[-1])
    if not turns or not _leans_back(question):
        return question
    known = set(words(question))
    salient = dict.fromkeys(_salient(question, turns[-MOST_TURNS:]))
    carried = [word for word in salient if known.isdisjoint(words(word))][:MOST_CARRIED]
    return f"{question} ({' '.join(carried)})" if carried else question


def _condensed_in(language: str, question: str, last: Turn) -> str:
    """The question in another language than English, with what the one before it was about where
    it surely leans on that."""
    # Imported here: most questions are in English.
    from retrieval.text.languages.analysis import analysis
    from retrieval.text.languages.follow_ups import leans_back

    if not leans_back(question, language):
        return question
    salient = analysis(language).salient
    known = {word.lower() for word in salient(question)}
    carried = [word for word in salient(last.question) if word.lower() not in known][:MOST_CARRIED]
    return f"{question} ({' '.join(carried)})" if carried else question


def points_back(question: str, language: str = ENGLISH) -> bool:
    """Return whether a pronoun in a question points to something said before it."""
    if language != ENGLISH:
        from retrieval.text.languages.follow_ups import leans_back

        return leans_back(question, language)
    return _is_of_somebody(question) or _is_of_something(question)


def _leans_back(question: str) -> bool:
    return points_back(question) or ANOTHER.match(question) is not None or _is_cut_short(question)


def _is_cut_short(question: str) -> bool:
    """Return whether it asks without saying what about: "Why?", "How much?", "In which year?"."""
    if not (telling := _telling(question)):
        return True
    asked = words(question)
    return len(telling) == 1 and VERBS.isdisjoint(asked) and ELLIPSIS.match(question) is not None


def _is_of_somebody(question: str) -> bool:
    pointing = words(NAMED_BEFORE.sub(" ", _without_own(question)))
    return not PERSONS.isdisjoint(pointing)


def _is_of_something(question: str) -> bool:
    own = ITS_OWN.sub(" ", _without_own(question))
    left = HERE_AND_NOW.sub(" ", EXPECTED.sub(" ", THERE_IS.sub(" ", own)))
    return not THINGS.isdisjoint(words(left)) or THAT.search(left) is not None


def _without_own(question: str) -> str:
    """The question without what points to something that stands earlier in itself."""
    later = NEXT_CLAUSE.search(question)
    if later is None:
        return question
    named, pointing = question[: later.start()], PERSONS | THINGS
    stands = _telling(named) and pointing.isdisjoint(words(named))
    return named if stands else question


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
