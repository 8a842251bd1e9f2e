"""Tell what a question may draw on: what everybody may read who can see its answer.

A public answer goes by the channel, a private one by the member. What is not named here is not
seen: a caller that asks nobody sees what everybody may read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.discord.records.collection_bindings import Binding, CollectionBindings
from bot.discord.services.libraries import library_of
from retrieval.store.home import Home
from retrieval.store.library_store import is_collection

from .readers import Channel, Server, manages

Seen = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """Tells which stores a question sees beside those of everybody."""

    home: Home
    bindings: CollectionBindings

    def in_channel(self, place: Any) -> Seen:
        """The collections that all may read who can see a channel, a thread or a post of a forum.

        A thread is seen by those at most who see what it hangs on.
        """
        channel = place.parent if isinstance(place, discord.Thread) else place
        if not isinstance(channel, discord.abc.GuildChannel):
            return ()
        bound = self._bound(channel.guild)
        if not bound:
            return ()
        server = Server(channel.guild)
        return tuple(name for name, one in bound.items() if server.all_may_read(channel, one))

    def of_member(self, user: discord.abc.User) -> Seen:
        """The collections that a member of a server may read; none for others."""
        if not isinstance(user, discord.Member):
            return ()
        if manages(user.guild_permissions):
            return self.all_of(user.guild.id)
        bound = self._bound(user.guild)
        server = Server(user.guild)
        return tuple(name for name, one in bound.items() if server.may_read(user, one))

    def of(self, interaction: discord.Interaction[Any], private: bool) -> Seen:
        """The collections for an answer to an interaction: shown to its member alone, or to all."""
        if interaction.guild is None:
            return ()
        return self.of_member(interaction.user) if private else self.in_channel(interaction.channel)

    def all_of(self, guild: int) -> Seen:
        """All collections of a server, for who may read everything."""
        return self.home.collections(library_of(guild))

    def all_see(self, place: Any, channel: int | None) -> bool:
        """Tell whether all who can see a channel can see another one of its server, too.

        What was asked in none, but privately, is told without who asked it. Of a private thread
        nobody knows who sees it.
        """
        if channel is None:
            return True
        if not isinstance(place, discord.abc.GuildChannel):
            return False
        other = channel_of(place.guild, channel)
        only = Binding(frozenset({other.id})) if other is not None else Binding()
        return other is not None and Server(place.guild).all_may_read(place, only)

    def sees(self, user: discord.abc.User, channel: int | None) -> bool:
        """Tell whether a member sees a channel of their server, and so may be told what was asked
        there. What was asked in none, but privately, is told without who asked it."""
        if channel is None or not isinstance(user, discord.Member):
            return channel is None
        if manages(user.guild_permissions):
            return True
        found = channel_of(user.guild, channel)
        return found is not None and found.permissions_for(user).view_channel

    def is_for_all(self, guild: discord.Guild, channel: int | None) -> bool:
        """Tell whether everybody in a server sees a channel, as far as is known."""
        found = channel_of(guild, channel) if channel is not None else None
        return channel is None or (found is not None and Server(guild).may_hold(found, None))

    def store_for(self, guild: discord.Guild, channels: Sequence[int | None]) -> str:
        """The store for an answer to what was asked in some channels: a collection of theirs, where
        not everybody sees them and there is one; else that of all."""
        everybody = library_of(guild.id)
        if not channels or any(self.is_for_all(guild, channel) for channel in channels):
            return everybody
        found = [channel_of(guild, channel) for channel in channels if channel is not None]
        rooms = [room for room in found if room is not None]
        for store in self._bound(guild) if len(rooms) == len(channels) else ():
            if all(self.may_hold(store, room) and store in self.in_channel(room) for room in rooms):
                return store
        return everybody

    def collection_for(self, guild: discord.Guild | None, channels: Sequence[int | None]) -> Seen:
        """As `store_for`, but nothing where that is for everybody."""
        store = self.store_for(guild, channels) if guild is not None else ""
        return (store,) if is_collection(store) else ()

    def may_hold(self, store: str, channel: Channel) -> bool:
        """Tell whether what is said in a channel may stand in a store: all who may read there have
        to see the channel themselves."""
        server = Server(channel.guild)
        if store == library_of(channel.guild.id):
            return server.may_hold(channel, None)
        binding = self._bound(channel.guild).get(store)
        return binding is not None and server.may_hold(channel, binding)

    def _bound(self, guild: discord.Guild) -> Mapping[str, Binding]:
        """The bindings of a server's collections that are still there."""
        bound = self.bindings.of(guild.id)
        if not bound:
            return bound
        there = self.home.collections(library_of(guild.id))
        return {name: binding for name, binding in bound.items() if name in there}


def channel_of(guild: discord.Guild, id: int) -> Channel | None:
    """The channel with that number, or the one that a thread that all see there hangs on."""
    found = guild.get_channel_or_thread(id)
    if isinstance(found, discord.Thread):
        return None if found.is_private() else found.parent
    return found
