"""The page that `/collections` shows: each collection, and who sees what is in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.discord.language.translation import N_, _, listed, ngettext
from bot.discord.messages.markdown import on_one_line
from bot.discord.messages.split import MESSAGE, pack
from bot.discord.records.collection_bindings import Binding
from retrieval.library.collections import CollectionInfo

from .readers import Server

TITLE = N_("**Collections of this server**")
FOR_ALL = N_("What is in no collection is for everybody: {documents}.")
NONE = N_(
    "A collection is a set of documents that not everybody reads. Make one, choose whose it is, "
    "and put documents into it with `/documents add`, `collection`."
)
UNBOUND = N_("nobody but those who may manage the server, until you choose channels or roles")
GONE = N_("nobody but those who may manage the server: {what} is gone. Choose others")
HOW = N_(
    "A public answer draws on a collection where everybody who can see the channel may read "
    "it; a private one where whoever asked may. Those who may manage the server read everything."
)
# Channels that are named, of those in which public answers draw on a collection.
NAMED = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """The collections of a server as they are now: `for_all` documents are in none of them."""

    guild: discord.Guild
    for_all: int
    collections: Sequence[CollectionInfo]
    bindings: dict[str, Binding]

    def binding(self, collection: CollectionInfo) -> Binding:
        """The channels and roles of a collection."""
        return self.bindings.get(collection.store, Binding())


def collections_page(shown: Shown, chosen: CollectionInfo | None = None, changed: str = "") -> str:
    """The collections of a server, in full the one that is chosen; `changed` is what was done."""
    parts = [_(TITLE), *([f"\n✅ {changed}"] if changed else [])]
    for_all = ngettext("{count} document", "{count} documents", shown.for_all)
    parts.append("\n" + _(FOR_ALL, documents=for_all))
    for one in shown.collections:
        mark = "👉" if chosen is not None and one.store == chosen.store else "·"
        name = f"**{on_one_line(one.name)}** ({documents_in(one)})"
        parts.append(f"\n{mark} {name}: {readers_of(shown, one)}")
    if chosen is not None:
        parts += [f"\n{line}" for line in _places(shown, chosen)]
    parts.append("\n-# " + _(HOW) if shown.collections else "\n" + _(NONE))
    return pack(parts, MESSAGE)[0]


def readers_of(shown: Shown, collection: CollectionInfo) -> str:
    """The people who may read a collection, in words."""
    binding, guild = shown.binding(collection), shown.guild
    roles = [role for id in sorted(binding.roles) if (role := guild.get_role(id))]
    rooms = [room for id in sorted(binding.channels) if (room := guild.get_channel(id))]
    gone = list(_gone(binding, len(rooms), len(roles)))
    if not roles and not rooms:
        return f"⚠️ {_(GONE, what=listed(gone))}" if gone else _(UNBOUND)
    having = [_("has {role}", role=f"@{on_one_line(role.name)}") for role in roles]
    seeing = [_("sees {channel}", channel=room.mention) for room in rooms]
    told = _("whoever {has_or_sees}", has_or_sees=listed([*having, *seeing], either=True))
    lost = _("{what} is gone", what=listed(gone))
    return f"{told} (⚠️ {lost})" if gone else told


def documents_in(collection: CollectionInfo) -> str:
    """The number of documents in a collection, in words."""
    return ngettext("{count} document", "{count} documents", collection.documents)


def _gone(binding: Binding, rooms: int, roles: int) -> Iterator[str]:
    if len(binding.channels) > rooms:
        yield _("its channel") if not rooms else _("one of its channels")
    if len(binding.roles) > roles:
        yield _("its role") if not roles else _("one of its roles")


def _places(shown: Shown, chosen: CollectionInfo) -> Iterator[str]:
    """Lines on the channels in which public answers draw on a collection."""
    server, binding = Server(shown.guild), shown.binding(chosen)
    name = on_one_line(chosen.name)
    rooms = [
        room
        for room in shown.guild.channels
        if not isinstance(room, discord.CategoryChannel) and shown.bindings.get(chosen.store)
        if server.all_may_read(room, binding)
    ]
    if not rooms:
        yield _(
            "No public answer draws on **{name}**; private ones do, for those named above.",
            name=name,
        )
        return
    named = " ".join(room.mention for room in rooms[:NAMED])
    if len(rooms) > NAMED:
        yield ngettext(
            "Public answers draw on **{name}** in {channels} and {count} more.",
            "Public answers draw on **{name}** in {channels} and {count} more.",
            len(rooms) - NAMED,
            name=name,
            channels=named,
        )
    else:
        yield _("Public answers draw on **{name}** in {channels}.", name=name, channels=named)
    if any(room.permissions_for(shown.guild.default_role).view_channel for room in rooms):
        yield _("⚠️ Everybody sees one of these channels, and so what is in it.")
