"""The proper names of a claim, and how a text may write them.

Words that only begin a sentence with a capital are told apart by lists of them.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from .numbers import SMALL
from .terms import OPENS_SENTENCE, STOPWORDS, WORD, fold

# Participles, adverbs, and what else is known by its end.
ENDS = tuple(
    """
    ly ing ed tion tions sion sions ness ment ments ity ities ics ous ful less able ible wise ism
    """.split()
)
# What a sentence of a text about anything may begin with: connectives, what is done by hand, and
# what things are like.
OPENERS = frozenset(
    """
    according accordingly after again all although among another around because before between both
    certain despite due each either every everyone few furthermore hence however instead last later
    like many meanwhile more moreover most neither nevertheless next nobody none nonetheless nothing
    now often once only others otherwise over overall past people perhaps plus prior rather
    regardless several since sometimes soon still thanks therefore though through throughout thus
    today together under unfortunately unlike unless until upon whether within without yes yet

    add adjust allow answer apply ask attach avoid bake begin bring build buy call change check
    choose clean click close consider contact cook cover create cut decide determine drink drop dry
    eat ensure enter fill find follow get give go hang have heat help hold identify include insert
    install join keep leave let line look make mark mix move navigate need note open order pay
    perform pick place play please pour press provide pull push put read remember remove repeat
    research rest ride rinse roll run save season see select send serve set show shut sign simmer
    sit slice speak spread start stay stir stop store strain submit take talk tell think tie touch
    transfer try turn use visit wait walk wash watch wear wipe work wrap write

    able abundant available best better big clear common dear different early easy fine first free
    fresh full general good great half hard heavy hello hi high hot ideal key large late left less
    likely long low main major minor modern much new nice no not old ok okay open possible right
    safe same second short similar simple small sorry special strong sure third total unable warm
    weak whole wide young

    age air anyone anybody anything body book business child children city company cost country data
    day days example experts food group home hours house information life man men money month months
    name number nutrients others parents part parts place point price process reason reasons
    researchers results rules school science scientists side skin somebody someone something staff
    step steps students studies symptoms system things time times treatment type types users water
    way ways week weeks woman women word words world year years
    """.split()
)


# Forms of address, which one text has and another leaves out.
TITLES = frozenset("mr mrs ms miss dr prof professor sir dame lord lady saint st jr sr".split())
# Numbers are looked up as such.
NO_NAMES = TITLES.union(SMALL)
# The month, where no sentence begins with it.
MAY = "May"
PARTICLES = frozenset("of the and for de la".split())
# What may stand between the words of one name.
INSIDE = re.compile(r"[\s.'’&-]*")
# What follows a word that is no name: a sentence begins with what is to be done, or is so.
AFTER_NO_NAME = re.compile(
    r"\s+(?:an?|the|this|that|these|those|any|all|each|my|your|his|her|its|our|their)\b"
    r"|-[a-z]"
)
# Letters from which an abbreviation may stand for words that have no capitals.
LONG_ENOUGH = 3


def names(claim: str, small: frozenset[str]) -> Iterator[list[str]]:
    """The names of a claim, word by word, the small words inside left out.

    `small` are words that the claim's source writes without a capital: they are no names.
    """
    if claim.upper() == claim:
        return
    name, end = list[str](), 0
    for match in WORD.finditer(claim):
        if name and not INSIDE.fullmatch(claim[end : match.start()]):
            yield name
            name = []
        if _is_name(match, claim, small):
            name.append(match.group())
        elif match.group() not in PARTICLES:
            if name:
                yield name
            name = []
        end = match.end()
    if name:
        yield name


def _is_name(match: re.Match[str], claim: str, small: frozenset[str]) -> bool:
    word = match.group()
    folded = fold(word)
    opens = OPENS_SENTENCE.search(claim[: match.start()]) is not None
    if len(word) == 1 or folded in NO_NAMES or (folded in STOPWORDS and (opens or word != MAY)):
        return False
    if not word[0].isalpha() or (word.islower() and word.isalpha()):
        return False
    if not opens or not word[1:].islower():
        return True
    if AFTER_NO_NAME.match(claim, match.end()) or folded in OPENERS or folded.endswith(ENDS):
        return False
    return small.isdisjoint({folded, f"{folded}s", folded.removesuffix("s")})


def initials(text: str) -> str:
    """The first letters of capitalised words that stand together, with spaces between; behind
    them those of all words, with none."""
    found = [word for word in WORD.findall(text) if word not in PARTICLES]
    runs = groupby(found, key=lambda word: word[0].isupper())
    capitals = [f" {' '.join(word[0] for word in run)} " for named, run in runs if named]
    return " | ".join([*capitals, "".join(word[0] for word in found).lower()])


def abbreviated(name: Sequence[str], words: frozenset[str], first_letters: str) -> bool:
    """True where a text has a name's initials for it, or the words an abbreviation is short for.

    `words` are the text's, folded; `first_letters` its `initials`.
    """
    if len(name) > 1:
        return "".join(word[0] for word in name).lower() in words
    short = name[0].removesuffix("s")
    if not short.isupper():
        return False
    spaced = f" {' '.join(short)} " in first_letters
    return spaced or (len(short) >= LONG_ENOUGH and short.lower() in first_letters)
