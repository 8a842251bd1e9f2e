"""Pictures of text: PNG, JPEG and WebP."""

import re
from io import BytesIO
from typing import TYPE_CHECKING

from retrieval.errors import Counted, Sentence
from retrieval.reading.formats import errors
from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import NeedsRecognitionError, UnreadableError
from retrieval.reading.formats.pdf.blocks import write_pages
from retrieval.reading.formats.pdf.typography import setting_of
from retrieval.reading.limits import MOST_PIXELS

from .recognition import INSTALL, can_recognise, lines_in

if TYPE_CHECKING:
    from PIL.Image import Image

OPENING = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|RIFF.{4}WEBP", re.S)
KINDS = ("PNG", "JPEG", "WEBP")
MILLION = 1_000_000


def looks_like_picture(data: bytes) -> bool:
    """Return whether bytes begin as a picture of one of these kinds does."""
    return OPENING.match(data) is not None


def read_picture(data: bytes, gathering: Gathering) -> None:
    """Add the text in a picture, as paragraphs, lines set large as headings, and rows of tables."""
    if not can_recognise():
        raise UnreadableError(
            "is a picture, whose text isn't read. {advice}", advice=Sentence(INSTALL)
        )
    if not gathering.recognise:
        raise NeedsRecognitionError
    lines = lines_in(_opened(data))
    if not lines:
        raise UnreadableError("is a picture without text that can be read. Add the text itself.")
    write_pages({0: lines}, setting_of(lines), {}, gathering, frozenset({0}))


def _opened(data: bytes) -> "Image":
    """The picture, the right way up. Raises UnreadableError where it is too large or broken."""
    from PIL import Image, ImageOps

    # It warns of pictures that we refuse in words of our own.
    Image.MAX_IMAGE_PIXELS = None
    try:
        image = Image.open(BytesIO(data), formats=KINDS)
        if image.width * image.height > MOST_PIXELS:
            raise UnreadableError(
                Counted(
                    "has {count} megapixel, and more than {most} are not read. Make it smaller "
                    "and add it again.",
                    "has {count} megapixels, and more than {most} are not read. Make it smaller "
                    "and add it again.",
                    round(image.width * image.height / MILLION),
                    most=MOST_PIXELS // MILLION,
                )
            )
        image.load()
        return ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError) as error:
        raise errors.damaged() from error
