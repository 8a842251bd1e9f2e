"""The services that commands, conversations and buttons share, whichever client runs them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import discord
from discord.ext import commands

from bot.discord.collections.sight import Sight
from bot.discord.conversation.addressed import Attention
from bot.discord.language.languages import ENGLISH, language_of
from bot.discord.language.speaking import spoken
from bot.discord.records.knowledge.privacy_record import PrivacyRecord
from bot.discord.records.server_settings import ServerSettings, SettingsRecord
from bot.discord.records.watched_posts import WatchedPosts
from retrieval.types import Answer

from .libraries import ServerLibraries
from .limits import InFlight, Limits, Timing

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Services:
    """The libraries, the limits, the threads that the bot attends to, and the jobs in flight."""

    libraries: ServerLibraries
    limits: Limits = field(default_factory=Limits)
    timing: Timing = field(default_factory=Timing)
    attention: Attention = field(default_factory=Attention)
    jobs: InFlight = field(default_factory=InFlight)
    log_questions: bool = False
    # The questions that are being handed to people in this moment, and the time of day.
    handing_over: set[int] = field(default_factory=set)
    clock: Callable[[], datetime] = utc_now

    @property
    def settings(self) -> SettingsRecord:
        """The settings of the servers."""
        return self.libraries.records.settings

    async def settings_of(self, guild: discord.Guild | None) -> ServerSettings | None:
        """The settings of a server, None in direct messages."""
        if guild is None:
            return None
        return await self.libraries.errand(lambda: self.settings.of(guild.id))

    async def language_in(self, guild: discord.Guild | None) -> str:
        """The language of what everybody in a server sees: what it set, or else what Discord says;
        in direct messages that of the moment."""
        settings = await self.settings_of(guild)
        if guild is None or settings is None:
            return spoken()
        return settings.language or language_of(guild.preferred_locale) or ENGLISH

    async def language_of_readers(self, interaction: "Interaction") -> str:
        """The language of those who read the message that a button is under: one, or all."""
        message = interaction.message
        if message is None or message.flags.ephemeral:
            return spoken()
        return await self.language_in(interaction.guild)

    @property
    def sight(self) -> Sight:
        """The judge of what a question may draw on, by whom its answer is shown to."""
        return Sight(self.libraries.library.home, self.libraries.records.bindings)

    @property
    def watched(self) -> WatchedPosts:
        """The posts that are waited for, or were answered unasked."""
        return self.libraries.records.watched

    @property
    def privacy(self) -> PrivacyRecord:
        """Who asked what, and who opted out."""
        return self.libraries.records.privacy

    async def record_asker(self, id: int, server: int | None, member: int) -> None:
        """Record who asks the question that is about to be answered under an id."""
        await self.libraries.note(lambda: self.privacy.asks(id, server, member))

    async def record_place(
        self, id: int, guild: int | None, channel: int, shown: discord.Message | None
    ) -> None:
        """Record where an answer is shown to all who read a channel of a server."""
        if guild is not None and shown is not None:
            answers, message = self.libraries.records.answers, shown.id
            await self.libraries.note(lambda: answers.record_place(id, channel, message))

    def log_answer(self, way: str, id: int, guild: int | None, answer: Answer) -> None:
        """Log that an answer was given, without its words unless the operator wants them."""
        details = {
            "way": way,
            "id": id,
            "server": guild,
            "answered": answer.answered,
            "reader": answer.reader,
            "confidence": round(answer.confidence, 3),
            "elapsed_ms": round(answer.elapsed_ms, 1),
        }
        asked = {"question": answer.question} if self.log_questions else {}
        log.info("question", extra=details | asked)


class ServingBot(commands.AutoShardedBot):
    """A client that carries the services: a button reaches them through its interaction."""

    services: Services


Interaction = discord.Interaction[ServingBot]


def server_of(interaction: Interaction) -> int:
    """The server that a command was called in; for commands that are offered nowhere else."""
    assert interaction.guild_id is not None
    return interaction.guild_id


def added_by(interaction: Interaction) -> str:
    """The caller, as the catalog records who added a document."""
    return f"discord:{interaction.user.id}"
