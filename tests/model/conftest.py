"""The small model, started once."""

from collections.abc import Iterator

import pytest

from .serving import serving


@pytest.fixture(scope="session")
def smollm() -> Iterator[str]:
    """The URL at which the small model answers. Fails, and says how to install it, without one."""
    with serving() as url:
        yield url
