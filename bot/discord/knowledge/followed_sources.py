"""The channels that are followed, where `/documents` lists, adds and removes sources."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.discord.messages.button import Button, together
from bot.discord.messages.markdown import on_one_line
from bot.discord.messages.send import replace
from bot.discord.records.knowledge.followed_channels import FollowedChannel, Take
from bot.discord.services.services import Interaction, server_of
from bot.output.text import many
from retrieval.errors import FootnoteError

from .follow import Follow

# What stands before the number of a channel where a document's id stands otherwise.
PREFIX = "channel:"
TAKEN: dict[Take, str] = {
    "chosen": "what staff marked as an answer, and what a moderator takes from `/queue`",
    "all": "what is solved",
}
BEGUN = (
    "I take documents from <#{channel}> now: {taken}, and what is pinned. I am reading its "
    "history; `/documents list` shows how far. What is edited or deleted there follows."
)
ANNOUNCED = "I take documents from <#{channel}> now: its announcements. I am reading its history."
QUESTION = (
    "Take no more documents from <#{channel}>? {count} that it gave {go} as well. This can't be "
    "undone."
)
UNFOLLOWED = "I take no more documents from <#{channel}>: {count} {is_gone} gone."
NOT_FOLLOWED = "I don't take documents from that channel any more."


def follow_of(interaction: Interaction) -> Follow:
    """The one who follows channels."""
    found = interaction.client.get_cog(Follow.__name__)
    assert isinstance(found, Follow)
    return found


async def begin_to_follow(interaction: Interaction, channel: Any, take: Take) -> None:
    """Follow a channel, and say what comes of that. Raises FootnoteError where it can't be."""
    where = interaction.channel_id
    found = interaction.guild.get_channel(channel.id) if interaction.guild else None
    await follow_of(interaction).follow(found or channel, take, interaction.user.id, where)
    news = getattr(found, "type", None) is discord.ChannelType.news and take == "all"
    text = ANNOUNCED if news else BEGUN
    await replace(interaction, text.format(channel=channel.id, taken=TAKEN[take]))


async def followed_in(interaction: Interaction) -> list[FollowedChannel]:
    """The channels of a server that are followed."""
    libraries, server = interaction.client.services.libraries, server_of(interaction)
    return await libraries.errand(lambda: libraries.records.followed.in_server(server))


async def followed_lines(interaction: Interaction) -> list[str]:
    """A line on each channel that is followed."""
    libraries = interaction.client.services.libraries
    kept = libraries.records.kept
    followed = await followed_in(interaction)
    counts = await libraries.errand(lambda: [kept.count(one.channel) for one in followed])
    return [_line(one, count) for one, count in zip(followed, counts, strict=True)]


def _line(followed: FollowedChannel, count: int) -> str:
    how_far = "" if followed.whole else f", its history being read: {followed.read:,} so far"
    return f"- <#{followed.channel}> · {many(count, 'document')}, {TAKEN[followed.take]}{how_far}"


def choices(followed: Sequence[FollowedChannel], wanted: str) -> list[tuple[str, str]]:
    """The names and values of the channels to choose from that contain a text."""
    named = ((f"#{on_one_line(one.name)} (channel)", f"{PREFIX}{one.channel}") for one in followed)
    return [(name, value) for name, value in named if wanted in name.casefold()]


async def ask_to_unfollow(interaction: Interaction, chosen: str) -> None:
    """Ask before a channel's documents go."""
    number = chosen.removeprefix(PREFIX)
    followed = await followed_in(interaction)
    found = next((one for one in followed if str(one.channel) == number), None)
    if found is None:
        raise FootnoteError(NOT_FOLLOWED)
    libraries = interaction.client.services.libraries
    count = await libraries.errand(lambda: libraries.records.kept.count(found.channel))
    go = "goes" if count == 1 else "go"
    text = QUESTION.format(channel=found.channel, count=many(count, "document"), go=go)
    await replace(interaction, text, together(Unfollow(found.channel), KeepFollowing()))


class Unfollow(Button, template=r"footnote:unfollow:(?P<channel>\d+)"):
    """The button that has no more documents taken from a channel."""

    opened_by = "documents"

    def __init__(self, channel: int | str) -> None:
        self.channel = int(channel)
        super().__init__(
            discord.ui.Button(
                label="Take no more",
                style=discord.ButtonStyle.danger,
                custom_id=f"footnote:unfollow:{channel}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        if self.channel not in {one.channel for one in await followed_in(interaction)}:
            raise FootnoteError(NOT_FOLLOWED)
        gone = await follow_of(interaction).unfollow(self.channel)
        is_gone = "is" if gone == 1 else "are"
        text = UNFOLLOWED.format(
            channel=self.channel, count=many(gone, "document"), is_gone=is_gone
        )
        await replace(interaction, text)


class KeepFollowing(Button, template="footnote:keep-following"):
    """The button that leaves it as it is."""

    def __init__(self) -> None:
        custom_id = "footnote:keep-following"
        super().__init__(discord.ui.Button(label="Keep", custom_id=custom_id))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content="Kept. Nothing was changed.", view=None)
