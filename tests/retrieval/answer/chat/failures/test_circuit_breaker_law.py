"""In whatever order calls begin and end, the breaker lets another in exactly where it should."""

from asyncio import CancelledError
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from retrieval.answer.chat.circuit_breaker import FAILURES, LONGEST_PAUSE, PAUSE, Breaker
from retrieval.answer.chat.options import ChatModelError
from tests.support.model_server.clock import Clock

Call = AbstractContextManager[None]


class Account:
    """Calls to the model, beside the plainest account of what the breaker should do."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.breaker = Breaker(self.clock)
        self.trying: Call | None = None
        self.in_a_row = 0
        self.left_alone_until = 0.0

    @property
    def open(self) -> bool:
        """True after too many failures in a row."""
        return self.in_a_row >= FAILURES

    @property
    def admits(self) -> bool:
        """True if a call should be let in."""
        over = self.clock.now >= self.left_alone_until
        return not self.open or (over and self.trying is None)

    def begin(self) -> Call:
        """A call that is let in."""
        call = self.breaker.watching()
        call.__enter__()
        self.trying = call if self.open else None
        return call

    def work(self, call: Call) -> None:
        """A call ends well."""
        call.__exit__(None, None, None)
        self.in_a_row, self.trying = 0, None

    def cancel(self, call: Call) -> None:
        """A call ends before its outcome is known."""
        call.__exit__(CancelledError, CancelledError(), None)
        self.trying = None if call is self.trying else self.trying

    def fail(self, call: Call) -> None:
        """A call fails."""
        call.__exit__(ChatModelError, ChatModelError("no"), None)
        if not self.open or call is self.trying:
            self.in_a_row += 1
            pause = min(PAUSE * 2.0 ** (self.in_a_row - FAILURES), LONGEST_PAUSE)
            self.left_alone_until = self.clock.now + pause
            self.trying = None


class Calls(RuleBasedStateMachine):
    """Calls that begin and end at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.account = Account()
        self.under_way: list[Call] = []

    @rule(seconds=st.sampled_from([1.0, PAUSE, LONGEST_PAUSE]))
    def time_goes_by(self, seconds: float) -> None:
        self.account.clock.now += seconds

    @precondition(lambda self: self.account.admits)
    @rule()
    def a_call_begins(self) -> None:
        self.under_way.append(self.account.begin())

    @precondition(lambda self: not self.account.admits)
    @rule()
    def a_call_is_refused(self) -> None:
        with pytest.raises(ChatModelError):
            self.account.breaker.watching().__enter__()

    @precondition(lambda self: self.under_way)
    @rule(end=st.sampled_from([Account.work, Account.cancel, Account.fail]), data=st.data())
    def a_call_ends(self, end: Callable[[Account, Call], None], data: st.DataObject) -> None:
        call = data.draw(st.sampled_from(self.under_way))
        self.under_way.remove(call)
        end(self.account, call)

    @invariant()
    def it_admits_whom_it_should(self) -> None:
        assert self.account.breaker.admits == self.account.admits


TestCalls = Calls.TestCase
TestCalls.settings = settings(stateful_step_count=30)


def test_a_try_that_ends_late_does_not_let_a_second_one_in_beside_the_next() -> None:
    account = Account()
    early = account.begin()
    for _ in range(FAILURES):
        account.fail(account.begin())
    account.clock.now += PAUSE
    late = account.begin()
    account.work(early)
    for _ in range(FAILURES):
        account.fail(account.begin())
    account.clock.now += PAUSE
    account.begin()
    account.cancel(late)
    assert not account.breaker.admits
