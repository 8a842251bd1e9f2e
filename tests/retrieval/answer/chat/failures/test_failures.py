"""Whatever a model's server does wrong, the member gets an answer and the operator the reason."""

from dataclasses import dataclass, field

import pytest

from retrieval.answer.chat.circuit_breaker import FAILURES
from retrieval.answer.chat.options import Patience
from tests.support.model_server.asking import House
from tests.support.model_server.behaviours import (
    Behaviour,
    BreaksOff,
    Empty,
    Garbage,
    Refuses,
    Says,
    Stalls,
)
from tests.support.model_server.served import (
    AT_ONCE,
    BUSY,
    NO_KEY,
    PATIENT,
    quoted,
    reasons,
    served,
)
from tests.support.model_server.skerry import ELSEWHERE, KEEPER, LAMP, QUESTION
from tests.support.model_server.wire import error

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

GOOD = Says([f"{KEEPER} ", LAMP])
SOON, LATER = Patience(20.0, 0.2, 20.0), Patience(20.0, 20.0, 0.5)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a server, what the log is to say of it, and how often it is asked a question."""

    behaviour: Behaviour
    reason: str
    times: int = 1
    patience: Patience = field(default=PATIENT)


FAULTS = {
    "wrong key": Fault(NO_KEY, "no such key"),
    "no such model": Fault(Refuses(404, error("no such model")), "no such model"),
    "too many": Fault(BUSY, "slower, please", 3),
    "broken": Fault(Refuses(500, error("out of order"), AT_ONCE), "out of order", 3),
    "loading": Fault(Refuses(503, "Loading", AT_ONCE), "503", 3),
    "half of JSON": Fault(Garbage(b'data: {"choices"\n\n'), "JSONDecodeError"),
    "other JSON": Fault(Garbage(b"data: [1, 2]\n\ndata: [DONE]\n\n"), "'list'"),
    "no events": Fault(Garbage(b"All is well.\n\n"), "No generation"),
    "a page": Fault(Garbage(b"<p>Please log in", "text/html"), "No generation"),
    "error event": Fault(Garbage(b'data: {"error": {"message": "overloaded"}}\n\n'), "overloaded"),
    "no words": Fault(Empty(), "it said nothing"),
    "white space": Fault(Says([" \n", "\n"]), "it said nothing"),
    "cut off": Fault(BreaksOff([KEEPER, f" {LAMP}"]), "Connection"),
    "silent": Fault(Stalls(), "it said nothing after 0.2 seconds", patience=SOON),
    "alive but silent": Fault(Stalls([""], pings=True), "nothing after 0.2 seconds", patience=SOON),
    "halting": Fault(Stalls([KEEPER, f" {LAMP}"]), "after 0.5 seconds", patience=LATER),
    "halting with pings": Fault(Stalls([KEEPER], pings=True), "after 0.5 sec", patience=LATER),
    "too slow": Fault(
        Says([KEEPER, *[" and"] * 500], between=0.02), "after 0.5 seconds", patience=LATER
    ),
}


# One of each sort: who fails the other ways is counted in the same place.
SORTS = ["wrong key", "too many", "broken", "half of JSON", "no words", "cut off", "silent"]


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_the_member_gets_the_documents_words_and_the_log_says_why(
    house: House, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    with served(house, fault.behaviour, patience=fault.patience) as (library, server):
        *parts, last = library.stream(QUESTION)
    assert not any(part.whole for part in parts)
    assert quoted(last)
    [reason] = reasons(caplog)
    assert fault.reason in reason
    assert fault.patience != PATIENT or len(server.asked) == fault.times


@pytest.mark.parametrize("sort", SORTS)
def test_a_model_that_fails_is_left_alone_for_a_while(house: House, sort: str) -> None:
    fault = FAULTS[sort]
    with served(house, fault.behaviour, patience=fault.patience) as (library, server):
        assert all(quoted(library.ask(QUESTION)) for _ in range(FAILURES))
        asked = len(server.asked)
        assert quoted(library.ask(QUESTION))
        assert not library.ask(ELSEWHERE).answered
        assert len(server.asked) == asked


def test_a_server_that_asks_to_wait_is_waited_for(house: House) -> None:
    with served(house, BUSY, BUSY, GOOD) as (library, server):
        assert library.ask(QUESTION).reader == "chat"
        assert len(server.asked) == 3


def test_a_model_that_answers_again_is_forgiven(house: House) -> None:
    with served(house, NO_KEY, NO_KEY, GOOD, NO_KEY, NO_KEY, GOOD) as (library, _):
        readers = [library.ask(QUESTION).reader for _ in range(6)]
    assert readers == ["quote", "quote", "chat", "quote", "quote", "chat"]
