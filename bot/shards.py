"""The part of Discord's shards that a process runs, which says which servers are its own."""

import re
from dataclasses import dataclass

from retrieval.errors import FootnoteError

SETTING = "FOOTNOTE_SHARDS"
WRITTEN = re.compile(r"(?P<first>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?/(?P<count>[0-9]{1,5})")
# The low bits of a server's number that say nothing of when it was made. Discord's documentation,
# "Sharding": shard_id = (guild_id >> 22) % num_shards.
LOW_BITS = 22


@dataclass(frozen=True, slots=True)
class Shards:
    """Some of the `count` shards that a bot's servers are spread over."""

    ids: tuple[int, ...]
    count: int

    def __str__(self) -> str:
        return f"{numbered(self.ids)} of {self.count}"

    @property
    def leading(self) -> bool:
        """True where shard 0, at which direct messages arrive, is among them."""
        return 0 in self.ids

    @property
    def all(self) -> bool:
        """True where this process runs all shards."""
        return len(self.ids) == self.count

    def shard_of(self, guild: int) -> int:
        """The shard that a server belongs to."""
        return (guild >> LOW_BITS) % self.count

    def have(self, guild: int) -> bool:
        """True where a server belongs to one of them."""
        return self.shard_of(guild) in self.ids


def read_shards(written: str) -> Shards:
    """The shards that are meant by `0/4` or `0-1/4`. Raises FootnoteError, naming the setting."""
    found = WRITTEN.fullmatch(written.strip())
    if found is None:
        raise FootnoteError(
            f"The setting {SETTING} is wrong: {written!r} is not like 0/4 or 0-1/4, the shards "
            "that this process runs and how many there are in all."
        )
    first, count = int(found["first"]), int(found["count"])
    last = int(found["last"] or first)
    if not first <= last < count:
        raise FootnoteError(
            f"The setting {SETTING} is wrong: in {written!r} the shards have to go upwards, from 0 "
            "to one less than the number after the slash."
        )
    return Shards(tuple(range(first, last + 1)), count)


def numbered(ids: tuple[int, ...]) -> str:
    """Shards as people name them: `shard 0`, `shards 0 and 1`, `shards 0 to 2`."""
    match ids:
        case (only,):
            return f"shard {only}"
        case (first, second):
            return f"shards {first} and {second}"
    return f"shards {ids[0]} to {ids[-1]}"
