"""A clock that jumps back and forth changes dates, and nothing else; a wrong one is noticed."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Self

import pytest

from bot.discord.records import question_log
from bot.discord.records.question_log import QuestionLog
from bot.doctor.libraries import check_library
from retrieval.answer.chat.circuit_breaker import Breaker
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.indexing import prepare
from retrieval.library import Library
from retrieval.types import Answer
from tests.support.homes import contents, note, opened, put

YEARS = timedelta(days=70 * 365)


class Clock(datetime):
    """The clock on the wall, moved by hand."""

    moved = timedelta()

    @classmethod
    def now(cls, tz: object = None) -> Self:
        """The time it shows."""
        shown = datetime.now(UTC) + cls.moved
        return cls.fromtimestamp(shown.timestamp(), UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    """The clock that documents and questions are dated by."""
    for module in (prepare, question_log):
        monkeypatch.setattr(module, "datetime", Clock)
    monkeypatch.setattr(Clock, "moved", timedelta())
    return Clock


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """An empty library."""
    with opened(tmp_path / "home", embedder) as library:
        yield library


def test_documents_stay_in_the_order_in_which_they_came(
    library: Library, clock: type[Clock]
) -> None:
    for name, moved in (
        ("one", timedelta()),
        ("two", -YEARS / 2),
        ("three", YEARS),
        ("four", -YEARS),
    ):
        clock.moved = moved
        put(library, [note(name, f"This is number {name}.")])
    assert [document.source for document in library.documents()] == ["one", "two", "three", "four"]


def test_a_document_from_the_future_is_replaced_all_the_same(
    library: Library, clock: type[Clock]
) -> None:
    clock.moved = YEARS
    put(library, [note("tea", "The water should be hot.")])
    clock.moved = timedelta()
    put(library, [note("tea", "The water should be cool.")])
    assert contents(library).texts == {"tea": "The water should be cool."}


def test_a_clock_that_is_behind_is_noticed(library: Library, clock: type[Clock]) -> None:
    put(library, [note("tea", "The water should be hot.")])
    assert all(check.ok for check in check_library(library, "common"))
    clock.moved = YEARS
    put(library, [note("ferry", "The ferry leaves at noon.")])
    [check, _] = check_library(library, "common")
    assert not check.ok
    assert "still to come" in check.found
    assert "Set this machine's clock" in check.advice


def test_a_clock_that_jumps_ahead_takes_no_questions_along(
    tmp_path: Path, clock: type[Clock]
) -> None:
    answer = Answer("How hot?", False, "The documents don't say.", 0.1, "quote", (), (), 1.0)
    with closing(QuestionLog(tmp_path / "activity.db")) as record:
        record.record_answer(1, None, answer)
    for clock.moved in (YEARS, timedelta()):
        with closing(QuestionLog(tmp_path / "activity.db")) as record:
            assert record.totals().questions == 1


def test_a_breaker_waits_by_a_clock_that_nobody_sets() -> None:
    assert Breaker().clock is monotonic
