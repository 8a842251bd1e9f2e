"""A file that can't or mustn't be read: one sentence, and the library as it was."""

from pathlib import Path

import pytest

from tests.support.formats.hostile.added import ADDED, LARGE
from tests.support.formats.hostile.specimen import Hostile
from tests.support.shell import Outcome, footnote

POOL = "The pool opens at nine."


@pytest.fixture
def stocked(home: Path, tmp_path: Path) -> Path:
    """A home with a document in it."""
    (tmp_path / "pool.txt").write_text(POOL)
    assert footnote("add", tmp_path / "pool.txt", "--home", home).code == 0
    return home


def listed(home: Path) -> str:
    return footnote("list", "--json", "--home", home).out


def refused(done: Outcome) -> str:
    """Return the one sentence that is said."""
    assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
    assert done.err.startswith("footnote: ")
    assert done.err.endswith(".\n")
    return done.err


@pytest.mark.parametrize("bad", ADDED.values(), ids=ADDED)
def test_a_bad_file_is_refused_and_the_library_is_as_it_was(
    stocked: Path, tmp_path: Path, bad: Hostile
) -> None:
    before = listed(stocked)
    file = tmp_path / bad.name
    file.write_bytes(bad.make())
    told = refused(footnote("add", file, "--home", stocked))
    assert str(file) in told
    assert bad.told in told
    assert listed(stocked) == before


def test_a_notebook_of_200_megabytes_is_refused_unread(stocked: Path, tmp_path: Path) -> None:
    file = tmp_path / "large.ipynb"
    with file.open("wb") as opened:
        opened.truncate(LARGE)
    assert "is larger than 20 MiB" in refused(footnote("add", file, "--home", stocked))
