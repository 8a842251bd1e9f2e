"""The count of a chat model's use is a file that is made where it is missing, and refused by name
where it can't be used."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from retrieval.answer.chat.budget import Usage
from retrieval.answer.chat.options import DailyBudget
from retrieval.errors import FootnoteError


def test_a_file_that_is_none_of_ours_is_left_as_it_is_and_named(tmp_path: Path) -> None:
    path = tmp_path / "usage.db"
    path.write_bytes(b"not a database at all" * 100)
    before = path.read_bytes()
    with pytest.raises(FootnoteError, match=r"the chat model's use .*usage\.db can't be opened"):
        Usage(path, DailyBudget())
    assert path.read_bytes() == before


def test_a_record_of_something_else_is_refused_by_name(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "usage.db")) as file:
        file.executescript("CREATE TABLE asked (id); PRAGMA user_version = 1")
    with pytest.raises(FootnoteError, match=r"usage\.db is no record of the chat model's use"):
        Usage(tmp_path / "usage.db", DailyBudget())


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "usage.db"
    Usage(path, DailyBudget()).close()
    pages = path.read_bytes()
    path.write_bytes(pages[:4096] + b"\xff" * (len(pages) - 4096))
    with pytest.raises(FootnoteError, match=r"usage\.db: database disk image is malformed"):
        Usage(path, DailyBudget())


def test_many_who_open_it_at_once_share_one_new_file(tmp_path: Path) -> None:
    gate = Barrier(6)

    def work(number: int) -> bool:
        gate.wait()
        with closing(Usage(tmp_path / "usage.db", DailyBudget(in_all=4))) as usage:
            return usage.take(f"guild-{number}")

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(6))) == 4


def test_a_file_of_a_newer_footnote_is_refused(tmp_path: Path) -> None:
    Usage(tmp_path / "usage.db", DailyBudget()).close()
    with closing(sqlite3.connect(tmp_path / "usage.db")) as file:
        file.execute("PRAGMA user_version = 2")
    with pytest.raises(FootnoteError, match="newer Footnote"):
        Usage(tmp_path / "usage.db", DailyBudget())
