"""Questions as people type them: in small letters, in keywords, with a greeting, misspelt."""

from random import Random

GREETINGS = ("hey, ", "hi! ", "quick question: ", "does anyone know ", "so ", "pls ", "ok so ")
# Words that are left out of what is typed as keywords.
SMALL = frozenset(
    """
    a an the of in on at to for by with from and or is are was were be do does did has have had
    will would can could should it its this that these those there i you we my your our what which
    who when where why how
    """.split()
)
SHORTEST_TO_MISSPELL = 5


def typed(question: str, rng: Random, share: float = 0.45) -> str:
    """A question as it stands, or, for the `share` of them, as somebody in a hurry types it."""
    if rng.random() >= share:
        return question
    hurried = question.rstrip("?").strip() if rng.random() < 0.8 else question
    hurried = hurried.lower() if rng.random() < 0.8 else hurried
    chance = rng.random()
    if chance < 0.25:
        hurried = keywords(hurried)
    elif chance < 0.4:
        hurried = rng.choice(GREETINGS) + hurried
    return misspelt(hurried, rng) if rng.random() < 0.25 else hurried


def keywords(question: str) -> str:
    """The words of a question that say what it is about; all where those are fewer than two."""
    kept = [word for word in question.split() if word.lower() not in SMALL]
    return " ".join(kept) if len(kept) > 1 else question


def misspelt(question: str, rng: Random) -> str:
    """A question with a letter of one of its longer words left out, doubled or swapped."""
    words = question.split()
    long = [at for at, word in enumerate(words) if len(word) >= SHORTEST_TO_MISSPELL]
    long = [at for at in long if words[at].isalpha()]
    if not long:
        return question
    at = rng.choice(long)
    words[at] = _slip(words[at], rng.randrange(1, len(words[at]) - 1), rng.random())
    return " ".join(words)


def _slip(word: str, at: int, chance: float) -> str:
    before, letter, after = word[:at], word[at], word[at + 1 :]
    if chance < 0.4:
        return before + after
    if chance < 0.7:
        return before + after[0] + letter + after[1:]
    return before + letter + letter + after
