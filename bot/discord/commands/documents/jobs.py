"""Long jobs on documents, their progress shown by editing the message that began them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

import discord

from bot.discord.language.translation import _, ngettext
from bot.discord.messages.document_list import outcome_lines
from bot.discord.messages.failure import explain
from bot.discord.messages.send import add, replace
from bot.discord.messages.split import pack
from bot.discord.services.libraries import Progress
from bot.discord.services.services import Interaction, Services
from retrieval.errors import FootnoteError
from retrieval.types import Added

log = logging.getLogger(__name__)

Job = Callable[[Progress], Awaitable[Sequence[Added]]]
# A job that puts its outcome into lines by itself.
TellingJob = Callable[[Progress], Awaitable[list[str]]]


async def show_job(
    services: Services, interaction: Interaction, doing: str, job: Job, before: str = ""
) -> None:
    """As `show_lines`, for a job that tells what became of sources."""

    async def telling(progress: Progress) -> list[str]:
        return outcome_lines(await job(progress))

    await show_lines(services, interaction, doing, telling, before)


async def show_lines(
    services: Services, interaction: Interaction, doing: str, job: TellingJob, before: str = ""
) -> None:
    """Run a job for a deferred interaction, showing its progress, and at last its outcome.

    `before` stands above the outcome. A job that fails for a reason that a person can put right
    has that reason for its outcome; anything else that it raises is raised.
    """
    with services.jobs.counted():
        try:
            told = await _watched(services, interaction, doing, job)
            lines = [before, *told] if before else told
        except FootnoteError as error:
            lines = [explain(error)]
        await tell_outcome(interaction, lines or [_("There was nothing to do.")])


async def _watched(
    services: Services, interaction: Interaction, doing: str, job: TellingJob
) -> list[str]:
    progress = services.libraries.begin()
    work = asyncio.ensure_future(job(progress))
    shown = 0
    while True:
        done, _ = await asyncio.wait([work], timeout=services.timing.job_interval)
        if done:
            return work.result()
        if progress.passages != shown and not interaction.is_expired():
            shown = progress.passages
            so_far = ngettext("{count} passage so far.", "{count} passages so far.", shown)
            await _show(interaction, f"{doing} … {so_far}")


async def _show(interaction: Interaction, progress: str) -> None:
    """Show progress. That must never cost the job, so errors are logged."""
    try:
        await replace(interaction, progress)
    except discord.HTTPException as error:
        log.info("could not show progress", extra={"status": error.status})


async def tell_outcome(interaction: Interaction, lines: Sequence[str]) -> None:
    """Show the outcome in place of the progress, or in the channel if the message has expired."""
    first, *others = texts = pack(f"\n{line}" for line in lines)
    if interaction.is_expired():
        if isinstance(channel := interaction.channel, discord.abc.Messageable):
            for text in texts:
                await channel.send(text, suppress_embeds=True)
        return
    await replace(interaction, first)
    for text in others:
        await add(interaction, text, ephemeral=True)
