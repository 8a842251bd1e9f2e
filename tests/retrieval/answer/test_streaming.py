"""Who has heard enough of a model, or is gone, has its call ended, even one that is waited for."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from retrieval.answer.chat.budget import Permit, Usage
from retrieval.answer.chat.circuit_breaker import Breaker
from retrieval.answer.chat.options import ChatModelError, DailyBudget


@pytest.fixture
def permit(tmp_path: Path) -> Iterator[Permit]:
    """A permit to ask a model."""
    usage = Usage(tmp_path / "usage.db", DailyBudget())
    yield Permit(usage, Breaker(), "guild-1")
    usage.close()


class Call:
    """A call to a model that says a few words, and then stalls or fails."""

    def __init__(self, *words: str, error: Exception | None = None, stalls: bool = False) -> None:
        self.words, self.error, self.stalls = words, error, stalls
        self.stalling = asyncio.Event()
        self.ended = False

    async def pieces(self) -> AsyncGenerator[str, None]:
        """Yield what it says."""
        try:
            for word in self.words:
                yield word
            if self.error:
                raise self.error
            if self.stalls:
                self.stalling.set()
                await asyncio.Event().wait()
        finally:
            self.ended = True


async def heard(permit: Permit, call: Call) -> list[str]:
    """All that is heard of a call."""
    return [piece async for piece in permit.listen(call.pieces())]


async def test_all_of_it_is_heard_in_order(permit: Permit) -> None:
    call = Call("The", "ferry", "leaves.")
    assert await heard(permit, call) == ["The", "ferry", "leaves."]
    assert call.ended


async def test_once_enough_was_heard_nothing_more_is_asked_for(permit: Permit) -> None:
    call, found = Call("The", "ferry", "leaves."), list[str]()
    async for piece in permit.listen(call.pieces()):
        found.append(piece)
        permit.over = True
    assert found == ["The"]
    assert call.ended


async def test_a_permit_that_is_over_begins_no_other_call(permit: Permit) -> None:
    permit.end()
    assert await heard(permit, Call("The")) == []


async def test_a_call_that_is_waited_for_is_ended_when_the_permit_is(permit: Permit) -> None:
    call = Call("The", stalls=True)
    listening = asyncio.create_task(heard(permit, call))
    await call.stalling.wait()
    permit.end()
    assert await listening == ["The"]
    assert call.ended


@pytest.mark.parametrize("over", [False, True])
async def test_a_listener_that_is_cancelled_is_cancelled(permit: Permit, over: bool) -> None:
    call = Call("The", stalls=True)
    listening = asyncio.create_task(heard(permit, call))
    await call.stalling.wait()
    permit.over = over
    listening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await listening
    assert call.ended


async def test_what_goes_wrong_in_the_call_is_told(permit: Permit) -> None:
    with pytest.raises(ChatModelError, match="no such model"):
        await heard(permit, Call("The", error=ChatModelError("no such model")))
