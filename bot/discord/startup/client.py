"""The Discord client: its intents, its commands and buttons, and one place for their errors."""

import logging
import sys
from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.collections.command import CollectionsCommand
from bot.discord.collections.menus import ITEMS as COLLECTION_ITEMS
from bot.discord.commands.ask_and_search import Ask, Search
from bot.discord.commands.documents.add_message import AddMessage
from bot.discord.commands.documents.documents import Documents
from bot.discord.commands.documents.remove import Keep, Remove
from bot.discord.commands.message_menus import MessageMenus
from bot.discord.commands.permissions import EVERYWHERE, NOT_ALLOWED, SERVERS_INSTALL
from bot.discord.commands.register import register
from bot.discord.conversation.on_message import Conversation
from bot.discord.conversation.submitted import Submitted
from bot.discord.forums.settings.command import SettingsCommand
from bot.discord.forums.settings.menu import ITEMS as SETTINGS_ITEMS
from bot.discord.forums.watch import Watch
from bot.discord.knowledge.changes import Changes
from bot.discord.knowledge.follow import Follow
from bot.discord.knowledge.followed_sources import KeepFollowing, Unfollow
from bot.discord.knowledge.mark_answer import MarkAnswer, Unmark
from bot.discord.knowledge.privacy.command import ITEMS as PRIVACY_ITEMS
from bot.discord.knowledge.privacy.command import Privacy
from bot.discord.knowledge.queue.buttons import Decline, Edit, Take, TurnQueue
from bot.discord.knowledge.queue.command import QueueCommand
from bot.discord.language.command_translator import CommandTranslator
from bot.discord.language.speaking import speak_to
from bot.discord.language.translation import _
from bot.discord.messages.buttons import FollowUp, Sources, Vote, WhyNotHelpful
from bot.discord.messages.failure import explain
from bot.discord.messages.page_buttons import TurnList, TurnSearch
from bot.discord.messages.send import say
from bot.discord.services.services import Services, ServingBot
from bot.discord.unanswered.digest import WeeklyDigest
from bot.discord.unanswered.gap_pages.answering import AnswerGap, KeepReply, PointAt
from bot.discord.unanswered.gap_pages.buttons import (
    LookAt,
    MoreQuestions,
    NotOurs,
    Reopen,
    TurnGaps,
)
from bot.discord.unanswered.gaps_command import GapsCommand
from bot.discord.unanswered.hand_off import AskPerson, Reply
from bot.discord.unanswered.helper_replies import HelperReplies
from bot.discord.unanswered.telling import DontTellMe, TellMe
from bot.shards import Shards

from .portal import invitation

log = logging.getLogger(__name__)


# The buttons and the menu of questions that have no good answer.
UNANSWERED = (
    *(TellMe, DontTellMe, AskPerson, Reply, KeepReply),
    *(TurnGaps, LookAt, MoreQuestions, AnswerGap, PointAt, NotOurs, Reopen),
)


@dataclass(frozen=True, slots=True)
class Options:
    """An operator's choices: whether messages may be read along (Discord has to grant it), the
    server where commands appear at once, whether logs may hold what was asked, and which shards
    run here (None: all that Discord says there should be)."""

    message_content: bool = False
    dev_server: int | None = None
    log_questions: bool = False
    shards: Shards | None = None


class CommandTree(app_commands.CommandTree[ServingBot]):
    """The commands, with the one place for their errors."""

    async def interaction_check(self, interaction: discord.Interaction[ServingBot], /) -> bool:
        """Let everybody call them, and speak the language of whoever does."""
        speak_to(interaction)
        return True

    async def on_error(
        self, interaction: discord.Interaction[ServingBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the member in a sentence what went wrong."""
        if isinstance(error, app_commands.CheckFailure):
            await say(interaction, _(NOT_ALLOWED))
        else:
            await say(interaction, explain(getattr(error, "original", error)))


class Footnote(ServingBot):
    """The client. Sharded from the start: one shard is what Discord says a small bot needs."""

    def __init__(self, services: Services, chosen: Options, **options: Any) -> None:
        if chosen.shards is not None:
            options |= {"shard_ids": chosen.shards.ids, "shard_count": chosen.shards.count}
        super().__init__(
            command_prefix=commands.when_mentioned,  # asked for, though there are no such commands
            help_command=None,
            tree_cls=CommandTree,
            intents=intents(chosen.message_content),
            # No text of a document or a member pings anybody.
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=EVERYWHERE,
            allowed_installs=SERVERS_INSTALL,
            activity=discord.CustomActivity("Ask me with /ask"),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            **options,
        )
        self.services = services
        self.chosen = chosen

    @property
    def shards_here(self) -> Shards:
        """The shards that this process runs; how many they are may be known only once connected."""
        count = self.shard_count or 1
        return self.chosen.shards or Shards(tuple(range(count)), count)

    async def setup_hook(self) -> None:
        """Add all commands, listeners and buttons before the first event arrives."""
        await self.tree.set_translator(CommandTranslator())
        await self.add_cog(Ask())
        await self.add_cog(Search(self.services))
        await self.add_cog(Documents(self.services))
        await self.add_cog(AddMessage(self, self.services))
        await self.add_cog(MessageMenus(self, self.services))
        await self.add_cog(Conversation(self, self.services))
        await self.add_cog(Submitted(self.services))
        await self.add_cog(Watch(self, self.services))
        await self.add_cog(SettingsCommand(self.services))
        await self.add_cog(CollectionsCommand(self.services))
        self.add_dynamic_items(*COLLECTION_ITEMS)
        self.add_dynamic_items(Sources, Vote, FollowUp, WhyNotHelpful)
        self.add_dynamic_items(TurnSearch, TurnList, Remove, Keep, *SETTINGS_ITEMS)
        await self.add_cog(follow := Follow(self, self.services))
        await self.add_cog(Changes(self, self.services, follow))
        await self.add_cog(MarkAnswer(self, self.services, follow))
        await self.add_cog(QueueCommand(self.services))
        self.add_dynamic_items(Unmark, Unfollow, KeepFollowing, Take, Edit, Decline, TurnQueue)
        await self.add_cog(GapsCommand(self, self.services))
        await self.add_cog(HelperReplies(self, self.services))
        await self.add_cog(WeeklyDigest(self, self.services))
        await self.add_cog(Privacy(self.services))
        self.add_dynamic_items(*UNANSWERED, *PRIVACY_ITEMS)
        await self.register()

    async def register(self) -> bool:
        """Register the commands where Discord's copy differs; True if it did.

        Of several processes, the one that runs shard 0 does it for all. Raises FootnoteError,
        saying what to do, if the bot may not register commands in the development server.
        """
        return self.shards_here.leading and await register(self, self.chosen.dev_server)

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the conversation: there are no commands with a prefix."""

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log an error in an event that has no caller to be told."""
        log.error("event failed", extra={"on": event_method}, exc_info=sys.exc_info())

    def invitation(self) -> str:
        """The link that brings the bot into a server."""
        assert self.application_id is not None
        return invitation(self.application_id)


def intents(message_content: bool) -> discord.Intents:
    """The events to subscribe to; Discord has to grant the content of messages."""
    chosen = discord.Intents.none()
    chosen.guilds = chosen.guild_messages = chosen.dm_messages = True
    chosen.guild_reactions = True  # a ✅ by staff marks an answer
    chosen.message_content = message_content
    return chosen
