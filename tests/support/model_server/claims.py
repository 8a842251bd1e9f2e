"""A model's text, as the sentences and citations that are read out of it."""

from retrieval.answer.chat.grounding.claims import Claim, Writing


def claims(*pieces: str) -> list[Claim]:
    """The sentences of a text that comes in pieces."""
    writing, found = Writing(), list[Claim]()
    for piece in pieces:
        found += writing.add(piece)
    return [*found, *writing.rest()]


def said(*sentences: tuple[str | int, ...]) -> list[Claim]:
    """Sentences, each with the numbers that it cites."""
    return [Claim(str(text), tuple(int(number) for number in cited)) for text, *cited in sentences]
