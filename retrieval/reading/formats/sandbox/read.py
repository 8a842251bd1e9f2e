"""Read the bytes of a file: find its format, and have the format's reader gather the content.

What is binary is told by its content alone. A text may fit several formats: it is read in the first
that takes it. All this goes on in the sandboxed process, so nothing outside it imports this.
"""

from contextlib import suppress

from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Content, Gathering
from retrieval.reading.formats.detect import binary_format, text_formats
from retrieval.reading.formats.encoding.decode import decode
from retrieval.reading.formats.errors import OtherFormatError
from retrieval.reading.formats.registry import PLAIN, Format

from .protocol import Request


def read(request: Request, most: int) -> Content:
    """The content of a file, `most` bytes of text at most.

    Raises UnreadableError where it can't be read, and whatever libraries raise for broken files.
    """
    gathering = Gathering(most, request.name, request.recognise)
    found = None if request.kind == PLAIN.kind else binary_format(request.data)
    if found:
        found.read(request.data, gathering)
    else:
        found = _read_text(request, gathering)
    return gathering.content(found.kind)


def _read_text(request: Request, gathering: Gathering) -> Format:
    """Gather a text in the first format that fits, and return that."""
    text = decode(request.data, request.charset)
    for each in text_formats(text, request.name, request.kind):
        # One that finds out only while it reads that this isn't its format leaves it to the next.
        with suppress(OtherFormatError):
            each.read(text, gathering)
            return each
    raise errors.damaged()  # never: the last one is plain text, which takes everything
