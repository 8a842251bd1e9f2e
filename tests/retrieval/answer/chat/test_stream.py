"""An answer comes as it is written, and the model is not kept writing for nobody."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace

import pytest
from pydantic import Field

from retrieval.library import Library
from retrieval.types import Answer, Turn
from tests.support.model_server.asking import House, Scripted
from tests.support.model_server.skerry import BORN, KEEPER, LAMP, LEAVES, LEAVING, QUESTION, TURNS


class Halting(Scripted):
    """Says its first sentence and the start of another, and is silent from then on."""

    halted: asyncio.Event = Field(default_factory=asyncio.Event)

    async def before(self, number: int) -> None:
        if number == len(KEEPER.split()) + 2:
            self.halted.set()
            await asyncio.Event().wait()


class Meeting(Scripted):
    """Says nothing before it is being asked both questions, and then answers each."""

    both: asyncio.Barrier = Field(default_factory=lambda: asyncio.Barrier(2))

    def reply(self, prompt: str) -> str:
        return LEAVES if prompt.endswith(LEAVING) else KEEPER

    async def before(self, number: int) -> None:
        await (asyncio.sleep(0) if number else self.both.wait())


def untimed(answers: list[Answer]) -> list[Answer]:
    return [replace(answer, elapsed_ms=0.0) for answer in answers]


async def streamed(library: Library, question: str, turns: Sequence[Turn] = ()) -> list[Answer]:
    return [answer async for answer in library.astream(question, turns)]


def test_an_answer_grows_by_sentences_and_has_its_footnotes_in_the_end(house: House) -> None:
    with house.answered_by(Scripted(script=[f"{KEEPER} {LAMP} {BORN}"])) as library:
        *parts, last = library.stream(QUESTION)
    assert all(not part.whole and part.citations == () for part in parts)
    for shorter, longer in zip(parts, [*parts[1:], last], strict=True):
        assert longer.text.startswith(shorter.text)
    assert [answer.text.count(".") for answer in (*parts, last)] == [1, 2, 3]
    assert last.whole
    assert [citation.number for citation in last.citations] == [1, 2, 3]


def test_it_is_the_same_awaited_as_waited_for(house: House) -> None:
    with house.answered_by(Scripted(script=[f"{KEEPER} {LAMP}"])) as library:
        awaited = asyncio.run(streamed(library, QUESTION))
        waited_for = list(library.stream(QUESTION))
        asked = library.ask(QUESTION)
    assert untimed(awaited) == untimed(waited_for)
    assert untimed([asked]) == untimed(awaited[-1:])


async def test_who_stops_listening_ends_the_models_call(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with house.answered_by(model := Halting(script=[f"{KEEPER} {LAMP}"])) as library:
        async with aclosing(library.astream(QUESTION)) as answers:
            assert not (await anext(answers)).whole
            assert model.under_way == 1
        assert (model.under_way, model.finished, caplog.messages) == (0, 0, [])


def test_who_stops_waiting_ends_the_models_call(house: House) -> None:
    with house.answered_by(model := Halting(script=[f"{KEEPER} {LAMP}"])) as library:
        for answer in library.stream(QUESTION):
            assert not answer.whole
            break
        assert (model.under_way, model.finished) == (0, 0)


@pytest.mark.parametrize("turns", [(), TURNS], ids=["answering", "condensing"])
async def test_a_question_that_is_cancelled_ends_the_models_call(
    house: House, turns: Sequence[Turn]
) -> None:
    with house.answered_by(model := Halting(script=[f"{KEEPER} {LAMP}"])) as library:
        asking = asyncio.create_task(streamed(library, QUESTION, turns))
        await model.halted.wait()
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert (model.under_way, model.finished, len(model.asked)) == (0, 0, 1)


async def test_questions_at_once_do_not_mix(house: House) -> None:
    with house.answered_by(model := Meeting(script=[])) as library:
        keeper, ferry = await asyncio.gather(
            streamed(library, QUESTION), streamed(library, LEAVING)
        )
    assert len(model.asked) == 2
    assert keeper[-1].text == "The first keeper of the lighthouse was Ada Lorne. [1]"
    assert [citation.source for citation in keeper[-1].citations] == ["lighthouse"]
    assert ferry[-1].text == "The ferry to Holm leaves at nine in the morning. [1]"
    assert [citation.source for citation in ferry[-1].citations] == ["ferry"]
