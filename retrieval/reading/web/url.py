"""An address as people give it → the place it means, if that is one to be asked."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from .errors_x import NoPageError
from .hosts import UNREADABLE, is_inside, read_name, read_v6
from .ip_ranges import is_address, is_global
from .targets import read_target

NOWHERE: frozenset[str] = frozenset()
USUAL_PORTS = {"http": 80, "https": 443}
HIGHEST_PORT = 65535
LONGEST = 2048  # characters of an address; some servers and all proxies read no longer ones
BLANKS = " \t\r\n"
# Spaces of all kinds, controls, line separators, halves of characters. Parsers differ in what they
# make of them and of backslashes.
UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
# Not urlsplit's own host and port: "[::1]x" has the former, and int() takes "+80" for the latter.
AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:%]+))(?::([0-9]{0,5}))?")
DISCORD = re.compile(r"(?:[a-z0-9-]+\.)*discord(?:app)?\.com")

INSIDE = (
    "lies inside a network, where Footnote does not read. Whoever runs Footnote can allow its host."
)
NO_ADDRESS = "is not a web address. Check it."
NO_SCHEME = "is not a web address: those begin with https:// or http://."
TOO_LONG = f"has more than {LONGEST} characters, which is too long. Check the address."
UNFIT_SIGNS = "has a space, a backslash or a control character in it. Check the address."
WITH_PASSWORD = "has a user name or password in it. Leave that out."  # noqa: S105 -- a sentence
UNUSUAL_PORT = (
    "names port {port}, and Footnote asks at the usual ones. Whoever runs Footnote can allow "
    "{host}:{port}."
)
MESSAGE = "is a Discord message. In Discord, use Apps → Add to Footnote on it."


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: `scheme` http or https, `target` the path and query.

    `host` is a name in ASCII and lower case, or an IP address without brackets.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host as addresses have it, with the port where that is not the usual one."""
        return self._host if self._usual else f"{self._host}:{self.port}"

    @property
    def origin(self) -> str:
        """The address without what comes after the host."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The one spelling of the address: reading it gives this place again."""
        return self.origin + self.target

    def is_among(self, hosts: frozenset[str]) -> bool:
        """Whether some hosts, each as "host" for the usual ports or "host:port", name this one."""
        names = {f"{self._host}:{self.port}"} | ({self.host, self._host} if self._usual else set())
        return not names.isdisjoint(hosts)

    @property
    def _host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def _usual(self) -> bool:
        return self.port == USUAL_PORTS[self.scheme]


def read_place(url: str, allowed: frozenset[str] = NOWHERE) -> Place:
    """The place that an address means; its `url` is the spelling by which a page is one document.

    `allowed` are hosts, as "host" or "host:port", that may be asked wherever they lie. Raises
    NoPageError for what is no address, or one that is not asked.
    """
    parts = _split(url.strip(BLANKS))
    host, port = _read_authority(parts)
    place = Place(parts.scheme, host, port, read_target(parts.path, parts.query))
    if not place.is_among(allowed):
        _check(place)
    if DISCORD.fullmatch(host) and place.target.startswith("/channels/"):
        raise NoPageError(MESSAGE)
    return place


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST:
        raise NoPageError(TOO_LONG)
    # Looked at before urlsplit, which drops tabs and line ends in silence.
    if UNFIT.search(url):
        raise NoPageError(UNFIT_SIGNS)
    try:
        parts = urlsplit(url)
    except ValueError:
        raise NoPageError(NO_ADDRESS) from None
    if parts.scheme not in USUAL_PORTS:
        raise NoPageError(NO_SCHEME)
    return parts


def _read_authority(parts: SplitResult) -> tuple[str, int]:
    # Parsers differ in what stands before and after an "@", so none of them is believed.
    if "@" in parts.netloc:
        raise NoPageError(WITH_PASSWORD)
    found = AUTHORITY.fullmatch(parts.netloc)
    if found is None:
        raise NoPageError(UNREADABLE)
    v6, name, digits = found.groups()
    port = int(digits or USUAL_PORTS[parts.scheme])
    if not 0 < port <= HIGHEST_PORT:
        raise NoPageError(UNREADABLE)
    return read_v6(v6) if v6 else read_name(name), port


def _check(place: Place) -> None:
    if place.port != USUAL_PORTS[place.scheme]:
        raise NoPageError(UNUSUAL_PORT.format(host=place.host, port=place.port))
    # What a name leads to is checked once more when it has been looked up. This spares the look-up.
    inside = not is_global(place.host) if is_address(place.host) else is_inside(place.host)
    if inside:
        raise NoPageError(INSIDE)
