"""Do to messages, posts and channels what simcord's page can't: it has a pin, an edit and a
deletion, but no ✅ to begin with, no tags, and no settings of a channel."""

from typing import TYPE_CHECKING, Any, cast

from retrieval.errors import FootnoteError

from .furnishing import TAG

if TYPE_CHECKING:
    import discord
    import simcord

TICK = "✅"
NO_POST = "Only a post of the forum has tags."
NO_CHANNEL = "A thread is seen by whoever sees its channel: make that private."


class Moderation:
    """Ticks messages, tags posts, hides channels, and deletes both."""

    def __init__(self, world: "simcord.Env", forum: int, private: int) -> None:
        """`private` is a channel that the staff alone sees: another is made private as it is."""
        self._world = world
        self._backend = cast(Any, world.backend)
        self._forum = forum
        self._for_staff = self._backend.get_channel(private).overwrites
        self._tag = self._backend.snowflake()
        tags = [{"id": str(self._tag), **TAG}]
        self._backend.edit_channel(forum, {"available_tags": tags})

    def sees(self, member: "simcord.MemberActor", handle: "simcord.ChannelHandle") -> bool:
        """Tell whether a member sees a place."""
        from simcord.backend.access import can_access_channel

        return can_access_channel(self._world, handle.id, member, history=True)

    async def tick(self, member: "simcord.MemberActor", message: "discord.Message") -> None:
        """Put a member's ✅ under a message, or take it back."""
        stored = self._backend.get_message(message.channel.id, message.id)
        reaction = stored.reaction_for(TICK)
        there = reaction is not None and member.id in reaction.user_ids
        await member.set_reaction(message, TICK, reacted=not there)

    async def do(self, what: str, handle: "simcord.ChannelHandle") -> None:
        """Do something to a place. Raises FootnoteError where it can't be."""
        match what:
            case "tag":
                await self.tag(handle)
            case "hide":
                await self.hide(handle)
            case _:
                self._backend.delete_channel(handle.id)
                await self._world.settle()

    async def tag(self, post: "simcord.ChannelHandle") -> None:
        """Give a post the tag of what is solved, or take it off."""
        channel = self._backend.get_channel(post.id)
        if channel.parent_id != self._forum:
            raise FootnoteError(NO_POST)
        tags = [] if channel.applied_tags else [self._tag]
        self._backend.edit_channel(post.id, {"applied_tags": tags})
        await self._world.settle()

    async def hide(self, handle: "simcord.ChannelHandle") -> None:
        """Let the staff alone see a channel, or everybody again."""
        channel = self._backend.get_channel(handle.id)
        if channel.is_thread:
            raise FootnoteError(NO_CHANNEL)
        hidden = [] if channel.overwrites else self._for_staff
        self._backend.edit_channel(handle.id, {}, overwrites=hidden)
        await self._world.settle()
