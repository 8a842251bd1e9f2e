"""One request and its answer, over a connection that is hung up afterwards."""

from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse

from .body import read_body
from .errors import MOVED, NOT_MODIFIED, OK
from .http import Connection
from .naming import check_readable, media_type

# Always the same, so that what a server says of a page is said of the same variant of it.
HEADERS = {
    "Accept": (
        "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf, */*;q=0.5"
    ),
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take: seconds, bytes, redirects. `cut` takes the beginning of larger ones.

    Waiting out of politeness is not counted in the seconds.
    """

    seconds: float = 30.0
    size: int = 20 * 1024 * 1024
    redirects: int = 5
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered. The body is read only where the status is 200."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def location(self) -> str:
        """Where the page is instead, as the server has it; "" where it is here."""
        moved = self.status in MOVED and self.headers["Location"]
        # Headers are read as Latin-1, and what stands here is often UTF-8 all the same.
        return moved.encode("latin-1", "replace").decode("utf-8", "replace") if moved else ""


def exchange(
    connection: Connection, target: str, agent: str, known: dict[str, str], limits: Limits
) -> Answer:
    """Asks for a path and query. `known` are the headers that ask whether a page has changed.

    Raises NoPageError for a body that is not to be read; OSError, HTTPException or zlib.error for
    an answer that doesn't come whole, or makes no sense.
    """
    try:
        connection.request("GET", target, headers={"User-Agent": agent} | HEADERS | known)
        response = connection.getresponse()
        if response.status < OK or (response.status == NOT_MODIFIED and not known):
            raise HTTPException
        body = _body(response, limits) if response.status == OK else b""
        return Answer(response.status, response.headers, body)
    finally:
        connection.hang_up()


def _body(response: HTTPResponse, limits: Limits) -> bytes:
    check_readable(media_type(response.headers["Content-Type"]))
    return read_body(response, limits.size, limits.cut)
