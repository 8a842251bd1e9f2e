"""A process that runs some of the shards: whom it answers, and what it leaves to the others."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord

from bot.discord.services.libraries import guild_of, library_of
from bot.discord.startup.message import FOLLOWING, greet
from bot.discord.startup.portal import TOO_FEW_SHARDS, in_words
from bot.shards import Shards
from retrieval.errors import FootnoteError
from retrieval.library import Library
from tests.support.discord.acting import FERRY, LEAVES, ours, say, write
from tests.support.discord.moderating import bot_of
from tests.support.discord.world import BREAD, World
from tests.support.homes import contents, note, put

FIRST, SECOND = Shards((0,), 2), Shards((1,), 2)
pytestmark = [pytest.mark.simcord(shard_count=2), pytest.mark.options(shards=SECOND)]
of_the_first = pytest.mark.options(shards=FIRST)
of_both = pytest.mark.options(shards=Shards((0, 1), 2))


async def on(env: simcord.Env, shard: int) -> World:
    """A server on a shard, and somebody in it."""
    guild = env.create_guild("Docs", shard_id=shard)
    channel, alice = (
        guild.create_text_channel("general"),
        guild.add_member(env.create_user("alice")),
    )
    await env.settle()
    return World(env, guild, channel, alice, alice)


async def answers(world: World) -> bool:
    """Tell whether a mention is answered."""
    said = await say(world, f"{world.mention} {FERRY}")
    return ours(world, said) and LEAVES in said.content


async def answers_directly(world: World) -> bool:
    """Tell whether a direct message is answered."""
    said = await write(world, FERRY)
    return ours(world, said) and LEAVES in said.content


# Whom it answers


async def test_it_connects_its_own_shards_alone(simcord_env: simcord.Env) -> None:
    bot = bot_of(simcord_env)
    assert ([*bot.shards], bot.shard_count, bot.is_ready()) == ([1], 2, True)


async def test_it_answers_in_the_servers_of_its_shards(simcord_env: simcord.Env) -> None:
    assert await answers(await on(simcord_env, 1))


async def test_servers_of_other_shards_and_direct_messages_never_reach_it(
    simcord_env: simcord.Env,
) -> None:
    elsewhere = await on(simcord_env, 0)
    assert not bot_of(simcord_env).guilds
    assert not await answers(elsewhere)
    assert not await answers_directly(elsewhere)


@of_the_first
async def test_direct_messages_reach_the_process_of_shard_0_whatever_servers_one_is_in(
    simcord_env: simcord.Env,
) -> None:
    assert await answers_directly(await on(simcord_env, 1))


@of_both
async def test_a_server_is_where_discord_has_it(simcord_env: simcord.Env) -> None:
    for shard in (0, 1):
        world = await on(simcord_env, shard)
        guild = world.bot.get_guild(world.guild.id)
        assert guild is not None
        assert world.bot.shards_here.shard_of(guild.id) == guild.shard_id == shard


# Registering commands


@of_the_first
async def test_the_process_of_shard_0_registers_the_commands(simcord_env: simcord.Env) -> None:
    assert puts(simcord_env)


async def test_other_processes_leave_the_commands_to_it(simcord_env: simcord.Env) -> None:
    assert not await bot_of(simcord_env).register()
    assert not puts(simcord_env)


def puts(env: simcord.Env) -> list[Any]:
    """The registrations so far."""
    return [c for c in env.http_requests if c.method == "PUT" and c.path.endswith("/commands")]


# What it says as it starts


async def test_it_says_which_shards_run_and_counts_their_servers(
    simcord_env: simcord.Env, library: Library
) -> None:
    for shard in (0, 0, 1):
        await on(simcord_env, shard)
    greeting = greet(bot_of(simcord_env), library)
    connected, following, *_ = greeting.lines()
    assert connected.endswith(", in 1 server, on shard 1 of 2.")
    assert following == FOLLOWING
    assert (greeting.form()["shards"], greeting.form()["shard_ids"]) == (2, (1,))


@of_the_first
async def test_what_the_process_of_shard_0_does_for_all_needs_no_word(
    simcord_env: simcord.Env, library: Library
) -> None:
    connected, *others = greet(bot_of(simcord_env), library).lines()
    assert connected.endswith(", in 0 servers, on shard 0 of 2.")
    assert FOLLOWING not in others


async def test_without_servers_on_its_shards_nobody_is_told_that_there_are_none(
    simcord_env: simcord.Env, library: Library
) -> None:
    assert "Invite me" not in "".join(greet(bot_of(simcord_env), library).lines())


async def test_too_few_shards_for_discord_are_said_in_words() -> None:
    socket: Any = SimpleNamespace(close_code=4011)
    with pytest.raises(FootnoteError) as raised, in_words():
        raise discord.ConnectionClosed(socket, shard_id=0)
    assert str(raised.value) == TOO_FEW_SHARDS


# What stays


async def test_the_library_of_a_server_that_it_does_not_see_stays_as_it_is(
    simcord_env: simcord.Env, library: Library
) -> None:
    elsewhere = await on(simcord_env, 0)
    name = library_of(elsewhere.guild.id)
    put(library, [note("bread.txt", BREAD)], name)
    before = contents(library, name)
    assert await answers(await on(simcord_env, 1))
    greet(bot_of(simcord_env), library)
    assert contents(library, name) == before


@pytest.mark.parametrize(
    ("library", "guild"), [("guild-42", 42), ("common", None), ("guild-", None), ("guild-x", None)]
)
def test_a_librarys_name_tells_whose_it_is(library: str, guild: int | None) -> None:
    assert guild_of(library) == guild
