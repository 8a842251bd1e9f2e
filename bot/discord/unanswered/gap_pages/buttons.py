"""The buttons and the menu under a list of gaps: turn it, look at one, and take it off the list."""

from collections.abc import Sequence
from typing import Any, Self

import discord

from bot.discord.commands.permissions import require
from bot.discord.language.speaking import speak_to
from bot.discord.language.translation import N_, _, number
from bot.discord.messages.button import Button, together
from bot.discord.messages.failure import explain
from bot.discord.messages.page_buttons import LEFT, RIGHT, pages, within
from bot.discord.messages.send import add, replace, say
from bot.discord.messages.split import pack
from bot.discord.services.services import Interaction, server_of
from bot.discord.unanswered.gaps import Gap, Order
from bot.discord.unanswered.modals import LABEL
from bot.discord.unanswered.telling import settle_answered
from bot.output.text import shortened

from .answering import COMMAND, AnswerGap, KeepReply, PointAt, limited, open_gap
from .text import A_PAGE, Helpers, gap_details, gap_page

NOT_OURS = N_("Left out: **{count}**. Questions like them won't be listed here any more.")
REOPENED = N_("It is back in the list.")


class TurnGaps(Button, template=r"footnote:gaps:(?P<order>newest|largest):(?P<page>-?\d+)"):
    """The button to a page of the gaps, in an order."""

    opened_by = COMMAND

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
                placeholder=_("Look at one …"),
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
        speak_to(interaction)
        try:
            await require(interaction, COMMAND)
            values: Any = interaction.data
            await interaction.response.defer()
            await show_gap(interaction, int(values["values"][0]))
        except Exception as error:  # noqa: BLE001 -- said and logged, where discord.py only logs
            await say(interaction, explain(error))


class MoreQuestions(Button, template=r"footnote:gap-more:(?P<gap>\d+):(?P<first>\d+)"):
    """Shows the questions of a gap that one page has no room for; after the last, the first."""

    opened_by = COMMAND

    def __init__(self, gap: int | str, first: int | str) -> None:
        self.gap, self.first = int(gap), int(first)
        label = _("More questions") if self.first else _("First questions")
        id = f"footnote:gap-more:{gap}:{first}"
        super().__init__(discord.ui.Button(label=label, custom_id=id))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        await show_gap(interaction, self.gap, self.first)


class NotOurs(Button, template=r"footnote:gap-not-ours:(?P<gap>\d+)"):
    """Takes a gap off the list, and what is like it."""

    opened_by = COMMAND

    def __init__(self, gap: int | str) -> None:
        self.gap = int(gap)
        super().__init__(
            discord.ui.Button(label=_("Not ours"), custom_id=f"footnote:gap-not-ours:{gap}")
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        libraries, guild = interaction.client.services.libraries, server_of(interaction)
        gap = await open_gap(interaction, self.gap)
        record, member = libraries.records.gaps, interaction.user.id
        await libraries.errand(lambda: record.settle(gap.ids, guild, self.gap, "not ours", member))
        view = together(Reopen(self.gap), TurnGaps("largest", 0, _("Back to the list")))
        await replace(interaction, _(NOT_OURS, count=number(len(gap.ids))), view)


class Reopen(Button, template=r"footnote:gap-reopen:(?P<gap>\d+)"):
    """Undoes *Not ours* or *It's in …*."""

    opened_by = COMMAND

    def __init__(self, gap: int | str) -> None:
        self.gap = int(gap)
        super().__init__(discord.ui.Button(label=_("Undo"), custom_id=f"footnote:gap-reopen:{gap}"))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        libraries, guild = interaction.client.services.libraries, server_of(interaction)
        await libraries.errand(lambda: libraries.records.gaps.reopen(self.gap, guild))
        await replace(
            interaction, _(REOPENED), together(TurnGaps("largest", 0, _("Back to the list")))
        )


async def helpers_of(interaction: Interaction) -> Helpers:
    """A server's helpers, as its settings name them; a role that is gone is nobody's."""
    settings = await interaction.client.services.settings_of(interaction.guild)
    if settings is None or interaction.guild is None or settings.helper_role is None:
        return Helpers()
    role = interaction.guild.get_role(settings.helper_role)
    return Helpers(role.id if role else None)


async def show_gaps(interaction: Interaction, order: Order, page: int) -> None:
    """Show a page of a server's gaps in place of what a deferred interaction shows."""
    services, guild = interaction.client.services, server_of(interaction)
    found = await services.libraries.errand(lambda: services.libraries.gaps.of(guild, order))
    gaps = [gap for gap in (limited(interaction, one) for one in found) if gap is not None]
    page = within(page, len(gaps), A_PAGE)
    shown = gaps[page * A_PAGE : (page + 1) * A_PAGE]
    seen = services.sight.of(interaction, private=True)
    near = await services.libraries.errand(
        lambda: [services.libraries.gaps.nearest(guild, gap.title, seen) for gap in shown]
    )
    text = gap_page(gaps, near, page, order, await helpers_of(interaction))
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
    if last > 0:
        view.add_item(TurnGaps(order, page - 1, emoji=LEFT, disabled=page <= 0))
        view.add_item(TurnGaps(order, page + 1, emoji=RIGHT, disabled=page >= last))
    if len(gaps) > 1:
        view.add_item(
            TurnGaps(other, 0, _("Newest first") if other == "newest" else _("Largest first"))
        )
    return view


async def show_gap(interaction: Interaction, id: int, first: int = 0) -> None:
    """Show one gap with its questions from the `first` on, and what can be done about it."""
    services, guild = interaction.client.services, server_of(interaction)
    libraries, gap = services.libraries, await open_gap(interaction, id)
    lines = await settle_answered(interaction.client, services, guild, gap)
    left = await libraries.errand(lambda: libraries.gaps.left_of(guild, gap))
    if left is None:
        back = together(TurnGaps("largest", 0, _("Back to the list")))
        await _show_whole(interaction, lines, back)
        return
    seen = services.sight.of(interaction, private=True)
    near = await libraries.errand(lambda: libraries.gaps.nearest(guild, left.title, seen))
    replied = await libraries.errand(lambda: libraries.records.hand_offs.to_keep(guild))
    replies = [one for one in replied if one.asked in left.ids]
    helpers = await helpers_of(interaction)
    details = gap_details(guild, left, near, helpers, replies, first)
    keep = [KeepReply(one.asked) for one in replies[:1]]
    await _show_whole(
        interaction, [*lines, details.text], _gap_view(left, details.next, keep, turned=first > 0)
    )


def _gap_view(gap: Gap, next: int, keep: Sequence[KeepReply], turned: bool) -> discord.ui.View:
    more = [MoreQuestions(gap.id, next)] if next or turned else []
    back = TurnGaps("largest", 0, _("Back to the list"))
    return together(AnswerGap(gap.id), PointAt(gap.id), NotOurs(gap.id), *keep, *more, back)


async def _show_whole(
    interaction: Interaction, parts: Sequence[str], view: discord.ui.View
) -> None:
    """Show parts of a text in place of what a deferred interaction shows, in as many messages as
    they take."""
    first, *others = pack(f"\n{part}" for part in parts)
    await replace(interaction, first, view)
    for text in others:
        await add(interaction, text, ephemeral=True)
