"""The record of what became documents: files that an older Footnote made take all that is new."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.discord.records.activity_file import ACTIVITY
from bot.discord.records.knowledge.kept_threads import KeptThread, KeptThreads

# The table as it was made before messages could be added.
OLDER = """
DROP TABLE kept_threads;
CREATE TABLE kept_threads (
    id       INTEGER PRIMARY KEY,
    server   INTEGER NOT NULL,
    channel  INTEGER NOT NULL,
    place    INTEGER NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('thread', 'message', 'edited')),
    document TEXT NOT NULL,
    digest   TEXT NOT NULL,
    store    TEXT NOT NULL,
    tagged   INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_threads_channel ON kept_threads (channel);
INSERT INTO kept_threads VALUES (5, 1, 2, 5, 'thread', 'abc', 'digest', '', 1);
INSERT INTO kept_messages VALUES (6, 5, 7);
"""
THREAD = KeptThread(5, 1, 2, 5, "thread", "abc", "digest", "", True)


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file that an older Footnote made, with a thread in it."""
    path = tmp_path / ACTIVITY
    KeptThreads(path).close()
    with closing(sqlite3.connect(path)) as file:
        file.executescript(OLDER)
    return path


def test_an_older_file_keeps_its_threads_and_takes_added_messages(older: Path) -> None:
    for _ in range(2):  # the second time there is nothing more to do
        with closing(KeptThreads(older)) as record:
            assert record.of(5) == THREAD
            assert record.of_messages([6]) == [THREAD]
            record.begin(KeptThread(8, 1, 2, 2, "added", "", "", "store"), {8: 7})
            assert [each.id for each in record.chosen_in(2)] == [8]


def test_in_an_older_file_a_thread_s_messages_are_forgotten_with_it(older: Path) -> None:
    with closing(KeptThreads(older)) as record:
        record.forget(5)
        assert record.of_messages([6]) == []
    with closing(sqlite3.connect(older)) as file:
        assert file.execute("SELECT count(*) FROM kept_messages").fetchone() == (0,)
