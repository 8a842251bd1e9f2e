"""Read the address of a page as people give it: the place it means, if that is one to be asked.

What is checked is what is asked for: hosts and paths have one spelling here, by one strict rule.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

from retrieval.errors import N_, Counted
from retrieval.reading.limits import LONGEST_URL

from .errors import NoPageError
from .ip_ranges import is_address, is_global

NOWHERE: frozenset[str] = frozenset()
USUAL_PORTS = {"http": 80, "https": 443}
HIGHEST_PORT = 65535
BLANKS = " \t\r\n"
# Spaces of all kinds, controls, line separators, halves of characters. Parsers differ in what they
# make of them and of backslashes.
UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
# Not urlsplit's own host and port: "[::1]x" has the former, and int() takes "+80" for the latter.
AUTHORITY = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:%]+))(?::([0-9]{0,5}))?")
DISCORD = re.compile(r"(?:[a-z0-9-]+\.)*discord(?:app)?\.com")

INSIDE = N_(
    "lies inside a network, where Footnote does not read. Whoever runs Footnote can allow its host."
)
NO_ADDRESS = N_("is not a web address. Check it.")
NO_SCHEME = N_("is not a web address: those begin with https:// or http://.")
TOO_LONG = Counted(
    "has more than {most} character, which is too long. Check the address.",
    "has more than {most} characters, which is too long. Check the address.",
    LONGEST_URL,
    most=LONGEST_URL,
)
UNFIT_SIGNS = N_("has a space, a backslash or a control character in it. Check the address.")
WITH_PASSWORD = N_("has a user name or password in it. Leave that out.")
UNUSUAL_PORT = N_(
    "names port {port}, and Footnote asks at the usual ones. Whoever runs Footnote can allow "
    "{host}:{port}."
)
MESSAGE = N_("is a Discord message. In Discord, use Apps → Add to Footnote on it.")


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
        """Return whether hosts ("host" for the usual ports, or "host:port") name this place."""
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
    if len(url) > LONGEST_URL:
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
        raise NoPageError(UNUSUAL_PORT, host=place.host, port=place.port)
    # What a name leads to is checked once more when it has been looked up. This spares the look-up.
    inside = not is_global(place.host) if is_address(place.host) else is_inside(place.host)
    if inside:
        raise NoPageError(INSIDE)


# --- The path and query

# Left as they are in a path and a query: what RFC 3986 lets stand there.
PATH_MARKS = "/%:@!$&'()*+,;=~"
QUERY_MARKS = PATH_MARKS + "?"
ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


def read_target(path: str, query: str) -> str:
    """The target to ask a server for: the path, then the query if there is one, all of it ASCII.

    Letters that were escaped without need are not any more, and dots are gone through, as servers
    do: otherwise /a/%2e%2e/b would be another page than /b, with other rules in robots.txt.
    """
    plain = ESCAPE.sub(_unescaped, quote(path or "/", safe=PATH_MARKS))
    asked = quote(query, safe=QUERY_MARKS)
    return _without_dots(plain) + (f"?{asked}" if asked else "")


def _unescaped(escape: re.Match[str]) -> str:
    digits = escape[1]
    if digits is None:
        return "%25"  # a percent sign that begins no escape is one itself
    letter = chr(int(digits, 16))
    return letter if UNRESERVED.fullmatch(letter) else f"%{digits.upper()}"


def _without_dots(path: str) -> str:
    segments = path.split("/")[1:]
    kept: list[str] = []
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


# --- The host

LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
LONGEST_NAME = 253  # RFC 1035, 2.3.4, in characters
# What the URL standard of WHATWG takes for the end of an IPv4 address.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Names that no public DNS gives out, by RFC 6761, 6762, 7686, 8375, 9476, and by custom.
NAMES_INSIDE = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa|"
    r"in-addr\.arpa|ip6\.arpa|test|invalid|onion|alt)$"
)
UNREADABLE = N_("names no host that can be read. Check the address.")
NUMERIC = N_("has a number for a host. Give the host’s name.")


def read_name(text: str) -> str:
    """A host's name in ASCII and lower case, or the IPv4 address that it is. Raises NoPageError.

    An address counts only as four plain decimal numbers. Systems read many more forms (127.1,
    0x7f.1, 2130706433), and each reads others.
    """
    host = _ascii(text).removesuffix(".")
    if len(host) > LONGEST_NAME or not all(map(LABEL.fullmatch, host.split("."))):
        raise NoPageError(UNREADABLE)
    if not NUMBER.fullmatch(host.rpartition(".")[2]):
        return host
    try:
        return str(IPv4Address(host))
    except ValueError:
        raise NoPageError(NUMERIC) from None


def _ascii(text: str) -> str:
    # idna refuses ASCII names that exist, such as foo_bar.example and r3---sn-x.example.
    if text.isascii():
        return text.lower()
    import idna

    try:
        # Maps full-width digits and dots to plain ones, and "ß" to itself, as browsers do.
        return idna.encode(text, uts46=True, std3_rules=True).decode()
    except UnicodeError:
        raise NoPageError(UNREADABLE) from None


def read_v6(text: str) -> str:
    """An IPv6 address in its shortest spelling. Raises NoPageError."""
    try:
        return str(IPv6Address(text))
    except ValueError:
        raise NoPageError(UNREADABLE) from None


def is_inside(name: str) -> bool:
    """Return whether a host's name can only be one of some network's own."""
    return "." not in name or NAMES_INSIDE.search(name) is not None
