"""Pass a helper's reply on to where the question was asked, under the helper's name.

A helper replies to the post, or presses *Reply* under it: that works without the intent to read
messages, too.
"""

import logging
from collections.abc import Callable
from typing import Any

import discord
from discord.ext import commands

from bot.discord.knowledge.open_channel import is_closed
from bot.discord.language.speaking import speak, speak_to, speaking
from bot.discord.language.translation import N_, _, in_words, pgettext
from bot.discord.messages.answer import glimpse
from bot.discord.messages.button import together
from bot.discord.messages.failure import explain
from bot.discord.messages.markdown import plain
from bot.discord.messages.send import say
from bot.discord.messages.split import pack
from bot.discord.records.gap_record import Waiting
from bot.discord.records.hand_off_record import HandOff
from bot.discord.records.knowledge.answer_queue import Proposal
from bot.discord.services.services import Interaction, Services, ServingBot, server_of
from bot.output.text import printable, shortened
from retrieval.errors import FootnoteError
from retrieval.store.files.record_file import RecordError

from .gap_pages.answering import KeepReply
from .keep_answer import WrittenAnswer, keep
from .modals import ANSWER, MODALS, typed
from .place import PlaceError, find_channel, post, write_to
from .telling import FORGOTTEN, tell_all

log = logging.getLogger(__name__)

UNREADABLE = N_(
    "I can't read words in that. Press *{button}* under my post and write them there, or reply "
    "with the ping on."
)
PASSED_ON = N_("Passed on to {where}.")
PASSED_ON_DIRECTLY = N_("Passed on to {who}, directly.")
NOT_PASSED_ON = N_("Not passed on: {why} It is kept under `/gaps` all the same.")
# Characters of the question in front of a reply, and of a reply.
QUESTION, REPLY = 300, 1500
# The most members that one message calls: Discord takes a hundred, a message fewer by name.
CALLED = 50


