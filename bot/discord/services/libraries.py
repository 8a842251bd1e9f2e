"""The libraries of servers, asked from worker threads, so that no caller waits for another.

A server has its own library and `common`, direct messages have `common`. Of a server's collections
a question sees those that `bot.discord.collections.sight` names for its readers, handed on as
`seen`; without, it sees what everybody may read. The choice goes into the query itself.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from contextvars import copy_context
from dataclasses import dataclass, replace
from threading import Event
from typing import TypeVar

from bot.discord.language.translation import N_, _
from bot.discord.records.question_log import Asked, Cited, Votes
from bot.discord.records.records import Records
from bot.discord.unanswered.gaps import Gaps
from retrieval.answer.about_library import Contents
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.library.collections import reference_to
from retrieval.reading.source import Source
from retrieval.store.files.names import library_of_store
from retrieval.store.files.record_file import RecordError
from retrieval.types import COMMON, Added, Answer, DocumentInfo, Passage, Turn

# Questions are bound by the processor: more threads than these only wait for each other.
QUESTION_THREADS, ERRAND_THREADS, ADDING_THREADS = 4, 4, 2

# The note under "The documents don't say", where somebody pointed at a document.
POINTED = N_("Somebody who looks after this server says that it's in “{title}”.")

Result = TypeVar("Result")
Seen = Sequence[str]  # the stores of collections that a question sees
log = logging.getLogger(__name__)


def library_of(guild: int) -> str:
    """The name of a server's own library."""
    return f"guild-{guild}"


def guild_of(library: str) -> int | None:
    """The server whose library, or a collection of it, has that name; None for any other."""
    before, found, number = library_of_store(library).partition("guild-")
    return int(number) if found and not before and number.isdecimal() else None


def visible_libraries(library: Library, guild: int | None, seen: Seen = ()) -> list[str]:
    """The libraries that a server's members may ask, with the collections that they see; None
    stands for direct messages."""
    own = [] if guild is None else [library_of(guild), *seen]
    return [*(name for name in own if library.has(name)), COMMON]


class StoppedError(FootnoteError):
    """A long job was cut short because the bot is closing."""


@dataclass(slots=True)
class Progress:
    """The passages that a long job has added: its thread writes it, the event loop reads it."""

    stopping: Event
    passages: int = 0

    def __call__(self, passages: int) -> None:
        self.passages += passages
        if self.stopping.is_set():
            raise StoppedError("I had to restart before that was done. Please do it again.")


