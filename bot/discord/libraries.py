"""The library as Discord asks it: by server, from worker threads, so that nobody waits for others.

Who sees what is decided here alone: a server has its own library and `common`, direct messages
have `common`. Which of them is asked goes into the query itself.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from threading import Event
from typing import TypeVar

from bot.discord.commands.jobs import Progress
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.reading.source import Source
from retrieval.store.records import RecordError
from retrieval.types import COMMON, Added, Answer, DocumentInfo, Passage, Turn

from .activity import Activity, Asked, Cited, Votes

# Questions are bound by the processor: more threads than this only wait for each other.
QUESTION_THREADS, ERRAND_THREADS, ADDING_THREADS = 4, 4, 2

Result = TypeVar("Result")
log = logging.getLogger(__name__)


def library_of(guild: int) -> str:
    """The name of a server's own library."""
    return f"guild-{guild}"


def guild_of(library: str) -> int | None:
    """The server whose own library has that name; None where it is nobody's."""
    number = library.removeprefix("guild-")
    return int(number) if number != library and number.isdecimal() else None


class ServerLibraries:
    """Takes what Discord asks to the library and the record. Closing it stops long jobs."""

    def __init__(self, library: Library, activity: Activity) -> None:
        self.library = library
        self.activity = activity
        self._questions = ThreadPoolExecutor(QUESTION_THREADS, "question")
        self._errands = ThreadPoolExecutor(ERRAND_THREADS, "errand")
        self._adding = ThreadPoolExecutor(ADDING_THREADS, "adding")
        self._stopping = Event()

    def stop(self) -> None:
        """Makes long jobs give up, leaving the library as it was before them."""
        self._stopping.set()
        self.library.intake.close()

    def close(self) -> None:
        """Stops long jobs, and waits for all threads."""
        self.stop()
        for pool in (self._questions, self._errands, self._adding):
            pool.shutdown(wait=True, cancel_futures=True)

    def visible(self, guild: int | None) -> list[str]:
        """The libraries that a server's members may ask; those of direct messages for None."""
        own = [] if guild is None else [library_of(guild)]
        return [*(name for name in own if self.library.has(name)), COMMON]

    # Questions

    async def answers(
        self, id: int, guild: int | None, question: str, turns: Sequence[Turn] = ()
    ) -> AsyncGenerator[Answer, None]:
        """The cited answer as it is written: the last one is whole, and is put on record under an
        id. Raises FootnoteError for no question."""
        libraries = await _run(self._errands, lambda: self.visible(guild))
        asker = COMMON if guild is None else library_of(guild)
        async with aclosing(self.library.astream(question, turns, libraries, asker)) as answers:
            async for answer in answers:
                yield answer
        await self._record(lambda: self.activity.record_answer(id, guild, answer))

    async def search(self, guild: int | None, query: str, k: int) -> list[Passage]:
        """The passages that match a query best."""
        return await _run(
            self._questions, lambda: self.library.search(query, k, self.visible(guild))
        )

    async def around(
        self, guild: int | None, cited: Sequence[Cited]
    ) -> list[tuple[Cited, Passage]]:
        """Places that an answer went by, each with the text around it; what is gone is left out."""

        def work() -> list[tuple[Cited, Passage]]:
            libraries = self.visible(guild)
            found = (
                (place, self.library.around(place.document, place.start, place.end, libraries))
                for place in cited
            )
            return [(place, passage) for place, passage in found if passage is not None]

        return await _run(self._errands, work)

    # The record

    async def record_query(self, id: int, guild: int | None, query: str) -> None:
        """Keeps a query, so that its pages can be turned."""
        await self._record(lambda: self.activity.record_query(id, guild, query))

    async def _record(self, act: Callable[[], None]) -> None:
        try:
            await _run(self._errands, act)
        except RecordError as error:
            # The answer is as good without; only its buttons will say that it isn't on record.
            log.error("not recorded", extra={"reason": str(error)})

    async def recall(self, id: int, guild: int | None) -> Asked | None:
        """What was asked under an id, if it is still on record."""
        return await _run(self._errands, lambda: self.activity.find(id, guild))

    async def vote(self, id: int, guild: int | None, member: int, up: bool) -> Votes | None:
        """Counts a vote; None if the answer is no longer on record."""
        return await _run(self._errands, lambda: self.activity.vote(id, guild, member, up))

    # Documents

    async def documents(self, guild: int) -> list[DocumentInfo]:
        """A server's own documents, the oldest first."""
        return await _run(self._errands, lambda: self._documents(guild))

    def _documents(self, guild: int) -> list[DocumentInfo]:
        name = library_of(guild)
        return self.library.documents(name) if self.library.has(name) else []

    def begin(self) -> Progress:
        """The progress of a long job that is about to be given to `add` or `refresh`."""
        return Progress(self._stopping)

    async def add(
        self, guild: int, sources: Sequence[Source], added_by: str, progress: Progress
    ) -> list[Added]:
        """Adds to a server's library, and says what became of each source."""
        name = library_of(guild)
        results = await _run(
            self._adding, lambda: [*self.library.add(sources, name, added_by, progress)]
        )
        if any(result.ended_sample for result in results):
            log.info("sample removed")
        return results

    async def refresh(self, guild: int, ids: Sequence[str], progress: Progress) -> list[Added]:
        """Reads some of a server's documents from their sources again."""
        name = library_of(guild)
        return await _run(self._adding, lambda: [*self.library.refresh(ids, name, progress)])

    async def remove(self, guild: int, id: str) -> DocumentInfo:
        """Removes one of a server's documents. Raises FootnoteError if it isn't there."""

        def work() -> DocumentInfo:
            if id not in {document.id for document in self._documents(guild)}:
                raise FootnoteError("That document is no longer here.")
            [removed] = self.library.remove([id], library_of(guild))
            return removed

        return await _run(self._errands, work)


async def _run(pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
    return await asyncio.get_running_loop().run_in_executor(pool, work)
