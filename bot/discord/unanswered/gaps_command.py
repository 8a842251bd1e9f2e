"""`/gaps`, and what is typed into its modals."""

import logging
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.commands.permissions import for_managers, require
from bot.discord.language.speaking import speak_to, speaking
from bot.discord.language.translation import N_, _, ngettext, quotation
from bot.discord.messages import send
from bot.discord.messages.answer import glimpse
from bot.discord.messages.button import together
from bot.discord.messages.failure import explain
from bot.discord.messages.markdown import plain
from bot.discord.messages.send import add, say
from bot.discord.messages.split import pack
from bot.discord.records.gap_record import Waiting
from bot.discord.services.libraries import Progress, library_of
from bot.discord.services.services import Interaction, Services, ServingBot, server_of
from bot.output.text import shortened
from retrieval.answer.abstention import NOT_SAID
from retrieval.errors import Counted, FootnoteError
from retrieval.types import DocumentInfo

from .gap_pages.answering import AnswerGap, gap_seen, open_gap, recalled_question
from .gap_pages.buttons import Reopen, TurnGaps, show_gaps
from .gap_pages.text import kept_text, link_of
from .gaps import Gap
from .keep_answer import Kept, WrittenAnswer, keep
from .modals import ANSWER, DOCUMENT, MODALS, NAMED, QUESTION, typed
from .telling import tell_all

log = logging.getLogger(__name__)

EMPTY = N_("Write an answer: there was nothing in it.")
HINT = N_(
    "Whoever asks the like is told so under “{unsaid}”; quoted from there it still isn't. To have "
    "it quoted, write the answer, or take it from there."
)
UNCHOSEN = N_("Choose a document, or type its title.")
UNSEEN = N_("{who} has looked at it. There is no answer that could be shown here.")
# Characters of an answer that those who asked are shown.
TOLD = 1500


