"""*Tell me when there's an answer*: a member's wish, and the message that fulfils it."""

from collections.abc import Sequence

import discord

from bot.discord.language.speaking import speaking
from bot.discord.language.translation import N_, _, in_words, ngettext
from bot.discord.messages.answer import glimpse
from bot.discord.messages.button import Button, together
from bot.discord.messages.send import say
from bot.discord.messages.split import pack
from bot.discord.records.gap_record import Waiting
from bot.discord.services.services import Interaction, Services

from .gaps import Gap
from .keep_answer import ask_again
from .place import PlaceError, find_channel, post, write_to

NOTED = N_("I'll tell you here when there is an answer.")
NOTED_DIRECTLY = N_(
    "I'll write to you when there is an answer, since nobody else saw your question."
)
FORGOTTEN = N_("I no longer remember that question. Please ask it again.")
STOPPED = N_("All right, I won't.")
SAID_NOW = N_("The documents say it by now. Ask again.")
# Characters of a question and of an answer in the message.
ASKED, ANSWERED = 200, 1500


class TellMe(Button, template=r"footnote:tell:(?P<asked>\d+)"):
    """Notes that the member who pressed it wants to be told of an answer."""

    def __init__(self, asked: int | str) -> None:
        self.asked = int(asked)
        super().__init__(
            discord.ui.Button(
                label=_("Tell me when there's an answer"),
                emoji="🔔",
                custom_id=f"footnote:tell:{asked}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        guild, member, asked = interaction.guild_id, interaction.user.id, self.asked
        libraries = interaction.client.services.libraries
        record = libraries.records.gaps
        channel, message = await self._place(interaction)

        def work() -> bool:
            new = record.wait(asked, guild, member, channel, message)
            return new or record.is_waiting(asked, member)

        if not await libraries.errand(work):
            await say(interaction, _(FORGOTTEN))
            return
        text = _(NOTED if channel else NOTED_DIRECTLY)
        await interaction.response.send_message(
            text, view=together(DontTellMe(asked)), ephemeral=True
        )

    async def _place(self, interaction: Interaction) -> tuple[int | None, int | None]:
        """The place of the button, or, where one person alone sees it, of what was handed over."""
        libraries, guild = interaction.client.services.libraries, interaction.guild_id
        channel, message = place_of(interaction)
        if channel is None and guild is not None:
            record = libraries.records.hand_offs
            handed = await libraries.errand(lambda: record.find(self.asked, guild))
            return (handed.channel, handed.message) if handed else (None, None)
        return channel, message


class DontTellMe(Button, template=r"footnote:dont-tell:(?P<asked>\d+)"):
    """Takes that wish back."""

    def __init__(self, asked: int | str) -> None:
        self.asked = int(asked)
        super().__init__(
            discord.ui.Button(label=_("Don't tell me"), custom_id=f"footnote:dont-tell:{asked}")
        )

    async def pressed(self, interaction: Interaction) -> None:
        libraries, member = interaction.client.services.libraries, interaction.user.id
        await libraries.errand(lambda: libraries.records.gaps.stop_waiting(self.asked, member))
        await interaction.response.edit_message(content=_(STOPPED), view=None)


def place_of(interaction: Interaction) -> tuple[int | None, int | None]:
    """The channel and message of a button that was pressed; none where one person alone sees it."""
    message = interaction.message
    if message is None or message.flags.ephemeral or interaction.guild_id is None:
        return None, None
    return interaction.channel_id, message.id


async def settle_answered(
    client: discord.Client, services: Services, guild: int, gap: Gap
) -> list[str]:
    """Take the questions off a gap that documents answer by now, and tell those who wanted it;
    returns lines on that, none where there are no such questions."""
    libraries = services.libraries
    seen = {one.channel: seen_in(client, services, guild, one.channel) for one in gap.questions}
    settled = await libraries.job(lambda: ask_again(libraries.gaps, guild, gap, seen))
    if not settled:
        return []
    waiting = await libraries.errand(lambda: libraries.records.gaps.take_waiting(settled, guild))
    with speaking(await services.language_in(client.get_guild(guild))):
        said = _(SAID_NOW)
    told = await tell_all(client, services, guild, waiting, said)
    by_now = ngettext(
        "{count} question answered by now, from documents.",
        "{count} questions answered by now, from documents.",
        len(settled),
    )
    return [f"✅ {by_now}", *told]


def seen_in(
    client: discord.Client, services: Services, guild: int, channel: int | None
) -> Sequence[str]:
    """The collections that all may read who can see the channel where something was asked."""
    server = client.get_guild(guild)
    if server is None or channel is None:
        return ()
    return services.sight.in_channel(server.get_channel_or_thread(channel))


async def tell_all(
    client: discord.Client, services: Services, guild: int, waiting: Sequence[Waiting], text: str
) -> list[str]:
    """Tell those who wanted it that there is an answer, each where they asked; returns lines on how
    that went. `text` has been escaped, and is in the language of the server."""
    failures: dict[str, int] = {}
    for one in waiting:
        try:
            with speaking(await services.language_in(client.get_guild(guild))):
                await _tell(client, services, guild, one, text)
        except PlaceError as error:
            why = in_words(error)
            failures[why] = failures.get(why, 0) + 1
    told = len(waiting) - sum(failures.values())
    lines = []
    if told:
        said = ngettext(
            "Told {count} who wanted to know.", "Told {count} who wanted to know.", told
        )
        lines.append(f"🔔 {said}")
    for why, count in failures.items():
        said = ngettext(
            "{count} member not told: {why}", "{count} members not told: {why}", count, why=why
        )
        lines.append(f"🔕 {said}")
    return lines


async def _tell(
    client: discord.Client, services: Services, guild: int, one: Waiting, text: str
) -> None:
    said = _("There is an answer now:")
    question = [f"{said}\n> {glimpse(one.question, ASKED)}\n\n", text]
    if one.channel is None:
        for part in pack(question):
            await write_to(client, services, one.member, part)
        return
    channel = await find_channel(client, guild, one.channel)
    # Whoever pressed the button is pinged, and nobody else.
    only = discord.AllowedMentions(
        everyone=False, roles=False, users=[discord.Object(one.member)], replied_user=False
    )
    first, *others = pack([f"<@{one.member}> ", *question])
    await post(client, services, channel, first, one.message, only)
    for part in others:
        await post(client, services, channel, part)
