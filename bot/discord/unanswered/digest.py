"""The weekly digest of a server: what was asked, answered and liked, the gaps, and what is old.

It goes into the helpers' channel, or, where none is set, to the server's owner directly; it is off
until somebody turns it on.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import discord
from discord.ext import commands, tasks

from bot.discord.language.speaking import speaking
from bot.discord.language.translation import N_, _, ngettext, number
from bot.discord.messages.answer import glimpse
from bot.discord.messages.split import pack
from bot.discord.records.digest_record import Week
from bot.discord.services.services import Services, ServingBot
from retrieval.errors import FootnoteError
from retrieval.types import DocumentInfo

from .gaps import Gap
from .place import PlaceError, find_channel, post, write_to

log = logging.getLogger(__name__)

# Gaps and old documents that are named, and characters of a question or a title.
NAMED, GLIMPSED = 3, 120
# A document is stale when it is older.
OLD = timedelta(days=365)
SMALL = "-# "
TURN_OFF = N_("Once a week. `/settings` turns it off; `/gaps` shows all gaps.")


@dataclass(frozen=True, slots=True)
class Digest:
    """The figures of a week, the largest gaps of all, and the documents that are old."""

    week: Week
    gaps: Sequence[Gap]
    stale: Sequence[DocumentInfo]

    def limited_to(self, told: Callable[[int | None], bool]) -> "Digest":
        """The digest without the questions that were asked in other channels than some."""
        liked = tuple(one for one in self.week.liked if told(one.channel))
        gaps = (gap.limited_to(lambda one: told(one.channel)) for gap in self.gaps)
        return replace(
            self,
            week=replace(self.week, liked=liked),
            gaps=[gap for gap in gaps if gap is not None],
        )

    def text(self, server: str) -> str:
        """The message."""
        week, gaps = self.week, self.gaps
        lines = [_("**A week of questions** in {server}", server=glimpse(server, GLIMPSED))]
        asked = ngettext("{count} question", "{count} questions", week.asked)
        answered = ngettext("{count} answered", "{count} answered", week.answered)
        lines.append(f"\n{asked}, {answered}")
        lines.append(f"\n{number(week.up)} 👍, {number(week.down)} 👎")
        liked = dict.fromkeys(one.question for one in week.liked)
        for question in [*liked][:NAMED]:
            lines.append("\n- " + _("liked: {question}", question=glimpse(question, GLIMPSED)))
        said = ngettext("{count} gap", "{count} gaps", len(gaps))
        lines.append(f"\n{said}" + (", " + _("the largest:") if gaps else ""))
        for gap in gaps[:NAMED]:
            lines.append(f"\n- {glimpse(gap.title, GLIMPSED)} ({number(len(gap.questions))} ×)")
        old = ngettext(
            "{count} document not renewed for a year",
            "{count} documents not renewed for a year",
            len(self.stale),
        )
        lines.append(f"\n{old}")
        lines += (f"\n- {glimpse(one.title, GLIMPSED)}" for one in self.stale[:NAMED])
        return pack([*lines, f"\n{SMALL}{_(TURN_OFF)}"])[0]


class WeeklyDigest(commands.Cog):
    """Looks now and then whether a server's digest is due, and sends it."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services
        self.look.change_interval(seconds=services.timing.digest_interval)

    async def cog_load(self) -> None:
        """Begin to look."""
        self.look.start()

    async def cog_unload(self) -> None:
        """Stop looking."""
        self.look.cancel()

    @tasks.loop()
    async def look(self) -> None:
        """Send the digests that are due."""
        for guild in list(self.bot.guilds):
            try:
                await self.send_if_due(guild)
            except FootnoteError as error:
                log.warning("no digest", extra={"server": guild.id, "reason": str(error)})
            except Exception as error:  # the loop would end with it, for all servers
                log.exception("no digest", extra={"server": guild.id}, exc_info=error)

    @look.before_loop
    async def _connected(self) -> None:
        await self.bot.wait_until_ready()

    async def send_if_due(self, guild: discord.Guild) -> bool:
        """Send a server's digest if it is on and a week has passed; True if it was sent.

        Raises PlaceError where it can't be posted. It is not tried again before the next week.
        """
        libraries, now = self.services.libraries, self.services.clock()
        settings = await libraries.errand(lambda: self.services.settings.of(guild.id))
        if not settings.digest or guild.unavailable:
            return False
        if not await libraries.errand(lambda: libraries.records.digests.claim(guild.id, now)):
            return False
        channel, sight = settings.helper_channel, self.services.sight
        place = guild.get_channel(channel) if channel is not None else None
        seen = sight.in_channel(place) if channel is not None else sight.all_of(guild.id)
        digest = await libraries.errand(lambda: self._digest(guild.id, now, seen))
        if channel is not None:  # all who see it read it; the server's owner may know everything
            digest = digest.limited_to(lambda asked_in: sight.all_see(place, asked_in))
        with speaking(await self.services.language_in(guild)):
            await self._send(guild, channel, digest.text(guild.name))
        log.info("digest sent", extra={"server": guild.id})
        return True

    async def _send(self, guild: discord.Guild, channel: int | None, text: str) -> None:
        if channel is not None:
            with suppress(PlaceError):  # the owner can put that right
                found = await find_channel(self.bot, guild.id, channel)
                await post(self.bot, self.services, found, text)
                return
        if guild.owner_id is None:
            raise PlaceError("Discord doesn't say who owns the server.")
        await write_to(self.bot, self.services, guild.owner_id, text)

    def _digest(self, guild: int, now: datetime, seen: Sequence[str]) -> Digest:
        libraries = self.services.libraries
        week = libraries.records.digests.week(guild, now)
        old = [one for one in libraries.own_documents(guild, seen) if is_stale(one, now)]
        return Digest(week, libraries.gaps.of(guild), old)


def is_stale(document: DocumentInfo, now: datetime) -> bool:
    """Tell whether a document is old: by its own date, or, without one, by when it was added."""
    for moment in (document.date[:10], document.added_at):
        with suppress(ValueError):
            found = datetime.fromisoformat(moment)
            return now - (found if found.tzinfo else found.replace(tzinfo=UTC)) > OLD
    return False
