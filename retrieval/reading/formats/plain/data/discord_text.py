"""DiscordChatExporter's plain text: messages under lines like "[5/1/2026 9:12 AM] ada"."""

import re
from collections.abc import Iterator

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import OtherFormatError

from .discord_export import message_line
from .shown_dates import ShownDates

RULE = "=" * 62
OPENING = re.compile(r"\s*={62}\r?\nGuild: (?P<guild>[^\n]*)\n(?:Channel: (?P<channel>[^\n]*)\n)?")
HEADER = re.compile(
    r"\[(?P<shown>[^\]\n]{6,40}\d[^\]\n]{0,20})\] (?P<author>[^\n]{1,100}?)(?: \(pinned\))?"
)
# What comes with a message: pictures and reactions say nothing, an embed has words.
WITHOUT_WORDS = ("{Attachments}", "{Stickers}", "{Reactions}")
EMBED = "{Embed}"
ADDRESS = re.compile(r"https?://\S+")
# What Discord says of itself.
NOTICES = re.compile(
    r"(?:Joined the server|Pinned a message|Started a (?:thread|call)|Changed the channel|"
    r"Added .{1,60} to the group|Removed .{1,60} from the group|Left the group)\b.*"
)


def looks_like_discord_text(text: str) -> bool:
    """Return whether a text begins as an export of a channel does."""
    return OPENING.match(text) is not None


def read_discord_text(text: str, gathering: Gathering) -> None:
    """Add the messages of a channel. Raises OtherFormatError for a text that has none."""
    opening = OPENING.match(text)
    messages = [*_messages(text)] if opening else []
    if opening is None or not messages:
        raise OtherFormatError
    names = (opening["guild"], opening["channel"] or "")
    gathering.title = " › ".join(name.strip() for name in names if name.strip())
    dates = ShownDates((shown, "") for shown, _, _ in messages)
    for shown, author, said in messages:
        if said and not NOTICES.fullmatch(said):
            day = dates.day(shown)
            gathering.date = max(gathering.date, day)
            gathering.add_text(message_line(author, day, "", said))


def _messages(text: str) -> Iterator[tuple[str, str, str]]:
    """The time, author and words of each message."""
    header: re.Match[str] | None = None
    lines = list[str]()
    for line in text.splitlines():
        found = HEADER.fullmatch(line)
        if (found or line == RULE) and header:
            yield header["shown"], header["author"].strip(), _said(lines)
        if found or line == RULE:
            header, lines = found, []
        elif header:
            lines.append(line)


def _said(lines: list[str]) -> str:
    """The words of a message, and of what is embedded in it, but not the addresses there."""
    kept, skipping, embedded = list[str](), False, False
    for line in lines:
        if line in WITHOUT_WORDS or line == EMBED:
            skipping, embedded = line != EMBED, line == EMBED
        elif not line.strip():
            skipping = False
        elif not (skipping or (embedded and ADDRESS.fullmatch(line.strip()))):
            kept.append(line.rstrip())
    return "\n".join(kept).strip()
