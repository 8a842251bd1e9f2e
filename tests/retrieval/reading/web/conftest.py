"""Servers, plain and with TLS, and the time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.web.certificates import (
    Identity,
    authority,
    client_context,
    issued,
    server_context,
)
from tests.support.web.serving import Clock, Site

SECURE_HOST = "wiki.example.com"


@pytest.fixture
def site() -> Iterator[Site]:
    """A server."""
    with Site().running() as running:
        yield running


@pytest.fixture(scope="session")
def signer() -> Identity:
    """The authority that signs the certificates of all tests."""
    return authority()


@pytest.fixture
def secure(signer: Identity, tmp_path: Path) -> Iterator[Site]:
    """A server with TLS, for wiki.example.com."""
    running = Site(server_context(issued(signer, SECURE_HOST), tmp_path))
    running.client = client_context(signer, tmp_path)
    with running.running():
        yield running


@pytest.fixture
def clock() -> Clock:
    """A time that passes only while a thread waits."""
    return Clock()
