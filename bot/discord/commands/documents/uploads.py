"""Files, texts and addresses given in Discord → sources, checked before a byte is downloaded."""

from dataclasses import dataclass

import aiohttp
import discord

from bot.discord.conversation.message_text import LeftOut, document_text, without_names
from retrieval.errors import FootnoteError
from retrieval.reading.formats.registry import BY_MEDIA_TYPE
from retrieval.reading.limits import ARCHIVE_SUFFIXES, LARGEST_ARCHIVE, LARGEST_FILE
from retrieval.reading.source import LINKS, Source, from_link, from_upload, from_url

MIB = 1024 * 1024
WITHOUT_WORDS = ("image/", "audio/", "video/", "font/")


@dataclass(frozen=True, slots=True)
class Upload:
    """A moderator's document: one of file, text, url and channel is there."""

    file: discord.Attachment | None = None
    text: str | None = None
    url: str | None = None
    title: str | None = None
    channel: bool = False

    def check(self) -> None:
        """Refuse all but one thing that can be added. Raises FootnoteError, saying why."""
        given = sum(thing is not None for thing in (self.file, self.text, self.url))
        if given + self.channel != 1:
            raise FootnoteError("Give one thing to add: a file, a text, a url, or a channel.")
        if self.channel and self.title is not None:
            raise FootnoteError("A channel needs no title: its threads have their own.")
        if self.file is not None:
            check_attachment(self.file)
        if self.text is not None and not (self.title or "").strip():
            raise FootnoteError("A text needs a title, under which it will be cited.")
        if self.url is not None and not self.url.strip().lower().startswith(LINKS):
            raise FootnoteError("A url begins with https:// or http://.")

    async def source(self) -> Source:
        """Return it as a source, an attachment downloaded. Raises FootnoteError if that is gone."""
        if self.file is not None:
            return await download(self.file, self.title)
        if self.url is not None:
            return from_url(self.url.strip(), self.title)
        text = (self.text or "").encode()
        return from_upload(f"{self.title}.txt", text, self.title, kind="text")


def check_attachment(attachment: discord.Attachment) -> None:
    """Refuse an attachment that need not be downloaded. Raises FootnoteError, saying why.

    Whether any other can be read is decided by its content.
    """
    name, kind = attachment.filename, attachment.content_type or ""
    if kind.startswith(WITHOUT_WORDS) and kind not in BY_MEDIA_TYPE:
        raise FootnoteError(
            "{file} holds no text ({kind}). Attach a document.", file=name, kind=kind
        )
    packed = name.lower().endswith(ARCHIVE_SUFFIXES)
    largest = LARGEST_ARCHIVE if packed else LARGEST_FILE
    if attachment.size > largest:
        raise FootnoteError(
            "{file} has {size} MiB; {most} MiB is the most. Split it into smaller files.",
            file=name,
            size=round(attachment.size / MIB),
            most=largest // MIB,
        )
    if attachment.size == 0:
        raise FootnoteError("{file} is empty.", file=name)


async def download(attachment: discord.Attachment, title: str | None = None) -> Source:
    """Download a checked attachment. Raises FootnoteError if Discord no longer has it.

    Its address expires, so the source holds its bytes, under the name of the file.
    """
    try:
        return from_upload(attachment.filename, await attachment.read(), title)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise FootnoteError(
            "Discord did not hand over {file}. Please attach it again.", file=attachment.filename
        ) from error


def from_message(message: discord.Message, left_out: LeftOut) -> Source:
    """Make a message a source: all its words, without the names of those who are left out, its
    author, date and link."""
    channel = getattr(message.channel, "name", None)
    where = f" in #{channel}" if channel else ""
    who, when = message.author.display_name, f"{message.created_at:%-d %B %Y}"
    words = without_names(document_text(message), message, left_out)
    text = f"{words}\n\n{who}{where}, {when}\n"
    date = f"{message.created_at:%Y-%m-%d}"
    return from_link(message.jump_url, text, f"{who}{where}, {when}", who, date)
