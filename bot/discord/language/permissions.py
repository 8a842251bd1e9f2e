"""The permissions that the bot may lack, as Discord's settings call them in each language."""

from collections.abc import Iterable
from types import MappingProxyType

from .translation import N_, _, listed

NAMES = MappingProxyType(
    {
        "view_channel": N_("View Channel"),
        "send_messages": N_("Send Messages"),
        "send_messages_in_threads": N_("Send Messages in Threads"),
        "create_public_threads": N_("Create Public Threads"),
        "read_message_history": N_("Read Message History"),
    }
)


def permissions(flags: Iterable[str]) -> str:
    """Permissions in a row, by discord.py's names for them."""
    return listed([f"*{_(NAMES[flag])}*" for flag in flags])
