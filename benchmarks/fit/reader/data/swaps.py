"""Near misses made of answered questions: another name, another number, the answer taken away."""

import re
from collections.abc import Sequence
from random import Random

from retrieval.search.reader.windows import Window

from .example import Example, Span

NAME = re.compile(r"\b[A-Z][a-z]{2,}(?:\s+[A-Z][a-z]{2,})*\b")
NUMBER = re.compile(r"\b\d+(?:\.\d+)*\b")
# A text shorter than this, once the answer is taken away, is too little to read.
LEAST = 60


def names(text: str) -> list[re.Match[str]]:
    """The capitalised words of a text, but for the first one."""
    return [match for match in NAME.finditer(text) if match.start()]


def other_name(question: str, answer: str, known: Sequence[str], rng: Random) -> str | None:
    """The question with one of its names replaced by one of those known; None without any."""
    found = names(question)
    if not found:
        return None
    old = rng.choice(found)
    fitting = [name for name in known if name not in question and old.group() not in name]
    fitting = [name for name in fitting if name != answer and name not in old.group()]
    as_long = [name for name in fitting if len(name.split()) == len(old.group().split())]
    return _replaced(question, old, rng.choice(as_long or fitting)) if fitting else None


def other_number(question: str, answer: str, text: str, rng: Random) -> str | None:
    """The question with a number replaced by another one, of the text where it has any."""
    found = list(NUMBER.finditer(question))
    if not found:
        return None
    old = rng.choice(found)
    others = [number for number in NUMBER.findall(text) if len(number) == len(old.group())]
    others = [number for number in others if number != old.group() and number not in answer]
    near = str((int(old.group()[-1]) + rng.choice([1, 2, 3, 5, 7])) % 10)
    new = rng.choice(others) if others and rng.random() < 0.6 else old.group()[:-1] + near
    return _replaced(question, old, new)


def _replaced(question: str, old: re.Match[str], new: str) -> str:
    return question[: old.start()] + new + question[old.end() :]


def taken_away(window: Window, question: str, answer: Span) -> Example | None:
    """The window without the sentences in which the answer stands; None where little is left."""
    passage = window.passage
    kept = [
        passage.slice(sentence.start, sentence.end)
        for sentence in passage.sentences
        if window.start <= sentence.start and sentence.end <= window.end
        if sentence.end <= answer[0] or answer[1] <= sentence.start
    ]
    left = "\n".join(kept)
    if len(left) < LEAST or passage.slice(*answer) in left:
        return None
    return Example(question, f"{window.heading}\n{left}", False)
