"""No address that leads inside is asked, whichever way it is written."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.web.ip_ranges import is_address, is_global, is_metadata
from tests.support.web.forms import (
    INSIDE_ADDRESSES,
    METADATA_ADDRESSES,
    NO_METADATA_ADDRESSES,
    PUBLIC_ADDRESSES,
)


@pytest.mark.parametrize("address", PUBLIC_ADDRESSES)
def test_public_addresses_may_be_asked(address: str) -> None:
    assert is_global(address)


@pytest.mark.parametrize("address", INSIDE_ADDRESSES)
def test_addresses_inside_may_not(address: str) -> None:
    assert not is_global(address)


def test_there_are_many_of_both() -> None:
    assert len({*PUBLIC_ADDRESSES, *INSIDE_ADDRESSES}) >= 90


@pytest.mark.parametrize("address", METADATA_ADDRESSES)
def test_metadata_services_are_known_in_every_guise(address: str) -> None:
    assert is_metadata(address)


@pytest.mark.parametrize("address", NO_METADATA_ADDRESSES)
def test_other_addresses_inside_are_none(address: str) -> None:
    assert not is_metadata(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_within_an_ipv6_one_is_never_asked(inner: IPv4Address) -> None:
    for prefix in ("::", "::ffff:", "::ffff:0:", "64:ff9b::", "64:ff9b:1::", "2a00::5efe:"):
        assert not is_global(f"{prefix}{inner}")


@given(st.ip_addresses())
def test_what_is_an_address_is_told_by_its_form(address: IPv4Address | IPv6Address) -> None:
    assert is_address(str(address))
    assert not is_address(f"{address}.example.com")
