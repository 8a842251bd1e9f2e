"""What goes wrong with pages: reasons without a subject inside, whole sentences outside."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from retrieval.errors import FootnoteError

LONGEST_SHOWN = 300  # characters of an address in a message
CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")


class WebError(FootnoteError):
    """A page can't be had: its message is the whole sentence, with the page's address in it."""


class NoPageError(Exception):
    """A page can't be had. The message says why and what to do, without naming the page:
    "is not there (404). Check the address."
    """


class NoAnswerError(NoPageError):
    """No answer came at all, so that nothing else can be had from there either."""


@contextmanager
def naming(url: str) -> Iterator[None]:
    """Turns the reasons that come up within into whole sentences about an address."""
    try:
        yield
    except NoPageError as error:
        raise WebError(f"{shown(url)} {error}") from error


def shown(url: str) -> str:
    """An address as it may be shown: in one line, not too long, and without a password."""
    hidden = CREDENTIALS.sub("…@", url.strip(), count=1)
    plain = "".join(char if char.isprintable() else "�" for char in hidden[: LONGEST_SHOWN + 1])
    if len(plain) > LONGEST_SHOWN:
        return f"{plain[:LONGEST_SHOWN]}…"
    return plain or "An empty text"
