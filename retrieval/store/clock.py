"""A clock that is wrong: noticed by what was added at a time that is still to come."""

from datetime import datetime, timedelta

# Clocks of different machines, and of one before and after it was set, differ by a little.
TOLERANCE = timedelta(minutes=10)


def clock_is_behind(newest: str | None, now: datetime) -> bool:
    """Whether the time, in UTC, is before that at which a document was added, in ISO 8601.

    One of the two was wrong. Nothing depends on it but what dates are shown, and which day's budget
    a question is taken from.
    """
    return newest is not None and datetime.fromisoformat(newest) > now + TOLERANCE
