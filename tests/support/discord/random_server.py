"""Servers with random roles, channels, overwrites and members, as discord.py itself has them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from random import Random
from typing import Any

import discord

# Permissions that decide who sees and reads what.
SEE, MANAGE, ADMIN = 1 << 10, 1 << 5, 1 << 3
OWNER, ME, GUILD = 1, 2, 1000
ROLE, MEMBER = 0, 1


@dataclass(frozen=True, slots=True)
class RandomServer:
    """A server, its text channels with threads in them, and some members."""

    guild: discord.Guild
    rooms: Sequence[discord.TextChannel]
    threads: Sequence[discord.Thread]
    members: Sequence[discord.Member]

    def anybody(self) -> Iterator[discord.Member]:
        """Yield everybody who could be in the server: each named member, and one who isn't named,
        with each choice of roles that a person may have."""
        roles = [role.id for role in self.guild.roles if role.id != GUILD]
        people = [id for id in roles if not self.guild.get_role(id).is_bot_managed()]  # type: ignore[union-attr]
        named = {member.id for member in self.members} | {999}
        choices = chain.from_iterable(combinations(people, n) for n in range(len(people) + 1))
        for having in choices:
            for id in named:
                yield member_of(self.guild, id, having)


def random_server(random: Random, roles: int = 4, rooms: int = 4, members: int = 3) -> RandomServer:
    """A server in which everything that decides who sees what is left to chance."""
    client = discord.Client(intents=discord.Intents(guilds=True))
    state: Any = client._connection
    me: Any = {"id": str(ME), "username": "Footnote", "discriminator": "0", "avatar": None}
    state.user = discord.ClientUser(state=state, data=me)
    role_ids = [GUILD + 1 + n for n in range(roles)]
    room_ids = [2000 + n for n in range(rooms)]
    member_ids = [100 + n for n in range(members)]
    data: Any = {
        "id": str(GUILD),
        "name": "Random",
        "owner_id": str(OWNER),
        "roles": [_role(GUILD, random, 0), *(_role(id, random, 1) for id in role_ids)],
        "channels": [_room(id, role_ids, member_ids, random) for id in room_ids],
        "threads": [_thread(3000 + n, room) for n, room in enumerate(room_ids)],
    }
    guild = discord.Guild(data=data, state=state)
    found = [
        member_of(guild, id, [role for role in role_ids if random.random() < 0.4])
        for id in member_ids
    ]
    return RandomServer(guild, guild.text_channels, list(guild.threads), found)


def member_of(guild: discord.Guild, id: int, roles: Sequence[int]) -> discord.Member:
    """A member with some roles."""
    user = {"id": str(id), "username": f"m{id}", "discriminator": "0", "avatar": None}
    data: Any = {
        "user": user,
        "roles": [str(role) for role in roles],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    return discord.Member(data=data, guild=guild, state=guild._state)


def _role(id: int, random: Random, position: int) -> dict[str, Any]:
    chance = random.random()
    permissions = SEE if random.random() < 0.5 else 0
    if position and chance < 0.12:
        permissions |= MANAGE
    elif position and chance < 0.18:
        permissions |= ADMIN
    bot = {"tags": {"bot_id": "555"}, "managed": True} if position and chance > 0.9 else {}
    return {
        "id": str(id),
        "name": f"r{id}",
        "permissions": str(permissions),
        "position": position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
        **bot,
    }


def _room(id: int, roles: Sequence[int], members: Sequence[int], random: Random) -> dict[str, Any]:
    targets = [(GUILD, ROLE), *((role, ROLE) for role in roles), *((m, MEMBER) for m in members)]
    odds = {GUILD: 0.6, **dict.fromkeys(roles, 0.4), **dict.fromkeys(members, 0.12)}
    overwrites = [
        {
            "id": str(target),
            "type": kind,
            "allow": str(SEE if allowed else 0),
            "deny": str(0 if allowed else SEE),
        }
        for target, kind in targets
        if random.random() < odds[target]
        for allowed in [random.random() < 0.5]
    ]
    return {
        "id": str(id),
        "type": 0,
        "name": f"c{id}",
        "position": id,
        "permission_overwrites": overwrites,
    }


def _thread(id: int, parent: int) -> dict[str, Any]:
    return {
        "id": str(id),
        "guild_id": str(GUILD),
        "parent_id": str(parent),
        "owner_id": "100",
        "type": 12 if id % 2 else 11,
        "name": f"t{id}",
        "message_count": 1,
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "auto_archive_duration": 60,
            "archive_timestamp": "2026-01-01T00:00:00+00:00",
            "locked": False,
        },
    }
