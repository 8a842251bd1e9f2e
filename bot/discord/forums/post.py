"""Read a forum post: the question that its title and first message make, and who spoke in it."""

from collections.abc import Iterable

import discord

from bot.discord.records.server_settings import ServerSettings
from retrieval.types import Turn

from .open_question import asks_outright

# Messages after the first that are looked at, and people who are looked up among those who spoke.
LOOKED_AT, LOOKED_UP = 50, 10
# The longest question that is looked up, in characters.
LONGEST = 1500


def question_with_title(title: str, body: str) -> tuple[str, list[Turn]]:
    """The question that a post's title and body make, and what it may point back at.

    Where the body asks outright, that is the question, and the title is what "it" may be about.
    """
    heading, text = " ".join(title.split()), body.strip()[:LONGEST]
    if text and asks_outright(text):
        return text, [Turn(heading, "")]
    if not text or asks_outright(heading):
        return heading, []
    return f"{heading.rstrip('.:')}.\n{text}", []


def is_done(thread: discord.Thread, solved: str) -> bool:
    """Tell whether a post is archived, locked, or has the tag that marks what is solved."""
    return thread.archived or thread.locked or has_tag(thread, solved)


def has_tag(thread: discord.Thread, name: str) -> bool:
    """Tell whether a post has the tag with a name."""
    tags = {tag.name.strip().casefold() for tag in thread.applied_tags}
    return name.strip().casefold() in tags


async def has_staff(
    channel: discord.abc.GuildChannel | discord.Thread,
    authors: Iterable[discord.Member | discord.User],
    settings: ServerSettings,
) -> bool:
    """Tell whether one of some authors is staff: a helper, or may manage messages or the server.

    Those whose roles Discord didn't send along are looked up.
    """
    people = {author.id: author for author in authors if not author.bot}
    for author in [*people.values()][:LOOKED_UP]:
        member = await _member(channel.guild, author)
        if member is not None and is_staff(member, channel, settings):
            return True
    return False


async def _member(
    guild: discord.Guild, author: discord.Member | discord.User
) -> discord.Member | None:
    if isinstance(author, discord.Member):
        return author
    try:
        return await guild.fetch_member(author.id)
    except discord.NotFound:  # left the server since
        return None


def is_staff(
    member: discord.Member,
    channel: discord.abc.GuildChannel | discord.Thread,
    settings: ServerSettings,
) -> bool:
    """Tell whether a member is a helper, or may manage messages there or the server."""
    if any(role.id == settings.helper_role for role in member.roles):
        return True
    allowed = channel.permissions_for(member)
    return allowed.manage_messages or allowed.manage_guild