class GapsCommand(commands.Cog):
    """Shows a server's unanswered questions to those who may manage it, and takes answers."""

    def __init__(self, bot: ServingBot, services: Services) -> None:
        self.bot = bot
        self.services = services

    @for_managers
    @app_commands.command(description=N_("Show what members asked and the documents don't say"))
    async def gaps(self, interaction: Interaction) -> None:
        """List a server's gaps, the largest first."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        await show_gaps(interaction, "largest", 0)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Take what was typed into a modal of a gap, before a restart as well."""
        data: Any = interaction.data or {}
        found = MODALS.fullmatch(data.get("custom_id", ""))
        if interaction.type is not discord.InteractionType.modal_submit or found is None:
            return
        kind, asked = found["kind"], int(found["asked"])
        if kind == "reply":  # a helper's: taken by the hand-off
            return
        speak_to(interaction)
        try:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await require(interaction, "gaps")
            with self.services.jobs.counted():
                if kind == "point":
                    await self._point(interaction, asked, typed(data))
                else:
                    await self._answer(interaction, asked, typed(data), kind == "keep")
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))

    async def _answer(
        self, interaction: Interaction, asked: int, fields: dict[str, str], replied: bool
    ) -> None:
        """Make an answer a document, and show what came of it."""
        if not fields.get(ANSWER) or not fields.get(QUESTION):
            raise FootnoteError(EMPTY)
        guild, libraries = server_of(interaction), self.services.libraries
        gap = await gap_seen(interaction, asked, replied)
        if gap is None and not replied:
            await open_gap(interaction, asked)  # which says so
        written = self._placed(
            interaction, gap, await self._written(interaction, asked, gap, fields, replied)
        )
        progress: Progress = libraries.begin()
        kept = await libraries.job(lambda: keep(libraries.gaps, guild, gap, written, progress))
        if replied:
            queue = libraries.records.queue
            await libraries.errand(lambda: queue.settle_reply(asked, guild, "taken"))
        await self._show(interaction, guild, written, kept)

    def _placed(
        self, interaction: Interaction, gap: Gap | None, written: WrittenAnswer
    ) -> WrittenAnswer:
        """The answer with the collection that it goes into, and without the words of those who
        asked where not everybody sees them, unless it goes there."""
        sight, guild = self.services.sight, interaction.guild
        assert guild is not None
        channels = [one.channel for one in gap.questions] if gap else [written.asked_in]
        store = sight.store_for(guild, list(dict.fromkeys(channels)))
        if store != library_of(guild.id):
            return replace(written, store=store)
        asked = gap.questions if gap else ()
        hidden = {one.question for one in asked if not sight.is_for_all(guild, one.channel)}
        link = written.link if sight.is_for_all(guild, written.asked_in) else ""
        return replace(written, hidden=frozenset(hidden), link=link)

    async def _written(
        self,
        interaction: Interaction,
        asked: int,
        gap: Gap | None,
        fields: dict[str, str],
        replied: bool,
    ) -> WrittenAnswer:
        guild, libraries = server_of(interaction), self.services.libraries
        name, link, channel = interaction.user.display_name, "", None
        if replied:
            record = libraries.records.hand_offs
            handed = await libraries.errand(lambda: record.find(asked, guild))
            name = handed.name if handed and handed.name else name
            if handed and handed.channel:
                place = f"{handed.channel}/{handed.message}"
                link, channel = f"https://discord.com/channels/{guild}/{place}", handed.channel
        if gap is not None:
            shown = [one for one in gap.questions if one.channel is not None]
            # A link that everybody can open is the best.
            sight, server = self.services.sight, interaction.guild
            if server is not None:
                shown.sort(key=lambda one: not sight.is_for_all(server, one.channel))
            if shown:
                link, channel = link_of(guild, shown[0]), shown[0].channel
        return WrittenAnswer(
            shortened(fields[QUESTION], 200),
            fields[ANSWER],
            interaction.user.id,
            name,
            interaction.created_at,
            link,
            asked_in=channel,
        )

    async def _show(
        self, interaction: Interaction, guild: int, written: WrittenAnswer, kept: Kept
    ) -> None:
        said = f"**{plain(written.name)}**: {glimpse(written.text, TOLD)}"
        told = await tell_all(interaction.client, self.services, guild, kept.waiting, said)
        first, *others = pack([kept_text(kept, told)])
        await send.replace(
            interaction, first, together(TurnGaps("largest", 0, _("Back to the list")))
        )
        for text in others:
            await add(interaction, text, ephemeral=True)
        details = {"server": guild, "answered": len(kept.answered), "changed": len(kept.changed)}
        log.info("gap answered", extra=details)

    async def _point(self, interaction: Interaction, asked: int, fields: dict[str, str]) -> None:
        """Record which document holds the answer, and say what that does and what it doesn't."""
        guild, libraries = server_of(interaction), self.services.libraries
        question = await recalled_question(interaction, asked)
        seen = self.services.sight.of(interaction, private=True)
        documents = await libraries.errand(lambda: libraries.gaps.documents(guild, question, seen))
        document = chosen(documents, fields)
        gap = await open_gap(interaction, asked)
        record, member = libraries.records.gaps, interaction.user.id

        def settle() -> list[int]:
            return record.settle(
                gap.ids, guild, asked, "pointed", member, document.id, document.title
            )

        settled = await libraries.errand(settle)
        waiting = await libraries.errand(lambda: record.take_waiting(settled, guild))
        title = glimpse(document.title, 200)
        who = f"**{plain(interaction.user.display_name)}**"
        knowing = [one for one in waiting if self._sees(interaction, one, document)]
        unknowing = [one for one in waiting if one not in knowing]
        with speaking(await self.services.language_in(interaction.guild)):
            where, unseen = _("It's in **{document}**.", document=title), _(UNSEEN, who=who)
        told = await tell_all(interaction.client, self.services, guild, knowing, f"{who}: {where}")
        told += await tell_all(interaction.client, self.services, guild, unknowing, unseen)
        place = await libraries.errand(
            lambda: libraries.gaps.nearest_in(guild, question, document.id, seen)
        )
        closed = ngettext(
            "{count} question closed with that.",
            "{count} questions closed with that.",
            len(settled),
        )
        parts = [_("It's in **{document}**.", document=title), closed, _(HINT, unsaid=_(NOT_SAID))]
        text = " ".join(parts)
        if place:
            quote = quotation(glimpse(place.text, 400))
            text += "\n" + _("The nearest place there: {quote}", quote=quote)
        buttons = together(
            AnswerGap(asked, document.id, _("Answer from it")),
            Reopen(asked),
            TurnGaps("largest", 0, _("Back to the list")),
        )
        first, *others = pack([text, *(f"\n{line}" for line in told)])
        await send.replace(interaction, first, buttons)
        for other in others:
            await add(interaction, other, ephemeral=True)

    def _sees(self, interaction: Interaction, one: Waiting, document: DocumentInfo) -> bool:
        """Tell whether a document may be named where somebody is told of it."""
        server = interaction.guild
        if "." not in document.library or server is None:
            return True
        place = server.get_channel_or_thread(one.channel) if one.channel is not None else None
        return document.library in self.services.sight.in_channel(place)


def chosen(documents: list[DocumentInfo], fields: dict[str, str]) -> DocumentInfo:
    """The document that was named in a modal, or else chosen there. Raises FootnoteError."""
    wanted = fields.get(NAMED, "").casefold()
    if wanted:
        found = [one for one in documents if one.title.casefold() == wanted]
        found = found or [one for one in documents if wanted in one.title.casefold()]
        if len(found) != 1:
            title = shortened(fields[NAMED], 100)
            if not found:
                raise FootnoteError("No document is called “{title}” here.", title=title)
            raise FootnoteError(
                Counted(
                    "{count} document is called “{title}” here.",
                    "{count} documents are called “{title}” here.",
                    len(found),
                    title=title,
                )
            )
        return found[0]
    picked = [one for one in documents if one.id == fields.get(DOCUMENT)]
    if not picked:
        raise FootnoteError(UNCHOSEN)
    return picked[0]
