"""The record of gaps, hand-offs and digests: a server's own, and gone with its questions."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.discord.records.digest_record import Liked
from bot.discord.records.gap_record import Waiting
from bot.discord.records.question_log import KEPT_DAYS
from bot.discord.records.records import Records, open_records
from retrieval.types import Answer

SERVER, OTHER, MEMBER = 7, 77, 5
SAUNA = "How hot is the sauna?"


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """The records of a home in which nobody asked yet."""
    with open_records(tmp_path) as records:
        yield records


def asked(
    records: Records, id: int, server: int = SERVER, answered: bool = False, text: str = SAUNA
) -> None:
    """Record a question."""
    records.questions.record_answer(id, server, Answer(text, answered, "…", 0.1, "quote"))


def test_open_is_what_was_not_answered_or_found_bad_by_more_than_found_it_good(
    records: Records,
) -> None:
    asked(records, 1)
    asked(records, 2, answered=True, text="good")
    asked(records, 3, answered=True, text="bad")
    asked(records, 4, OTHER)
    records.questions.vote(2, SERVER, MEMBER, up=True)
    records.questions.vote(3, SERVER, MEMBER, up=False)
    assert {one.id: one.disliked for one in records.gaps.open(SERVER)} == {1: False, 3: True}


def test_what_was_answered_since_in_the_same_words_is_not_open(records: Records) -> None:
    asked(records, 1)
    asked(records, 2, answered=True, text=f"  {SAUNA.upper()} ")
    assert records.gaps.open(SERVER) == []


def test_nothing_of_another_server_is_settled_or_told(records: Records) -> None:
    asked(records, 1)
    assert records.gaps.settle([1], OTHER, 1, "not ours") == []
    assert not records.gaps.wait(1, OTHER, MEMBER, 3, 4)
    assert records.gaps.wait(1, SERVER, MEMBER, 3, 4)
    assert records.gaps.take_waiting([1], OTHER) == []
    assert not records.hand_offs.begin(1, OTHER, MEMBER, None, None)
    assert records.hand_offs.begin(1, SERVER, MEMBER, None, None)
    assert records.hand_offs.find(1, OTHER) is None


def test_each_who_waits_is_told_once(records: Records) -> None:
    asked(records, 1)
    records.gaps.wait(1, SERVER, MEMBER, 3, 4)
    assert records.gaps.take_waiting([1], SERVER) == [Waiting(1, SAUNA, MEMBER, 3, 4)]
    assert records.gaps.take_waiting([1], SERVER) == []


def test_what_somebody_pointed_at_a_document_for_may_still_be_answered(records: Records) -> None:
    asked(records, 1)
    assert records.gaps.settle([1], SERVER, 1, "pointed", MEMBER, "d", "Rules") == [1]
    assert [one.id for one in records.gaps.pointed(1, SERVER)] == [1]
    assert records.gaps.settle([1], SERVER, 1, "answered", MEMBER, "e", "Answer") == [1]
    assert records.gaps.settle([1], SERVER, 1, "not ours", MEMBER) == []
    assert records.gaps.reopen(1, SERVER) == 0


def test_a_question_is_handed_over_once(records: Records) -> None:
    asked(records, 1)
    assert records.hand_offs.begin(1, SERVER, MEMBER, 3, 4)
    assert not records.hand_offs.begin(1, SERVER, MEMBER, 3, 4)
    records.hand_offs.undo(1)
    assert records.hand_offs.begin(1, SERVER, MEMBER, 3, 4)
    records.hand_offs.posted(1, 8, 9)
    records.hand_offs.undo(1)
    found = records.hand_offs.by_post(9, SERVER)
    assert found is not None
    assert (found.asked, found.question) == (1, SAUNA)
    assert records.hand_offs.by_post(9, OTHER) is None


def test_a_digest_is_claimed_once_a_week_by_each_server(records: Records) -> None:
    now = datetime.now(UTC)
    assert records.digests.claim(SERVER, now)
    assert not records.digests.claim(SERVER, now + timedelta(days=6))
    assert records.digests.claim(OTHER, now)
    assert records.digests.claim(SERVER, now + timedelta(days=7))


def test_the_week_is_a_servers_own(records: Records) -> None:
    asked(records, 1)
    asked(records, 2, answered=True, text="good")
    asked(records, 3, OTHER)
    records.questions.vote(2, SERVER, MEMBER, up=True)
    week = records.digests.week(SERVER, datetime.now(UTC))
    assert (week.asked, week.answered, week.up, week.down) == (2, 1, 1, 0)
    assert week.liked == (Liked("good"),)


def test_what_belongs_to_a_question_goes_with_it(tmp_path: Path) -> None:
    with open_records(tmp_path) as records:
        asked(records, 1)
        asked(records, 2)
        records.gaps.wait(1, SERVER, MEMBER, 3, 4)
        records.hand_offs.begin(1, SERVER, MEMBER, 3, 4)
        records.gaps.settle([1], SERVER, 1, "not ours")
    old = (datetime.now(UTC) - timedelta(days=KEPT_DAYS + 1)).isoformat()
    with closing(sqlite3.connect(tmp_path / "activity.db")) as file, file:
        file.execute("UPDATE asked SET at = ? WHERE id = 1", [old])
    with open_records(tmp_path), closing(sqlite3.connect(tmp_path / "activity.db")) as file:
        for table in ("waiting", "hand_offs", "settled"):
            assert file.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
