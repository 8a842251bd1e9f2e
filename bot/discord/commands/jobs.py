"""Long work on documents, its progress shown by editing the message that began it.

How far a long job has come, and how it is made to give up.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from threading import Event

import discord

from bot.discord.messages.buttons import Interaction
from bot.discord.messages.lists import outcome_line
from bot.discord.messages.send import add, explain, replace
from bot.discord.messages.split import pack
from retrieval.errors import FootnoteError
from retrieval.types import Added


class StoppedError(FootnoteError):
    """A long job was cut short because the bot is closing."""


@dataclass(slots=True)
class Progress:
    """How far a long job has come; written by its thread, read by whoever shows it."""

    stopping: Event
    passages: int = 0

    def __call__(self, passages: int) -> None:
        self.passages += passages
        if self.stopping.is_set():
            raise StoppedError("I had to restart before that was done. Please do it again.")


log = logging.getLogger(__name__)

# Seconds between two looks at a job: edits more frequent than this tell nobody more.
BETWEEN_LOOKS = 2.0

Job = Callable[[Progress], Awaitable[Sequence[Added]]]


async def show_job(interaction: Interaction, doing: str, job: Job, before: str = "") -> None:
    """Runs a job for a deferred interaction, showing how far it is, and at last what came of it.

    `before` stands above the outcome. A job that fails for a reason that a person can put right
    has that reason for its outcome; anything else that it raises is raised.
    """
    bot = interaction.client
    with bot.jobs.counted():
        try:
            results = await _watched(interaction, doing, bot.libraries.begin(), job)
            lines = [before] if before else []
            lines += [outcome_line(added) for added in results]
        except FootnoteError as error:
            lines = [explain(error)]
        await tell_outcome(interaction, lines or ["There was nothing to do."])


async def _watched(
    interaction: Interaction, doing: str, progress: Progress, job: Job
) -> Sequence[Added]:
    work = asyncio.ensure_future(job(progress))
    shown = 0
    while True:
        done, _ = await asyncio.wait([work], timeout=BETWEEN_LOOKS)
        if done:
            return work.result()
        if progress.passages != shown and not interaction.is_expired():
            shown = progress.passages
            await _show(interaction, f"{doing} … {shown:,} passages so far.")


async def _show(interaction: Interaction, progress: str) -> None:
    """Shows progress. That must never cost the job, so what goes wrong is logged."""
    try:
        await replace(interaction, progress)
    except discord.HTTPException as error:
        log.info("could not show progress", extra={"status": error.status})


async def tell_outcome(interaction: Interaction, lines: Sequence[str]) -> None:
    """The outcome in place of the progress; in the channel if the job outlived the message."""
    first, *others = texts = pack(f"\n{line}" for line in lines)
    if interaction.is_expired():
        if isinstance(channel := interaction.channel, discord.abc.Messageable):
            for text in texts:
                await channel.send(text, suppress_embeds=True)
        return
    await replace(interaction, first)
    for text in others:
        await add(interaction, text, ephemeral=True)
