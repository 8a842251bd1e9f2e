"""The record of what was asked: kept for buttons and operators, for a while, server by server."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.discord.records.question_log import KEPT_DAYS, Asked, Cited, QuestionLog, Totals, Votes
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
def question_log(path: Path) -> Iterator[QuestionLog]:
    """A record with nothing in it."""
    with closing(QuestionLog(path)) as question_log:
        yield question_log


def test_an_answer_is_found_with_its_footnotes(question_log: QuestionLog) -> None:
    question_log.record_answer(1, GUILD, ANSWER)
    cited = (Cited(1, "a1", 0, 8), Cited(2, "b1", 5, 12))
    assert question_log.find(1, GUILD) == Asked(1, GUILD, "When?", cited)


def test_an_abstention_is_found_with_what_came_nearest(question_log: QuestionLog) -> None:
    question_log.record_answer(1, GUILD, ABSTAINED)
    assert question_log.find(1, GUILD) == Asked(
        1, GUILD, "When?", (Cited(0, "a1", 0, 8),) * NEAREST, answered=False
    )


def test_a_query_is_found(question_log: QuestionLog) -> None:
    question_log.record_query(1, None, "ferry ☃")
    assert question_log.find(1, None) == Asked(1, None, "ferry ☃")


def test_a_record_is_found_in_its_own_server_only(question_log: QuestionLog) -> None:
    question_log.record_answer(1, GUILD, ANSWER)
    question_log.record_answer(2, None, ANSWER)
    assert question_log.find(1, OTHER) is question_log.find(1, None) is None
    assert question_log.find(2, GUILD) is question_log.find(3, None) is None


def test_each_member_has_one_vote_and_may_change_it(question_log: QuestionLog) -> None:
    question_log.record_answer(1, GUILD, ANSWER)
    question_log.record_answer(2, GUILD, ANSWER)
    assert question_log.vote(1, GUILD, 100, True) == Votes(1, 0)
    assert question_log.vote(1, GUILD, 100, True) == Votes(1, 0)
    assert question_log.vote(1, GUILD, 200, True) == Votes(2, 0)
    assert question_log.vote(1, GUILD, 100, False) == Votes(1, 1)
    assert question_log.vote(2, GUILD, 100, False) == Votes(0, 1)


def test_there_is_no_vote_on_what_is_not_on_record(question_log: QuestionLog) -> None:
    assert question_log.vote(1, GUILD, 100, True) is None
    assert question_log.totals() == Totals(0, 0, 0, 0)


def test_a_vote_counts_in_the_server_of_its_answer_only(question_log: QuestionLog) -> None:
    question_log.record_answer(1, GUILD, ANSWER)
    assert question_log.vote(1, OTHER, 100, True) is question_log.vote(1, None, 100, True) is None
    assert question_log.totals().up == 0


def test_totals_count_questions_abstentions_and_votes(question_log: QuestionLog) -> None:
    question_log.record_answer(1, GUILD, ANSWER)
    question_log.record_answer(2, None, ABSTAINED)
    question_log.record_answer(3, OTHER, ABSTAINED)
    question_log.record_query(4, GUILD, "ferry")
    question_log.vote(1, GUILD, 100, True)
    question_log.vote(1, GUILD, 200, True)
    question_log.vote(2, None, 100, False)
    assert question_log.totals() == Totals(questions=3, abstained=2, up=2, down=1)


def test_what_was_recorded_is_there_when_it_is_opened_again(
    path: Path, question_log: QuestionLog
) -> None:
    question_log.record_answer(1, GUILD, ANSWER)
    question_log.vote(1, GUILD, 100, True)
    recorded = question_log.find(1, GUILD)
    question_log.close()
    with closing(QuestionLog(path)) as again:
        assert again.find(1, GUILD) == recorded
        assert again.vote(1, GUILD, 200, True) == Votes(2, 0)


def test_what_is_old_is_dropped_with_its_votes(path: Path, question_log: QuestionLog) -> None:
    for id in (1, 2):
        question_log.record_answer(id, GUILD, ANSWER)
        question_log.vote(id, GUILD, 100, True)
    question_log.close()
    now = datetime.now(UTC)
    with closing(sqlite3.connect(path)) as file, file:
        for id, days in ((1, KEPT_DAYS + 1), (2, KEPT_DAYS - 1)):
            at = (now - timedelta(days=days)).isoformat()
            file.execute("UPDATE asked SET at = ? WHERE id = ?", [at, id])
    with closing(QuestionLog(path)) as again:
        assert again.find(1, GUILD) is None
        assert again.find(2, GUILD) is not None
        assert again.totals() == Totals(1, 0, 1, 0)


def test_what_a_newer_footnote_wrote_is_left_alone(path: Path, question_log: QuestionLog) -> None:
    question_log.close()
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 2")
    before = path.read_bytes()
    with pytest.raises(FootnoteError, match=r"newer Footnote\. Update Footnote\.$"):
        QuestionLog(path)
    assert path.read_bytes() == before


def test_a_broken_file_is_named_in_a_sentence(path: Path) -> None:
    path.write_text("This is no database. " * 1000)
    with pytest.raises(FootnoteError, match=r"activity\.db can't be opened: .*Move it away"):
        QuestionLog(path)


def test_a_place_that_can_not_be_written_to_is_named_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FootnoteError, match=r"missing/activity\.db can't be opened"):
        QuestionLog(tmp_path / "missing" / "activity.db")


def test_many_threads_may_use_it_at_once(question_log: QuestionLog) -> None:
    def work(member: int) -> None:
        for id in range(20):
            question_log.record_answer(member * 100 + id, GUILD, ANSWER)
            assert question_log.vote(member * 100 + id, GUILD, member, True) == Votes(1, 0)
            assert question_log.find(member * 100 + id, GUILD) is not None

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(1, 17)))
    assert question_log.totals() == Totals(questions=320, abstained=0, up=320, down=0)


def test_of_many_votes_at_once_each_sees_those_before_it(question_log: QuestionLog) -> None:
    question_log.record_answer(1, GUILD, ANSWER)
    with ThreadPoolExecutor(8) as pool:
        counted = [*pool.map(lambda member: question_log.vote(1, GUILD, member, True), range(400))]
    assert {*counted} == {Votes(up, 0) for up in range(1, 401)}
