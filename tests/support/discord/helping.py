"""Set up the helpers of a server, and act as them."""

from dataclasses import dataclass, replace
from typing import Any

import discord
import simcord

from bot.discord.records.server_settings import ServerSettings
from tests.support.discord.acting import shown
from tests.support.discord.world import World


@dataclass(frozen=True, slots=True)
class Help:
    """The helpers' channel, their role, and one of them."""

    channel: simcord.ChannelHandle
    role: simcord.RoleHandle
    helper: simcord.MemberActor


def set_up_help(world: World, **chosen: Any) -> Help:
    """Give a server helpers, a channel for them, and a role that may be pinged."""
    role = world.guild.create_role("Helpers", mentionable=True)
    helper = world.guild.add_member(world.env.create_user("hal", global_name="Hal"), roles=[role])
    channel = world.guild.create_text_channel("helpers")
    choose(world, helper_role=role.id, helper_channel=channel.id, **chosen)
    return Help(channel, role, helper)


def choose(world: World, **chosen: Any) -> ServerSettings:
    """Set some of a server's settings."""
    settings = replace(world.services.settings.of(world.guild.id), **chosen)
    world.services.settings.save(settings)
    return settings


def labels(message: discord.Message) -> list[str]:
    """The labels of the buttons under a message."""
    found: list[Any] = [item for row in message.components for item in getattr(row, "children", [])]
    return [item.label for item in found if getattr(item, "label", None)]


def choices(message: discord.Message) -> dict[str, str]:
    """The choices of the menu under a message: the value of each, by its label."""
    found: list[Any] = [item for row in message.components for item in getattr(row, "children", [])]
    return {each.label: each.value for item in found for each in getattr(item, "options", [])}


def pings(env: simcord.Env, since: int = 0) -> list[Any]:
    """Whom the messages sent or edited since then may ping: their `allowed_mentions`, where those
    let through anything at all."""
    bodies = [call.json for call in env.http_requests[since:] if isinstance(call.json, dict)]
    inner = [body.get("data", body) for body in bodies]
    allowed = [body["allowed_mentions"] for body in inner if "allowed_mentions" in (body or {})]
    return [one for one in allowed if one.get("parse") or one.get("users") or one.get("roles")]


async def fill(
    result: simcord.InteractionResult, by: simcord.MemberActor, **fields: str
) -> discord.Message:
    """Fill in the modal that a click opened; return what comes of it."""
    values: dict[str, Any] = dict(fields)
    if "document" in values:
        values["document"] = [values["document"]]
    return shown(await by.submit_modal(result, values))
