"""Documents of any length, no two sentences of which need be the same."""

from random import Random

WHO = "harbourmaster ferryman baker keeper smith weaver gardener teacher sailor miller".split()
DID = "mended painted measured counted carried sold inspected borrowed hid polished".split()
WHAT = "lantern rope barrel ladder kettle anchor bell compass blanket wheel".split()
WHERE = "by the pier, in the loft, behind the church, on the hill, under the bridge".split(", ")


def long_text(characters: int) -> str:
    """That many characters of sentences, in paragraphs; the same ones each time."""
    random = Random(characters)
    paragraphs: list[str] = []
    while characters > 0:
        sentences = [_sentence(random) for _ in range(random.randint(3, 8))]
        paragraphs.append(" ".join(sentences))
        characters -= len(paragraphs[-1])
    return "\n\n".join(paragraphs)


def _sentence(random: Random) -> str:
    year, count = random.randint(1700, 2020), random.randint(2, 900)
    who, did, what, where = map(random.choice, (WHO, DID, WHAT, WHERE))
    return f"In {year} the {who} {did} the {what} number {count} {where}."
