"""The bot from its start to an orderly end."""

import asyncio
import logging
import signal
from collections.abc import Callable

from .client import Footnote
from .portal import in_words

log = logging.getLogger(__name__)

# Seconds that questions in flight have to be answered when the bot is told to stop, and that
# long jobs, which then give up, have to say so.
GRACE, JOB_GRACE = 20.0, 5.0
STOPPING = (signal.SIGINT, signal.SIGTERM)


async def serve(bot: Footnote, token: str, ready: Callable[[], None]) -> None:
    """Runs the bot until it is told to stop; calls `ready` once it is connected.

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
            await drain(bot)
    finally:
        for task in (running, greeting, stopping):
            task.cancel()


async def _when_ready(bot: Footnote, ready: Callable[[], None]) -> None:
    await bot.wait_until_ready()
    await asyncio.to_thread(ready)


async def drain(bot: Footnote) -> None:
    """Takes no more questions, finishes those in flight, and gives up long jobs."""
    log.info("stopping", extra={"questions": len(bot.limits.questions), "jobs": len(bot.jobs)})
    bot.limits.closing = True
    if not await bot.limits.questions.landed(GRACE):
        log.warning("questions cut off", extra={"questions": len(bot.limits.questions)})
    bot.desk.stop()
    await bot.jobs.landed(JOB_GRACE)
