"""The reasons why a page can't be had, with what to do about it.

Inside this package a reason has no subject ("is not there (404). Check the address."); `naming`
makes sentences of them that name the address.
"""

import math
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from retrieval.errors import FootnoteError

LONGEST_SHOWN = 300  # characters of an address in a message
CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")


class WebError(FootnoteError):
    """A page can't be had: its message is the whole sentence, with the page's address in it."""


class GoneError(WebError):
    """The server of a page says that there is none at its address."""

    gone = True


class NoPageError(Exception):
    """A page can't be had. The message says why and what to do, without naming the page:
    "is not there (404). Check the address."
    """


class NotThereError(NoPageError):
    """Its server says that there is no page."""


class NoAnswerError(NoPageError):
    """No answer came at all, so that nothing else can be had from there either."""


@contextmanager
def naming(url: str) -> Iterator[None]:
    """Turn the reasons that come up within into whole sentences about an address."""
    try:
        yield
    except NoPageError as error:
        kind = GoneError if isinstance(error, NotThereError) else WebError
        raise kind(f"{shown(url)} {error}") from error


def shown(url: str) -> str:
    """An address as it may be shown: in one line, not too long, and without a password."""
    hidden = CREDENTIALS.sub("…@", url.strip(), count=1)
    plain = "".join(char if char.isprintable() else "�" for char in hidden[: LONGEST_SHOWN + 1])
    if len(plain) > LONGEST_SHOWN:
        return f"{plain[:LONGEST_SHOWN]}…"
    return plain or "An empty text"


OK, NOT_MODIFIED = 200, 304
NOT_THERE = frozenset({404, 410})
MOVED = frozenset({301, 302, 303, 307, 308})
MOVED_FOR_GOOD = frozenset({301, 308})
TOO_MANY_REQUESTS, SERVER_ERROR, UNAVAILABLE = 429, 500, 503
# Statuses are those of RFC 9110, section 15, and RFC 7725 (451).
REFUSALS = {
    401: "needs a login (401), and Footnote reads what everybody can. Save it and add the file.",
    403: "is not shown to programs (403). Save it and add the file.",
    404: "is not there (404). Check the address.",
    407: "needs a login (407), and Footnote reads what everybody can. Save it and add the file.",
    408: "took its server too long (408). Try again later.",
    410: "is gone for good (410). Check the address.",
    451: "is withheld for legal reasons (451). Look for it elsewhere.",
    504: "took its server too long (504). Try again later.",
}
REFUSALS_BY_CLASS = {
    2: "came without its content ({status}). Check the address.",
    3: "is sent on to nowhere ({status}). Check the address.",
    4: "is refused by its server ({status}). Check the address.",
    5: "can’t be fetched: its server has a problem ({status}). Try again later.",
}
BUSY = "can’t be fetched now: its server wants fewer requests. Try again in {wait}."
NO_SENSE = "can’t be fetched: {host} doesn’t answer as a web server should. Try again later."
NO_HOST = "can’t be fetched: there is no host {host}. Check the address."
NO_LOOK_UP = "can’t be fetched now: the host {host} can’t be looked up. Try again later."
NO_ANSWER = "can’t be fetched: {host} doesn’t answer. Try again later."
NO_TRUST = "can’t be fetched: the certificate of {host} can’t be trusted{why}. Check the address."
NO_SECURITY = "can’t be fetched: no secure connection to {host} comes about. Check the address."
TOO_SLOW = "took longer than {seconds:g} seconds. Try again later."

# Seconds. What asks for more, or for nonsense, gets a day: a server is not kept out for ever.
UNSAID_WAIT, LONGEST_WAIT = 60.0, 24 * 3600.0
SECONDS = re.compile(r"[0-9]{1,9}")
NAMES_APART = re.compile(r"mismatch|not valid for", re.IGNORECASE)


def refusal(status: int) -> str:
    """The reason why an answer with some status, other than 200, holds no page."""
    if status in REFUSALS:
        return REFUSALS[status]
    return REFUSALS_BY_CLASS.get(status // 100, NO_SENSE).format(status=status, host="its server")


def failure(error: Exception, host: str, seconds: float) -> str:
    """The reason why no answer came from a host within some seconds."""
    match error:
        case TimeoutError():
            return TOO_SLOW.format(seconds=seconds)
        case ssl.SSLCertVerificationError():
            return NO_TRUST.format(host=host, why=_why_untrusted(error))
        case ssl.SSLError():
            return NO_SECURITY.format(host=host)
        case socket.gaierror():
            passing = error.errno == socket.EAI_AGAIN
            return (NO_LOOK_UP if passing else NO_HOST).format(host=host)
        case OSError():
            return NO_ANSWER.format(host=host)
    return NO_SENSE.format(host=host)


def _why_untrusted(error: ssl.SSLCertVerificationError) -> str:
    # OpenSSL's own words are for those who know certificates.
    if NAMES_APART.search(error.verify_message):
        return ", because it is another host’s"
    return ", because it has run out" if "expired" in error.verify_message else ""


def wait_after(status: int, retry_after: str | None, now: datetime) -> float | None:
    """The seconds in which a server wants no more requests; None where it didn't say so.

    `retry_after` is the header of that name (RFC 9110, 10.2.3): seconds or a date.
    """
    if status not in {TOO_MANY_REQUESTS, UNAVAILABLE}:
        return None
    wait = _read_wait((retry_after or "").strip(), now)
    if wait is None:
        return UNSAID_WAIT if status == TOO_MANY_REQUESTS else None
    return min(max(wait, 1.0), LONGEST_WAIT)


def _read_wait(text: str, now: datetime) -> float | None:
    if SECONDS.fullmatch(text):
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    # A date without a zone is in universal time.
    return ((until if until.tzinfo else until.replace(tzinfo=UTC)) - now).total_seconds()


def in_words(seconds: float) -> str:
    """A time to wait, rounded up to what a person would say."""
    seconds = round(seconds, 3)  # a difference of two times may be a hair too long
    for unit, length in (("hour", 3600), ("minute", 60)):
        if seconds > length:
            return f"{math.ceil(seconds / length)} {unit}s"
    count = max(1, math.ceil(seconds))
    return f"{count} second" if count == 1 else f"{count} seconds"
