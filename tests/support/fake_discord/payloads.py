"""Discord's payloads: servers, people, messages, interactions, as its documentation has them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from discord.utils import time_snowflake

from bot.discord.startup.portal import NEEDED

Payload = dict[str, Any]

APPLICATION = 7001
# The kinds of interaction, and of an option of a command.
COMMAND, COMPONENT = 2, 3
# Kinds of channels.
PUBLIC_THREAD, FORUM = 11, 15
BUTTON = 2
SUBCOMMAND, STRING, ATTACHMENT = 1, 3, 11
ATTACHMENT_LIMIT = 10 * 1024 * 1024

_numbers = count(1)


def snowflake() -> int:
    """A new number that says, as all of Discord's do, when it was given."""
    return time_snowflake(datetime.now(UTC)) + next(_numbers)


def shard_of(guild: int, count: int) -> int:
    """The shard that a server is on, by the rule in Discord's documentation."""
    return (guild >> 22) % count


@dataclass(frozen=True, slots=True)
class Server:
    """A server with one channel, maybe some forums, and what the bot may do in it."""

    id: int
    name: str
    permissions: int = NEEDED.value
    available: bool = True
    forum_count: int = 0

    @property
    def channel(self) -> int:
        """The number of its channel."""
        return self.id + 1

    @property
    def forums(self) -> list[int]:
        """The numbers of its forums."""
        return [self.channel + 1 + at for at in range(self.forum_count)]

    @property
    def library(self) -> str:
        """The name of its library."""
        return f"guild-{self.id}"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who asks."""

    id: int
    name: str


def user(id: int, name: str, bot: bool = False) -> Payload:
    """A person or a bot."""
    return {"id": str(id), "username": name, "discriminator": "0", "avatar": None, "bot": bot}


ME = user(APPLICATION, "Footnote", bot=True)


def member(who: Payload, roles: tuple[int, ...] = ()) -> Payload:
    """Somebody as a member of a server."""
    return {
        "user": who,
        "roles": [str(role) for role in roles],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": "0",
    }


def application(flags: int, endpoint: str | None) -> Payload:
    """An application as the developer portal has it."""
    return {
        "id": str(APPLICATION),
        "name": "Footnote",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": ME,
        "team": None,
        "flags": flags,
        "interactions_endpoint_url": endpoint,
    }


def guild(server: Server) -> Payload:
    """A server as it is sent once the bot is connected."""
    everyone = {
        "id": str(server.id),
        "name": "@everyone",
        "permissions": str(server.permissions),
        "position": 0,
        "color": 0,
        "colors": {"primary_color": 0},
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
    return {
        "id": str(server.id),
        "name": server.name,
        "owner_id": "1",
        "roles": [everyone],
        "channels": [channel(server), *map(forum, server.forums)],
        "members": [member(ME)],
        "member_count": 2,
        "features": [],
        "verification_level": 0,
        "preferred_locale": "en-US",
    } | {name: [] for name in ("threads", "emojis", "stickers", "voice_states", "presences")}


def channel(server: Server) -> Payload:
    """A server's one channel."""
    return {
        "id": str(server.channel),
        "type": 0,
        "name": "general",
        "position": 0,
        "permission_overwrites": [],
    }


def forum(id: int) -> Payload:
    """A forum."""
    return {
        "id": str(id),
        "type": FORUM,
        "name": f"forum-{id}",
        "position": 0,
        "permission_overwrites": [],
        "available_tags": [],
    }


def thread(server: Server, forum: int, title: str, by: "Member") -> Payload:
    """A new post of a forum."""
    now = datetime.now(UTC).isoformat()
    closed = {"archived": False, "locked": False, "auto_archive_duration": 1440}
    return {
        "id": str(snowflake()),
        "guild_id": str(server.id),
        "parent_id": str(forum),
        "owner_id": str(by.id),
        "type": PUBLIC_THREAD,
        "name": title,
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "flags": 0,
        "applied_tags": [],
        "newly_created": True,
        "thread_metadata": closed | {"archive_timestamp": now, "create_timestamp": now},
    }


def message(channel: int, author: Payload, content: str) -> Payload:
    """A message."""
    return {
        "id": str(snowflake()),
        "channel_id": str(channel),
        "author": author,
        "content": content,
        "timestamp": datetime.now(UTC).isoformat(),
        "edited_timestamp": None,
        "type": 0,
        "tts": False,
        "mention_everyone": False,
        "pinned": False,
    } | {name: [] for name in ("mentions", "mention_roles", "attachments", "embeds", "components")}


def button(id: str) -> Payload:
    """A button under a message."""
    return {"type": BUTTON, "style": 2, "label": "A button", "custom_id": id}


def interaction(kind: int, server: Server, by: Member, data: Payload) -> Payload:
    """A command that was called, or a button that was pressed."""
    id = snowflake()
    return {
        "id": str(id),
        "application_id": str(APPLICATION),
        "type": kind,
        "token": f"token-{id}",
        "version": 1,
        "data": data,
        "guild_id": str(server.id),
        "channel_id": str(server.channel),
        "channel": channel(server),
        "member": member(user(by.id, by.name)),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 0,
        "attachment_size_limit": ATTACHMENT_LIMIT,
        "app_permissions": str(server.permissions),
    }
