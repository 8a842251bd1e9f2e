"""Act as members of a server, and look at the outcome."""

import sqlite3
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import simcord
from simcord import interactions
from simcord.enums import MessageType

from bot.discord.services.services import Services
from bot.discord.startup.client import Footnote
from retrieval.library import Library
from retrieval.types import Answer, Citation, Turn
from tests.support.discord.world import World

# Whom the documents know by name only in one sentence, and by "she" in the question after it.
FIRST, THEN = "Who was the first keeper of the lighthouse?", "When was she born?"
FERRY = "When does the ferry leave?"
LEAVES = "The ferry to Skerry leaves at nine in the morning. A ticket costs four crowns."
UNKNOWN = "How tall is the Eiffel Tower?"
BORN = "Ada Lorne was born in the village of Tarn."
SOURCES, UP, DOWN, FOLLOW_UP = "📖", "👍", "👎", "💬"
MINUTE = 60.0
# Calls to Discord, for `inject_error`: what is shown in place of "thinking", and messages.
ORIGINAL, MESSAGES = "/webhooks/*/messages/@original", "/channels/*/messages"


# Questions


async def ask(
    world: World, question: str, by: simcord.MemberActor | None = None, **options: Any
) -> discord.Message:
    """The answer to `/ask`."""
    where = options.pop("channel", world.channel)
    return shown(await (by or world.alice).slash(where, "ask", question=question, **options))


async def say(
    world: World,
    text: str,
    reply_to: discord.Message | None = None,
    by: simcord.MemberActor | None = None,
    channel: simcord.ChannelHandle | None = None,
) -> discord.Message:
    """Say something in a channel; return what stands there last afterwards."""
    where = channel or world.channel
    await (by or world.alice).send(where, text, reply_to=reply_to)
    return last(where)


async def mention(world: World, question: str, **options: Any) -> discord.Message:
    """The answer to a message that mentions the bot."""
    answer = await say(world, f"{world.mention} {question}", **options)
    assert ours(world, answer)
    return answer


async def write(
    world: World, text: str, reply_to: discord.Message | None = None
) -> discord.Message:
    """Write to the bot directly; return what stands there last afterwards."""
    user = world.alice.user
    where = user.dm_channel
    reference = {"message_id": str(reply_to.id), "channel_id": str(where.id)} if reply_to else None
    await user.send_dm(text, reference=reference)
    return last(where)


def start(
    world: World, member: simcord.MemberActor, command: str, **options: Any
) -> simcord.InteractionResult:
    """Call a command and do not wait for what comes of it."""
    backend, channel, guild = world.env.backend, world.channel.id, member.guild.id
    name, *path = command.split()
    root = backend.find_command(name, guild)
    assert root is not None
    leaf, nesting = interactions.walk_to_subcommand(root, path)
    chosen, resolved = interactions.build_options(
        member, command, leaf, options, channel_id=channel
    )
    nested = interactions.nest_options(root, nesting, chosen)
    data = {"id": root["id"], "name": name, "type": 1, "options": nested, "resolved": resolved}
    record, payload = interactions.base_payload(
        backend, type=2, channel_id=channel, guild_id=guild, user_id=member.id, data=data
    )
    backend.emit("INTERACTION_CREATE", payload)
    return simcord.InteractionResult(world.env, record)


async def until(world: World, met: Callable[[], Any]) -> None:
    """Let the bot work until something has come about, though a thread of it is being held."""
    await turn(world)
    while not met():
        await turn(world)


async def turn(world: World) -> None:
    """Run what is due, and let the bot work until it waits for a thread or for the clock."""
    with suppress(TimeoutError):  # a thread that is being held never comes to rest
        await world.env.settle(timeout=0.01)


# Answers


def last(channel: simcord.ChannelHandle) -> discord.Message:
    """The last message of a channel."""
    message = channel.last_message
    assert message is not None
    return message


def shown(result: simcord.InteractionResult) -> discord.Message:
    """The response to a command or a click."""
    assert result.acknowledged
    assert result.response is not None
    return result.response.message


def ours(world: World, message: discord.Message) -> bool:
    """Tell whether the bot said that."""
    assert world.env.bot.user is not None
    return message.author.id == world.env.bot.user.id


