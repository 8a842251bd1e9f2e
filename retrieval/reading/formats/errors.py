"""The sentences that say why a file can't be read, and what to do about it."""

from .content import UnreadableError

KIB = 1024
READ = (
    "Footnote reads PDF, Word, PowerPoint, Excel, OpenDocument, EPUB, web pages, Markdown, "
    "reStructuredText, CSV, JSON and plain text."
)
SPLIT = "Split it into smaller files."
ANEW = "Open it where it was made and save it anew."


def size(count: float) -> str:
    """A number of bytes in the largest unit of which it is at least one: "20 MiB"."""
    unit = "bytes"
    for larger in ("KiB", "MiB", "GiB"):
        if count < KIB:
            break
        count, unit = count / KIB, larger
    return f"{count:.4g} {unit}"


def damaged() -> UnreadableError:
    """It isn't what its kind should be."""
    return UnreadableError(f"is damaged and can't be read. {ANEW}")


def nested() -> UnreadableError:
    """It holds things in things in things, past all reason."""
    return UnreadableError(f"is nested too deeply to read. {ANEW}")


def protected() -> UnreadableError:
    """It is encrypted."""
    return UnreadableError("is protected with a password. Save it without one and add it again.")


def empty() -> UnreadableError:
    """It was read, and nothing came of it."""
    return UnreadableError("holds no text. Check that it is the one you meant.")


def too_much_text(most: int) -> UnreadableError:
    """It holds more text than the limit, in bytes."""
    return UnreadableError(f"holds more than {size(most)} of text. {SPLIT}")


def too_much_memory(most: int) -> UnreadableError:
    """Reading it would have taken more memory than the limit, in bytes."""
    return UnreadableError(f"needs more than {size(most)} of memory to read. {SPLIT}")


def too_much_time(most: float) -> UnreadableError:
    """Reading it would have taken longer than the limit, in seconds."""
    return UnreadableError(f"took longer than {most:g} seconds to read. {SPLIT}")
