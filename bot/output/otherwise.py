"""Say where documents differ on what an answer says: side by side, and no side is taken."""

from collections.abc import Iterator, Sequence

from retrieval.types import Answer, Citation

from .text import dated, printable, shortened

# Characters shown of each of the places.
QUOTED = 200
DIFFER = "Documents differ on this:"
VERSIONS = {
    "older": "An older version says otherwise:",
    "newer": "A newer version says otherwise:",
}


def otherwise(answer: Answer) -> Iterator[tuple[str, Sequence[Citation]]]:
    """Yield what is to be said of the places that say otherwise than an answer, and those places;
    where documents differ, the answer's own quotes come first."""
    differing = [cited for cited in answer.otherwise if not cited.age]
    if differing:
        numbers = {cited.number for cited in differing}
        own = [cited for cited in answer.citations if cited.number in numbers]
        yield DIFFER, [*own, *differing]
    for age, said in VERSIONS.items():
        if found := [cited for cited in answer.otherwise if cited.age == age]:
            yield said, found


def whose(cited: Citation) -> str:
    """The day and the author of a place's document, as far as they are known."""
    day = dated(cited.date, cited.title)
    return ", ".join(printable(known) for known in (day, cited.author) if known)


def words_of(cited: Citation) -> str:
    """The words of a place on one line."""
    return printable(shortened(" ".join(cited.quote.split()), QUOTED))
