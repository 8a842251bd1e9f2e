"""An answer is shown as it is written, and in the end to the letter, whatever happens meanwhile."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

import discord
import pytest
import simcord

from bot.discord.messages.answer import WRITING, answer_messages, growing_message
from bot.discord.messages.buttons import answer_buttons
from bot.discord.messages.failure import UNFORESEEN
from bot.discord.messages.streaming import Growing, deliver
from bot.discord.services.libraries import ServerLibraries
from bot.discord.services.limits import Timing
from retrieval.types import Answer, Citation, Turn
from tests.support.discord.acting import (
    DOWN,
    FERRY,
    FOLLOW_UP,
    MESSAGES,
    ORIGINAL,
    SOURCES,
    UP,
    bodies,
    buttons,
    last,
    long_answer,
    shown,
    start,
)
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

INTERVAL = 10.0
MESSAGE = "/channels/*/messages/*"
SENTENCES = [f"Boat {n} lies at *pier* {n}. [{n % 3 + 1}]" for n in range(40)]
CITATIONS = tuple(
    Citation(n, f"d{n}", f"Boats {n}", "boats.txt", None, 0, 9, f"Boat {n}.") for n in (1, 2, 3)
)
UNAVAILABLE = "The chat model is unavailable at the moment; these are the documents' own words."


def part(sentences: int) -> Answer:
    """An answer of which so many sentences are written."""
    text = " ".join(SENTENCES[:sentences])
    return Answer(FERRY, True, text, 0.9, "chat", whole=False)


def finished(sentences: int) -> Answer:
    """An answer that is whole with so many sentences."""
    return replace(part(sentences), citations=CITATIONS, whole=True)


QUOTED = Answer(FERRY, True, "Boat 1. [1]", 0.9, "quote", CITATIONS[:1], note=UNAVAILABLE)


@dataclass(slots=True)
class Writer:
    """Stands in for `ServerLibraries`: the answer comes as the test wants it."""

    world: World
    coming: "asyncio.Queue[Answer | Exception]" = field(default_factory=asyncio.Queue)
    turns: list[Turn] = field(default_factory=list)

    async def answers(
        self,
        id: int,
        guild: int | None,
        question: str,
        turns: Sequence[Turn] = (),
        answered_only: bool = False,
        seen: Sequence[str] = (),
    ) -> AsyncGenerator[Answer, None]:
        """As `ServerLibraries` answers."""
        self.turns[:] = turns
        going_on = True
        while going_on:
            coming = self.coming.get()
            answer = await self.world.env.external_wait(coming, reason="the model writes")
            if isinstance(answer, Exception):
                raise answer
            yield answer
            going_on = not answer.whole

    async def write(self, *answers: Answer | Exception, seconds: float = 0.0) -> None:
        """Say these one after the other, and let so much time pass after each."""
        for answer in answers:
            self.coming.put_nowait(answer)
            await self.world.env.settle()
            if seconds:
                await self.world.env.advance_time(seconds)


@pytest.fixture
def timing() -> Timing:
    """Intervals so long that the bot shows that it is typing meanwhile."""
    return Timing(edit_interval=INTERVAL, longest_edit_interval=100 * INTERVAL)


@pytest.fixture
def writer(world: World, libraries: ServerLibraries, monkeypatch: pytest.MonkeyPatch) -> Writer:
    """Libraries whose answers the test writes, shown no faster than the clock is moved."""
    writer = Writer(world)
    monkeypatch.setattr(libraries, "answers", writer.answers)
    return writer


async def by_message(world: World) -> None:
    """Ask by a message, and do not wait for the answer."""
    await world.alice.send(world.channel, f"{world.mention} {FERRY}")


async def by_command(world: World) -> None:
    """Ask by the command, and do not wait for the answer."""
    start(world, world.alice, "ask", question=FERRY)
    await world.env.settle()


Way = Callable[[World], Awaitable[None]]
both = pytest.mark.parametrize("way", [by_message, by_command])


def texts(world: World) -> list[str]:
    """The texts that the bot shows in the channel, message by message."""
    me = world.bot.user
    return [message.content for message in world.channel.history() if message.author == me]


def written(world: World, way: Way, answer: Answer) -> list[str]:
    """The texts to be shown for an answer to that way of asking."""
    make = answer_messages if answer.whole else lambda *asked: [growing_message(*asked)]
    return make(answer, way is by_command)


# While it is written


@both
async def test_what_is_written_is_shown_before_the_answer_is_whole(
    world: World, writer: Writer, way: Way
) -> None:
    await way(world)
    await writer.write(part(1))
    assert texts(world) == written(world, way, part(1))
    assert not buttons(last(world.channel))
    await writer.write(part(2), seconds=INTERVAL)
    assert texts(world) == written(world, way, part(2))
    assert texts(world)[0].endswith(f"Boat 1 lies at \\*pier\\* 1. [2]{WRITING}")


@both
async def test_however_fast_it_is_written_it_is_shown_once_an_interval(
    world: World, writer: Writer, way: Way
) -> None:
    await way(world)
    await writer.write(*(part(n) for n in range(1, 21)), seconds=INTERVAL / 4)
    sent = [body["content"] for body in bodies(world.env)]
    assert 5 <= len(sent) <= 6
    assert len(set(sent)) == len(sent)
    await world.env.advance_time(2 * INTERVAL)  # what came too soon is shown though no more comes
    assert texts(world) == written(world, way, part(20))


@both
async def test_what_is_too_much_for_discord_is_shown_less_often_and_nothing_is_lost(
    world: World, writer: Writer, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    await way(world)
    await writer.write(part(1))
    for path in (ORIGINAL, MESSAGE):
        world.env.inject_error("PATCH", path, status=429, times=None)
    before = len(world.env.http_requests)
    await writer.write(*(part(n) for n in range(2, 33)), seconds=INTERVAL)
    edits = [call for call in world.env.http_requests[before:] if call.method == "PATCH"]
    assert len(edits) == 5  # after 1, 2, 4, 8 and 16 intervals
    assert texts(world) == written(world, way, part(1))
    world.env.backend.faults.clear()
    await writer.write(finished(33))
    assert texts(world) == written(world, way, finished(33))
    assert caplog.messages.count("could not show a part of an answer") == 5


@both
async def test_what_goes_wrong_on_the_way_does_not_cost_the_answer(
    world: World, writer: Writer, way: Way
) -> None:
    for method, path in (("PATCH", ORIGINAL), ("POST", MESSAGES)):
        world.env.inject_error(method, path, status=500)
    await way(world)
    await writer.write(part(1), part(2))
    assert "".join(texts(world)) == ""
    await writer.write(finished(3))
    assert texts(world) == written(world, way, finished(3))
    simcord.assert_no_errors(world.env)


@both
async def test_of_a_long_answer_as_much_is_shown_as_one_message_holds(
    world: World, writer: Writer, way: Way
) -> None:
    await way(world)
    long = replace(long_answer(FERRY), citations=(), whole=False)
    await writer.write(part(1), long, seconds=INTERVAL)
    [message] = texts(world)
    assert [message] == written(world, way, long)
    assert 1800 < len(message) <= 2000
    assert message.endswith(WRITING)
    more = replace(long, text=f"{long.text} And more.")
    before = len(world.env.http_requests)
    await writer.write(more, seconds=INTERVAL)
    assert bodies(world.env, before) == []  # nothing new to see


async def test_the_bot_is_typing_until_something_is_shown(world: World, writer: Writer) -> None:
    def typing() -> int:
        return sum(call.path.endswith("/typing") for call in world.env.http_requests)

    await by_message(world)
    await world.env.advance_time(11)
    before = typing()
    assert before == 3
    await writer.write(part(1))
    await world.env.advance_time(11)
    assert typing() == before


@both
async def test_nobody_is_pinged_by_half_an_answer(world: World, writer: Writer, way: Way) -> None:
    await way(world)
    await writer.write(replace(part(1), text="@everyone <@&7> [1](http://evil.example)"))
    await writer.write(part(2), seconds=INTERVAL)
    await writer.write(finished(2))
    sent = bodies(world.env)
    assert len(sent) == 3
    assert "@\u200beveryone \\<@\u200b&7\\> \\[1\\](<http://evil.example>)" in sent[0]["content"]
    for body in sent:
        allowed = body["allowed_mentions"]
        assert (allowed["parse"], allowed.get("replied_user", False)) == ([], False)


async def test_a_private_answer_is_written_before_the_one_who_asked_alone(
    world: World, writer: Writer
) -> None:
    result = start(world, world.alice, "ask", question=FERRY, private=True)
    await writer.write(part(1))
    assert shown(result).content == growing_message(part(1), quoting=True)
    await writer.write(long_answer(FERRY))
    parts = [shown(result).content, *(message.content for message in result.followups)]
    assert parts == answer_messages(long_answer(FERRY), quoting=True)
    assert shown(result).flags.ephemeral
    assert all(message.ephemeral for message in result.followups)
    assert world.channel.history(viewer=world.moderator) == []


# The end of it


@both
@pytest.mark.parametrize("answer", [finished(5), finished(40), long_answer(FERRY)])
async def test_in_the_end_it_is_what_it_would_be_at_once(
    world: World, writer: Writer, way: Way, answer: Answer
) -> None:
    for parts in ([], [part(1), part(2)]):
        before = len(texts(world))
        await way(world)
        await writer.write(*parts, answer, seconds=INTERVAL)
        assert texts(world)[before:] == written(world, way, answer)
        said = world.channel.history()[-len(texts(world)[before:]) :]
        assert [*buttons(said[-1])] == [SOURCES, UP, DOWN, FOLLOW_UP]
        assert not any(buttons(message) for message in said[:-1])
    simcord.assert_no_errors(world.env)


@both
async def test_an_answer_that_comes_whole_is_shown_by_one_call(
    world: World, writer: Writer, way: Way
) -> None:
    await way(world)
    before = len(world.env.http_requests)
    await writer.write(finished(5), seconds=5 * INTERVAL)
    assert len(world.env.http_requests) == before + 1


@both
async def test_where_the_model_fails_half_way_the_documents_own_words_take_its_place(
    world: World, writer: Writer, way: Way
) -> None:
    await way(world)
    await writer.write(part(1), part(2), QUOTED, seconds=INTERVAL)
    assert texts(world) == written(world, way, QUOTED)
    [message] = texts(world)
    assert message.split("\n")[-2:] == [f"-# {UNAVAILABLE}", "-# [1] Boats 1"]


@both
async def test_an_answer_whose_beginning_was_deleted_is_sent_anew(
    world: World, writer: Writer, way: Way
) -> None:
    await way(world)
    await writer.write(part(1), seconds=INTERVAL)
    world.env.backend.delete_message(world.channel.id, last(world.channel).id)
    await writer.write(part(2), seconds=INTERVAL)
    assert texts(world) == []
    await writer.write(finished(40))
    assert texts(world) == written(world, way, finished(40))
    assert [*buttons(last(world.channel))] == [SOURCES, UP, DOWN, FOLLOW_UP]
    simcord.assert_no_errors(world.env)


@both
async def test_where_there_will_be_no_end_what_was_shown_stays_and_that_is_said(
    world: World, writer: Writer, way: Way
) -> None:
    await way(world)
    await writer.write(part(1), RuntimeError("the disk is on fire"), seconds=INTERVAL)
    beginning, said = [message.content for message in world.channel.history(viewer=world.alice)][
        -2:
    ]
    assert [beginning] == written(world, way, part(1))
    assert said == UNFORESEEN
    assert len(world.env.errors) == (1 if way is by_command else 0)
    if way is by_command:
        simcord.assert_error(world.env, RuntimeError)


async def test_a_follow_up_reads_back_what_the_answer_was_in_the_end(
    world: World, writer: Writer
) -> None:
    read: list[list[Turn]] = []
    for parts in ([part(1), part(2)], []):
        await by_message(world)
        await writer.write(*parts, replace(finished(4), note=UNAVAILABLE), seconds=INTERVAL)
        await world.alice.send(
            world.channel, f"{world.mention} And then?", reply_to=last(world.channel)
        )
        read.append([*writer.turns])
        await writer.write(QUOTED)
    assert read[0] == read[1] == [Turn(FERRY, finished(4).text)]


async def test_the_log_says_who_wrote_an_answer(
    world: World, writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    for answer in (finished(2), QUOTED):
        await by_command(world)
        await writer.write(part(1), answer)
    lines = [vars(record) for record in caplog.records if record.message == "question"]
    assert [line["reader"] for line in lines] == ["chat", "quote"]


# The clock


class Wall:
    """A place that keeps what is shown in it, and takes its time if it is told to."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.ready = asyncio.Event()
        self.ready.set()

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Show a text when it is ready."""
        await self.ready.wait()
        self.shown.append(text)

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Show a further text."""
        self.shown.append(text)


