"""A server with documents that not everybody may read, and people of both kinds."""

from dataclasses import dataclass
from typing import Any

import discord
import simcord

from bot.discord.records.collection_bindings import Binding
from bot.discord.services.libraries import library_of
from tests.support.discord.world import World
from tests.support.homes import note, put

NAME = "Staff"
TITLE = "Zabłocka's vault"
SAFE = "The spare key of the vault lies with Wilhelmina Zabłocka, whose badge is QX-4711."
WHO = "Who has the spare key of the vault?"
# Words that stand in that document alone.
WORDS = ("Wilhelmina", "Zabłocka", "Zablocka", "QX-4711", "badge")


@dataclass(frozen=True, slots=True)
class Secret:
    """A collection, a channel that only its role sees, and a member with that role."""

    store: str
    channel: simcord.ChannelHandle
    role: simcord.RoleHandle
    sam: simcord.MemberActor


def hide(world: World, **bound: Any) -> Secret:
    """Give a server a private channel and a collection, bound to that unless something else is
    named."""
    guild, everybody = world.guild, world.guild.default_role
    role = guild.create_role("Staff")
    sam = guild.add_member(world.env.create_user("sam", global_name="Sam"), roles=[role])
    assert world.bot.user is not None
    see, hidden = (discord.PermissionOverwrite(view_channel=seen) for seen in (True, False))
    channel = guild.create_text_channel(
        "staff", overwrites={everybody: hidden, role: see, world.bot.user: see}
    )
    library, own = world.services.libraries.library, library_of(guild.id)
    store = library.collections.create(NAME, own).store
    put(library, [note("vault.txt", SAFE, TITLE)], store)
    targets = bound or {"channels": [channel.id]}
    binding = Binding(frozenset(targets.get("channels", ())), frozenset(targets.get("roles", ())))
    world.services.sight.bindings.bind(guild.id, store, binding)
    return Secret(store, channel, role, sam)


def leaked(world: World, since: int = 0) -> list[str]:
    """The bodies of calls to Discord since then that hold a word of the hidden document."""
    bodies = [str(call.json) for call in world.env.http_requests[since:] if call.json]
    return [body for body in bodies if any(word.lower() in body.lower() for word in WORDS)]


async def allow(world: World, command: str, *members: simcord.MemberActor) -> None:
    """Let some members use a command that is for those who may manage the server."""
    await world.env.settle()
    registered = {each.name: each for each in await world.bot.tree.fetch_commands()}
    world.guild.set_command_permissions(registered[command], dict.fromkeys(members, True))
