"""The queue of proposed answers → the text of messages. Its words come from where they stand, each
time anew."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.discord.conversation.message_text import said_text
from bot.discord.knowledge.open_channel import reason_not_to_take
from bot.discord.knowledge.solved_thread import name_of, opening_of
from bot.discord.language.translation import N_, _, day, ngettext
from bot.discord.messages.answer import glimpse
from bot.discord.messages.markdown import plain
from bot.discord.messages.split import pack
from bot.discord.records.hand_off_record import HandOff
from bot.discord.records.knowledge.answer_queue import Proposal
from bot.discord.services.services import Services, ServingBot

EMPTY = N_(
    "Nothing waits in the queue. Members propose answers by *Apps → {menu}*; what is "
    "tagged as solved, and what helpers reply, comes here as well."
)
# Characters shown of a title, a question and an answer.
TITLE, ASKED, ANSWER = 120, 400, 1200
SMALL = "-# "


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal with what it says now: a message of a thread, or a helper's reply."""

    proposal: Proposal
    thread: discord.Thread | None = None
    question: str = ""
    message: discord.Message | None = None
    reply: HandOff | None = None

    @property
    def title(self) -> str:
        """The title that its document would have."""
        if self.reply is not None:
            return self.reply.question
        return self.thread.name if self.thread is not None else ""

    @property
    def text(self) -> str:
        """The words that are proposed."""
        if self.reply is not None:
            return self.reply.reply or ""
        return said_text(self.message) if self.message is not None else ""


async def look_up(bot: ServingBot, services: Services, proposal: Proposal) -> Shown | None:
    """A proposal as it stands now; None where what it proposes is gone."""
    if proposal.asked is not None:
        return await _reply(services, proposal, proposal.asked)
    try:
        thread: Any = await bot.fetch_channel(proposal.thread)
        if not isinstance(thread, discord.Thread) or thread.guild.id != proposal.server:
            return None
        record, parent = services.libraries.records.followed, thread.parent_id
        followed = await services.libraries.errand(lambda: record.of(parent))
        if reason_not_to_take(thread, bot.intents, services.sight, followed):
            return None  # its channel is not for all any more
        message = await thread.fetch_message(proposal.message)
    except (discord.NotFound, discord.Forbidden):
        return None
    if services.privacy.opted_out(proposal.server, message.author.id):
        return None  # whose words are not to be kept
    opening = await opening_of(thread)
    question = said_text(opening) if opening is not None else ""
    return Shown(proposal, thread, question, message) if said_text(message) else None


async def _reply(services: Services, proposal: Proposal, asked: int) -> Shown | None:
    record = services.libraries.records.hand_offs
    found = await services.libraries.errand(lambda: record.find(asked, proposal.server))
    return Shown(proposal, reply=found) if found is not None and found.reply else None


def queue_text(shown: Shown | None, place: int, count: int) -> str:
    """One proposal of so many."""
    if shown is None:
        return _(EMPTY, menu=_("Mark as answer"))
    proposed = ngettext("{count} proposed answer", "{count} proposed answers", count)
    place_of_all = ", " + _("number {place}", place=place + 1) if count > 1 else ""
    lines = [f"**{proposed}**{place_of_all}", *_about(shown)]
    lines += [f"> {glimpse(shown.question, ASKED)}\n"] if shown.question else []
    lines += [_who(shown), f"> {glimpse(shown.text, ANSWER)}"]
    return pack([lines[0], *(f"\n{line}" for line in lines[1:])])[0]


def _about(shown: Shown) -> list[str]:
    how = {
        "menu": _("proposed by {who}", who=f"<@{shown.proposal.member}>"),
        "tag": _("its post is tagged as solved; this is the last answer in it"),
        "reply": _("a helper's reply"),
    }[shown.proposal.how]
    return [f"**{glimpse(shown.title, TITLE)}**", f"{SMALL}{how}"]


def _who(shown: Shown) -> str:
    if shown.message is None:
        name = shown.reply.name if shown.reply is not None else None
        return f"**{plain(name or '')}**:"
    at, link = shown.message.created_at, shown.message.jump_url
    name, there = plain(name_of(shown.message.author)), _("there")
    return f"**{name}**, {day(at)}, [{there}](<{link}>):"
