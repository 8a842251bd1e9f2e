"""The buttons under an answer: *Sources*, a thumb up or down, and what else there is to do."""

from collections.abc import Callable, Iterable, Sequence

import discord

from bot.discord.conversation.modals import follow_up_form, why_form
from bot.discord.language.speaking import speaking
from bot.discord.language.translation import N_, _
from bot.discord.records.question_log import Votes
from bot.discord.services.libraries import ServerLibraries
from bot.discord.services.services import Interaction, Services
from bot.discord.unanswered.hand_off import offers_for
from retrieval.types import Answer

from .answer import source_messages
from .button import Button, together
from .send import add, follow_up, replace, say

FORGOTTEN = N_("I no longer remember that answer. Ask again for one with its sources.")
GONE = N_("The documents that this answer stood in have been removed or replaced since. Ask again.")
NOTED = N_("Your 👎 is counted. If you like, say what was wrong: it helps to mend the documents.")
NOTHING_NEAR = N_("There was nothing in the documents to show.")


class Sources(Button, template=r"footnote:sources:(?P<answer>\d+)"):
    """Shows the passages around the quotes, to the member who pressed it alone."""

    def __init__(self, answer: int | str) -> None:
        self.answer = int(answer)
        super().__init__(
            discord.ui.Button(
                label=_("Sources"), custom_id=f"footnote:sources:{answer}", emoji="📖"
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        services = interaction.client.services
        # Another may press than asked: they see what they may read themselves.
        seen = services.sight.of(interaction, private=True)
        first, *others = await self._messages(services.libraries, interaction.guild_id, seen)
        await replace(interaction, first)
        for text in others:
            await add(interaction, text, ephemeral=True)

    async def _messages(
        self, libraries: ServerLibraries, guild: int | None, seen: Sequence[str]
    ) -> list[str]:
        asked = await libraries.recall(self.answer, guild)
        if asked is None:
            return [_(FORGOTTEN)]
        if not asked.cited:
            return [_(NOTHING_NEAR)]
        found = await libraries.around(guild, asked.cited, seen)
        return source_messages(found) or [_(GONE)]


class Vote(Button, template=r"footnote:vote:(?P<answer>\d+):(?P<way>up|down)"):
    """One vote a member, which the same member may change."""

    def __init__(self, answer: int | str, way: str, count: int = 0) -> None:
        self.answer, self.way = int(answer), way
        super().__init__(
            discord.ui.Button(
                label=str(count) if count else None,
                emoji="👍" if way == "up" else "👎",
                custom_id=f"footnote:vote:{answer}:{way}",
            )
        )

    async def pressed(self, interaction: Interaction) -> None:
        services, guild, id = interaction.client.services, interaction.guild_id, self.answer
        up = self.way == "up"
        votes = await services.libraries.vote(id, guild, interaction.user.id, up)
        asked = await services.libraries.recall(id, guild)
        if votes is None or asked is None:
            await say(interaction, _(FORGOTTEN))
            return
        offers = await offers_for(services, id, guild)
        with speaking(await services.language_of_readers(interaction)):
            shown = answer_buttons(id, votes, offers.under(asked.answered, votes.down > 0))
        await interaction.response.edit_message(view=shown)
        if not up:
            await follow_up(interaction, _(NOTED), ephemeral=True, view=after_thumb_down(id))


class FollowUp(Button, template=r"footnote:follow-up:(?P<answer>\d+)"):
    """Opens a form for another question on the answer: it needs no message that could be read."""

    def __init__(self, answer: int | str) -> None:
        self.answer = int(answer)
        id = f"footnote:follow-up:{answer}"
        super().__init__(discord.ui.Button(label=_("Follow-up"), custom_id=id, emoji="💬"))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(follow_up_form(self.answer))


class WhyNotHelpful(Button, template=r"footnote:why-not:(?P<answer>\d+)"):
    """Opens a form for what was wrong with an answer; nobody has to say."""

    def __init__(self, answer: int | str) -> None:
        self.answer = int(answer)
        id = f"footnote:why-not:{answer}"
        super().__init__(discord.ui.Button(label=_("Why not helpful?"), custom_id=id))

    async def pressed(self, interaction: Interaction) -> None:
        await interaction.response.send_modal(why_form(self.answer))


async def buttons_for(
    services: Services, id: int, guild: int | None
) -> Callable[[Answer], discord.ui.View]:
    """A function that returns the buttons of the answer to a question, once that is known."""
    offers = await offers_for(services, id, guild)
    return lambda answer: answer_buttons(id, others=offers.under(answer.answered))


def answer_buttons(
    answer: int, votes: Votes | None = None, others: Iterable[Button] = ()
) -> discord.ui.View:
    """The buttons of an answer, and after them others that it calls for."""
    counted = votes or Votes()
    up, down = Vote(answer, "up", counted.up), Vote(answer, "down", counted.down)
    return together(Sources(answer), up, down, FollowUp(answer), *others)


def after_thumb_down(answer: int, others: Iterable[Button] = ()) -> discord.ui.View:
    """The choices of a member who found an answer bad."""
    return together(WhyNotHelpful(answer), *others)
