"""The host in an address: read by one strict rule, for the check and the request alike."""

import re
from ipaddress import IPv4Address, IPv6Address

from .errors_x import NoPageError

LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
LONGEST_NAME = 253  # RFC 1035, 2.3.4, in characters
# What the URL standard of WHATWG takes for the end of an IPv4 address.
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Names that no public DNS gives out, by RFC 6761, 6762, 7686, 8375, 9476, and by custom.
NAMES_INSIDE = re.compile(
    r"(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|private|home\.arpa|"
    r"in-addr\.arpa|ip6\.arpa|test|invalid|onion|alt)$"
)
UNREADABLE = "names no host that can be read. Check the address."
NUMERIC = "has a number for a host. Give the host’s name."


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
    """Whether a host's name can only be one of some network's own."""
    return "." not in name or NAMES_INSIDE.search(name) is not None
