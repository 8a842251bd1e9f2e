"""The buttons by which a gap gets an answer: it is written, pointed at, or kept from a helper."""

import discord

from bot.discord.language.translation import N_, _, pgettext
from bot.discord.messages.button import Button
from bot.discord.services.services import Interaction, server_of
from bot.discord.unanswered.gaps import Gap
from bot.discord.unanswered.modals import answer_modal, pointing_modal
from retrieval.errors import FootnoteError

# The command whose pages the buttons are on.
COMMAND = "gaps"
DONE = N_("That is no longer open: somebody has dealt with it, or it is answered by now.")
NO_DOCUMENTS = N_("There are no documents yet to point at. Write an answer instead.")


class AnswerGap(Button, template=r"footnote:gap-answer:(?P<gap>\d+)(?::(?P<document>\w+))?"):
    """Opens the modal for an answer; with a document, its nearest place is what may be edited."""

    opened_by = COMMAND

    def __init__(self, gap: int | str, document: str | None = None, label: str = "") -> None:
        self.gap, self.document = int(gap), document
        of = f":{document}" if document else ""
        super().__init__(
            discord.ui.Button(
                label=label or pgettext("button", "Answer"),
                style=discord.ButtonStyle.primary,
                custom_id=f"footnote:gap-answer:{gap}{of}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        question = await recalled_question(interaction, self.gap)
        text, document = "", self.document
        if document is not None:
            guild, libraries = server_of(interaction), interaction.client.services.libraries
            # No words of another collection than the one that the answer goes into.
            channels = [one.channel for one in (await open_gap(interaction, self.gap)).questions]
            seen = interaction.client.services.sight.collection_for(interaction.guild, channels)
            place = await libraries.errand(
                lambda: libraries.gaps.nearest_in(guild, question, document, seen)
            )
            text = place.text if place else ""
        await interaction.response.send_modal(answer_modal("answer", self.gap, question, text))


class PointAt(Button, template=r"footnote:gap-point:(?P<gap>\d+)"):
    """Opens the modal in which the document is chosen that holds the answer."""

    opened_by = COMMAND

    def __init__(self, gap: int | str) -> None:
        self.gap = int(gap)
        super().__init__(
            discord.ui.Button(label=_("It's in …"), custom_id=f"footnote:gap-point:{gap}")
        )

    async def pressed(self, interaction: Interaction) -> None:
        question = await recalled_question(interaction, self.gap)
        services, guild = interaction.client.services, server_of(interaction)
        libraries, seen = services.libraries, services.sight.of(interaction, private=True)
        documents = await libraries.errand(lambda: libraries.gaps.documents(guild, question, seen))
        if not documents:
            raise FootnoteError(NO_DOCUMENTS)
        await interaction.response.send_modal(pointing_modal(self.gap, documents))


class KeepReply(Button, template=r"footnote:keep-reply:(?P<asked>\d+)"):
    """Opens the modal in which a helper's reply becomes a document."""

    opened_by = COMMAND

    def __init__(self, asked: int | str) -> None:
        self.asked = int(asked)
        super().__init__(
            discord.ui.Button(
                label=_("Keep this answer"),
                style=discord.ButtonStyle.primary,
                custom_id=f"footnote:keep-reply:{asked}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        libraries, guild = interaction.client.services.libraries, server_of(interaction)
        record = libraries.records.hand_offs
        found = await libraries.errand(lambda: record.find(self.asked, guild))
        if found is None or found.reply is None:
            raise FootnoteError(DONE)
        modal = answer_modal("keep", self.asked, found.question, found.reply)
        await interaction.response.send_modal(modal)


async def recalled_question(interaction: Interaction, asked: int) -> str:
    """The question under an id. Raises FootnoteError where it is no longer on record."""
    libraries = interaction.client.services.libraries
    found = await libraries.recall(asked, server_of(interaction))
    if found is None:
        raise FootnoteError(DONE)
    return found.question


async def open_gap(interaction: Interaction, id: int) -> Gap:
    """The gap that a question is in by now. Raises FootnoteError where it is in none."""
    gap = await gap_seen(interaction, id)
    if gap is None:
        raise FootnoteError(DONE)
    return gap


async def gap_seen(interaction: Interaction, id: int, replied: bool = False) -> Gap | None:
    """The gap that a question is in by now, with what was asked where the caller sees it, and that
    question itself where it is one that helpers have `replied` to."""
    libraries, guild = interaction.client.services.libraries, server_of(interaction)
    gap = await libraries.errand(lambda: libraries.gaps.find(guild, id))
    return gap and limited(interaction, gap, id if replied else None)


def limited(interaction: Interaction, gap: Gap, besides: int | None = None) -> Gap | None:
    """A gap with those of its questions that the caller may be told, and one `besides`; None if
    there are none: to some, the server gave the command without the right to manage it."""
    sight, caller = interaction.client.services.sight, interaction.user
    return gap.limited_to(lambda one: one.id == besides or sight.sees(caller, one.channel))
