"""The sentences that tell people why a file can't be read, and what to do about it."""

from retrieval.reading.limits import in_units

SPLIT = "Split it into smaller files."
ANEW = "Open it where it was made and save it anew."


class UnreadableError(Exception):
    """A file that can't be read. The message says why and what to do, without naming the file:
    "is a scanned PDF without text. Run text recognition over it first."
    """


class OtherFormatError(Exception):
    """A text isn't in the format that its name or its look promised."""


class NeedsRecognitionError(Exception):
    """Text stands in pictures: it takes a process that may use more memory and time."""


def damaged() -> UnreadableError:
    """The file isn't what its kind should be."""
    return UnreadableError(f"is damaged and can't be read. {ANEW}")


def nested() -> UnreadableError:
    """The file holds things within things, deeper than a reader can follow."""
    return UnreadableError(f"is nested too deeply to read. {ANEW}")


def protected() -> UnreadableError:
    """The file is encrypted."""
    return UnreadableError("is protected with a password. Save it without one and add it again.")


def empty() -> UnreadableError:
    """The file was read, and no text came of it."""
    return UnreadableError("holds no text. Check that it is the one you meant.")


def too_much_text(most: int) -> UnreadableError:
    """The file holds more text than the limit, in bytes."""
    return UnreadableError(f"holds more than {in_units(most)} of text. {SPLIT}")


def too_much_memory(most: int) -> UnreadableError:
    """Reading the file would have taken more memory than the limit, in bytes."""
    return UnreadableError(f"needs more than {in_units(most)} of memory to read. {SPLIT}")


def too_much_time(most: float) -> UnreadableError:
    """Reading the file would have taken longer than the limit, in seconds."""
    return UnreadableError(f"took longer than {most:g} seconds to read. {SPLIT}")
