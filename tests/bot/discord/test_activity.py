"""The record of what was asked: kept for buttons and operators, for a while, server by server."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.discord.activity import KEPT_DAYS, Activity, Asked, Cited, Totals, Votes
from retrieval.errors import FootnoteError
from retrieval.types import NEAREST, Answer
from tests.support.texts.outcomes import citation, passage

ANSWER = Answer(
    "When?",
    True,
    "At nine. [1] At ten. [2]",
    0.9,
    "quote",
    (citation("At nine."), replace(citation("At ten."), number=2, version="b1", start=5, end=12)),
    (passage("At nine."),),
)
ABSTAINED = replace(ANSWER, answered=False, citations=(), passages=(passage("At noon."),) * 5)
GUILD, OTHER = 7, 77


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the record."""
    return tmp_path / "activity.db"


@pytest.fixture
def activity(path: Path) -> Iterator[Activity]:
    """A record with nothing in it."""
    with closing(Activity(path)) as activity:
        yield activity


def test_an_answer_is_found_with_its_footnotes(activity: Activity) -> None:
    activity.record_answer(1, GUILD, ANSWER)
    cited = (Cited(1, "a1", 0, 8), Cited(2, "b1", 5, 12))
    assert activity.find(1, GUILD) == Asked(1, GUILD, "When?", cited)


def test_an_abstention_is_found_with_what_came_nearest(activity: Activity) -> None:
    activity.record_answer(1, GUILD, ABSTAINED)
    assert activity.find(1, GUILD) == Asked(1, GUILD, "When?", (Cited(0, "a1", 0, 8),) * NEAREST)


def test_a_query_is_found(activity: Activity) -> None:
    activity.record_query(1, None, "ferry ☃")
    assert activity.find(1, None) == Asked(1, None, "ferry ☃")


def test_a_record_is_found_in_its_own_server_only(activity: Activity) -> None:
    activity.record_answer(1, GUILD, ANSWER)
    activity.record_answer(2, None, ANSWER)
    assert activity.find(1, OTHER) is activity.find(1, None) is None
    assert activity.find(2, GUILD) is activity.find(3, None) is None


def test_each_member_has_one_vote_and_may_change_it(activity: Activity) -> None:
    activity.record_answer(1, GUILD, ANSWER)
    activity.record_answer(2, GUILD, ANSWER)
    assert activity.vote(1, GUILD, 100, True) == Votes(1, 0)
    assert activity.vote(1, GUILD, 100, True) == Votes(1, 0)
    assert activity.vote(1, GUILD, 200, True) == Votes(2, 0)
    assert activity.vote(1, GUILD, 100, False) == Votes(1, 1)
    assert activity.vote(2, GUILD, 100, False) == Votes(0, 1)


def test_there_is_no_vote_on_what_is_not_on_record(activity: Activity) -> None:
    assert activity.vote(1, GUILD, 100, True) is None
    assert activity.totals() == Totals(0, 0, 0, 0)


def test_a_vote_counts_in_the_server_of_its_answer_only(activity: Activity) -> None:
    activity.record_answer(1, GUILD, ANSWER)
    assert activity.vote(1, OTHER, 100, True) is activity.vote(1, None, 100, True) is None
    assert activity.totals().up == 0


def test_totals_count_questions_abstentions_and_votes(activity: Activity) -> None:
    activity.record_answer(1, GUILD, ANSWER)
    activity.record_answer(2, None, ABSTAINED)
    activity.record_answer(3, OTHER, ABSTAINED)
    activity.record_query(4, GUILD, "ferry")
    activity.vote(1, GUILD, 100, True)
    activity.vote(1, GUILD, 200, True)
    activity.vote(2, None, 100, False)
    assert activity.totals() == Totals(questions=3, abstained=2, up=2, down=1)


def test_what_was_recorded_is_there_when_it_is_opened_again(path: Path, activity: Activity) -> None:
    activity.record_answer(1, GUILD, ANSWER)
    activity.vote(1, GUILD, 100, True)
    recorded = activity.find(1, GUILD)
    activity.close()
    with closing(Activity(path)) as again:
        assert again.find(1, GUILD) == recorded
        assert again.vote(1, GUILD, 200, True) == Votes(2, 0)


def test_what_is_old_is_dropped_with_its_votes(path: Path, activity: Activity) -> None:
    for id in (1, 2):
        activity.record_answer(id, GUILD, ANSWER)
        activity.vote(id, GUILD, 100, True)
    activity.close()
    now = datetime.now(UTC)
    with closing(sqlite3.connect(path)) as file, file:
        for id, days in ((1, KEPT_DAYS + 1), (2, KEPT_DAYS - 1)):
            at = (now - timedelta(days=days)).isoformat()
            file.execute("UPDATE asked SET at = ? WHERE id = ?", [at, id])
    with closing(Activity(path)) as again:
        assert again.find(1, GUILD) is None
        assert again.find(2, GUILD) is not None
        assert again.totals() == Totals(1, 0, 1, 0)


def test_what_a_newer_footnote_wrote_is_left_alone(path: Path, activity: Activity) -> None:
    activity.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 2")
    before = path.read_bytes()
    with pytest.raises(FootnoteError, match=r"newer Footnote\. Update Footnote\.$"):
        Activity(path)
    assert path.read_bytes() == before


def test_a_broken_file_is_named_in_a_sentence(path: Path) -> None:
    path.write_text("This is no database. " * 1000)
    with pytest.raises(FootnoteError, match=r"activity\.db can't be opened: .*Move it away"):
        Activity(path)


def test_a_place_that_can_not_be_written_to_is_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match=r"missing/activity\.db can't be opened"):
        Activity(tmp_path / "missing" / "activity.db")


def test_many_threads_may_use_it_at_once(activity: Activity) -> None:
    def work(member: int) -> None:
        for id in range(20):
            activity.record_answer(member * 100 + id, GUILD, ANSWER)
            assert activity.vote(member * 100 + id, GUILD, member, True) == Votes(1, 0)
            assert activity.find(member * 100 + id, GUILD) is not None

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(1, 17)))
    assert activity.totals() == Totals(questions=320, abstained=0, up=320, down=0)


def test_of_many_votes_at_once_each_sees_those_before_it(activity: Activity) -> None:
    activity.record_answer(1, GUILD, ANSWER)
    with ThreadPoolExecutor(8) as pool:
        counted = [*pool.map(lambda member: activity.vote(1, GUILD, member, True), range(400))]
    assert {*counted} == {Votes(up, 0) for up in range(1, 401)}