class HelperReplies(commands.Cog):
    """Listens for what helpers reply."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Pass on a reply to a post for the helpers."""
        if message.author.bot or message.webhook_id:
            return
        found = await replied_to(self.services, message)
        if found is None:
            return
        speak(await self.services.language_in(message.guild))
        if not message.content.strip():
            told = _(UNREADABLE, button=pgettext("button", "Reply"))
            await self._answer_helper(message.channel, message.id, told, found, keep=False)
            return
        helper, name = message.author.id, message.author.display_name
        text, link = without_us(message.content, self.bot), message.jump_url
        said = await self._pass_on(found, helper, name, text, link)
        await self._answer_helper(message.channel, message.id, said(), found)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Pass on what a helper typed into the modal, however long ago it was opened."""
        data: Any = interaction.data or {}
        shape = MODALS.fullmatch(data.get("custom_id", ""))
        if interaction.type is not discord.InteractionType.modal_submit or shape is None:
            return
        if shape["kind"] != "reply":
            return
        speak_to(interaction)
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await self._typed(interaction, int(shape["asked"]), typed(data).get(ANSWER, ""))
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))

    async def _typed(self, interaction: Interaction, asked: int, text: str) -> None:
        guild, record = server_of(interaction), self.services.libraries.records.hand_offs
        found = await self.services.libraries.errand(lambda: record.find(asked, guild))
        if found is None or not text:
            unreadable = _(UNREADABLE, button=pgettext("button", "Reply"))
            await say(interaction, _(FORGOTTEN) if text else unreadable)
            return
        name, link = interaction.user.display_name, ""
        said = await self._pass_on(found, interaction.user.id, name, text, link)
        with speaking(await self.services.language_in(interaction.guild)):
            words = _("**{name}** replied: {text}", name=plain(name), text=glimpse(text, REPLY))
            await self._answer_helper(interaction.channel, found.post, f"{words}\n{said()}", found)
        await say(interaction, said())

    async def _pass_on(
        self, found: HandOff, helper: int, name: str, text: str, link: str
    ) -> Callable[[], str]:
        """Record a reply, unless the helper opted out, and post it where the question was asked;
        return what says that to helpers, in the language of its moment."""
        services, libraries = self.services, self.services.libraries
        hand_offs, gaps = libraries.records.hand_offs, libraries.records.gaps
        if not await libraries.errand(lambda: services.privacy.opted_out(found.guild, helper)):
            await libraries.errand(lambda: hand_offs.reply(found.asked, helper, name, text, link))
            title, now = shortened(found.question, QUESTION), services.clock()
            await self._propose(found, WrittenAnswer(title, text, helper, name, now, link))
        waiting = await libraries.errand(lambda: gaps.take_waiting([found.asked], found.guild))
        here = [one for one in waiting if is_reached(found, one)][:CALLED]
        others = [one for one in waiting if one not in here]
        said = f"**{plain(name)}**: {glimpse(text, REPLY)}"
        await tell_all(self.bot, self.services, found.guild, others, said)
        try:
            with speaking(await services.language_in(self.bot.get_guild(found.guild))):
                await self._deliver(found, name, text, here)
        except PlaceError as refused:
            error = refused
            log.info("reply not passed on", extra={"server": found.guild, "id": found.asked})
            return lambda: _(NOT_PASSED_ON, why=in_words(error))
        if found.channel:
            return lambda: _(PASSED_ON, where=f"<#{found.channel}>")
        return lambda: _(PASSED_ON_DIRECTLY, who=f"<@{found.member}>")

    async def _propose(self, found: HandOff, written: WrittenAnswer) -> None:
        """Put a reply into the queue: a moderator decides whether it becomes an answer, unless the
        server trusts whoever wrote it."""
        libraries, place = self.services.libraries, found.channel or 0
        queue, guild, asked = libraries.records.queue, found.guild, found.asked
        proposal = Proposal(guild, place, place, asked, written.member, "reply", asked)
        await libraries.errand(lambda: queue.propose(proposal))
        if not self._is_open(found) or not await self._is_trusted(guild, written.member):
            return
        gap = await libraries.errand(lambda: libraries.gaps.find(guild, asked))
        progress = libraries.begin()
        try:
            await libraries.job(lambda: keep(libraries.gaps, guild, gap, written, progress))
        except FootnoteError as error:  # it waits in the queue
            log.warning("reply not kept", extra={"server": guild, "reason": str(error)})
            return
        await libraries.errand(lambda: queue.settle_reply(asked, guild, "taken"))

    def _is_open(self, found: HandOff) -> bool:
        """Tell whether everybody in the server may read where a question was asked."""
        server = self.bot.get_guild(found.guild)
        where = server.get_channel_or_thread(found.channel or 0) if server is not None else None
        channel = where.parent if isinstance(where, discord.Thread) else where
        return channel is not None and not is_closed(channel)

    async def _is_trusted(self, guild: int, helper: int) -> bool:
        settings = await self.services.libraries.errand(lambda: self.services.settings.of(guild))
        server = self.bot.get_guild(guild)
        if settings.trusted_role is None or server is None:
            return False
        member = server.get_member(helper) or await server.fetch_member(helper)
        return any(role.id == settings.trusted_role for role in member.roles)

    async def _deliver(self, found: HandOff, name: str, text: str, waiting: list[Waiting]) -> None:
        """Post a reply; only those who asked to be told are pinged."""
        told = [one.member for one in waiting]
        calls = "".join(f"<@{member}> " for member in told if found.channel)
        replies = _("**{name}** replies:", name=plain(name))
        head = f"{calls}{replies}\n> {glimpse(found.question, QUESTION)}\n\n"
        first, *others = pack([head, printable(text)])
        if found.channel is None:
            for part in (first, *others):
                await write_to(self.bot, self.services, found.member, part)
            return
        mentions = discord.AllowedMentions(
            everyone=False,
            roles=False,
            users=[discord.Object(member) for member in told],
            replied_user=False,
        )
        channel = await find_channel(self.bot, found.guild, found.channel)
        await post(self.bot, self.services, channel, first, found.message, mentions)
        for part in others:
            await post(self.bot, self.services, channel, part)

    async def _answer_helper(
        self, channel: Any, message: int | None, text: str, found: HandOff, keep: bool = True
    ) -> None:
        view = together(KeepReply(found.asked)) if keep else None
        *others, last = pack(f"\n{line}" for line in text.splitlines())
        try:
            for part in others:
                await post(self.bot, self.services, channel, part, message)
            await post(self.bot, self.services, channel, last, message, view=view)
        except PlaceError as error:  # it was passed on all the same
            log.warning("could not tell a helper", extra={"reason": str(error)})


def is_reached(found: HandOff, waiting: Waiting) -> bool:
    """Tell whether somebody who wants to be told reads what is posted where it was asked."""
    directly = found.channel is None
    return waiting.member == found.member if directly else waiting.channel == found.channel


async def replied_to(services: Services, message: discord.Message) -> HandOff | None:
    """The hand-over that a message replies to, if it does."""
    reference, guild = message.reference, message.guild
    if guild is None or reference is None or reference.message_id is None:
        return None
    if reference.type is not discord.MessageReferenceType.default:  # a forward is no reply
        return None
    post_id, record = reference.message_id, services.libraries.records.hand_offs
    try:
        return await services.libraries.errand(lambda: record.by_post(post_id, guild.id))
    except RecordError as error:  # most replies are none of the helpers'
        log.error("not looked up", extra={"reason": str(error)})
        return None


def without_us(text: str, bot: ServingBot) -> str:
    """A helper's words without the mention of the bot that a reply may begin with."""
    me = bot.user.id if bot.user else 0
    return text.replace(f"<@{me}>", "").replace(f"<@!{me}>", "").strip()
