"""Commands are registered with Discord when they changed, where they should be, and only then."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
import simcord
from discord import app_commands

from bot.discord.commands.documents.add_message import NAME
from bot.discord.commands.message_menus import ANSWER, ANSWER_PRIVATELY, SIMILAR
from bot.discord.commands.register import described, shape
from bot.discord.services.libraries import ServerLibraries
from bot.discord.services.services import Services
from bot.discord.startup.client import Footnote, Options
from retrieval.errors import FootnoteError
from tests.support.discord.acting import restart
from tests.support.discord.moderating import bot_of
from tests.support.discord.world import World

NO_ACCESS = 50001  # Discord's code for "Missing Access"
pytestmark = pytest.mark.simcord(shard_count=1)

DEV = 4242 << 22
OURS = [
    NAME,
    ANSWER,
    ANSWER_PRIVATELY,
    "Mark as answer",
    SIMILAR,
    "ask",
    "collections",
    "documents",
    "gaps",
    "help",
    "privacy",
    "queue",
    "search",
    "settings",
]


def puts(env: simcord.Env) -> list[Any]:
    """The registrations so far."""
    return [c for c in env.http_requests if c.method == "PUT" and c.path.endswith("/commands")]


async def registered(env: simcord.Env, guild: int | None = None) -> list[Any]:
    """The commands as Discord has them."""
    http, me = env.bot.http, env.bot.application_id
    assert me is not None
    return [*await (http.get_guild_commands(me, guild) if guild else http.get_global_commands(me))]


def names(commands: list[Any]) -> list[str]:
    """The names of commands."""
    return sorted(command["name"] for command in commands)


@pytest.fixture
def dev(libraries: ServerLibraries) -> Callable[[], Footnote]:
    """Make a bot with a development server."""
    return lambda: Footnote(Services(libraries), Options(dev_server=DEV), shard_count=1)


@asynccontextmanager
async def started(
    bot: Footnote, arrange: Callable[[simcord.Env], Any]
) -> AsyncIterator[simcord.Env]:
    """A Discord, arranged before the bot starts in it."""
    env = simcord.Env(bot)
    arrange(env)
    await env.start()
    try:
        yield env
    finally:
        await env.shutdown()


# When


async def test_at_the_first_start_all_are_registered_everywhere(simcord_env: simcord.Env) -> None:
    [put] = puts(simcord_env)
    assert put.path == f"/applications/{simcord_env.bot.application_id}/commands"
    assert names(put.json) == OURS


async def test_a_start_with_nothing_changed_registers_nothing(world: World) -> None:
    await restart(world)
    await restart(world)
    assert len(puts(world.env)) == 1
    assert set(world.moderator.available_commands(world.channel)) > {"ask", "documents add"}
    assert not await world.bot.register()


async def test_a_definition_that_changed_is_registered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = app_commands.Command.to_dict

    def to_dict(self: Any, tree: Any) -> dict[str, Any]:
        payload = dict(real(self, tree))
        return payload | ({"description": "Ask"} if self.name == "ask" else {})

    with monkeypatch.context() as patch:
        patch.setattr(app_commands.Command, "to_dict", to_dict)
        await restart(world)
        assert len(puts(world.env)) == 2
        await restart(world)
        assert len(puts(world.env)) == 2
    await restart(world)
    assert len(puts(world.env)) == 3


async def test_a_command_that_is_gone_is_taken_away(world: World) -> None:
    stale = {"name": "hello", "description": "From an older version", "type": 1}
    commands: list[Any] = [stale, *await described(world.bot)]
    assert world.bot.application_id is not None
    await world.bot.http.bulk_upsert_global_commands(world.bot.application_id, payload=commands)
    assert "hello" in names(await registered(world.env))
    await restart(world)
    assert "hello" not in names(await registered(world.env))


# Where


async def test_with_a_development_server_they_are_registered_there_alone(
    dev: Callable[[], Footnote],
) -> None:
    async with started(dev(), lambda env: env.create_guild("Dev", id=DEV)) as env:
        assert [put.path for put in puts(env)] == [
            f"/applications/{env.bot.application_id}/guilds/{DEV}/commands"
        ]
        assert names(await registered(env, DEV)) == OURS
        assert await registered(env) == []
        await env.restart_bot(dev())
        assert len(puts(env)) == 1


async def test_where_it_may_not_register_it_says_what_to_click(
    dev: Callable[[], Footnote],
) -> None:
    bot = dev()
    with pytest.raises(FootnoteError, match=f"in the server {DEV}.*invite me there") as raised:
        async with started(bot, forbid):
            pass
    assert bot.invitation() in str(raised.value)
    assert "scope=bot+applications.commands" in bot.invitation()


def forbid(env: simcord.Env) -> None:
    """Has Discord say that the bot may not register commands in a server."""
    env.inject_error("GET", "/applications/*/guilds/*/commands", status=403, code=NO_ACCESS)


# What


async def test_our_description_of_a_command_is_discords_in_other_words(
    simcord_env: simcord.Env,
) -> None:
    ours = {shape(command) for command in await described(bot_of(simcord_env))}
    theirs = await registered(simcord_env)
    assert {shape(command) for command in theirs} == ours
    # Other words they are: each has at least a number.
    assert all(command["id"] for command in theirs)


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"id": "1", "version": "2", "dm_permission": True, "name_localizations": None}, True),
        ({"default_member_permissions": "32", "contexts": [1, 0], "nsfw": False}, True),
        ({"default_member_permissions": "16"}, False),
        ({"contexts": [0]}, False),
        ({"description": "B"}, False),
        ({"options": [{"name": "b"}, {"name": "a"}]}, False),
        ({"options": [{"name": "a", "required": True}, {"name": "b"}]}, False),
        ({"options": [{"name": "a", "required": False}, {"name": "b", "choices": []}]}, True),
    ],
)
def test_a_shape_is_what_makes_a_command_what_it_is(changed: dict[str, Any], same: bool) -> None:
    command = {
        "name": "a",
        "description": "A",
        "default_member_permissions": 32,
        "contexts": [0, 1],
        "options": [{"name": "a"}, {"name": "b"}],
    }
    assert (shape(command | changed) == shape(command)) is same


async def test_commands_are_within_discords_limits(simcord_env: simcord.Env) -> None:
    commands = await described(bot_of(simcord_env))
    assert len(commands) <= 100
    for command in commands:
        assert sum(max(map(len, said(part, "name"))) for part in parts(command)) <= 4000
        assert sum(max(map(len, said(part, "description"))) for part in parts(command)) <= 4000
        for part in parts(command):
            assert all(1 <= len(name) <= 32 for name in said(part, "name"))
            assert all(len(text) <= 100 for text in said(part, "description"))
            assert len(part.get("options", [])) <= 25
            slash = command["type"] == discord.AppCommandType.chat_input.value
            assert bool(part.get("description")) is slash
            assert part["name"].islower() is slash


def said(part: dict[str, Any], what: str) -> list[str]:
    """The name or description of a command or option in all languages: the longest counts."""
    return [part.get(what, ""), *(part.get(f"{what}_localizations") or {}).values()]


def parts(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A command, its subcommands and their options."""
    yield command
    for option in command.get("options", []):
        yield from parts(option)
