"""What came of asking for a page: the answer as it was, and what Footnote makes of it."""

import re
from dataclasses import dataclass

from .exchange import Answer
from .naming import charset, file_name, media_type
from .url import Place

# What is sent back to a server word by word; longer ones, or odd ones, are not worth keeping.
KEPT = re.compile(r"[\x20-\x7e\x80-\xff]{1,500}")


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server knows a version of a page by, to be asked later whether it has changed.

    `url` is where the page was in the end; nobody else is sent them.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """What to ask with (RFC 9110, 13.1), as it came: a date of our own may be a wrong one."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `asked` is the place that was meant, `place` the one that answered.

    `for_good` says that every redirect from one to the other was.
    """

    asked: Place
    place: Place
    answer: Answer
    for_good: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or any other file.

    `url` is its address as documents keep it: what was asked, or the new one where it has moved for
    good. `name` is a file name for it, or ""; `charset` what its server says of it, unchecked.
    """

    url: str
    body: bytes
    name: str
    charset: str | None
    validators: Validators


def page_of(fetched: Fetched) -> Page:
    """The page that an answer with status 200 holds."""
    headers = fetched.answer.headers
    kind = headers["Content-Type"]
    return Page(
        url=(fetched.place if fetched.for_good else fetched.asked).url,
        body=fetched.answer.body,
        name=file_name(fetched.place, media_type(kind)),
        charset=charset(kind),
        validators=Validators(
            fetched.place.url,
            _kept(headers["ETag"]),
            _kept(headers["Last-Modified"]),
        ),
    )


def _kept(header: str | None) -> str | None:
    return header if header and KEPT.fullmatch(header) else None