class ServerLibraries:
    """Answers for servers and direct messages; keeps the records. Closing it stops long jobs."""

    def __init__(self, library: Library, records: Records, for_all: Sequence[str] = ()) -> None:
        """Takes the libraries that all are answered from, beside `common`."""
        self.library, self.records, self._for_all = library, records, for_all
        self.question_log = records.questions
        self.gaps = Gaps(library, records.gaps, self.visible)
        self._questions = ThreadPoolExecutor(QUESTION_THREADS, "question")
        self._errands = ThreadPoolExecutor(ERRAND_THREADS, "errand")
        self._adding = ThreadPoolExecutor(ADDING_THREADS, "adding")
        self._stopping = Event()

    def stop(self) -> None:
        """Make long jobs give up, leaving the library as it was before them."""
        self._stopping.set()
        self.library.intake.close()

    def close(self) -> None:
        """Stop long jobs, and wait for all threads."""
        self.stop()
        for pool in (self._questions, self._errands, self._adding):
            pool.shutdown(wait=True, cancel_futures=True)

    def visible(self, guild: int | None, seen: Seen = ()) -> list[str]:
        """The libraries that a server's members may ask; None stands for direct messages."""
        for_all = filter(self.library.has, self._for_all)
        return [*visible_libraries(self.library, guild, seen), *for_all]

    # Questions

    async def answers(
        self,
        id: int,
        guild: int | None,
        question: str,
        turns: Sequence[Turn] = (),
        answered_only: bool = False,
        seen: Seen = (),
    ) -> AsyncGenerator[Answer, None]:
        """Yield the cited answer as it is written: the last one is whole, and is put on record
        under an id, unless nobody asked (`answered_only`) and the documents don't say.

        Raises FootnoteError for an empty question.
        """
        visible = await _run(self._errands, lambda: self.visible(guild, seen))
        asker = COMMON if guild is None else library_of(guild)
        async with aclosing(self.library.astream(question, turns, visible, asker)) as answers:
            async for written in answers:
                answer = await self._pointing(guild, written, seen) if written.whole else written
                yield answer
        if answer.answered or not answered_only:
            await self.record_answer(id, guild, answer)

    async def contents(self, guild: int | None, seen: Seen = ()) -> Contents:
        """The documents that a server's members are answered from: how many, and their titles."""
        return await _run(self._errands, lambda: self.library.contents(self.visible(guild, seen)))

    async def quote(
        self, guild: int | None, question: str, turns: Sequence[Turn] = (), seen: Seen = ()
    ) -> Answer:
        """The answer in the documents' own sentences, for whoever is to judge it: it is not put on
        record. Raises FootnoteError for an empty question."""
        return await _run(
            self._questions, lambda: self.library.quote(question, turns, self.visible(guild, seen))
        )

    async def _pointing(self, guild: int | None, answer: Answer, seen: Seen) -> Answer:
        """An answer, where the documents don't say with the document that somebody who looks after
        the server pointed at for such questions."""
        if answer.answered or answer.note:
            return answer
        pointer = await self.errand(lambda: self.gaps.pointer(guild, answer.question, seen))
        return replace(answer, note=_(POINTED, title=pointer.title)) if pointer else answer

    async def search(self, guild: int | None, query: str, k: int, seen: Seen = ()) -> list[Passage]:
        """The passages that match a query best."""
        return await _run(
            self._questions, lambda: self.library.search(query, k, self.visible(guild, seen))
        )

    async def around(
        self, guild: int | None, cited: Sequence[Cited], seen: Seen = ()
    ) -> list[tuple[Cited, Passage]]:
        """The cited places, each with the passage around it; those that are gone are left out."""

        def work() -> list[tuple[Cited, Passage]]:
            visible = self.visible(guild, seen)
            found = (
                (place, self.library.around(place.document, place.start, place.end, visible))
                for place in cited
            )
            return [(place, passage) for place, passage in found if passage is not None]

        return await _run(self._errands, work)

    async def job(self, work: Callable[[], Result]) -> Result:
        """Return what comes of work that takes as long as adding a document, done in a thread."""
        return await _run(self._adding, work)

    # The record

    async def record_answer(self, id: int, guild: int | None, answer: Answer) -> None:
        """Put a question and its answer on record."""
        await self.note(lambda: self.question_log.record_answer(id, guild, answer))

    async def record_query(self, id: int, guild: int | None, query: str) -> None:
        """Record a query, so that its pages can be turned."""
        await self.note(lambda: self.question_log.record_query(id, guild, query))

    async def errand(self, work: Callable[[], Result]) -> Result:
        """Do something short beside the event loop: read a record, or write it."""
        return await _run(self._errands, work)

    async def note(self, act: Callable[[], None]) -> None:
        """Write something down that no answer depends on; errors are logged."""
        try:
            await _run(self._errands, act)
        except RecordError as error:
            # The answer is as good without; only its buttons will say that it isn't on record.
            log.error("not recorded", extra={"reason": str(error)})

    async def recall(self, id: int, guild: int | None) -> Asked | None:
        """The question or query under an id, if it is still on record."""
        return await _run(self._errands, lambda: self.question_log.find(id, guild))

    async def vote(self, id: int, guild: int | None, member: int, up: bool) -> Votes | None:
        """Count a vote; None if the answer is no longer on record."""
        return await _run(self._errands, lambda: self.question_log.vote(id, guild, member, up))

    # Documents

    async def documents(self, guild: int, seen: Seen = ()) -> list[DocumentInfo]:
        """A server's own documents, the oldest of each collection first."""
        return await _run(self._errands, lambda: self.own_documents(guild, seen))

    def own_documents(self, guild: int, seen: Seen = ()) -> list[DocumentInfo]:
        """As `documents`, for who is in a thread already."""
        names = filter(self.library.has, [library_of(guild), *seen])
        return [document for name in names for document in self.library.documents(name)]

    def begin(self) -> Progress:
        """The progress of a long job that is about to be given to `add` or `refresh`."""
        return Progress(self._stopping)

    async def add(
        self,
        guild: int,
        sources: Sequence[Source],
        added_by: str,
        progress: Progress,
        store: str | None = None,
    ) -> list[Added]:
        """Add sources to a server's library, or a collection of it; returns the outcome of each."""
        name = store or library_of(guild)
        results = await _run(
            self._adding, lambda: [*self.library.add(sources, name, added_by, progress)]
        )
        if any(result.ended_sample for result in results):
            log.info("sample removed")
        return results

    async def refresh(self, document: DocumentInfo, progress: Progress) -> list[Added]:
        """Read one of a server's documents from its source again."""
        id, name = document.id, document.library
        return await _run(self._adding, lambda: [*self.library.refresh([id], name, progress)])

    async def remove(self, guild: int, reference: str, seen: Seen = ()) -> DocumentInfo:
        """Remove one of a server's documents. Raises FootnoteError if it isn't there."""

        def work() -> DocumentInfo:
            documents = self.own_documents(guild, seen)
            found = [one for one in documents if reference_to(one) == reference]
            if not found:
                raise FootnoteError("That document is no longer here.")
            [removed] = self.library.remove([found[0].id], found[0].library)
            return removed

        return await _run(self._errands, work)


async def _run(pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
    # The thread speaks the language of whoever waits for it.
    return await asyncio.get_running_loop().run_in_executor(pool, copy_context().run, work)
