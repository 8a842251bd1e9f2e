"""Say something in a place that was noted earlier: it may be gone by now, or closed to the bot."""

from functools import partial
from typing import Any

import discord

from bot.discord.language.permissions import permissions
from bot.discord.language.translation import N_
from bot.discord.messages.send import patiently
from bot.discord.services.services import Services
from bot.output.text import shortened
from retrieval.errors import FootnoteError

# Discord's code where a reply needs *Read Message History*, which the bot lacks there.
NO_REPLY = 160002
# And those where a thread is archived or locked.
CLOSED_THREAD = frozenset({50083, 160005})
# The most characters of a thread's name.
THREAD = 100
NOBODY = discord.AllowedMentions.none()
# The permissions that a message takes.
TAKES = ("view_channel", "send_messages", "send_messages_in_threads", "read_message_history")
REFUSED_DIRECTLY = N_("Discord did not take my message (error {status}).")
GONE = N_("The channel where that was to go is gone.")
CLOSED = N_("They take no direct messages from me.")
LEFT = N_("They are no longer on Discord.")
LOCKED = N_("<#{channel}> is locked or archived: open it, and try again.")
REFUSED = N_("Discord did not take my message in <#{channel}> (error {status}). Please try again.")
LACKING = N_("I may not post in <#{channel}>: allow me {permissions} there.")


class PlaceError(FootnoteError):
    """Nothing can be said in a place; the error says why, and what to do."""


async def find_channel(client: discord.Client, guild: int, channel: int) -> Any:
    """A channel, thread or forum of a server. Raises PlaceError where it is gone, or elsewhere."""
    try:
        found: Any = client.get_channel(channel) or await client.fetch_channel(channel)
    except discord.NotFound as error:
        raise PlaceError(GONE) from error
    except discord.Forbidden as error:
        raise lacking(channel, ["view_channel"]) from error
    except discord.HTTPException as error:
        raise PlaceError(REFUSED, channel=channel, status=error.status) from error
    home = getattr(found, "guild", None)
    if home is None or home.id != guild:  # a number proves nothing: only a server's own is its own
        raise PlaceError(GONE)
    return found


async def post(
    client: discord.Client,
    services: Services,
    channel: Any,
    text: str,
    reply_to: int | None = None,
    mentions: discord.AllowedMentions = NOBODY,
    view: discord.ui.View | None = None,
    nonce: str | None = None,
    title: str = "",
) -> discord.Message:
    """Post in a channel or thread, as a reply where that message still stands; returns the message.

    In a forum it becomes a post with a title. Raises PlaceError, which names the place and what is
    missing there.
    """
    options: dict[str, Any] = {"allowed_mentions": mentions, "suppress_embeds": True}
    options |= {} if view is None else {"view": view}
    if isinstance(channel, discord.ForumChannel):
        send = partial(_begin, channel, text, title, options)
    else:
        options |= {} if nonce is None else {"nonce": nonce}
        send = partial(_send, channel, text, reply_to, options)
    try:
        return await patiently(send, services.timing)
    except discord.NotFound as error:
        raise PlaceError(GONE) from error
    except discord.HTTPException as error:
        if error.code in CLOSED_THREAD:
            raise PlaceError(LOCKED, channel=channel.id) from error
        if isinstance(error, discord.Forbidden):
            raise lacking(channel.id, missing(channel)) from error
        raise PlaceError(REFUSED, channel=channel.id, status=error.status) from error


async def _begin(
    forum: discord.ForumChannel, text: str, title: str, options: dict[str, Any]
) -> discord.Message:
    name = shortened(title or text.splitlines()[0], THREAD)[:THREAD]
    made = await forum.create_thread(name=name, content=text, **options)
    return made.message


async def _send(
    channel: Any, text: str, reply_to: int | None, options: dict[str, Any]
) -> discord.Message:
    if reply_to is not None:
        reference = discord.MessageReference(
            message_id=reply_to, channel_id=channel.id, fail_if_not_exists=False
        )
        try:
            sent: discord.Message = await channel.send(
                text, reference=reference, mention_author=False, **options
            )
        except discord.Forbidden as error:
            if error.code != NO_REPLY:
                raise
        else:
            return sent
    plain: discord.Message = await channel.send(text, **options)
    return plain


async def write_to(
    client: discord.Client, services: Services, member: int, text: str
) -> discord.Message:
    """Write to somebody directly. Raises PlaceError, saying why, where that can't be."""
    try:
        user = client.get_user(member) or await client.fetch_user(member)
        return await patiently(
            partial(user.send, text, allowed_mentions=NOBODY, suppress_embeds=True), services.timing
        )
    except discord.Forbidden as error:
        raise PlaceError(CLOSED) from error
    except discord.NotFound as error:
        raise PlaceError(LEFT) from error
    except discord.HTTPException as error:
        raise PlaceError(REFUSED_DIRECTLY, status=error.status) from error


def missing(channel: Any) -> list[str]:
    """The permissions that the bot lacks to post in a channel."""
    allowed = channel.permissions_for(channel.guild.me)
    if not allowed.view_channel:  # without it Discord counts all others as missing, too
        return ["view_channel"]
    other = "send_messages" if isinstance(channel, discord.Thread) else "send_messages_in_threads"
    return [flag for flag in TAKES if flag != other and not getattr(allowed, flag)]


def lacking(channel: int, flags: list[str]) -> PlaceError:
    """The error where something is missing to post in a channel."""
    return PlaceError(LACKING, channel=channel, permissions=permissions(flags or ["send_messages"]))
