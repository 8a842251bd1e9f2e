"""The processes that read the files of these tests; starting them is what takes time."""

from collections.abc import Iterator

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers


@pytest.fixture(scope="session")
def parsers() -> Iterator[Parsers]:
    """The readers of files as in production, in two processes."""
    with Parsers() as reading:
        yield reading
