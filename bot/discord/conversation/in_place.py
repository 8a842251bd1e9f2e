"""Answer where a command, a menu or a modal was used: in place of "thinking"."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import discord

from bot.discord.language.speaking import speaking, spoken
from bot.discord.language.translation import _
from bot.discord.messages.buttons import buttons_for
from bot.discord.messages.send import follow_up, replace, say
from bot.discord.messages.streaming import deliver
from bot.discord.services.services import Interaction
from retrieval.types import Turn

from .introduction import answer_to, helpers_in
from .small_talk import Talk, only_points, talk_of
from .subject import NOTHING_ASKED

# Reads the turns before a question, which may take longer than Discord waits for a response.
Earlier = Callable[[], Awaitable[Sequence[Turn]]]


async def answer_in_place(
    interaction: Interaction, question: str, earlier: Earlier | None = None, private: bool = False
) -> bool:
    """Answer a question in place, with footnotes; small talk in a few words, to its caller alone.

    The question is quoted: nobody else sees what was asked. True if it was one.
    """
    services = interaction.client.services
    if refusal := services.limits.refusal(interaction.user.id):
        await say(interaction, refusal)
    elif talk := talk_of(question):
        await introduce(interaction, talk)
    elif only_points(question):
        await say(interaction, _(NOTHING_ASKED))
    else:
        with services.limits.questions.counted():
            await interaction.response.defer(ephemeral=private, thinking=True)
            await _answer(interaction, question, await earlier() if earlier else (), private)
        return True
    return False


async def introduce(interaction: Interaction, talk: Talk) -> None:
    """Answer small talk, to the caller alone."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    services, guild = interaction.client.services, interaction.guild
    seen = services.sight.of(interaction, private=True)
    known = await services.libraries.contents(interaction.guild_id, seen)
    helpers = helpers_in(guild, await services.settings_of(guild))
    await replace(interaction, answer_to(talk, known, interaction.guild_id is not None, helpers))


async def _answer(
    interaction: Interaction, question: str, turns: Sequence[Turn], private: bool
) -> None:
    services, id, guild = interaction.client.services, interaction.id, interaction.guild_id
    await services.record_asker(id, guild, interaction.user.id)
    seen = services.sight.of(interaction, private)
    answers = services.libraries.answers(id, guild, question, turns, seen=seen)
    place, buttons = Response(interaction, private), await buttons_for(services, id, guild)
    with speaking(spoken() if private else await services.language_in(interaction.guild)):
        answer = await deliver(answers, place, buttons, services.timing, quoting=True)
    if not private and interaction.channel_id is not None:
        services.attention.remember(interaction.channel_id)
        await services.record_place(id, guild, interaction.channel_id, place.first)
    services.log_answer("ask", id, guild, answer)


@dataclass(slots=True)
class Response:
    """The place of an answer to an interaction: where Discord says that the bot is thinking."""

    interaction: Interaction
    private: bool
    first: discord.Message | None = field(default=None, init=False)

    async def show(self, text: str, view: discord.ui.View | None = None) -> None:
        """Put a text in place of what is shown so far."""
        self.first = await self.interaction.edit_original_response(content=text, view=view)

    async def add(self, text: str, view: discord.ui.View | None = None) -> None:
        """Send a further message, visible to the same people."""
        await follow_up(self.interaction, text, self.private, view)