def buttons(message: discord.Message) -> dict[str, discord.Button]:
    """The buttons under a message, by their pictures."""
    found: list[Any] = [item for row in message.components for item in getattr(row, "children", [])]
    return {button.emoji.name: button for button in found}


def votes(message: discord.Message) -> tuple[str | None, str | None]:
    """The counts on the thumbs under a message."""
    found = buttons(message)
    return found[UP].label, found[DOWN].label


async def press(
    message: discord.Message, button: str, by: simcord.MemberActor
) -> simcord.InteractionResult:
    """Press the button with that picture under a message."""
    return await by.click(message, custom_id=buttons(message)[button].custom_id)


def bodies(env: simcord.Env, since: int = 0) -> list[dict[str, Any]]:
    """The bodies of all calls to Discord that put words before people, sent or edited."""
    sent = [call.json for call in env.http_requests[since:] if isinstance(call.json, dict)]
    inner = [body.get("data", body) for body in sent]
    return [body for body in inner if isinstance(body, dict) and body.get("content")]


async def whole(answers: AsyncGenerator[Answer, None]) -> Answer:
    """The last of the answers that `ServerLibraries` gives: the whole one."""
    *_, last = [answer async for answer in answers]
    return last


# Around them


async def restart(world: World) -> None:
    """Another client on the same library and record, in the same Discord."""
    services = Services(world.services.libraries, timing=world.services.timing)
    await world.env.restart_bot(Footnote(services, world.bot.chosen, shard_count=1))


def channel_without(world: World, permission: str) -> simcord.ChannelHandle:
    """A channel in which the bot lacks a permission."""
    assert world.bot.user is not None
    lacking = discord.PermissionOverwrite(**{permission: False})
    return world.guild.create_text_channel(permission, overwrites={world.bot.user: lacking})


async def thread_on(
    world: World,
    message: discord.Message | None = None,
    channel: simcord.ChannelHandle | None = None,
) -> simcord.ChannelHandle:
    """A thread, by itself or on a message, as a member begins one."""
    env, channel = world.env, channel or world.channel
    made = env.backend.create_thread(
        channel.id, "Talk", world.alice.id, message_id=message.id if message else None
    )
    thread = next(thread for thread in channel.threads if thread.id == made.id)
    if message is not None:  # Discord puts a pointer at the message first in such a thread
        world.guild.create_system_message(
            thread,
            MessageType.THREAD_STARTER_MESSAGE,
            author=world.alice,
            referenced_message=message,
        )
    await env.settle()
    return thread


def about_ada(message: discord.Message) -> bool:
    """Tell whether a message says where Ada Lorne was born, and names nobody else."""
    return BORN in message.content and "Ivo Brand" not in message.content


def forget(library: Library) -> None:
    """Drop all that is on record, as time does."""
    with closing(sqlite3.connect(library.home.folder / "activity.db")) as record, record:
        record.execute("PRAGMA foreign_keys = ON")
        record.execute("DELETE FROM asked")


@dataclass(frozen=True, slots=True)
class Heard:
    """A question that the library was asked, and the turns before it."""

    question: str
    turns: tuple[Turn, ...]

    @property
    def questions(self) -> list[str]:
        """The questions that were asked before."""
        return [turn.question for turn in self.turns]


def overhear(monkeypatch: pytest.MonkeyPatch, library: Library) -> list[Heard]:
    """Write down what the library is asked from now on."""
    heard: list[Heard] = []
    real = library.astream

    def astream(question: str, turns: Sequence[Turn], *where: Any) -> AsyncGenerator[Answer, None]:
        heard.append(Heard(question, tuple(turns)))
        return real(question, turns, *where)

    monkeypatch.setattr(library, "astream", astream)
    return heard


def script(
    monkeypatch: pytest.MonkeyPatch, library: Library, answer: Callable[[str], Answer]
) -> None:
    """Make the library answer by a script."""

    async def astream(question: str, *_: Any) -> AsyncGenerator[Answer, None]:
        yield answer(question)

    monkeypatch.setattr(library, "astream", astream)


def long_answer(question: str) -> Answer:
    """An answer that no single message holds."""
    said = [f"Sentence {n} tells yet a little more about the ferry." for n in range(100)]
    quote = Citation(1, "gone", "The ferry", "ferry.txt", None, 0, len(said[0]), said[0])
    return Answer(question, True, f"{' '.join(said)} [1]", 0.9, "quote", (quote,))
