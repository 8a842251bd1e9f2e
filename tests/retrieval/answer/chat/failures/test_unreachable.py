"""A model's server that can't be reached, or hangs up, costs nobody an answer."""

from collections.abc import Iterator
from contextlib import ExitStack, aclosing
from dataclasses import replace
from socket import create_connection, create_server

import pytest

from retrieval.answer.chat.options import Patience
from tests.support.model_server.asking import House
from tests.support.model_server.behaviours import BreaksOff, Stalls
from tests.support.model_server.served import answered_at, quoted, reasons, served
from tests.support.model_server.skerry import KEEPER, LAMP, QUESTION

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

# The provider's library does not try again by itself, for it would wait in between.
ONCE = Patience(20.0, 20.0, 20.0, retries=0)
HASTY = replace(ONCE, connect=0.2)


@pytest.fixture
def nobody() -> str:
    """An address at which nobody listens."""
    with create_server(("127.0.0.1", 0)) as listening:
        return f"http://127.0.0.1:{listening.getsockname()[1]}/v1"


@pytest.fixture
def crowded() -> Iterator[str]:
    """An address whose queue is full: connections to it are neither taken nor refused."""
    with ExitStack() as opened:
        listening = opened.enter_context(create_server(("127.0.0.1", 0), backlog=0))
        address = listening.getsockname()
        opened.enter_context(create_connection(address))
        yield f"http://127.0.0.1:{address[1]}/v1"


def test_a_server_that_is_not_there_is_quoted_for(
    house: House, nobody: str, caplog: pytest.LogCaptureFixture
) -> None:
    with answered_at(house, nobody, ONCE) as library:
        assert quoted(library.ask(QUESTION))
    [reason] = reasons(caplog)
    assert "Connection" in reason


def test_a_server_that_does_not_take_connections_is_not_waited_for(
    house: House, crowded: str, caplog: pytest.LogCaptureFixture
) -> None:
    with answered_at(house, crowded, HASTY) as library:
        assert quoted(library.ask(QUESTION))
    [reason] = reasons(caplog)
    assert "Timeout" in reason


def test_a_server_that_hangs_up_before_it_says_anything_is_quoted_for(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    with served(house, BreaksOff(), patience=ONCE) as (library, _):
        assert quoted(library.ask(QUESTION))
    [reason] = reasons(caplog)
    assert "Connection" in reason


async def test_nobody_is_left_on_the_line_when_nobody_listens(house: House) -> None:
    with served(house, Stalls([f"{KEEPER} ", f"{LAMP} And "]), patience=ONCE) as (library, server):
        async with aclosing(library.astream(QUESTION)) as answers:
            assert not (await anext(answers)).whole
        [asked] = server.asked
        assert asked.left.wait(1200)  # seconds: against hanging alone
