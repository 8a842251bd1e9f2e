"""The bot in Discord's developer portal: what to click there, and the link that invites it.

The link asks for the permissions that the bot itself needs in a server.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import aiohttp
import discord

from bot.shards import SETTING
from retrieval.errors import FootnoteError

PORTAL = "https://discord.com/developers/applications"
# Seconds that Discord has to answer.
PATIENCE = 30.0
NO_TOKEN = (
    f"There is no bot token. Make one at {PORTAL} (your application → Bot → Reset Token), and set "
    "FOOTNOTE_DISCORD_TOKEN to it, in the environment or in a file .env."
)
BAD_TOKEN = (
    f"Discord refused the bot token. Make a new one at {PORTAL} (your application → Bot → Reset "
    "Token), and set FOOTNOTE_DISCORD_TOKEN to it."
)
NO_INTENT = (
    f"Discord refused the intents asked for. Turn on Message Content Intent at {PORTAL} (your "
    "application → Bot → Privileged Gateway Intents), then start again."
)
# Discord closes the connection with this code where the shards are too few for the servers.
SHARDS_REQUIRED = 4011
TOO_FEW_SHARDS = (
    f"Discord wants the bot's servers on more shards. Where {SETTING} is set, raise the number "
    "after its slash for every process of the bot, and move the libraries that footnote doctor "
    "then names; then start again."
)
TROUBLE = "If https://discordstatus.com shows no trouble, wait a few minutes and start again."
ENDPOINT = (
    "Commands would never arrive, because they are sent to a web address. Empty the field "
    f"Interactions Endpoint URL at {PORTAL} (your application → General Information), then start "
    "again."
)
# The permissions that the bot itself needs, for the link that invites it.
NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)


@dataclass(frozen=True, slots=True)
class Application:
    """An application as the portal has it."""

    id: int
    name: str
    message_content: bool


async def look_up(token: str) -> Application:
    """Return a token's application. Raises FootnoteError, saying what to do, if it has none."""
    with in_words():
        async with (
            asyncio.timeout(PATIENCE),
            discord.Client(intents=discord.Intents.none()) as client,
        ):
            await client.login(token)
            found = client.application
            assert found is not None
    if found.interactions_endpoint_url:
        raise FootnoteError(ENDPOINT)
    flags = found.flags
    granted = flags.gateway_message_content or flags.gateway_message_content_limited
    return Application(found.id, found.name, granted)


def invitation(application: int) -> str:
    """The link that brings an application's bot into a server, with the permissions it needs."""
    return discord.utils.oauth_url(
        application, permissions=NEEDED, scopes=("bot", "applications.commands")
    )


def lacking(guild: discord.Guild) -> Sequence[str]:
    """The permissions that the bot needs and lacks in a server, as Discord names them."""
    if guild.unavailable:  # Discord has an outage there, and tells nothing of the server
        return []
    allowed = guild.me.guild_permissions
    missing = [name for name, needed in NEEDED if needed and not getattr(allowed, name)]
    return [name.replace("_", " ").title() for name in missing]


@contextmanager
def in_words() -> Iterator[None]:
    """Turn discord.py's errors of connecting into sentences for an operator."""
    try:
        yield
    except discord.LoginFailure as error:
        raise FootnoteError(BAD_TOKEN) from error
    except discord.PrivilegedIntentsRequired as error:
        raise FootnoteError(NO_INTENT) from error
    except discord.HTTPException as error:
        raise FootnoteError(f"Discord answered with error {error.status}. {TROUBLE}") from error
    except discord.GatewayNotFound as error:
        raise FootnoteError(f"Discord has no gateway to offer. {TROUBLE}") from error
    except discord.ConnectionClosed as error:
        if error.code == SHARDS_REQUIRED:
            raise FootnoteError(TOO_FEW_SHARDS) from error
        raise FootnoteError(
            f"Discord closed the connection with code {error.code}. {TROUBLE}"
        ) from error
    except (aiohttp.ClientError, OSError) as error:
        raise FootnoteError(
            f"Discord can't be reached: {error or 'no answer'}. Check this machine's connection."
        ) from error
