"""The record of what became of answers: where they are shown, what they follow, why they failed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.discord.records.records import Records, open_records
from retrieval.types import Answer

HERE, ELSEWHERE = 1, 2


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """The records of an empty home."""
    with open_records(tmp_path) as records:
        yield records


def answered(
    records: Records, id: int, question: str = "When?", guild: int | None = HERE, said: bool = True
) -> None:
    """Record an answer, and that it is shown."""
    records.questions.record_answer(id, guild, Answer(question, said, "At six.", 0.9, "quote"))
    records.answers.record_place(id, 7, id)


def listed(records: Records) -> list[int]:
    """The answers that are shown here."""
    return [shown.asked for shown in records.answers.shown(HERE)]


def test_answers_shown_in_a_server_are_listed_the_newest_first(records: Records) -> None:
    answered(records, 1, "When?")
    answered(records, 2, "Who?")
    answered(records, 3, "Where?", guild=ELSEWHERE)
    answered(records, 4, "Why?", said=False)
    records.questions.record_query(5, HERE, "words")
    records.questions.record_answer(6, HERE, Answer("Private?", True, "Yes.", 0.9, "quote"))
    assert listed(records) == [2, 1]


def test_a_question_asked_twice_is_listed_once(records: Records) -> None:
    answered(records, 1, "When does it  open?")
    answered(records, 2, "when does it open?")
    assert listed(records) == [2]


def test_what_more_found_bad_than_good_is_not_listed(records: Records) -> None:
    answered(records, 1)
    records.questions.vote(1, HERE, 10, up=False)
    assert listed(records) == []
    records.questions.vote(1, HERE, 11, up=True)
    assert [shown.liked for shown in records.answers.shown(HERE)] == [1]


def test_the_questions_before_one_are_told_the_oldest_first(records: Records) -> None:
    for id, question in enumerate(["First?", "Second?", "Third?"], 1):
        answered(records, id, question)
        records.answers.record_follow_up(id, id - 1)
    assert records.answers.questions_before(3, HERE) == ["First?", "Second?"]
    assert records.answers.questions_before(3, ELSEWHERE) == []
    assert records.answers.questions_before(99, HERE) == []


def test_questions_that_follow_each_other_in_a_circle_end(records: Records) -> None:
    answered(records, 1)
    records.answers.record_follow_up(1, 1)
    assert set(records.answers.questions_before(1, HERE)) == {"When?"}


def test_a_reason_counts_while_the_vote_is_against_the_answer(records: Records) -> None:
    answered(records, 1)
    assert records.answers.record_reason(1, HERE, 10, "Too long.")
    assert records.answers.reasons(1) == []
    records.questions.vote(1, HERE, 10, up=False)
    assert records.answers.reasons(1) == ["Too long."]
    records.questions.vote(1, HERE, 10, up=True)
    assert records.answers.reasons(1) == []


def test_a_reason_is_kept_for_an_answer_of_the_same_server_alone(records: Records) -> None:
    answered(records, 1)
    assert not records.answers.record_reason(1, ELSEWHERE, 10, "Wrong.")
    assert not records.answers.record_reason(2, HERE, 10, "Wrong.")


def test_what_became_of_an_answer_is_dropped_with_it(records: Records, tmp_path: Path) -> None:
    answered(records, 1)
    records.answers.record_follow_up(1, 0)
    records.answers.record_reason(1, HERE, 10, "Wrong.")
    with closing(sqlite3.connect(tmp_path / "activity.db")) as file, file:
        file.execute("PRAGMA foreign_keys = ON")
        file.execute("DELETE FROM asked")
        for table in ("shown_answers", "follow_ups", "reasons"):
            assert file.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_file_of_before_gets_the_tables(tmp_path: Path) -> None:
    with open_records(tmp_path) as records:
        answered(records, 1)
    with closing(sqlite3.connect(tmp_path / "activity.db")) as file, file:
        for table in ("shown_answers", "follow_ups", "reasons"):
            file.execute(f"DROP TABLE {table}")
    with open_records(tmp_path) as records:
        assert records.questions.find(1, HERE) is not None
        answered(records, 2)
        assert listed(records) == [2]
