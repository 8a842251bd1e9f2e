"""The channels that are followed, where `/documents` lists, adds and removes sources."""

from collections.abc import Sequence
from typing import Any

import discord

from bot.discord.forums.settings.problems import FORUMS
from bot.discord.language.translation import N_, _, ngettext, number, quotation
from bot.discord.messages.button import Button, together
from bot.discord.messages.markdown import on_one_line
from bot.discord.messages.send import replace
from bot.discord.records.knowledge.followed_channels import FollowedChannel, Take
from bot.discord.services.libraries import library_of
from bot.discord.services.services import Interaction, server_of
from retrieval.errors import FootnoteError

from .follow import Follow

# What stands before the number of a channel where a document's id stands otherwise.
PREFIX = "channel:"
TAKEN: dict[Take, str] = {
    "chosen": N_("what staff marked as an answer, or a moderator takes from `/queue`"),
    "all": N_("all that is solved"),
}
# A forum has no pins of its own.
BEGUN = N_("I take documents from <#{channel}> now: {taken}.")
BEGUN_WITH_PINS = N_("I take documents from <#{channel}> now: {taken}; and what is pinned.")
ANNOUNCED = N_("I take documents from <#{channel}> now: its announcements.")
FOLLOWED = N_(
    "I am reading its history; `/documents list` shows how far. What is edited or deleted there "
    "is edited or deleted here as well."
)
NOT_FOLLOWED = N_("I don't take documents from that channel any more.")


def follow_of(interaction: Interaction) -> Follow:
    """The one who follows channels."""
    found = interaction.client.get_cog(Follow.__name__)
    assert isinstance(found, Follow)
    return found


async def begin_to_follow(
    interaction: Interaction, channel: Any, take: Take, collection: str
) -> None:
    """Follow a channel, for a collection unless that is "", and say what comes of that. Raises
    FootnoteError where it can't be."""
    where, by = interaction.channel_id, interaction.user.id
    found = interaction.guild.get_channel(channel.id) if interaction.guild else None
    await follow_of(interaction).follow(found or channel, take, by, where, collection)
    kind = getattr(found, "type", None)
    text = BEGUN if kind in FORUMS else BEGUN_WITH_PINS
    if _announces(found) and take == "all":
        text = ANNOUNCED
    begun = _(text, channel=channel.id, taken=_(TAKEN[take]))
    await replace(interaction, f"{begun} {_(FOLLOWED)}")


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
    known, name = libraries.library.collections, library_of(server_of(interaction))
    stores = await libraries.errand(lambda: {one.store: one.name for one in known.of(name)})
    return [
        _line(one, count, stores.get(one.collection, ""), _is_announced(interaction, one))
        for one, count in zip(followed, counts, strict=True)
    ]


def _is_announced(interaction: Interaction, followed: FollowedChannel) -> bool:
    """Tell whether all that a channel announces is taken."""
    found = interaction.guild.get_channel(followed.channel) if interaction.guild else None
    return _announces(found) and followed.take == "all"


def _announces(channel: Any) -> bool:
    return getattr(channel, "type", None) is discord.ChannelType.news


def _line(followed: FollowedChannel, count: int, collection: str, announced: bool) -> str:
    documents = ngettext("{count} document", "{count} documents", count)
    into = f" · {quotation(on_one_line(collection))}" if collection else ""
    told = [f"- <#{followed.channel}>{into} · {documents}"]
    if not followed.whole:
        told.append(_("its history being read: {count} so far", count=number(followed.read)))
    taken = [] if announced else [_(TAKEN[followed.take])]
    return " · ".join([", ".join(told), *taken])


def choices(followed: Sequence[FollowedChannel], wanted: str) -> list[tuple[str, str]]:
    """The names and values of the channels to choose from that contain a text."""
    named = (
        (_("{name} (channel)", name=f"#{on_one_line(one.name)}"), f"{PREFIX}{one.channel}")
        for one in followed
    )
    return [(name, value) for name, value in named if wanted in name.casefold()]


async def ask_to_unfollow(interaction: Interaction, chosen: str) -> None:
    """Ask before a channel's documents go."""
    chosen = chosen.removeprefix(PREFIX)
    followed = await followed_in(interaction)
    found = next((one for one in followed if str(one.channel) == chosen), None)
    if found is None:
        raise FootnoteError(NOT_FOLLOWED)
    libraries = interaction.client.services.libraries
    count = await libraries.errand(lambda: libraries.records.kept.count(found.channel))
    text = ngettext(
        "Take no more documents from <#{channel}>? {count} document that it gave goes as well. "
        "This can't be undone.",
        "Take no more documents from <#{channel}>? {count} documents that it gave go as well. "
        "This can't be undone.",
        count,
        channel=found.channel,
    )
    await replace(interaction, text, together(Unfollow(found.channel), KeepFollowing()))


class Unfollow(Button, template=r"footnote:unfollow:(?P<channel>\d+)"):
    """The button that has no more documents taken from a channel."""

    opened_by = "documents"

    def __init__(self, channel: int | str) -> None:
        self.channel = int(channel)
        super().__init__(
            discord.ui.Button(
                label=_("Take no more"),
                style=discord.ButtonStyle.danger,
                custom_id=f"footnote:unfollow:{channel}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        if self.channel not in {one.channel for one in await followed_in(interaction)}:
            raise FootnoteError(NOT_FOLLOWED)
        gone = await follow_of(interaction).unfollow(self.channel)
        text = ngettext(
            "I take no more documents from <#{channel}>: {count} document is gone.",
            "I take no more documents from <#{channel}>: {count} documents are gone.",
            gone,
            channel=self.channel,
        )
        await replace(interaction, text)


class KeepFollowing(Button, template="footnote:keep-following"):
    """The button that leaves it as it is."""

    def __init__(self) -> None:
        custom_id = "footnote:keep-following"
        super().__init__(discord.ui.Button(label=_("Keep"), custom_id=custom_id))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.edit_message(content=_("Kept. Nothing was changed."), view=None)
