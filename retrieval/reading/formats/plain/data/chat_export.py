"""Turn exported chats into lines like "Ada, 2024-05-01: Good morning."

Read as such are the exports of Discord (by its common exporters), Slack and Telegram, and whatever
else is a list of objects that each have an author, a time and a text.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

LISTS = ("messages", "message")
AUTHORS = ("author", "from", "user_profile", "user", "sender", "username", "name")
NAMES = ("nickname", "real_name", "display_name", "name", "username")
TIMES = ("timestamp", "date", "ts", "time", "created_at")
TEXTS = ("content", "text", "message", "body")
# An object with one of these is an article, and its text not all there is to it.
NO_MESSAGE = ("title", "subject", "headline")
DAY = len("2024-05-01")


def as_messages(value: object) -> list[str] | None:
    """The messages of an exported chat, one text each; None where it isn't one."""
    inside = value
    if isinstance(value, Mapping):
        inside = next((value[key] for key in LISTS if isinstance(value.get(key), list)), None)
    if not isinstance(inside, list) or not inside:
        return None
    # That someone joined is a message without a text, and left out.
    messages = [_as_message(each) for each in inside]
    return list(filter(None, messages)) if all(each is not None for each in messages) else None


def _as_message(value: object) -> str | None:
    if not isinstance(value, Mapping) or any(key in value for key in NO_MESSAGE):
        return None
    text = next((_text(value[key]) for key in TEXTS if key in value), None)
    time = next((value[key] for key in TIMES if isinstance(value.get(key), str)), None)
    if text is None or time is None:
        return None
    author = next(filter(None, (_author(value.get(key)) for key in AUTHORS)), "")
    # Services' own messages have neither.
    return f"{author}, {_day(time)}: {text}" if author and text.strip() else ""


def _author(value: object) -> str:
    if isinstance(value, Mapping):
        return next(filter(None, (_author(value.get(key)) for key in NAMES)), "")
    return value if isinstance(value, str) else ""


def _text(value: object) -> str | None:
    """A message's text, which Telegram gives in pieces."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return None
    pieces = (piece.get("text") if isinstance(piece, Mapping) else piece for piece in value)
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _day(time: str) -> str:
    """The day of a time in ISO 8601, or in seconds since 1970, in UTC."""
    try:
        return datetime.fromtimestamp(float(time), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return time[:DAY]
