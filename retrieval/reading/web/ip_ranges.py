"""Tell which IP addresses may be asked: tables of our own, alike under every Python.

`ipaddress.is_global` is no rule to lean on: it changes between patch releases, and calls global
what leads inside, such as NAT64, 6to4, IPv4-compatible and multicast addresses.
"""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# Of the special-purpose registry of IANA (RFC 6890 and later), whatever is not for everybody.
V4_INSIDE = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 "
        "192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 "
        "192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 "
        "168.63.129.16/32"  # a public address by the registry, but inside in every Azure network
    ).split()
)
# All that IANA has given out. Mapped, compatible, NAT64, local and multicast addresses lie outside.
V6_PUBLIC = IPv6Network("2000::/3")
# In it: Teredo, ORCHID and benchmarks, documentation, 6to4, AS112, and what 6bone gave back.
V6_INSIDE = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3ffe::/16 3fff::/20".split()
    )
)
# The second half of an ISATAP address begins so, with an IPv4 address after it (RFC 5214).
ISATAP = frozenset({0x00005EFE, 0x02005EFE})
# Where clouds hand their machines keys and settings: AWS and most others, Azure, Alibaba, Oracle;
# then AWS and Google over IPv6.
V4_METADATA = tuple(
    IPv4Network(network)
    for network in "169.254.0.0/16 168.63.129.16/32 100.100.100.200/32 192.0.0.192/32".split()
)
V6_METADATA = (IPv6Network("fd00:ec2::/32"), IPv6Network("fd20:ce::254/128"))
V6_6TO4 = IPv6Network("2002::/16")


def is_global(text: str) -> bool:
    """Return whether an IP address is one that anybody on the Internet may be asked at."""
    address = _read(text)
    if isinstance(address, IPv4Address):
        return not any(address in network for network in V4_INSIDE)
    return (
        address is not None
        and address in V6_PUBLIC
        and not any(address in network for network in V6_INSIDE)
        and (int(address) >> 32) & 0xFFFFFFFF not in ISATAP
    )


def is_metadata(text: str) -> bool:
    """Return whether an IP address may be a cloud's metadata service, which can't be allowed.

    So is what can't be read, and an IPv6 address that ends in such an IPv4 one: it may be a mapped
    or translated one, by a prefix that only its network knows.
    """
    address = _read(text)
    if isinstance(address, IPv6Address):
        inside = any(address in network for network in V6_METADATA)
        return inside or any(map(_is_v4_metadata, _embedded(address)))
    return address is None or _is_v4_metadata(address)


def is_address(host: str) -> bool:
    """Return whether a host that was read is an IP address, and no name."""
    return _read(host) is not None


def _read(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # One with a zone is of this machine's own links.
    scoped = isinstance(address, IPv6Address) and address.scope_id is not None
    return None if scoped else address


def _embedded(address: IPv6Address) -> Iterator[IPv4Address]:
    yield IPv4Address(int(address) & 0xFFFFFFFF)
    if address in V6_6TO4:
        yield IPv4Address((int(address) >> 80) & 0xFFFFFFFF)


def _is_v4_metadata(address: IPv4Address) -> bool:
    return any(address in network for network in V4_METADATA)
