"""The played server: its members, and the places that there are to talk to the bot in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

from retrieval.errors import FootnoteError

from .furnishing import (
    CHANNEL,
    DIRECT_EXAMPLES,
    EXAMPLES,
    FORUM,
    HELPERS,
    HELPING,
    NEWS,
    NOTICE,
    POSTS,
    PRIVATE,
    SERVER,
    SOLVED,
    STAFF,
    TOPIC,
    WELCOME,
)
from .moderation import Moderation

if TYPE_CHECKING:
    import simcord

# What Discord takes as the name of a thread.
LONGEST_NAME = 100
GONE = "That is no longer there."


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, a post of the forum, a thread, or direct messages, as the page lists it."""

    id: str
    name: str
    kind: str


class Played:
    """The played server, whose members write, post, and use the menus of messages."""

    def __init__(self, world: "simcord.Env") -> None:
        self._world = world
        world.backend.edit_bot_profile("Footnote")
        self._server = world.create_guild("Playground", id=SERVER)
        manage = discord.Permissions(manage_guild=True, manage_messages=True)
        moderators = self._server.create_role("Moderators", permissions=manage)
        helpers = self._server.create_role("Helpers", mentionable=True)
        self._channel = self._server.create_text_channel(CHANNEL, topic=TOPIC)
        self._news = self._server.create_news_channel(NEWS)
        self._helpers = self._server.create_text_channel(HELPERS, topic=HELPING)
        see, hidden = (discord.PermissionOverwrite(view_channel=seen) for seen in (True, False))
        assert world.bot.user is not None
        seeing: dict[Any, discord.PermissionOverwrite] = {
            self._server.default_role: hidden,
            moderators: see,
            world.bot.user: see,
        }
        self._staff = self._server.create_text_channel(STAFF, overwrites=seeing)
        self._forum = self._server.create_forum_channel(FORUM)
        self.moderation = Moderation(world, self._forum.id, self._staff.id)
        you, member, librarian = (
            world.create_user(name.lower().replace(" ", "-"), global_name=name)
            for name in ("You", "A member", "The librarian")
        )
        self.you = self._server.add_member(you, roles=[moderators])
        self._member = self._server.add_member(member)
        self._librarian = self._server.add_member(librarian, roles=[helpers])

    async def furnish(self) -> None:
        """Put something into the places to begin with."""
        await self._world.settle()
        await self._librarian.send(self._channel, WELCOME)
        await self.you.send(self._staff, PRIVATE)
        await self.you.send(self._news, NOTICE)
        for title, text in POSTS:
            await self._post(self._member, title, text)
        await self._solve(*SOLVED)

    async def _solve(self, title: str, question: str, answer: str) -> None:
        """A post that was answered, with the tag and the tick of a moderator."""
        post = self._handle(await self._post(self._member, title, question))
        said = await self._librarian.send(post, answer)
        await self.moderation.tick(self.you, said)
        await self.moderation.tag(post)

    # Places

    def places(self) -> list[Place]:
        """All places, in the page's order: threads after their channel, posts after the forum."""
        found = [
            Place(str(handle.id), handle.name or "", kind)
            for channel in self._channels()
            for handle, kind in [(channel, self._kind(channel)), *self._threads(channel)]
        ]
        return [*found, Place(str(self.you.user.dm_channel.id), "Footnote", "direct")]

    def besides(self, place: str) -> str:
        """The first place that is left when another is deleted."""
        kept = (one.id for one in self.places() if one.kind in ("channel", "forum", "direct"))
        return next(id for id in kept if id != place)

    def _channels(self) -> "list[simcord.ChannelHandle]":
        """The channels and the forum, as far as nobody deleted them."""
        every = [self._channel, self._news, self._helpers, self._staff, self._forum]
        return [one for one in every if one.id in self._world.backend.channels]

    def _kind(self, channel: "simcord.ChannelHandle") -> str:
        return "forum" if channel.id == self._forum.id else "channel"

    def _threads(
        self, channel: "simcord.ChannelHandle"
    ) -> "list[tuple[simcord.ChannelHandle, str]]":
        kind = "post" if channel.id == self._forum.id else "thread"
        return [(thread, kind) for thread in channel.threads]

    def presented(
        self, place: str
    ) -> "tuple[simcord.ChannelHandle, Sequence[simcord.MemberActor | simcord.UserHandle]]":
        """A place and those who may be looked at it as. Raises FootnoteError if it is gone."""
        direct = self.you.user.dm_channel
        if place == str(direct.id):
            return direct, [self.you.user]
        handle = self._handle(place)
        return handle, [one for one in self.viewers if self.moderation.sees(one, handle)]

    def examples(self, place: str) -> Sequence[str]:
        """Questions to click in a place."""
        return DIRECT_EXAMPLES if place == str(self.you.user.dm_channel.id) else EXAMPLES

    @property
    def staff(self) -> int:
        """The number of the channel that only the staff sees."""
        return self._staff.id

    def _handle(self, place: str) -> "simcord.ChannelHandle":
        channels = self._channels()
        handles = [*channels, *(thread for one in channels for thread, _ in self._threads(one))]
        found = next((handle for handle in handles if str(handle.id) == place), None)
        if found is None:
            raise FootnoteError(GONE)
        return found

    @property
    def viewers(self) -> "list[simcord.MemberActor]":
        """The members as whom the page may be looked at."""
        return [self.you, self._member, self._librarian]

    def _viewer(self, id: str) -> "simcord.MemberActor":
        return next((member for member in self.viewers if str(member.id) == id), self.you)

    # What members do

    @property
    def mention(self) -> str:
        """The text by which a member mentions the bot."""
        assert self._world.bot.user is not None
        return self._world.bot.user.mention

    async def say(self, place: str, viewer: str, text: str) -> None:
        """Say something, with a mention where the bot would not listen otherwise."""
        if place == str(self.you.user.dm_channel.id):
            await self.you.user.send_dm(text)
        else:
            await self._viewer(viewer).send(self._handle(place), f"{self.mention} {text}")

    async def post(self, viewer: str, title: str, text: str) -> str:
        """Write a post in the forum; return its place."""
        return await self._post(self._viewer(viewer), title, text)

    async def _post(self, author: "simcord.MemberActor", title: str, text: str) -> str:
        # simcord has members post in no forum: Discord gives the post the number of its message.
        backend = self._world.backend
        thread = backend.create_thread(self._forum.id, _name(title), author.id, broadcast=False)
        first = backend.prepare_message(thread.id, author.id, text)
        first.id = thread.id
        backend.commit_message(first, broadcast=False)
        backend.announce_thread_create(thread)
        backend.announce_message_create(first)
        await self._world.settle()
        return str(thread.id)

    async def thread(self, viewer: str, place: str, message: str) -> str:
        """Begin a thread on a message; return its place. Raises FootnoteError where none can be."""
        if place != str(self._channel.id):
            raise FootnoteError("Threads begin in the channel alone.")
        on = self._message(place, message)
        if any(thread.id == on.id for thread in self._channel.threads):
            return str(on.id)
        name = _name(" ".join(on.content.replace(self.mention, "").split()) or "Thread")
        self._world.backend.create_thread(
            self._channel.id, name, self._viewer(viewer).id, message_id=on.id
        )
        await self._world.settle()
        return str(on.id)

    def commands(self) -> list[str]:
        """The commands that are typed, each with the name of its group."""
        bot: Any = self._world.bot
        kinds = (discord.app_commands.Command,)
        return [one.qualified_name for one in bot.tree.walk_commands() if isinstance(one, kinds)]

    def menus(self) -> list[str]:
        """The entries that the bot has in the menu of a message."""
        bot: Any = self._world.bot
        return [menu.name for menu in bot.tree.get_commands(type=discord.AppCommandType.message)]

    async def choose(
        self, viewer: str, place: str, message: str, menu: str
    ) -> "simcord.InteractionResult":
        """Choose an entry in the menu of a message."""
        target = self._message(place, message)
        return await self._viewer(viewer).context_menu(self._handle(place), menu, target)

    async def tick(self, viewer: str, place: str, message: str) -> None:
        """Put a ✅ under a message, or take it back."""
        await self.moderation.tick(self._viewer(viewer), self._message(place, message))

    async def moderate(self, what: str, place: str) -> None:
        """Tag a post, hide a channel or delete either; once more takes the first two back."""
        await self.moderation.do(what, self._handle(place))

    async def fill_in(
        self, viewer: str, opened: "simcord.InteractionResult", values: dict[str, str]
    ) -> None:
        """Send the form that a choice has opened."""
        await self._viewer(viewer).submit_modal(opened, values)

    def _message(self, place: str, message: str) -> discord.Message:
        found = (m for m in self._handle(place).history() if str(m.id) == message)
        on = next(found, None)
        if on is None:
            raise FootnoteError(GONE)
        return on


def _name(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else f"{text[: LONGEST_NAME - 2]} …"
