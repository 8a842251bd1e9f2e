"""Questions and pages about what the scale benchmark makes up."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from .synthetic import Numbers, World

OPENINGS = (
    "What is the", "When did the", "Who was the", "Why does the", "Where is the", "How many",
    "Which", "What did they say about the", "How was the", "Is there any",
)  # fmt: skip
BETWEEN = ("", "", "of the", "in the", "for", "and the", "with")
TELLING = (2, 7)  # words of a question that aren't stop words
# Documents that the questions are about: even the smallest library has them.
ABOUT = 100
PAGE_PASSAGES = 4


def questions(world: World, number: int) -> list[str]:
    """Questions as members ask them, each in the words of one sentence."""
    rng = np.random.default_rng(2)
    documents = list(islice(world.documents(10 * ABOUT), ABOUT))
    sentences = [s for d in documents for p in d.passages for s in p.sentences]
    chosen = rng.integers(len(sentences), size=number)
    return [_question(world, rng, sentences[index]) for index in chosen]


def _question(world: World, rng: np.random.Generator, sentence: Numbers) -> str:
    telling = sentence[~world.stop[sentence]][: int(rng.integers(*TELLING))]
    parts = [str(rng.choice(OPENINGS))]
    for word in telling.tolist():
        parts += [world.words[word], str(rng.choice(BETWEEN))]
    return f"{' '.join(part for part in parts[:-1] if part)}?"


def pages(world: World, number: int) -> Iterator[str]:
    """Texts of one page, about 420 words, that no library holds."""
    rng = np.random.default_rng(3)
    for _ in range(number):
        words = world.drawn(rng, 420)
        yield "\n\n".join(
            " ".join(world.written(sentence) for sentence in np.array_split(paragraph, 6))
            for paragraph in np.array_split(words, PAGE_PASSAGES)
        )
