"""What a moderator hands over in Discord → sources, checked before a byte of it is fetched."""

from pathlib import PurePath

import aiohttp
import discord

from retrieval.errors import FootnoteError
from retrieval.load import SIZE_LIMIT, SUFFIXES
from retrieval.sources import Source, from_link, from_upload

MIB = 1024 * 1024
READ = "Plain text (.txt), Markdown (.md) and HTML files can be read"


def check_options(file: discord.Attachment | None, text: str | None, title: str | None) -> None:
    """Raises FootnoteError unless there is one thing to add, and it can be."""
    if (file is None) == (text is None):
        raise FootnoteError("Give either a file or a text to add.")
    if file is not None:
        check_attachment(file)
    elif not (title or "").strip():
        raise FootnoteError("A text needs a title, under which it will be cited.")


def check_attachment(attachment: discord.Attachment) -> None:
    """Raises FootnoteError, saying why, if an attachment can't be added."""
    name = attachment.filename
    kind = (attachment.content_type or "").partition(";")[0]
    readable = PurePath(name).suffix.lower() in SUFFIXES or kind.startswith("text/")
    if not readable:
        raise FootnoteError(f"{name} is not a kind of file that I can read. {READ}.")
    if attachment.size > SIZE_LIMIT:
        raise FootnoteError(
            f"{name} has {attachment.size / MIB:.0f} MiB; {SIZE_LIMIT // MIB} MiB is the most. "
            "Split it into smaller files."
        )
    if attachment.size == 0:
        raise FootnoteError(f"{name} is empty.")


async def fetch(attachment: discord.Attachment, title: str | None = None) -> Source:
    """A checked attachment, downloaded. Raises FootnoteError where Discord no longer has it.

    Its address expires, so its bytes are what is kept, under the name of the file.
    """
    try:
        return from_upload(attachment.filename, await attachment.read(), title)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise FootnoteError(
            f"Discord did not hand over {attachment.filename}. Please attach it again."
        ) from error


def from_message(message: discord.Message) -> Source:
    """A message as a document: its words, who wrote them and when, and a link to it."""
    channel = getattr(message.channel, "name", None)
    where = f" in #{channel}" if channel else ""
    who, when = message.author.display_name, f"{message.created_at:%-d %B %Y}"
    text = f"{message.clean_content}\n\n{who}{where}, {when}\n"
    return from_link(message.jump_url, text, f"{who}{where}, {when}")
