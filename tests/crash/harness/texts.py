"""Texts that can be made again from their names, and told apart by one word that each has alone."""

from random import Random

# What a removed document is: it has no version.
GONE = 0
# How many versions a source has, so that one that was there before comes back now and then.
VERSIONS = 6
# Sentences of a short text, and of one whose passages are written in several goes.
SHORT, LONG = (2, 30), (700, 900)
WORDS = (
    "harbour ferry lantern orchard bridge copper winter market island captain letter garden "
    "window river mountain station village morning engine thunder"
).split()


def mark(source: str, version: int) -> str:
    """A word that stands in this version of a source, and nowhere else."""
    name = source.rpartition("/")[2]
    letters = "".join(letter for letter in name if letter.isalnum())
    return f"zq{letters}v{version}qz"


def text_of(source: str, version: int) -> str:
    """The text of a version of a source: always the same."""
    random = Random(mark(source, version))
    sentences = random.randint(*(LONG if random.random() < 0.06 else SHORT))
    lines = [f"The word {mark(source, version)} stands here alone."]
    lines += [_sentence(random) for _ in range(sentences)]
    return "\n\n".join(" ".join(lines[at : at + 5]) for at in range(0, len(lines), 5))


def _sentence(random: Random) -> str:
    return f"{' '.join(random.choices(WORDS, k=random.randint(4, 12))).capitalize()}."
