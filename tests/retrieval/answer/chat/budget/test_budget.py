"""A day's budget is taken from by what goes to the model, and by that alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from retrieval.answer.abstention import SPENT, UNAVAILABLE
from retrieval.answer.chat.options import ChatOptions, DailyBudget
from retrieval.library import Library
from tests.support.model_server.asking import House, Scripted
from tests.support.model_server.skerry import (
    ALONE,
    BORN,
    ELSEWHERE,
    FOLLOW_UP,
    KEEPER,
    QUESTION,
    TURNS,
)


def allowing(in_all: int | None = None, for_each: int | None = None) -> ChatOptions:
    """A model that may be asked so often a day."""
    return ChatOptions("scripted:model", budget=DailyBudget(in_all, for_each))


def lose_count(folder: Path) -> None:
    """Takes away where the model's use is counted, while it is open."""
    with closing(sqlite3.connect(folder / "usage.db")) as file:
        file.execute("DROP TABLE used")


class Careless(Scripted):
    """Loses the count of its use while it answers."""

    folder: Path

    async def before(self, number: int) -> None:
        if number == 0:
            lose_count(self.folder)


def reader(library: Library, asker: str = "common") -> str:
    """Who answers an asker's question."""
    answer = library.ask(QUESTION, asker=asker)
    assert answer.answered
    assert answer.note == ("" if answer.reader == "chat" else SPENT)
    return answer.reader


@pytest.fixture
def model() -> Scripted:
    """A model that is always right."""
    return Scripted(script=[KEEPER])


def test_without_a_budget_every_question_is_the_models(house: House, model: Scripted) -> None:
    with house.answered_by(model) as library:
        assert [reader(library) for _ in range(3)] == ["chat"] * 3


def test_what_is_used_up_is_used_up_for_all(house: House, model: Scripted) -> None:
    with house.answered_by(model, allowing(in_all=2)) as library:
        readers = [reader(library, asker) for asker in ("guild-1", "guild-2", "guild-3", "common")]
    assert readers == ["chat", "chat", "quote", "quote"]
    assert len(model.asked) == 2


def test_no_asker_uses_up_what_is_anothers(house: House, model: Scripted) -> None:
    with house.answered_by(model, allowing(for_each=1)) as library:
        readers = [reader(library, asker) for asker in ("guild-1", "guild-1", "guild-2", "common")]
    assert readers == ["chat", "quote", "chat", "chat"]


def test_whichever_is_used_up_first_counts(house: House, model: Scripted) -> None:
    with house.answered_by(model, allowing(in_all=3, for_each=2)) as library:
        askers = ("guild-1", "guild-1", "guild-1", "guild-2", "guild-2")
        readers = [reader(library, asker) for asker in askers]
    assert readers == ["chat", "chat", "quote", "chat", "quote"]


def test_what_the_documents_do_not_say_costs_nothing(house: House, model: Scripted) -> None:
    with house.answered_by(model, allowing(in_all=1)) as library:
        for _ in range(3):
            abstention = library.ask(ELSEWHERE)
            assert (abstention.answered, abstention.note) == (False, "")
        assert reader(library) == "chat"


def test_a_follow_up_costs_as_much_as_any_question(house: House) -> None:
    model = Scripted(script=[ALONE, BORN, ALONE, BORN, KEEPER])
    with house.answered_by(model, allowing(in_all=2)) as library:
        answers = [library.ask(FOLLOW_UP, TURNS) for _ in range(3)]
    assert [answer.reader for answer in answers] == ["chat", "chat", "quote"]
    assert "Tarn" in answers[-1].text
    assert len(model.asked) == 4


def test_a_budget_holds_when_the_library_is_opened_again(house: House, model: Scripted) -> None:
    readers = []
    for _ in range(3):
        with house.answered_by(model, allowing(in_all=2)) as library:
            readers.append(reader(library))
    assert readers == ["chat", "chat", "quote"]


def test_a_model_whose_use_can_not_be_counted_is_not_asked(
    house: House, model: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    with house.answered_by(model) as library:
        lose_count(house.folder)
        answer = library.ask(QUESTION)
    assert (answer.reader, answer.note, model.asked) == ("quote", UNAVAILABLE, [])
    assert "usage.db: no such table" in caplog.records[-1].__dict__["reason"]


def test_an_answer_whose_tokens_can_not_be_counted_is_given_all_the_same(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with house.answered_by(Careless(script=[KEEPER], folder=house.folder)) as library:
        assert library.ask(QUESTION).reader == "chat"
    [uncounted] = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "usage.db: no such table" in uncounted.__dict__["reason"]
