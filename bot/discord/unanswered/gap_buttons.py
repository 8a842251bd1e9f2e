"""The buttons and the menu under a list of gaps: turn it, look at one, and deal with it."""

from collections.abc import Sequence
from typing import Any, Self

import discord

from bot.discord.commands.permissions import require_manager
from bot.discord.messages.button import Button, together
from bot.discord.messages.failure import explain
from bot.discord.messages.page_buttons import LEFT, RIGHT, pages, within
from bot.discord.messages.send import replace, say
from bot.discord.messages.split import pack
from bot.discord.services.services import Interaction, Services, server_of
from bot.output.text import shortened
from retrieval.errors import FootnoteError

from .gap_list import A_PAGE, Helpers, gap_details, gap_page
from .gaps import Gap, Order
from .modals import LABEL, answer_modal, pointing_modal
from .telling import settle_answered

DONE = "That is no longer open: somebody has dealt with it, or it is answered by now."
NOT_OURS = "Left out: **{count}**. Questions like them won't be listed here any more."
REOPENED = "It is back in the list."
NO_DOCUMENTS = "There are no documents yet to point at. Write an answer instead."


class TurnGaps(Button, template=r"footnote:gaps:(?P<order>newest|largest):(?P<page>-?\d+)"):
    """The button to a page of the gaps, in an order."""

    def __init__(
        self, order: str, page: int | str, label: str = "", emoji: str = "", disabled: bool = False
    ) -> None:
        self.order: Order = "newest" if order == "newest" else "largest"
        self.page = int(page)
        super().__init__(
            discord.ui.Button(
                label=label or None,
                emoji=emoji or (None if label else RIGHT),
                custom_id=f"footnote:gaps:{order}:{page}",
                disabled=disabled,
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        await show_gaps(interaction, self.order, self.page)


class LookAt(
    discord.ui.DynamicItem[discord.ui.Select[Any]], template=r"footnote:gap-choice:(?P<order>\w+)"
):
    """The menu in which one gap of a page is chosen."""

    def __init__(self, order: str, gaps: Sequence[Gap] = ()) -> None:
        options = [
            discord.SelectOption(label=shortened(gap.title, LABEL)[:LABEL], value=str(gap.id))
            for gap in gaps
        ]
        super().__init__(
            discord.ui.Select(
                placeholder="Look at one …",
                custom_id=f"footnote:gap-choice:{order}",
                options=options,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Any, match: Any, /
    ) -> Self:
        """Rebuild the menu from its id."""
        return cls(match["order"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            values: Any = interaction.data
            await interaction.response.defer()
            await show_gap(interaction, int(values["values"][0]))
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))


class AnswerGap(Button, template=r"footnote:gap-answer:(?P<gap>\d+)(?::(?P<document>\w+))?"):
    """Opens the modal for an answer; with a document, its nearest place is what may be edited."""

    def __init__(self, gap: int | str, document: str | None = None, label: str = "Answer") -> None:
        self.gap, self.document = int(gap), document
        of = f":{document}" if document else ""
        super().__init__(
            discord.ui.Button(
                label=label,
                style=discord.ButtonStyle.primary,
                custom_id=f"footnote:gap-answer:{gap}{of}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        question = await question_of(interaction, self.gap)
        text, document = "", self.document
        if document is not None:
            libraries, guild = interaction.client.services.libraries, server_of(interaction)
            place = await libraries.errand(
                lambda: libraries.gaps.nearest_in(guild, question, document)
            )
            text = place.text if place else ""
        await interaction.response.send_modal(answer_modal("answer", self.gap, question, text))


class PointAt(Button, template=r"footnote:gap-point:(?P<gap>\d+)"):
    """Opens the modal in which the document is chosen that holds the answer."""

    def __init__(self, gap: int | str) -> None:
        self.gap = int(gap)
        super().__init__(
            discord.ui.Button(label="It's in …", custom_id=f"footnote:gap-point:{gap}")
        )

    async def pressed(self, interaction: Interaction) -> None:
        question = await question_of(interaction, self.gap)
        libraries, guild = interaction.client.services.libraries, server_of(interaction)
        documents = await libraries.errand(lambda: libraries.gaps.documents(guild, question))
        if not documents:
            raise FootnoteError(NO_DOCUMENTS)
        await interaction.response.send_modal(pointing_modal(self.gap, documents))


class NotOurs(Button, template=r"footnote:gap-not-ours:(?P<gap>\d+)"):
    """Takes a gap off the list, and what is like it."""

    def __init__(self, gap: int | str) -> None:
        self.gap = int(gap)
        super().__init__(
            discord.ui.Button(label="Not ours", custom_id=f"footnote:gap-not-ours:{gap}")
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        libraries, guild = interaction.client.services.libraries, server_of(interaction)
        gap = await open_gap(interaction, self.gap)
        record, member = libraries.records.gaps, interaction.user.id
        await libraries.errand(lambda: record.settle(gap.ids, guild, self.gap, "not ours", member))
        view = together(Reopen(self.gap), TurnGaps("largest", 0, "Back to the list"))
        await replace(interaction, NOT_OURS.format(count=len(gap.ids)), view)


class Reopen(Button, template=r"footnote:gap-reopen:(?P<gap>\d+)"):
    """Undoes *Not ours* or *It's in …*."""

    def __init__(self, gap: int | str) -> None:
        self.gap = int(gap)
        super().__init__(discord.ui.Button(label="Undo", custom_id=f"footnote:gap-reopen:{gap}"))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        libraries, guild = interaction.client.services.libraries, server_of(interaction)
        await libraries.errand(lambda: libraries.records.gaps.reopen(self.gap, guild))
        await replace(interaction, REOPENED, together(TurnGaps("largest", 0, "Back to the list")))


class KeepReply(Button, template=r"footnote:keep-reply:(?P<asked>\d+)"):
    """Opens the modal in which a helper's reply becomes a document."""

    def __init__(self, asked: int | str) -> None:
        self.asked = int(asked)
        super().__init__(
            discord.ui.Button(
                label="Keep this answer",
                style=discord.ButtonStyle.primary,
                custom_id=f"footnote:keep-reply:{asked}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        require_manager(interaction)
        libraries, guild = interaction.client.services.libraries, server_of(interaction)
        record = libraries.records.hand_offs
        found = await libraries.errand(lambda: record.find(self.asked, guild))
        if found is None or found.reply is None:
            raise FootnoteError(DONE)
        modal = answer_modal("keep", self.asked, found.question, found.reply)
        await interaction.response.send_modal(modal)


async def question_of(interaction: Interaction, asked: int) -> str:
    """The question under an id. Raises FootnoteError where it is no longer on record."""
    libraries = interaction.client.services.libraries
    found = await libraries.recall(asked, server_of(interaction))
    if found is None:
        raise FootnoteError(DONE)
    return found.question


async def open_gap(interaction: Interaction, id: int) -> Gap:
    """The gap that a question is in by now. Raises FootnoteError where it is in none."""
    libraries, guild = interaction.client.services.libraries, server_of(interaction)
    gap = await libraries.errand(lambda: libraries.gaps.find(guild, id))
    if gap is None:
        raise FootnoteError(DONE)
    return gap


async def helpers_of(services: Services, guild: int) -> Helpers:
    """A server's helpers, as its settings name them."""
    settings = await services.libraries.errand(lambda: services.settings.of(guild))
    return Helpers(settings.helper_role, settings.helper_channel)


async def show_gaps(interaction: Interaction, order: Order, page: int) -> None:
    """Show a page of a server's gaps in place of what a deferred interaction shows."""
    services, guild = interaction.client.services, server_of(interaction)
    gaps = await services.libraries.errand(lambda: services.libraries.gaps.of(guild, order))
    page = within(page, len(gaps), A_PAGE)
    shown = gaps[page * A_PAGE : (page + 1) * A_PAGE]
    near = await services.libraries.errand(
        lambda: [services.libraries.gaps.nearest(guild, gap.title) for gap in shown]
    )
    text = gap_page(gaps, near, page, order, await helpers_of(services, guild))
    await replace(interaction, text, _page_view(gaps, shown, page, order))


def _page_view(
    gaps: Sequence[Gap], shown: Sequence[Gap], page: int, order: Order
) -> discord.ui.View | None:
    if not gaps:
        return None
    last = pages(len(gaps), A_PAGE) - 1
    other = "newest" if order == "largest" else "largest"
    view = discord.ui.View(timeout=None)
    view.add_item(LookAt(order, shown))
    view.add_item(TurnGaps(order, page - 1, emoji=LEFT, disabled=page <= 0))
    view.add_item(TurnGaps(order, page + 1, emoji=RIGHT, disabled=page >= last))
    view.add_item(TurnGaps(other, 0, f"{other.capitalize()} first"))
    return view


async def show_gap(interaction: Interaction, id: int) -> None:
    """Show one gap, and what can be done about it."""
    services, guild = interaction.client.services, server_of(interaction)
    libraries, gap = services.libraries, await open_gap(interaction, id)
    back = TurnGaps("largest", 0, "Back to the list")
    lines = await settle_answered(interaction.client, services, guild, gap)
    open_still = await libraries.errand(lambda: libraries.gaps.left_of(guild, gap))
    if open_still is None:
        await replace(interaction, pack(f"\n{line}" for line in lines)[0], together(back))
        return
    gap = open_still
    near = await libraries.errand(lambda: libraries.gaps.nearest(guild, gap.title))
    replied = await libraries.errand(lambda: libraries.records.hand_offs.to_keep(guild))
    replies = [one for one in replied if one.asked in gap.ids]
    text = gap_details(guild, gap, near, await helpers_of(services, guild), replies[:1])
    keep = [KeepReply(one.asked) for one in replies[:1]]
    buttons = (AnswerGap(gap.id), PointAt(gap.id), NotOurs(gap.id), *keep, back)
    said = pack(f"\n{line}" for line in (*lines, *text.splitlines()))[0]
    await replace(interaction, said, together(*buttons))
