"""The time at which a source is due: by its schedule, spread out, and later after failures."""

from datetime import datetime, timedelta
from hashlib import sha256

from retrieval.types import SourceInfo

NEVER = "never"
INTERVALS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
}
# The choices, in words that settings and the command line share.
EVERY = (NEVER, *INTERVALS)
# The part of an interval by which sources are spread, so that not all are looked at at once.
SPREAD = 0.1
# After a failure it is tried again sooner than usual, then ever later, up to this many intervals.
SOONEST, MOST_INTERVALS = 0.25, 4


def every_of(source: SourceInfo, usual: str) -> str:
    """The schedule of a source: its own, or the usual one."""
    return source.every or usual


def next_look(source: SourceInfo, usual: str, now: datetime) -> datetime | None:
    """The time at which a source is due, which may be past; None where it never is.

    It was looked at when it was added, too.
    """
    interval = INTERVALS.get(every_of(source, usual))
    if interval is None:
        return None
    since = source.looked_at or source.added_at
    if not since:
        return now
    wait = interval * _share(source.failures) + interval * SPREAD * _jitter(source)
    return datetime.fromisoformat(since) + wait


def is_due(source: SourceInfo, usual: str, now: datetime) -> bool:
    """True where it is time to look at a source."""
    due = next_look(source, usual, now)
    return due is not None and due <= now


def _share(failures: int) -> float:
    """The part of an interval to wait after some failures in a row: a quarter, a half, one, …"""
    if not failures:
        return 1.0
    return min(SOONEST * 2.0 ** min(failures - 1, 10), MOST_INTERVALS)


def _jitter(source: SourceInfo) -> float:
    """A number from 0 to 1 that is another for each source and each look, and the same if asked
    again."""
    seed = f"{source.library} {source.id} {source.looked_at}".encode()
    return int.from_bytes(sha256(seed).digest()[:4], "big") / 2**32
