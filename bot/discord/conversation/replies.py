"""Reply to a message: with answers that grow, with the typing indicator before them."""

import logging
from functools import partial
from typing import Any, Self

import discord

from bot.discord.language.permissions import permissions
from bot.discord.language.translation import _

log = logging.getLogger(__name__)

# Discord's codes: a reply needs *Read Message History*, which the bot lacks there; and what ends
# in a thread that was archived or locked meanwhile.
NO_REPLY = 160002
CLOSED = frozenset({50083, 160005})


async def reply(
    message: discord.Message, text: str, view: discord.ui.View | None = None
) -> discord.Message:
    """Reply to a message, with no previews of links; try only once."""
    options: dict[str, Any] = {} if view is None else {"view": view}
    send = partial(message.channel.send, text, suppress_embeds=True, **options)
    # The question may have been deleted meanwhile: then this is an ordinary message.
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        return await send(reference=reference, mention_author=False)
    except discord.Forbidden as error:
        if error.code != NO_REPLY:
            raise
        return await send()


class Replies:
    """The place of an answer to a message: replies, before which the bot is seen typing."""

    def __init__(self, message: discord.Message, typing: "Typing") -> None:
        self._message = message
        self._typing = typing
        self.first: discord.Message | None = None

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send the first reply, or edit it."""
        if self.first is not None:
            await self.first.edit(content=text, view=view)
        else:
            self.first = await reply(self._message, text, view)
            await self._typing.end()

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send a further reply."""
        await reply(self._message, text, view)


class Typing:
    """The typing indicator. It must never cost an answer, so its errors are logged."""

    def __init__(self, channel: discord.abc.Messageable) -> None:
        self._typing = channel.typing()
        self._shown = False

    async def __aenter__(self) -> Self:
        try:
            await self._typing.__aenter__()
            self._shown = True
        except discord.HTTPException as error:
            log.info("could not show typing", extra={"status": error.status})
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self.end()

    async def end(self) -> None:
        """End the indicator."""
        if self._shown:
            await self._typing.__aexit__(None, None, None)


def no_place(message: discord.Message, error: discord.HTTPException) -> str | None:
    """The reason why nothing can be said where a message stands; None where that isn't known.

    Names the permission that is missing, and the place.
    """
    where = f"<#{message.channel.id}>"
    if error.code in CLOSED:
        return _("I can't answer in {channel}: the thread is locked or archived.", channel=where)
    if not isinstance(error, discord.Forbidden):
        return None
    missing = _missing(message)
    named = permissions(missing) or _("a permission")
    return _(
        "I can't answer in {channel}: I lack {permissions} there. Whoever manages it can grant "
        "that.",
        channel=where,
        permissions=named,
    )


def _missing(message: discord.Message) -> list[str]:
    """The permissions that the bot needs and lacks where a message stands."""
    channel, guild = message.channel, message.guild
    if guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return []
    allowed = channel.permissions_for(guild.me)
    send = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    needed = ("view_channel", send)
    return [name for name in needed if not getattr(allowed, name)]
