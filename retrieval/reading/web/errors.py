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

from retrieval.errors import N_, Counted, FootnoteError, ReasonError, Sentence, plural

LONGEST_SHOWN = 300  # characters of an address in a message
CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")


class WebError(FootnoteError):
    """A page can't be had: its message is the whole sentence, with the page's address in it."""


class GoneError(WebError):
    """The server of a page says that there is none at its address."""

    gone = True


class NoPageError(ReasonError):
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
        said = Sentence("{page} {why}", page=shown(url), why=error.sentence)
        raise kind(said) from error


def shown(url: str) -> str:
    """An address as it may be shown: in one line, not too long, and without a password."""
    hidden = CREDENTIALS.sub("…@", url.strip(), count=1)
    plain = "".join(char if char.isprintable() else "�" for char in hidden[: LONGEST_SHOWN + 1])
    if len(plain) > LONGEST_SHOWN:
        return f"{plain[:LONGEST_SHOWN]}…"
    return plain or Sentence("An empty text")


OK, NOT_MODIFIED = 200, 304
NOT_THERE = frozenset({404, 410})
MOVED = frozenset({301, 302, 303, 307, 308})
MOVED_FOR_GOOD = frozenset({301, 308})
TOO_MANY_REQUESTS, SERVER_ERROR, UNAVAILABLE = 429, 500, 503
# Statuses are those of RFC 9110, section 15, and RFC 7725 (451).
REFUSALS = {
    401: N_(
        "needs a login (401), and Footnote reads what everybody can. Save it and add the file."
    ),
    403: N_("is not shown to programs (403). Save it and add the file."),
    404: N_("is not there (404). Check the address."),
    407: N_(
        "needs a login (407), and Footnote reads what everybody can. Save it and add the file."
    ),
    408: N_("took its server too long (408). Try again later."),
    410: N_("is gone for good (410). Check the address."),
    451: N_("is withheld for legal reasons (451). Look for it elsewhere."),
    504: N_("took its server too long (504). Try again later."),
}
REFUSALS_BY_CLASS = {
    2: N_("came without its content ({status}). Check the address."),
    3: N_("is sent on to nowhere ({status}). Check the address."),
    4: N_("is refused by its server ({status}). Check the address."),
    5: N_("can’t be fetched: its server has a problem ({status}). Try again later."),
}
BUSY = N_("can’t be fetched now: its server wants fewer requests. Try again in {wait}.")
NO_SENSE = N_("can’t be fetched: {host} doesn’t answer as a web server should. Try again later.")
NO_HOST = N_("can’t be fetched: there is no host {host}. Check the address.")
NO_LOOK_UP = N_("can’t be fetched now: the host {host} can’t be looked up. Try again later.")
NO_ANSWER = N_("can’t be fetched: {host} doesn’t answer. Try again later.")
NO_TRUST = N_("can’t be fetched: the certificate of {host} can’t be trusted. Check the address.")
ANOTHERS = N_(
    "can’t be fetched: the certificate of {host} can’t be trusted, because it is another host’s. "
    "Check the address."
)
RUN_OUT = N_(
    "can’t be fetched: the certificate of {host} can’t be trusted, because it has run out. "
    "Check the address."
)
NO_SECURITY = N_("can’t be fetched: no secure connection to {host} comes about. Check the address.")

# Seconds. What asks for more, or for nonsense, gets a day: a server is not kept out for ever.
UNSAID_WAIT, LONGEST_WAIT = 60.0, 24 * 3600.0
SECONDS = re.compile(r"[0-9]{1,9}")
LONGER = {
    3600: plural("{count} hour", "{count} hours"),
    60: plural("{count} minute", "{count} minutes"),
}
NAMES_APART = re.compile(r"mismatch|not valid for", re.IGNORECASE)


def refusal(status: int) -> str:
    """The reason why an answer with some status, other than 200, holds no page."""
    if status in REFUSALS:
        return Sentence(REFUSALS[status])
    if status // 100 not in REFUSALS_BY_CLASS:
        return Sentence(NO_SENSE, host=Sentence("its server"))
    return Sentence(REFUSALS_BY_CLASS[status // 100], status=status)


def failure(error: Exception, host: str, seconds: float) -> str:
    """The reason why no answer came from a host within some seconds."""
    match error:
        case TimeoutError():
            return Counted(
                "took longer than {count} second. Try again later.",
                "took longer than {count} seconds. Try again later.",
                seconds,
            )
        case ssl.SSLCertVerificationError():
            return Sentence(_untrusted(error), host=host)
        case ssl.SSLError():
            return Sentence(NO_SECURITY, host=host)
        case socket.gaierror():
            passing = error.errno == socket.EAI_AGAIN
            return Sentence(NO_LOOK_UP if passing else NO_HOST, host=host)
        case OSError():
            return Sentence(NO_ANSWER, host=host)
    return Sentence(NO_SENSE, host=host)


def _untrusted(error: ssl.SSLCertVerificationError) -> str:
    # OpenSSL's own words are for those who know certificates.
    if NAMES_APART.search(error.verify_message):
        return ANOTHERS
    return RUN_OUT if "expired" in error.verify_message else NO_TRUST


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
    for length, forms in LONGER.items():
        if seconds > length:
            return Counted(*forms, math.ceil(seconds / length))
    return Counted("{count} second", "{count} seconds", max(1, math.ceil(seconds)))
