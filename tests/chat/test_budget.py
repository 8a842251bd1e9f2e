"""A day's budget is taken from by what goes to the model, and by that alone."""

import pytest

from retrieval.chat.notes import SPENT
from retrieval.chat.options import ChatOptions, DailyBudget
from retrieval.library import Library

from .asking import House, Scripted
from .skerry import ALONE, BORN, ELSEWHERE, FOLLOW_UP, KEEPER, QUESTION, TURNS


def allowing(in_all: int | None = None, for_each: int | None = None) -> ChatOptions:
    """A model that may be asked so often a day."""
    return ChatOptions("scripted:model", budget=DailyBudget(in_all, for_each))


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
