"""Long work shows how far it is, is in nobody's way, and ends in words however it ends."""

import asyncio
from collections.abc import Iterator, Sequence
from threading import Semaphore

import pytest
import simcord

from bot.discord.services.libraries import QUESTION_THREADS, ServerLibraries
from bot.discord.services.limits import CLOSING, InFlight, Timing
from bot.discord.services.services import Services
from bot.discord.startup.run import drain
from retrieval.indexing.embed_passages import Progress
from retrieval.library import Library
from retrieval.reading.source import Source
from retrieval.types import Added
from tests.support.discord.acting import FERRY, LEAVES, MINUTE, ORIGINAL, last, start, until
from tests.support.discord.moderating import POOL, contents, documents, told
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

LONG = ("long.txt", b"\n\n".join(b"Rule %d is a long rule. " % n * 16 for n in range(12)))
BETWEEN_LOOKS, TOKEN_LIFE = Timing().job_interval, 15 * MINUTE


class Gate:
    """Holds what is being added back in the middle of it, passage by passage."""

    def __init__(self, library: Library) -> None:
        self.real = library.add
        self.came = self.passed = 0
        self._tickets = Semaphore(0)

    def add(
        self, sources: Sequence[Source], library: str, added_by: str, progress: Progress
    ) -> Iterator[Added]:
        """As the library adds, but for the waiting."""

        def held(passages: int) -> None:
            self.came += passages
            self._tickets.acquire()
            progress(passages)
            self.passed += passages

        return self.real(sources, library, added_by, held)

    def let(self, passages: int = 10_000) -> None:
        """Let some passages through (all, if it isn't said how many)."""
        self._tickets.release(passages)

    def close(self) -> None:
        """Let no more through than what is there already."""
        self.came = self.passed = 0
        self._tickets = Semaphore(0)


