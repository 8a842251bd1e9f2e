"""Failures on the way to a page → reasons, told of the address that was asked for."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from .errors import failure
from .errors_x import NoAnswerError, NoPageError
from .url import Place


@contextmanager
def explaining(asked: Place, place: Place, seconds: float) -> Iterator[None]:
    """Turns what goes wrong at one place into a reason about the one that led there.

    Raises NoAnswerError only where they are the same: nothing is known of the first one otherwise.
    """
    try:
        yield
    except NoPageError as error:
        if place == asked:
            raise
        raise NoPageError(leading(asked, place, str(error))) from error
    except (OSError, HTTPException, zlib.error) as error:
        reason = leading(asked, place, failure(error, place.host, seconds))
        raise (NoAnswerError if place == asked else NoPageError)(reason) from error


def leading(asked: Place, place: Place, reason: str) -> str:
    """A reason that is about one place, told of the one that led there."""
    return reason if place == asked else f"leads to {place.url}, which {reason}"
