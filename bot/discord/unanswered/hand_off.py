"""Hand a question to people: post it where the helpers are, once, and ping the one role that was
chosen for that, or nobody."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord

from bot.discord.language.speaking import speaking
from bot.discord.language.translation import N_, _, in_words, ngettext, pgettext
from bot.discord.messages.button import Button, together
from bot.discord.messages.send import replace
from bot.discord.records.hand_off_record import Allowed, HandOff
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services.services import Interaction, Services, ServingBot, server_of
from retrieval.types import Passage

from .hand_off_post import ping_of, post_text
from .modals import reply_modal
from .place import PlaceError, find_channel, post
from .telling import FORGOTTEN, TellMe, place_of

log = logging.getLogger(__name__)

NO_HELPERS = N_("There is no channel for helpers here any more.")
ASKED = N_("I have asked the helpers. Their answer will come in {channel}.")
ASKED_DIRECTLY = N_("I have asked the helpers. Their answer will come directly to you.")
ALREADY = N_("The helpers have been asked that already. Their answer will come where it was asked.")
ANSWERED = N_("The helpers have answered that already, where it was asked.")
NONE_TAKEN = N_("The helpers take no questions this way at the moment.")
NOT_POSTED = N_("I could not ask the helpers. {why}")
# Passages in a post, and messages looked back at.
NEAREST, LOOKED_BACK = 3, 50
# A tag with one of these names is put on a forum post that needs a person.
TAGS = frozenset({"needs help", "needs a person", "needs answer", "unanswered", "help wanted"})
MOST_TAGS = 5
DAY = timedelta(days=1)


class AskPerson(Button, template=r"footnote:person:(?P<asked>\d+)"):
    """Hands the question to the helpers, whoever of its readers pressed it first."""

    def __init__(self, asked: int | str) -> None:
        self.asked = int(asked)
        super().__init__(
            discord.ui.Button(
                label=_("Ask a person"), emoji="🙋", custom_id=f"footnote:person:{asked}"
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        under_way = interaction.client.services.handing_over
        if self.asked in under_way:  # somebody pressed twice
            await replace(interaction, _(ALREADY))
            return
        under_way.add(self.asked)
        try:
            said = await self._handed(interaction)
        finally:
            under_way.discard(self.asked)
        await replace(interaction, said, together(TellMe(self.asked)))

    async def _handed(self, interaction: Interaction) -> str:
        """Hand it over, unless that was done; return what to tell whoever pressed."""
        services, guild = interaction.client.services, server_of(interaction)
        libraries, record = services.libraries, services.libraries.records.hand_offs
        settings = await libraries.errand(lambda: services.settings.of(guild))
        if settings.helper_channel is None:
            return _(NO_HELPERS)
        found = await libraries.errand(lambda: record.find(self.asked, guild))
        if refusal := await self._refusal(interaction, settings, found):
            return refusal
        place, member = place_of(interaction), interaction.user.id
        allowed = Allowed(services.clock() - DAY, settings.daily_hand_offs)
        new = await libraries.errand(
            lambda: record.begin(self.asked, guild, member, *place, allowed=allowed)
        )
        found = await libraries.errand(lambda: record.find(self.asked, guild))
        if found is None:  # others of theirs went before it in this very moment
            return await self._limit(interaction, settings) or _(FORGOTTEN)
        try:
            with speaking(await services.language_in(interaction.guild)):
                await hand_over(interaction.client, found, settings, again=not new)
        except PlaceError as error:
            await libraries.errand(lambda: record.undo(self.asked))
            return _(NOT_POSTED, why=in_words(error))
        await _tag(interaction.channel)
        if not found.channel:
            return _(ASKED_DIRECTLY)
        return _(ASKED, channel=f"<#{found.channel}>")

    async def _refusal(
        self, interaction: Interaction, settings: ServerSettings, found: HandOff | None
    ) -> str:
        """The reason not to hand it over, which may have been done; "" where there is none."""
        if found is None:
            return await self._limit(interaction, settings)
        if found.reply is not None:
            return _(ANSWERED)
        return _(ALREADY) if await stands(interaction.client, found) else ""

    async def _limit(self, interaction: Interaction, settings: ServerSettings) -> str:
        """The reason why a member may hand over no more today; "" where they may."""
        services, guild = interaction.client.services, server_of(interaction)
        record, since = services.libraries.records.hand_offs, services.clock() - DAY
        member, most = interaction.user.id, settings.daily_hand_offs
        begun = await services.libraries.errand(lambda: record.begun_since(since, guild, member))
        if not most:
            return _(NONE_TAKEN)
        if len(begun) < most:
            return ""
        again = int((begun[-most] + DAY).timestamp())
        return ngettext(
            "You had {count} question handed to the helpers today. You can hand over the next "
            "{when}.",
            "You had {count} questions handed to the helpers today. You can hand over the next "
            "{when}.",
            most,
            when=f"<t:{again}:R>",
        )


class Reply(Button, template=r"footnote:hand-off:(?P<asked>\d+)"):
    """Opens the modal for a helper's reply."""

    def __init__(self, asked: int | str) -> None:
        self.asked = int(asked)
        super().__init__(
            discord.ui.Button(
                label=pgettext("button", "Reply"),
                style=discord.ButtonStyle.primary,
                custom_id=f"footnote:hand-off:{asked}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(reply_modal(self.asked))


@dataclass(frozen=True, slots=True)
class Offers:
    """The offers under the answer to a question: was it asked in a server at all, and has that
    helpers?"""

    asked: int
    in_server: bool
    helped: bool

    def under(self, answered: bool, disliked: bool = False) -> list[Button]:
        """The buttons that an answer calls for: a person to ask, and to be told of an answer where
        there was none."""
        if not self.in_server or (answered and not disliked):
            return []
        person = [AskPerson(self.asked)] if self.helped else []
        return [*person, *([] if answered else [TellMe(self.asked)])]


async def offers_for(services: Services, asked: int, guild: int | None) -> Offers:
    """The offers of a server under the answer to a question; None stands for direct messages."""
    if guild is None:
        return Offers(asked, in_server=False, helped=False)
    settings = await services.libraries.errand(lambda: services.settings.of(guild))
    return Offers(asked, in_server=True, helped=settings.helper_channel is not None)


async def hand_over(
    client: ServingBot, found: HandOff, settings: ServerSettings, again: bool = False
) -> None:
    """Post a question for the helpers, and record where. Raises PlaceError where that can't be.

    `again` says that it may stand there already, from before a restart: it is looked for first.
    """
    services, record = client.services, client.services.libraries.records.hand_offs
    assert settings.helper_channel is not None
    channel = await find_channel(client, found.guild, settings.helper_channel)
    standing = await _standing(channel, found.asked, client) if again else None
    if standing is None:
        # All who see the helpers' channel read it.
        near = await _nearest(services, found, services.sight.in_channel(channel))
        text, mentions = post_text(found, near, *ping_of(channel, settings, services.clock()))
        view = together(Reply(found.asked))
        # Discord would take the same again for what was deleted.
        nonce = str(found.asked) if found.post is None else None
        options: dict[str, Any] = {"mentions": mentions, "view": view, "nonce": nonce}
        message = await post(client, services, channel, text, title=found.question, **options)
        standing = message.channel.id, message.id
    place, id = standing
    await services.libraries.errand(lambda: record.posted(found.asked, place, id))
    log.info("handed to people", extra={"server": found.guild, "id": found.asked})


async def stands(client: ServingBot, found: HandOff) -> bool:
    """Tell whether a question still stands before the helpers: nobody can answer what was deleted.
    Where that can't be seen, it is taken to stand."""
    if found.post is None or found.helper_channel is None:
        return False
    try:
        channel: Any = await _fetched(client, found.helper_channel)
        if isinstance(channel, discord.ForumChannel):  # as it was recorded once
            channel = await _fetched(client, found.post)
        await channel.fetch_message(found.post)
    except discord.NotFound:
        return False
    except discord.HTTPException as error:
        log.info("could not look", extra={"id": found.asked, "status": error.status})
    return True


async def _fetched(client: ServingBot, channel: int) -> Any:
    return client.get_channel(channel) or await client.fetch_channel(channel)


async def _standing(channel: Any, asked: int, client: discord.Client) -> tuple[int, int] | None:
    """The channel and message in which a question stands for the helpers already, if it does."""
    try:
        async for message in _recent(channel):
            buttons = (each for row in message.components for each in getattr(row, "children", []))
            ids = {getattr(button, "custom_id", "") for button in buttons}
            if f"footnote:hand-off:{asked}" in ids and message.author == client.user:
                return message.channel.id, message.id
    except discord.Forbidden:  # Discord itself takes the same message only once in a while
        return None
    return None


async def _recent(channel: Any) -> AsyncIterator[discord.Message]:
    """Yield the last messages of a channel, or the first ones of a forum's open posts."""
    if not isinstance(channel, discord.ForumChannel):
        async for message in channel.history(limit=LOOKED_BACK):
            yield message
        return
    for thread in sorted(channel.threads, key=lambda thread: -thread.id)[:LOOKED_BACK]:
        with suppress(discord.NotFound):  # somebody deleted what the post began with
            yield await thread.fetch_message(thread.id)


async def _nearest(services: Services, found: HandOff, seen: Sequence[str]) -> list[Passage]:
    libraries = services.libraries
    return await libraries.search(found.guild, found.question, NEAREST, seen)


async def _tag(channel: Any) -> None:
    """Put the forum's tag for what needs a person on a post, where there is one."""
    forum = getattr(channel, "parent", None)
    if not isinstance(forum, discord.ForumChannel):
        return
    wanted = [tag for tag in forum.available_tags if tag.name.casefold() in TAGS]
    if not wanted or len(channel.applied_tags) >= MOST_TAGS or wanted[0] in channel.applied_tags:
        return
    try:
        await channel.add_tags(wanted[0])
    except discord.HTTPException as error:  # it stands in the helpers' channel all the same
        log.info("could not tag", extra={"channel": channel.id, "status": error.status})