@pytest.fixture
def gate(library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """A library that waits at a gate when something is added."""
    gate = Gate(library)
    monkeypatch.setattr(library, "add", gate.add)
    yield gate
    gate.let()


async def begin(world: World, gate: Gate) -> simcord.InteractionResult:
    """Begin to add something long, and come so far that it is in the middle of it."""
    result = start(world, world.moderator, "documents add", file=LONG)
    await until(world, lambda: gate.came)
    return result


async def look(world: World, gate: Gate, passages: int) -> None:
    """Let some passages through, and as much time pass as lies between two looks at a job."""
    edits, due = len(shown(world)), gate.passed + passages
    gate.let(passages)
    await until(world, lambda: gate.passed == due)
    world.env.backend.advance_clock(BETWEEN_LOOKS)
    await until(world, lambda: len(shown(world)) > edits)


async def looked(world: World) -> None:
    """Let the bot look at a job for which it is time, though nothing need come of it."""
    for _ in range(20):  # turns of the event loop
        await until(world, lambda: True)


def shown(world: World) -> list[str]:
    """The texts of the message that began it, one after the other."""
    edits = [c for c in world.env.http_requests if c.method == "PATCH" and "@original" in c.path]
    return [(edit.json or {})["content"] for edit in edits]


async def test_the_message_that_began_it_shows_how_far_it_is(world: World, gate: Gate) -> None:
    result = await begin(world, gate)
    assert result.deferred
    assert result.ephemeral
    await look(world, gate, 2)
    await look(world, gate, 3)
    assert documents(world)[0].state == "pending"
    gate.let()
    await until(world, lambda: len(shown(world)) > 2)
    first, second, outcome = shown(world)
    assert (first, second) == ("Adding … 2 passages so far.", "Adding … 5 passages so far.")
    assert outcome == f"Added **long**: {documents(world)[0].passages} passages."
    assert result.response is not None
    assert result.response.content == outcome
    assert result.followups == []


async def test_nothing_is_edited_where_nothing_has_come_about(world: World, gate: Gate) -> None:
    await begin(world, gate)
    await look(world, gate, 2)
    for _ in range(3):
        world.env.backend.advance_clock(BETWEEN_LOOKS)
        await looked(world)
    assert shown(world) == ["Adding … 2 passages so far."]


async def test_progress_that_can_not_be_shown_costs_nothing(world: World, gate: Gate) -> None:
    result = await begin(world, gate)
    world.env.inject_error("PATCH", ORIGINAL, status=500)
    gate.let(2)
    await until(world, lambda: gate.passed == 2)
    world.env.backend.advance_clock(BETWEEN_LOOKS)
    await until(world, lambda: shown(world))
    gate.let()
    await until(world, lambda: not world.services.jobs)
    await world.env.settle()
    assert result.response is not None
    assert result.response.content.startswith("Added **long**")


async def test_a_question_meanwhile_is_answered(world: World, gate: Gate) -> None:
    await begin(world, gate)
    # More jobs than there are threads for questions.
    for n in range(QUESTION_THREADS):
        start(world, world.moderator, "documents add", file=(f"{n}.txt", b"More %d." % n))
    await until(world, lambda: len(world.services.jobs) == QUESTION_THREADS + 1)
    question = start(world, world.alice, "ask", question=FERRY)
    await until(world, lambda: question.response and LEAVES in question.response.content)
    listed = start(world, world.moderator, "documents list")
    await until(world, lambda: listed.response and "pending" in listed.response.content)


async def test_a_job_that_is_stopped_says_so_and_leaves_the_library_alone(
    world: World, gate: Gate
) -> None:
    gate.let()
    await told(world, "add", file=POOL)
    before = contents(world)
    gate.close()
    result = await begin(world, gate)
    world.services.libraries.stop()
    gate.let(1)
    await until(world, lambda: not world.services.jobs)
    await world.env.settle()
    assert result.response is not None
    assert "I had to restart before that was done" in result.response.content
    assert result.response.ephemeral
    assert contents(world) == before


async def test_a_job_that_is_stopped_leaves_no_old_progress(world: World, gate: Gate) -> None:
    result = await begin(world, gate)
    await look(world, gate, 2)
    world.services.libraries.stop()
    gate.let()
    await until(world, lambda: not world.services.jobs)
    await world.env.settle()
    assert result.response is not None
    assert "so far" not in result.response.content
    assert result.followups == []


async def test_a_job_that_fails_after_its_message_tells_the_channel(
    world: World, gate: Gate
) -> None:
    await begin(world, gate)
    world.env.backend.advance_clock(TOKEN_LIFE + BETWEEN_LOOKS)
    world.services.libraries.stop()
    gate.let()
    await until(world, lambda: not world.services.jobs)
    await world.env.settle()
    assert "Please do it again." in last(world.channel).content


async def test_when_the_bot_closes_jobs_are_given_up_and_questions_refused(
    world: World, gate: Gate
) -> None:
    result = await begin(world, gate)
    gate.let(1)
    await drain(world.services)
    await world.env.settle()
    assert result.response is not None
    assert "Please do it again." in result.response.content
    refused = await world.alice.slash(world.channel, "ask", question=FERRY)
    assert refused.response is not None
    assert refused.response.content == CLOSING
    assert documents(world) == []


async def test_what_outlasts_its_grace_is_cut_off_and_logged(
    libraries: ServerLibraries, caplog: pytest.LogCaptureFixture
) -> None:
    services = Services(libraries, timing=Timing(grace=0.0, job_grace=0.0))

    async def work(flight: InFlight) -> None:
        with flight.counted():
            await asyncio.Event().wait()

    flights = (services.limits.questions, services.jobs)
    endless = [asyncio.create_task(work(flight)) for flight in flights]
    await asyncio.sleep(0)
    await drain(services)
    assert caplog.messages == ["questions cut off", "jobs cut off"]
    for task in endless:
        task.cancel()


async def test_a_job_that_outlives_its_message_tells_the_channel(world: World, gate: Gate) -> None:
    await begin(world, gate)
    await look(world, gate, 1)
    world.env.backend.advance_clock(TOKEN_LIFE)
    gate.let(1)
    await until(world, lambda: gate.passed == 2)
    world.env.backend.advance_clock(BETWEEN_LOOKS)
    await looked(world)
    gate.let()
    await until(world, lambda: world.channel.history(viewer=world.alice))
    assert shown(world) == ["Adding … 1 passage so far."]
    told = last(world.channel)
    assert told.content == f"Added **long**: {documents(world)[0].passages} passages."
    assert told.interaction_metadata is None
