"""Sending to Discord: patient with its limits, and in words for whoever is told of an error."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import discord

from bot.output.console import shortened
from retrieval.errors import FootnoteError

from .markdown import plain

log = logging.getLogger(__name__)

TRIES = 5
TOO_MANY = 429
# What a 429 without a Retry-After is taken to ask for, and the longest it is obeyed, in seconds.
PAUSE, LONGEST_PAUSE = 1.0, 30.0
# A sentence may repeat what somebody typed; each of its characters may need a backslash.
LONGEST_REASON = 900
UNFORESEEN = "Something went wrong on my side. It has been written to my log; please try again."

Sent = TypeVar("Sent")


async def patiently(send: Callable[[], Awaitable[Sent]]) -> Sent:
    """What `send` returns, tried again where Discord says that it was too much at once.

    discord.py does so by itself only when the answer came through Discord's own proxy.
    Raises discord.HTTPException if it stays too much, or is refused for another reason.
    """
    for _ in range(TRIES - 1):
        try:
            return await send()
        except discord.HTTPException as error:
            if error.status != TOO_MANY:
                raise
            await asyncio.sleep(pause(error))
    return await send()


async def replace(
    interaction: discord.Interaction[Any], text: str, view: discord.ui.View | None = None
) -> None:
    """Puts a text and its buttons (None: none) in place of what an interaction shows so far."""
    await patiently(lambda: interaction.edit_original_response(content=text, view=view))


async def follow_up(
    interaction: discord.Interaction[Any],
    text: str,
    ephemeral: bool,
    view: discord.ui.View | None = None,
) -> None:
    """Sends a further message for an interaction, with no previews of links; tries only once."""
    await interaction.followup.send(
        text,
        ephemeral=ephemeral,
        view=discord.utils.MISSING if view is None else view,
        suppress_embeds=True,
    )


async def add(interaction: discord.Interaction[Any], text: str, ephemeral: bool) -> None:
    """Sends a further message for an interaction, patiently."""
    await patiently(partial(follow_up, interaction, text, ephemeral))


def pause(error: discord.HTTPException) -> float:
    """How many seconds Discord asks one to wait, as far as it is obeyed."""
    headers: Any = getattr(error.response, "headers", {})
    try:
        asked = float(headers.get("Retry-After", PAUSE))
    except ValueError:
        asked = PAUSE
    return min(asked, LONGEST_PAUSE)


async def say(interaction: discord.Interaction[Any], text: str) -> None:
    """Tells the person who clicked or called, and nobody else, whatever was answered before."""
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(text, ephemeral=True, suppress_embeds=True)
        else:
            await add(interaction, text, ephemeral=True)
    except discord.HTTPException as error:
        log.warning("could not tell a member", extra={"code": error.code, "status": error.status})


def explain(error: BaseException) -> str:
    """An error in a sentence for members. What they can't help is logged in full."""
    if isinstance(error, FootnoteError):
        return plain(shortened(str(error), LONGEST_REASON))
    log.error("unforeseen", exc_info=error)
    return UNFORESEEN
