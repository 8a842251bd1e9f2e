"""What `footnote doctor` looks at where a bot is several processes: that libraries are at home."""

from collections.abc import Iterator
from shlex import quote
from typing import TYPE_CHECKING

from bot.settings import SETTING, Shards

from .check import Check

if TYPE_CHECKING:
    from retrieval.store.home import Home

MOVE = (
    "Stop both processes, then: mv -n {files} HOME/libraries/ (HOME being the home of the process "
    "that runs shard {shard}; its vectors are made anew there by themselves)"
)


def check_shards(home: "Home", shards: Shards) -> Iterator[Check]:
    """The servers' libraries that no question reaches here, as other processes run their shards."""
    from bot.discord.libraries import guild_of

    guilds = {name: guild for name in home.names() if (guild := guild_of(name)) is not None}
    away = {name: guild for name, guild in guilds.items() if not shards.have(guild)}
    for name, guild in away.items():
        shard = shards.shard_of(guild)
        found = f"{name} belongs to shard {shard} of {shards.count}, which does not run here"
        files = f"{quote(str(home.folder / 'libraries' / name))}.db*"
        yield Check("shards", False, found, MOVE.format(files=files, shard=shard))
    if not away:
        yield Check("shards", True, f"{SETTING}: {shards}; no library here belongs elsewhere")
