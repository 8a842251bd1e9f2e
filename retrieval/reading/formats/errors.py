"""The sentences that tell people why a file can't be read, and what to do about it."""

from retrieval.errors import Counted, ReasonError, Sentence, in_a_row
from retrieval.reading.limits import in_units

from .registry import NAMES

READ = Sentence(
    "Footnote reads {kinds} and {last}.",
    kinds=in_a_row(map(Sentence, NAMES[:-1])),
    last=Sentence(NAMES[-1]),
)


class UnreadableError(ReasonError):
    """A file that can't be read. The message says why and what to do, without naming the file:
    "is a scanned PDF without text. Run text recognition over it first."
    """


class OtherFormatError(Exception):
    """A text isn't in the format that its name or its look promised."""


class NeedsRecognitionError(Exception):
    """Text stands in pictures: it takes a process that may use more memory and time."""


def damaged() -> UnreadableError:
    """The file isn't what its kind should be."""
    return UnreadableError(
        "is damaged and can't be read. Open it where it was made and save it anew."
    )


def nested() -> UnreadableError:
    """The file holds things within things, deeper than a reader can follow."""
    return UnreadableError(
        "is nested too deeply to read. Open it where it was made and save it anew."
    )


def protected() -> UnreadableError:
    """The file is encrypted."""
    return UnreadableError("is protected with a password. Save it without one and add it again.")


def empty() -> UnreadableError:
    """The file was read, and no text came of it."""
    return UnreadableError("holds no text. Check that it is the one you meant.")


def too_much_text(most: int) -> UnreadableError:
    """The file holds more text than the limit, in bytes."""
    return UnreadableError(
        "holds more than {limit} of text. Split it into smaller files.", limit=in_units(most)
    )


def too_much_memory(most: int) -> UnreadableError:
    """Reading the file would have taken more memory than the limit, in bytes."""
    return UnreadableError(
        "needs more than {limit} of memory to read. Split it into smaller files.",
        limit=in_units(most),
    )


def too_much_time(most: float) -> UnreadableError:
    """Reading the file would have taken longer than the limit, in seconds."""
    return UnreadableError(
        Counted(
            "took longer than {count} second to read. Split it into smaller files.",
            "took longer than {count} seconds to read. Split it into smaller files.",
            most,
        )
    )
