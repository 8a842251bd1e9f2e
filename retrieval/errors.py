"""The errors Footnote raises for things a person can put right, and the sentences that tell them.

Sentences stand in the code in English. Whoever says them in another language, as Discord's side
does, finds what they were made of: a template with `{fields}`, and the values for those.
"""

from collections.abc import Iterable
from functools import reduce


class Sentence(str):
    """A sentence, or a part of one, with the template that it was made from and the values in it.

    Values may be sentences themselves; those that are floats are numbers, and written as such. A
    template without values is taken to the letter.
    """

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, /, **values: object) -> "Sentence":
        """Put values into a template; without any, a sentence is the one that it was."""
        if isinstance(template, Sentence) and not values:
            return template
        said = {name: _as_written(value) for name, value in values.items()}
        sentence = super().__new__(cls, template.format(**said) if said else template)
        sentence.template, sentence.values = template, values
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[object, ...], dict[str, object]]:
        """Return what a copy is made from."""
        return (self.template,), self.values


class Counted(Sentence):
    """A sentence about a number of things, with a template for one and for many; `{count}` in them
    is the number."""

    one: str
    many: str
    number: float

    def __new__(cls, one: str, many: str, count: float, /, **values: object) -> "Counted":
        """Put a number, and other values, into the template that the number calls for."""
        said = {name: _as_written(value) for name, value in values.items()}
        template = one if count == 1 else many
        sentence = str.__new__(cls, template.format(count=written(count), **said))
        sentence.template, sentence.values = template, values
        sentence.one, sentence.many, sentence.number = one, many, count
        return sentence

    def __getnewargs_ex__(self) -> tuple[tuple[object, ...], dict[str, object]]:
        """Return what a copy is made from."""
        return (self.one, self.many, self.number), self.values


def _as_written(value: object) -> object:
    # Whole numbers may be ids, or codes.
    return written(value) if isinstance(value, float) else value


def written(number: float) -> str:
    """A number as English writes it: 1,234 or 0.5."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,g}"


def in_a_row(parts: Iterable[str]) -> str:
    """Parts of a sentence, of which there is at least one, with commas between them."""
    return reduce(lambda one, next: Sentence("{one}, {next}", one=one, next=next), parts)


def N_(message: str) -> str:  # noqa: N802 -- as gettext calls it
    """Mark a message to be translated, where it is only kept: whoever says it does the rest."""
    return message


def plural(one: str, many: str) -> tuple[str, str]:
    """Mark a message about a number of things, of which one has to be told from many."""
    return one, many


class ReasonError(Exception):
    """Something went wrong, and `sentence` says why.

    A message with `{fields}` and the values for them can be said in other languages as well.
    """

    def __init__(self, said: str = "", /, **values: object) -> None:
        self.sentence = Sentence(said, **values)
        super().__init__(str(self.sentence))


class FootnoteError(ReasonError):
    """Something a person can act on: its message says what happened, to what, and what to do.

    `gone` is true where it is that something which was there is not there any more.
    """

    gone = False


class LoadError(FootnoteError):
    """A file, folder or page could not be turned into text."""
