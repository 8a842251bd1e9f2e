"""The chat model's daily budget: its use, counted in one SQLite file, and the permit to ask it.

A day's budget holds across restarts, and an operator can see what a model costs. Each question
needs a permit, which is taken from that budget once, however many calls it makes.
"""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import ExitStack, aclosing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from threading import Lock

from retrieval.answer.abstention import SPENT, UNAVAILABLE
from retrieval.store.files.record_file import credible_now, open_record

from .circuit_breaker import Breaker
from .options import DailyBudget, UncountedError

KEPT_DAYS = 400


@dataclass(frozen=True, slots=True)
class Used:
    """Questions that went to the model, and the tokens that it read and wrote."""

    questions: int = 0
    tokens_in: int = 0
    tokens_out: int = 0


def utc_now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Usage:
    """The count. Any thread may use it; several processes may, too.

    Its methods raise UncountedError where the file can't be read or written.
    """

    def __init__(
        self, path: Path, budget: DailyBudget, now: Callable[[], datetime] = utc_now
    ) -> None:
        """Opens the file, making it where it is missing. Raises FootnoteError if it can't."""
        self.budget = budget
        self._path = path
        self._now = now
        self._lock = Lock()
        schema = files(__package__).joinpath("usage.sql").read_text(encoding="utf-8")
        self._connection = open_record(path, "the chat model's use", schema)
        with ExitStack() as undoing:
            undoing.callback(self.close)
            with self._counting():
                self._drop_old()
            undoing.pop_all()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _drop_old(self) -> None:
        now = credible_now(self._connection, "SELECT max(day) FROM used", self._now())
        oldest = (now - timedelta(days=KEPT_DAYS)).date().isoformat()
        self._connection.execute("DELETE FROM used WHERE day < ?", [oldest])

    def take(self, asker: str) -> bool:
        """Takes one question from the day's budget; false, with nothing taken, if none is left."""
        with self._counting(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            if not self._left(asker):
                return False
            self._add(asker, Used(questions=1))
        return True

    def _left(self, asker: str) -> bool:
        in_all = self._count("day = ?", self._day()).questions
        of_asker = self._count("day = ? AND asker = ?", self._day(), asker).questions
        return _below(in_all, self.budget.in_all) and _below(of_asker, self.budget.for_each)

    def record(self, asker: str, tokens_in: int, tokens_out: int) -> None:
        """Adds the tokens of one call to the model."""
        with self._counting():
            self._add(asker, Used(tokens_in=tokens_in, tokens_out=tokens_out))

    def today(self) -> Used:
        """Return the use since midnight, UTC."""
        with self._counting():
            return self._count("day = ?", self._day())

    def lately(self, days: int) -> Used:
        """Return the use of the last days, today among them."""
        with self._counting():
            return self._count("day > ?", self._day(days))

    @contextmanager
    def _counting(self) -> Iterator[None]:
        """One at a time. What the disk or another process keeps from being done has one name."""
        try:
            with self._lock:
                yield
        except sqlite3.Error as error:
            raise UncountedError(f"Its use can't be counted in {self._path}: {error}") from error

    def _day(self, ago: int = 0) -> str:
        return (self._now() - timedelta(days=ago)).date().isoformat()

    def _add(self, asker: str, more: Used) -> None:
        self._connection.execute(
            "INSERT INTO used VALUES (?, ?, ?, ?, ?) ON CONFLICT (day, asker) DO UPDATE SET "
            "questions = questions + excluded.questions, "
            "tokens_in = tokens_in + excluded.tokens_in, "
            "tokens_out = tokens_out + excluded.tokens_out",
            [self._day(), asker, more.questions, more.tokens_in, more.tokens_out],
        )

    def _count(self, where: str, *values: str) -> Used:
        row = self._connection.execute(
            "SELECT coalesce(sum(questions), 0), coalesce(sum(tokens_in), 0), "
            f"coalesce(sum(tokens_out), 0) FROM used WHERE {where}",
            values,
        ).fetchone()
        return Used(*row)


def _below(count: int, most: int | None) -> bool:
    return most is None or count < most


log = logging.getLogger(__name__)


@dataclass(slots=True)
class Permit:
    """Taken from the day's budget when it is first needed, once however many calls are made.

    It is `over` when enough has been heard: what the model goes on to write is not waited for.
    """

    usage: Usage
    breaker: Breaker
    asker: str
    over: bool = field(default=False, init=False)
    _taken: bool | None = field(default=None, init=False)
    _waiting: "asyncio.Task[str | None] | None" = field(default=None, init=False)

    def refusal(self) -> str:
        """Return why the model may not be asked now, in words for members; empty where it may."""
        if not self.breaker.admits:
            return UNAVAILABLE
        try:
            if self._taken is None:
                self._taken = self.usage.take(self.asker)
        except UncountedError as error:
            log.error("the chat model is not asked", extra={"reason": str(error)})
            return UNAVAILABLE
        return "" if self._taken else SPENT

    async def listen(self, pieces: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
        """Yield the pieces of a call to the model until the permit is over; then end the call."""
        async with aclosing(pieces):
            while not self.over and (piece := await self._next(pieces)) is not None:
                yield piece

    async def _next(self, pieces: AsyncGenerator[str, None]) -> str | None:
        """The next piece, None where there is no other or it isn't waited for any longer."""
        self._waiting = asyncio.create_task(_following(pieces))
        try:
            return await self._waiting
        except asyncio.CancelledError:
            if not self.over or _is_cancelled():
                raise
            return None

    def end(self) -> None:
        """End the permit, and with it a call that is being waited for."""
        self.over = True
        if self._waiting is not None:
            self._waiting.cancel()


async def _following(pieces: AsyncGenerator[str, None]) -> str | None:
    return await anext(pieces, None)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
