"""Shared by all tests: no network, and the bundled model, loaded once."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket

# Read when the libraries are imported, so set before that; processes that are started inherit both.
# Texts as short as these gain nothing from a second thread, and lose a lot on a busy machine.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"

from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.models.real import serving
from tests.support.processes import preloaded

# A busy machine is no failure.
settings.register_profile("calm", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


def pytest_configure(config: pytest.Config) -> None:
    """Has processes that run side by side fork the program's processes from one and the same."""
    if config.getoption("numprocesses", None):
        os.environ[preloaded.ADDRESS] = preloaded.address()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Refuses every connection, but to what a test's mark `allow_hosts` names."""
    if item.get_closest_marker("allow_hosts") is None:
        disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def embedder() -> SentenceEmbedder:
    """The bundled model, as it answers in production."""
    return SentenceEmbedder()


@pytest.fixture(scope="session")
def smollm() -> Iterator[str]:
    """The URL at which the small chat model answers. Says how to install it where it isn't."""
    with serving() as url:
        yield url
