"""The bot as Discord meets it: its intents, its commands, and the one place for their errors."""

import logging
import sys
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.commands.add_message import MessageMenu
from bot.discord.commands.ask import Asking
from bot.discord.commands.documents import Documents
from bot.discord.commands.remove import Keep, Remove
from bot.discord.conversation.addressed import Attention
from bot.discord.conversation.on_message import Conversation
from bot.discord.messages.buttons import Sources, Vote
from bot.discord.messages.page_buttons import TurnList, TurnSearch
from bot.discord.messages.send import explain, say
from bot.shards import Shards
from retrieval.types import Answer

from .libraries import ServerLibraries
from .limits import InFlight, Limits
from .register_commands import register

log = logging.getLogger(__name__)

NOT_ALLOWED = "You may not do that here."
# What the bot has to be allowed in a server, for the link that invites it.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)


@dataclass(frozen=True, slots=True)
class Options:
    """What an operator decides: whether messages may be read along (Discord has to grant it),
    where commands appear at once, whether logs may hold what was asked, and which shards run here
    (None: all that Discord says there should be)."""

    message_content: bool = False
    dev_server: int | None = None
    log_questions: bool = False
    shards: Shards | None = None


class CommandTree(app_commands.CommandTree["Footnote"]):
    """The commands, with the one place for what goes wrong in them."""

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Tells the member in a sentence what went wrong."""
        if isinstance(error, app_commands.CheckFailure):
            await say(interaction, NOT_ALLOWED)
        else:
            await say(interaction, explain(getattr(error, "original", error)))


class Footnote(commands.AutoShardedBot):
    """The client. Sharded from the start: one shard is what Discord says a small bot needs."""

    def __init__(
        self, libraries: ServerLibraries, limits: Limits, chosen: Options, **options: Any
    ) -> None:
        if chosen.shards is not None:
            options |= {"shard_ids": chosen.shards.ids, "shard_count": chosen.shards.count}
        super().__init__(
            command_prefix=commands.when_mentioned,  # asked for, though there are no such commands
            help_command=None,
            tree_cls=CommandTree,
            intents=intents(chosen.message_content),
            # Whatever a document or a member says, nobody is pinged.
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            activity=discord.CustomActivity("Ask me with /ask"),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **options,
        )
        self.libraries = libraries
        self.limits = limits
        self.chosen = chosen
        self.jobs = InFlight()
        self.attention = Attention()

    @property
    def dev_server(self) -> int | None:
        """The server in which commands appear at once, if there is one."""
        return self.chosen.dev_server

    @property
    def shards_here(self) -> Shards:
        """The shards that this process runs; how many they are may be known only once connected."""
        count = self.shard_count or 1
        return self.chosen.shards or Shards(tuple(range(count)), count)

    async def setup_hook(self) -> None:
        """Puts everything in its place before the first event arrives."""
        for cog in (Asking(self), Documents(self), MessageMenu(self), Conversation(self)):
            await self.add_cog(cog)
        self.add_dynamic_items(Sources, Vote, TurnSearch, TurnList, Remove, Keep)
        await register(self)

    async def on_message(self, message: discord.Message, /) -> None:
        """Leaves messages to the conversation: there are no commands with a prefix."""

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Logs what went wrong in an event that nobody waits for."""
        log.error("event failed", extra={"on": event_method}, exc_info=sys.exc_info())

    def invitation(self) -> str:
        """The link that brings the bot into a server."""
        assert self.application_id is not None
        return invitation(self.application_id)

    def log_answer(self, way: str, id: int, guild: int | None, answer: Answer) -> None:
        """A line on an answer, without what was asked or said unless the operator wants it."""
        details = {
            "way": way,
            "id": id,
            "server": guild,
            "answered": answer.answered,
            "reader": answer.reader,
            "confidence": round(answer.confidence, 3),
            "elapsed_ms": round(answer.elapsed_ms, 1),
        }
        asked = {"question": answer.question} if self.chosen.log_questions else {}
        log.info("question", extra=details | asked)


def intents(message_content: bool) -> discord.Intents:
    """What Discord is to tell the bot; the content of messages is a privilege it has to grant."""
    chosen = discord.Intents.none()
    chosen.guilds = chosen.guild_messages = chosen.dm_messages = True
    chosen.message_content = message_content
    return chosen


def invitation(application: int) -> str:
    """The link that brings an application's bot into a server, with what it has to be allowed."""
    return discord.utils.oauth_url(
        application, permissions=PERMISSIONS, scopes=("bot", "applications.commands")
    )
