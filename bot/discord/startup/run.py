"""Run the bot from its connection to an orderly end."""

import asyncio
import logging
import signal
from collections.abc import Callable

from bot.discord.services.services import Services

from .client import Footnote
from .portal import in_words

log = logging.getLogger(__name__)

STOPPING = (signal.SIGINT, signal.SIGTERM)


async def serve(bot: Footnote, token: str, ready: Callable[[], None]) -> None:
    """Run the bot until it is told to stop; call `ready` once it is connected.

    Then no more questions are taken, those in flight are finished, long jobs are given up, and
    the connection is closed. Raises FootnoteError, in words, where Discord can't be had.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in STOPPING:
        loop.add_signal_handler(number, stop.set)
    try:
        async with bot:
            await _until_stopped(bot, token, ready, stop)
    finally:
        for number in STOPPING:
            loop.remove_signal_handler(number)


async def _until_stopped(
    bot: Footnote, token: str, ready: Callable[[], None], stop: asyncio.Event
) -> None:
    running = asyncio.create_task(bot.start(token))
    greeting = asyncio.create_task(_when_ready(bot, ready))
    stopping = asyncio.create_task(stop.wait())
    try:
        while not (running.done() or stopping.done()):
            waited = [task for task in (running, stopping, greeting) if not task.done()]
            await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
            if greeting.done():
                greeting.result()  # a library that can't be read ends the bot here, not later
        if running.done():
            with in_words():
                await running
        else:
            await drain(bot.services)
    finally:
        for task in (running, greeting, stopping):
            task.cancel()


async def _when_ready(bot: Footnote, ready: Callable[[], None]) -> None:
    await bot.wait_until_ready()
    await asyncio.to_thread(ready)


async def drain(services: Services) -> None:
    """Take no more questions, finish those in flight, and give up long jobs."""
    questions, jobs, timing = services.limits.questions, services.jobs, services.timing
    log.info("stopping", extra={"questions": len(questions), "jobs": len(jobs)})
    services.limits.closing = True
    if not await questions.landed(timing.grace):
        log.warning("questions cut off", extra={"questions": len(questions)})
    services.libraries.stop()
    if not await jobs.landed(timing.job_grace):
        log.warning("jobs cut off", extra={"jobs": len(jobs)})
