"""The buttons under a proposed answer: take it, edit it, decline it, or look at the next."""

from functools import partial
from typing import Any

import discord

from bot.discord.knowledge.followed_sources import follow_of
from bot.discord.knowledge.mark_answer import NO_WORDS, mark_and_look
from bot.discord.language.translation import N_, _
from bot.discord.messages.button import Button, together
from bot.discord.messages.send import replace
from bot.discord.records.knowledge.answer_queue import Proposal
from bot.discord.records.knowledge.kept_threads import Mark
from bot.discord.services.services import Interaction, server_of
from bot.discord.unanswered.gap_pages.answering import KeepReply
from bot.discord.unanswered.modals import answer_modal
from retrieval.errors import FootnoteError

from .page import Shown, look_up, queue_text

DONE = N_("Somebody has dealt with that already, or it is gone.")
# The command that shows them.
COMMAND = "queue"
# The kind of the modal in which a proposal is edited.
PROPOSAL = "proposal"
TAKEN = N_("✅ Taken: it answers members now.")
DECLINED = N_("Declined.")


class TurnQueue(Button, template=r"footnote:queue:(?P<place>\d+)"):
    """Shows another proposal."""

    opened_by = COMMAND

    def __init__(self, place: int | str, label: str = "") -> None:
        self.place = int(place)
        super().__init__(
            discord.ui.Button(label=label or _("Next"), custom_id=f"footnote:queue:{place}")
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        await show_queue(interaction, self.place)


class Take(Button, template=r"footnote:queue-take:(?P<number>\d+)"):
    """Makes a proposal an answer."""

    opened_by = COMMAND

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(
            discord.ui.Button(
                label=_("Take it"),
                style=discord.ButtonStyle.success,
                custom_id=f"footnote:queue-take:{number}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        shown = await waiting(interaction, self.number)
        await take(interaction, shown)
        await show_queue(interaction, 0, _(TAKEN))


class Edit(Button, template=r"footnote:queue-edit:(?P<number>\d+)"):
    """Opens the modal in which a proposal is edited before it is taken."""

    opened_by = COMMAND

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(
            discord.ui.Button(label=_("Edit"), custom_id=f"footnote:queue-edit:{number}")
        )

    async def pressed(self, interaction: Interaction) -> None:
        shown = await waiting(interaction, self.number)
        modal = answer_modal(PROPOSAL, self.number, shown.title, shown.text)
        await interaction.response.send_modal(modal)


class Decline(Button, template=r"footnote:queue-decline:(?P<number>\d+)"):
    """Takes a proposal out of the queue."""

    opened_by = COMMAND

    def __init__(self, number: int | str) -> None:
        self.number = int(number)
        super().__init__(
            discord.ui.Button(
                label=_("Decline"),
                style=discord.ButtonStyle.danger,
                custom_id=f"footnote:queue-decline:{number}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        shown = await waiting(interaction, self.number)
        await _settle(interaction, shown.proposal, taken=False)
        await show_queue(interaction, 0, _(DECLINED))


async def waiting(interaction: Interaction, id: int) -> Shown:
    """A proposal that still waits. Raises FootnoteError where it doesn't."""
    services, server = interaction.client.services, server_of(interaction)
    queue = services.libraries.records.queue
    proposal = await services.libraries.errand(lambda: queue.find(id, server))
    if proposal is not None and not _sees(interaction, proposal):
        raise FootnoteError(DONE)
    shown = await look_up(interaction.client, services, proposal) if proposal else None
    if shown is None:
        raise FootnoteError(DONE)
    return shown


async def take(interaction: Interaction, shown: Shown) -> None:
    """Mark what is proposed as an answer. Raises FootnoteError where it can't become one."""
    services, proposal, thread = interaction.client.services, shown.proposal, shown.thread
    if thread is None:
        raise FootnoteError(DONE)
    where = (proposal.message, proposal.thread, proposal.server, proposal.channel)
    mark = Mark(*where, interaction.user.id, trusted=True)
    looked = await mark_and_look(services, follow_of(interaction), thread, mark)
    if looked.document is None:
        raise FootnoteError(NO_WORDS)
    await _settle(interaction, proposal, taken=True)


async def take_edited(interaction: Interaction, shown: Shown, title: str, text: str) -> None:
    """Make a document of what a moderator made of a proposal."""
    if shown.message is None:
        raise FootnoteError(DONE)
    libraries, channel = interaction.client.services.libraries, shown.proposal.channel
    followed = await libraries.errand(lambda: libraries.records.followed.of(channel))
    keeper, by = follow_of(interaction).keeper, interaction.user.display_name
    await keeper.keep_edited(shown.message, title, text, by, followed)
    await _settle(interaction, shown.proposal, taken=True)


def _sees(interaction: Interaction, proposal: Proposal) -> bool:
    """Tell whether a caller, to whom the server gave the command, may read what is proposed."""
    sight = interaction.client.services.sight
    return sight.sees(interaction.user, proposal.channel or None)


async def _settle(interaction: Interaction, proposal: Proposal, taken: bool) -> None:
    libraries = interaction.client.services.libraries
    queue = libraries.records.queue
    await libraries.errand(lambda: queue.settle(proposal.id, "taken" if taken else "declined"))


async def show_queue(interaction: Interaction, place: int, before: str = "") -> None:
    """Show a proposal that waits, in place of what a deferred interaction shows; those whose words
    are gone leave the queue."""
    services, server = interaction.client.services, server_of(interaction)
    libraries, queue = services.libraries, services.libraries.records.queue
    waits = await libraries.errand(lambda: queue.waiting(server))
    found = [one for one in waits if _sees(interaction, one)]
    shown: Shown | None = None
    while found and shown is None:
        place %= len(found)
        shown = await look_up(interaction.client, services, found[place])
        if shown is None:
            gone = found.pop(place).message
            await libraries.errand(partial(queue.drop, [gone]))
    text = queue_text(shown, place, len(found))
    await replace(interaction, f"{before}\n{text}" if before else text, _view(shown, place, found))


def _view(shown: Shown | None, place: int, found: list[Any]) -> discord.ui.View | None:
    if shown is None:
        return None
    id, more = shown.proposal.id, [TurnQueue(place + 1)] if len(found) > 1 else []
    if shown.reply is not None:
        return together(KeepReply(shown.reply.asked), Decline(id), *more)
    return together(Take(id), Edit(id), Decline(id), *more)
