"""Send to Discord, and try again where it was too much at once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any, TypeVar

import discord

from bot.discord.services.limits import Timing
from bot.discord.services.services import Interaction

log = logging.getLogger(__name__)

TOO_MANY = 429

Sent = TypeVar("Sent")
Sleep = Callable[[float], Awaitable[None]]


async def patiently(
    send: Callable[[], Awaitable[Sent]], timing: Timing, sleep: Sleep = asyncio.sleep
) -> Sent:
    """Return the result of `send`, tried again where Discord says that it was too much at once.

    discord.py does so by itself only when the answer came through Discord's own proxy.
    Raises discord.HTTPException if it stays too much, or is refused for another reason.
    """
    for _ in range(timing.tries - 1):
        try:
            return await send()
        except discord.HTTPException as error:
            if error.status != TOO_MANY:
                raise
            await sleep(retry_after(error, timing))
    return await send()


def retry_after(error: discord.HTTPException, timing: Timing) -> float:
    """The seconds that Discord asks to wait, as far as they are obeyed."""
    headers: Any = getattr(error.response, "headers", {})
    try:
        asked = float(headers.get("Retry-After", timing.pause))
    except ValueError:
        asked = timing.pause
    return min(asked, timing.longest_pause)


async def replace(interaction: Interaction, text: str, view: discord.ui.View | None = None) -> None:
    """Put a text and its buttons (None: none) in place of what an interaction shows so far."""
    edit = partial(interaction.edit_original_response, content=text, view=view)
    await patiently(edit, interaction.client.services.timing)


async def follow_up(
    interaction: Interaction, text: str, ephemeral: bool, view: discord.ui.View | None = None
) -> None:
    """Send a further message for an interaction, with no previews of links; try only once."""
    await interaction.followup.send(
        text,
        ephemeral=ephemeral,
        view=discord.utils.MISSING if view is None else view,
        suppress_embeds=True,
    )


async def add(interaction: Interaction, text: str, ephemeral: bool) -> None:
    """Send a further message for an interaction, patiently."""
    send = partial(follow_up, interaction, text, ephemeral)
    await patiently(send, interaction.client.services.timing)


async def say(interaction: Interaction, text: str) -> None:
    """Tell the person who clicked or called, and nobody else, whatever was answered before."""
    try:
        if not interaction.response.is_done():
            await interaction.response.send_message(text, ephemeral=True, suppress_embeds=True)
        else:
            await add(interaction, text, ephemeral=True)
    except discord.HTTPException as error:
        log.warning("could not tell a member", extra={"code": error.code, "status": error.status})
