"""Who may read a collection, held against what discord.py itself says that members see."""

from random import Random

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.collections.readers import Server, manages
from bot.discord.records.collection_bindings import Binding
from tests.support.discord.random_server import GUILD, RandomServer, random_server

SEEDS = st.integers(0, 10**9)


def random_binding(server: RandomServer, random: Random) -> Binding:
    rooms = [room.id for room in server.rooms if random.random() < 0.3]
    bots = {role.id for role in server.guild.roles if role.is_bot_managed()}
    roles = [role.id for role in server.guild.roles if role.id not in {GUILD, *bots}]
    gone = [77] if random.random() < 0.2 else []
    chosen = [id for id in roles if random.random() < 0.3]
    return Binding(frozenset([*rooms, *gone]), frozenset(chosen))


def reads(server: RandomServer, member: discord.Member, binding: Binding) -> bool:
    """The rule itself: whoever manages the server, has a role, or sees a channel."""
    return (
        manages(member.guild_permissions)
        or any(role.id in binding.roles for role in member.roles)
        or any(
            room.permissions_for(member).view_channel
            for room in server.rooms
            if room.id in binding.channels
        )
    )


@settings(max_examples=40)
@given(seed=SEEDS)
def test_all_may_read_where_nobody_could_see_the_channel_and_not_read(seed: int) -> None:
    random = Random(seed)
    server = random_server(random)
    binding, rules = random_binding(server, random), Server(server.guild)
    for room in server.rooms:
        seeing = (m for m in server.anybody() if room.permissions_for(m).view_channel)
        expected = room.id in binding.channels or all(reads(server, m, binding) for m in seeing)
        assert rules.all_may_read(room, binding) is expected


@settings(max_examples=20)
@given(seed=SEEDS)
def test_a_member_reads_by_a_role_or_by_a_channel_that_they_see(seed: int) -> None:
    random = Random(seed)
    server = random_server(random)
    binding, rules = random_binding(server, random), Server(server.guild)
    for member in server.members:
        assert rules.may_read(member, binding) is reads(server, member, binding)


@settings(max_examples=20)
@given(seed=SEEDS)
def test_what_is_said_in_a_channel_is_kept_only_where_its_readers_see_it(seed: int) -> None:
    random = Random(seed)
    server = random_server(random)
    binding, rules = random_binding(server, random), Server(server.guild)
    everybody = [m for m in server.anybody() if not manages(m.guild_permissions)]
    for room in server.rooms:
        if rules.may_hold(room, binding) and room.id not in binding.channels:
            bound = [one for one in server.rooms if one.id in binding.channels]
            for member in everybody:
                if any(one.permissions_for(member).view_channel for one in bound):
                    assert room.permissions_for(member).view_channel


def test_nobody_reads_what_is_bound_to_nothing_but_who_manages_the_server() -> None:
    server = random_server(Random(3), roles=2)
    rules = Server(server.guild)
    for binding in (Binding(), Binding(frozenset({77}), frozenset({78}))):
        for member in server.anybody():
            assert rules.may_read(member, binding) is manages(member.guild_permissions)


@pytest.mark.parametrize("roles", [60])
def test_a_server_with_many_roles_is_judged_at_once(roles: int) -> None:
    server = random_server(Random(5), roles=roles, rooms=30, members=20)
    binding, rules = random_binding(server, Random(6)), Server(server.guild)
    for room in server.rooms:
        rules.all_may_read(room, binding)
