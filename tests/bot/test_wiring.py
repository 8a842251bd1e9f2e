"""A home with many libraries has more files open than systems allow at first."""

import resource
from collections.abc import Iterator

import pytest

from bot.wiring import MOST, allow_many


@pytest.fixture
def few() -> Iterator[int]:
    """The limit as many systems have it at first; gives what could be had."""
    given, grantable = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, grantable))
    yield grantable
    resource.setrlimit(resource.RLIMIT_NOFILE, (given, grantable))


def test_a_process_takes_as_many_open_files_as_it_is_granted(few: int) -> None:
    allow_many()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (min(few, MOST), few)


def test_a_process_that_has_more_keeps_them(few: int) -> None:
    allow_many()
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    allow_many()
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == before
