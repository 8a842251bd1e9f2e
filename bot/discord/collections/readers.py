"""Who may read a collection: one member, or all who can see a channel.

Which members there are is not known here: Discord tells that only bots that ask for more than
Footnote does. So of a channel it is asked if *anybody*, whatever roles they have, could see it
without being allowed to read the collection. Discord's rules are such that four worst cases settle
that: somebody with all roles that give no right to read, or all but those that let them see
channels in general, each with and without the roles that are kept out of the channel.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import discord

from bot.discord.records.collection_bindings import Binding

Channel = discord.abc.GuildChannel


@dataclass(frozen=True)
class Door:
    """The overwrites of a channel as far as they say who sees it.

    `everyone` is None where nothing is said of all; `members` are those who are named themselves.
    """

    everyone: bool | None
    allowed: frozenset[int]
    denied: frozenset[int]
    members: dict[int, bool]

    def opens(self, roles: Collection[int], in_general: bool, member: int | None) -> bool:
        """Tell whether somebody sees the channel: by name, by a role, or as all do.

        `in_general` says that the roles let them see channels where nothing else is said.
        """
        if member in self.members:
            return self.members[member]
        if not self.allowed.isdisjoint(roles):
            return True
        for_all = in_general if self.everyone is None else self.everyone
        return for_all and self.denied.isdisjoint(roles)


def door_of(channel: Channel) -> Door:
    """The overwrites of a channel that say who sees it."""
    everyone: bool | None = None
    roles: dict[int, bool] = {}
    members: dict[int, bool] = {}
    for target, overwrite in channel.overwrites.items():
        if overwrite.view_channel is None:
            continue
        if target.id == channel.guild.id:
            everyone = overwrite.view_channel
        else:
            is_role = discord.Role in (type(target), getattr(target, "type", None))
            (roles if is_role else members)[target.id] = overwrite.view_channel
    allowed = frozenset(id for id, seen in roles.items() if seen)
    return Door(everyone, allowed, frozenset(roles) - allowed, members)


@dataclass(frozen=True)
class Server:
    """A server's roles, as far as they say who may read what."""

    guild: discord.Guild

    @cached_property
    def moderating(self) -> frozenset[int]:
        """The roles whose members may read everything."""
        return frozenset(role.id for role in self.guild.roles if manages(role.permissions))

    @cached_property
    def seeing(self) -> frozenset[int]:
        """The roles that let their members see channels where nothing else is said."""
        return frozenset(role.id for role in self.guild.roles if role.permissions.view_channel)

    @cached_property
    def ordinary(self) -> frozenset[int]:
        """The roles that a person may have, but for the one that all have."""
        bots = {role.id for role in self.guild.roles if role.is_bot_managed()}
        return frozenset(role.id for role in self.guild.roles) - bots - {self.guild.id}

    @cached_property
    def nobody(self) -> frozenset[int]:
        """Those who read nothing, or everything: the bots that are known, and the owner."""
        tagged = (role.tags.bot_id for role in self.guild.roles if role.tags)
        me = self.guild.me.id if self.guild.me else None
        return frozenset(id for id in (*tagged, me, self.guild.owner_id) if id is not None)

    def all_may_read(self, channel: Channel, binding: Binding) -> bool:
        """Tell whether all who can see a channel may read what is bound so."""
        if channel.id in binding.channels or self.guild.id in self.moderating:
            return True
        door, rooms = door_of(channel), [door_of(room) for room in self._rooms(binding)]
        named = {id for one in (door, *rooms) for id in one.members} - self.nobody
        return not any(
            self._is_stranger(door, rooms, binding.roles, member) for member in (None, *named)
        )

    def _rooms(self, binding: Binding) -> Iterator[Channel]:
        """The channels of a binding that are still there."""
        return filter(None, map(self.guild.get_channel, binding.channels))

    def _is_stranger(
        self, door: Door, rooms: Iterable[Door], roles: frozenset[int], member: int | None
    ) -> bool:
        """Tell whether somebody, with some roles, sees the channel and may not read."""
        rooms = list(rooms)
        reading = roles | self.moderating
        reading |= {id for room in rooms if member not in room.members for id in room.allowed}
        others = self.ordinary - reading
        for having in (others, others - door.denied):
            for theirs in (having, having - self.seeing):
                in_general = self.guild.id in self.seeing or not self.seeing.isdisjoint(theirs)
                if door.opens(theirs, in_general, member) and not any(
                    room.opens(theirs, in_general, member) for room in rooms
                ):
                    return True
        return False

    def may_hold(self, channel: Channel, binding: Binding | None) -> bool:
        """Tell whether all who may read what is bound so can see a channel, but for those who may
        manage the server; None stands for what everybody may read."""
        if binding is None:
            return channel.permissions_for(self.guild.default_role).view_channel
        roles = list(filter(None, map(self.guild.get_role, binding.roles)))
        only = Binding(frozenset({channel.id}))
        return all(channel.permissions_for(role).view_channel for role in roles) and all(
            self.all_may_read(room, only) for room in self._rooms(binding)
        )

    def may_read(self, member: discord.Member, binding: Binding) -> bool:
        """Tell whether a member may read what is bound so."""
        if manages(member.guild_permissions):
            return True
        if not binding.roles.isdisjoint(role.id for role in member.roles):
            return True
        return any(room.permissions_for(member).view_channel for room in self._rooms(binding))


def manages(permissions: discord.Permissions) -> bool:
    """Tell whether permissions are those of somebody who may read everything."""
    return permissions.manage_guild or permissions.administrator
