"""*Mark as answer*, in the menu of a message: staff and whoever asked mark an answer, all others
propose one. (discord.py lets an app have five such menus, so it is one for both.)"""

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.conversation.message_text import said_text
from bot.discord.forums.post import is_staff
from bot.discord.language.translation import N_, _
from bot.discord.messages.button import Button, together
from bot.discord.messages.send import replace
from bot.discord.records.knowledge.answer_queue import Proposal
from bot.discord.records.knowledge.kept_threads import Mark
from bot.discord.records.server_settings import ServerSettings
from bot.discord.services.services import Interaction, Services, ServingBot, server_of
from retrieval.errors import FootnoteError

from .added_messages import OPTED_OUT
from .follow import Follow
from .solved_thread import Looked, asker_of, opening_of

NAME = N_("Mark as answer")
OWN = N_("That is my own message: it says nothing that isn't in the documents already.")
NO_THREAD = N_(
    "An answer is marked in a forum's post or in a thread, where it stands under a question."
)
IS_QUESTION = N_("That is the question itself. Choose the message that answers it.")
NO_WORDS = N_(
    "There are no words in that message that I could quote. If it is a picture, ask its author to "
    "write down what it shows."
)
MARKED = N_("Marked. From now on I answer with it, in the name of **{name}**, with a link to it.")
PROPOSED = N_("Proposed. Whoever manages the server decides in `/queue`.")
WAITS = N_("That is proposed already; it waits in `/queue`, or was declined there.")
TAKEN_BACK = N_("It is no answer any more.")


class MarkAnswer(commands.Cog):
    """Takes marks and proposals."""

    def __init__(self, bot: ServingBot, services: Services, follow: Follow) -> None:
        self.bot = bot
        self.services = services
        self.follow = follow
        self.menu = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(
            app_commands.ContextMenu(name=NAME, callback=self.mark)
        )

    async def cog_load(self) -> None:
        """Put the menu into the tree: discord.py does so by itself only for commands."""
        self.bot.tree.add_command(self.menu)

    async def cog_unload(self) -> None:
        """Take it out again."""
        self.bot.tree.remove_command(self.menu.name, type=self.menu.type)

    async def mark(self, interaction: Interaction, message: discord.Message) -> None:
        """Mark a message as the answer of its thread, or propose it."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        thread = await self._thread_of(interaction, message)
        settings = await self._settings(server_of(interaction))
        opening = await opening_of(thread)
        if opening is not None and message.id == opening.id:
            raise FootnoteError(IS_QUESTION)
        trusted = is_trusted(interaction.user, thread, settings)
        asked = interaction.user.id == asker_of(thread, opening)
        if not (trusted or asked) and (no := self.services.limits.refusal(interaction.user.id)):
            raise FootnoteError(no)
        if trusted or asked:
            await self._marked(interaction, thread, message, trusted)
        else:
            await replace(interaction, await self._proposed(interaction, thread, message))

    async def _thread_of(
        self, interaction: Interaction, message: discord.Message
    ) -> discord.Thread:
        """The thread of a message that may become an answer. Raises FootnoteError otherwise."""
        assert self.bot.user is not None
        if message.author.id == self.bot.user.id:
            raise FootnoteError(OWN)
        channel: Any = interaction.channel
        if not isinstance(channel, discord.Thread):
            raise FootnoteError(NO_THREAD)
        libraries, parent = self.services.libraries, channel.parent_id
        followed = await libraries.errand(lambda: libraries.records.followed.of(parent))
        if why := self.follow.keeper.why_not(channel, followed):
            raise why
        if not said_text(message):
            raise FootnoteError(NO_WORDS)
        if self.services.privacy.opted_out(channel.guild.id, message.author.id):
            raise FootnoteError(OPTED_OUT)
        # As it is now: the interaction brings neither its tags nor its owner along.
        found = await self.bot.fetch_channel(channel.id)
        assert isinstance(found, discord.Thread)
        return found

    async def _marked(
        self,
        interaction: Interaction,
        thread: discord.Thread,
        message: discord.Message,
        trusted: bool,
    ) -> None:
        mark = Mark(
            *(message.id, thread.id, thread.guild.id, thread.parent_id, interaction.user.id),
            trusted,
        )
        said = "" if trusted else await self._proposed(interaction, thread, message)
        looked = await mark_and_look(self.services, self.follow, thread, mark)
        # The thread may have another answer already.
        if looked.document is None or message.id not in looked.document.answers:
            await replace(interaction, said or _(NO_WORDS))
            return
        queue = self.services.libraries.records.queue
        await self.services.libraries.errand(lambda: queue.drop([message.id]))
        name = discord.utils.escape_markdown(message.author.display_name)
        undo = together(Unmark(thread.id, message.id))
        await replace(interaction, _(MARKED, name=name), undo)

    async def _proposed(
        self, interaction: Interaction, thread: discord.Thread, message: discord.Message
    ) -> str:
        """Put a message into the queue; return what to say."""
        queue, member = self.services.libraries.records.queue, interaction.user.id
        place = (thread.guild.id, thread.parent_id, thread.id, message.id)
        proposal = Proposal(*place, member=member, how="menu")
        new = await self.services.libraries.errand(lambda: queue.propose(proposal))
        return _(PROPOSED if new else WAITS)

    async def _settings(self, server: int) -> ServerSettings:
        return await self.services.libraries.errand(lambda: self.services.settings.of(server))


async def mark_and_look(
    services: Services, follow: Follow, thread: discord.Thread, mark: Mark
) -> Looked:
    """Record a mark, and make the thread a document where that is enough."""
    libraries = services.libraries
    await libraries.errand(lambda: libraries.records.kept.mark(mark))
    await follow.keeper.reopen(thread.id)
    parent = thread.parent_id
    followed = await libraries.errand(lambda: libraries.records.followed.of(parent))
    return await follow.keeper.see_to_thread(thread, followed)


def is_trusted(
    member: discord.Member | discord.User, thread: discord.Thread, settings: ServerSettings
) -> bool:
    """Tell whether what a member marks counts by itself: staff's, and that of whom the server
    trusts."""
    if not isinstance(member, discord.Member):
        return False
    if any(role.id == settings.trusted_role for role in member.roles):
        return True
    return is_staff(member, thread, settings)


class Unmark(Button, template=r"footnote:unmark:(?P<thread>\d+):(?P<message>\d+)"):
    """The button that takes a mark back."""

    def __init__(self, thread: int | str, message: int | str) -> None:
        self.thread, self.message = int(thread), int(message)
        custom_id = f"footnote:unmark:{thread}:{message}"
        super().__init__(discord.ui.Button(label=_("Take it back"), custom_id=custom_id))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        follow: Any = interaction.client.get_cog(Follow.__name__)
        found = await interaction.client.fetch_channel(self.thread)
        if not isinstance(found, discord.Thread) or found.guild.id != server_of(interaction):
            raise FootnoteError(NO_THREAD)
        libraries = interaction.client.services.libraries
        kept = libraries.records.kept
        await libraries.errand(lambda: kept.unmark(self.thread, [self.message]))
        parent = found.parent_id
        followed = await libraries.errand(lambda: libraries.records.followed.of(parent))
        await follow.keeper.see_to_thread(found, followed)
        await replace(interaction, _(TAKEN_BACK))