async def turns_of_the_loop() -> None:
    """Let all go on that can."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_a_slow_edit_holds_nobody_up_and_the_whole_answer_comes_after_it() -> None:
    wall = Wall()
    wall.ready.clear()
    message = Growing(wall, Timing())
    message.grow("one")
    await turns_of_the_loop()
    message.grow("one two")
    finishing = asyncio.create_task(message.finish(["all", "of it"], answer_buttons(1)))
    await turns_of_the_loop()
    assert wall.shown == []
    wall.ready.set()
    await finishing
    assert wall.shown == ["one", "all", "of it"]


async def test_the_interval_is_kept_and_doubles_up_to_a_limit_where_nothing_can_be_shown() -> None:
    waited: list[float] = []

    class Broken(Wall):
        async def show(self, text: str, view: discord.ui.View | None = None) -> None:
            raise OSError("the cable is cut")

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) < 8:
            message.grow(str(len(waited)))

    message = Growing(Broken(), Timing(), sleep)
    message.grow("none")
    await turns_of_the_loop()
    longest = Timing().longest_edit_interval
    assert waited == [2, 4, 8, 16, *[longest] * 4]


async def test_where_the_bot_is_stopped_half_way_what_was_shown_stays() -> None:
    wall = Wall()
    closed = asyncio.Event()

    async def answers() -> AsyncGenerator[Answer, None]:
        try:
            yield part(1)
            await asyncio.Event().wait()
        finally:
            closed.set()

    delivering = asyncio.create_task(
        deliver(answers(), wall, lambda _: answer_buttons(1), Timing())
    )
    await turns_of_the_loop()
    delivering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await delivering
    await turns_of_the_loop()
    assert closed.is_set()
    assert wall.shown == [growing_message(part(1))]
    assert asyncio.all_tasks() == {asyncio.current_task()}
