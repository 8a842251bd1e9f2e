"""Read a thread of Discord: its question, the answers that were marked in it, and the rest.

An answer counts where staff marked it by the menu or a ✅, and, where all that is solved is taken,
where whoever asked did. The tag of what is solved says that there is an answer, but not which.
"""

import hashlib
import json
import re
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

import discord

from bot.discord.conversation.history import ORDINARY
from bot.discord.conversation.message_text import LeftOut, said_text, without_names
from bot.discord.forums.post import has_staff, has_tag
from bot.discord.records.server_settings import ServerSettings
from retrieval.reading.formats.plain.data.thread import Said, Thread
from retrieval.reading.source import Source, from_link, from_thread

TICK = "✅"
# The most messages of a thread that are looked through for answers, the newest.
MOST_LOOKED_AT = 5000
# Messages of the rest of a thread that are kept behind its answers, and their characters.
REST, REST_LENGTH = 60, 12_000
# Members whose ticks are looked up, of those under one message.
TICKS = 25
DELETED = re.compile(r"(?:deleted[ _]user)(?:[ _][0-9a-f]+)?", re.IGNORECASE)
SOMEBODY = "a deleted account"


@dataclass(frozen=True, slots=True)
class Document:
    """A thread or a message as a source; `authors` are those of its messages, and `answers` those
    messages of a thread that it is quoted from."""

    source: Source
    digest: str
    authors: Mapping[int, int]
    tagged: bool = False
    answers: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Looked:
    """The findings in a thread: a document, if it has answers that count, or else the message
    that is likeliest to be the answer, where somebody says that there is one."""

    document: Document | None = None
    likeliest: discord.Message | None = None
    without_words: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules for what counts: the marks that do, those that only propose, whom to leave out,
    and the settings of the server. `me` is the bot."""

    counting: Collection[int]
    proposed: Collection[int]
    left_out: LeftOut
    settings: ServerSettings
    me: int


@dataclass(slots=True)
class _Messages:
    """The messages of a thread, by what they are in it; they come the newest first."""

    opening: discord.Message | None
    answers: deque[discord.Message] = field(default_factory=deque)
    rest: deque[discord.Message] = field(default_factory=deque)
    likeliest: discord.Message | None = None
    without_words: bool = False
    length: int = 0

    def put_by(self, message: discord.Message) -> None:
        """Keep a message behind the answers, and let go of later ones where there is no room."""
        if text := said_text(message):
            self.rest.appendleft(message)
            self.length += len(text)
        while len(self.rest) > REST or (self.length > REST_LENGTH and len(self.rest) > 1):
            self.length -= len(said_text(self.rest.pop()))


async def look_at_thread(thread: discord.Thread, rules: Rules) -> Looked:
    """Look at a thread as it is now. Raises discord.HTTPException where Discord refuses."""
    found, seen = _Messages(await opening_of(thread)), 0
    async for message in thread.history(limit=MOST_LOOKED_AT):
        if message.type in ORDINARY and not rules.left_out(message.author.id):
            await _sort(message, found, thread, rules)
        seen = message.id
    for id in sorted((id for id in rules.counting if id < seen), reverse=True):
        with suppress(discord.NotFound):  # marked long ago, in a thread that went on
            await _sort(await thread.fetch_message(id), found, thread, rules)
    tagged = has_tag(thread, rules.settings.solved)
    if not found.answers:
        proposed = found.likeliest is not None and found.likeliest.id in rules.proposed
        likeliest = found.likeliest if tagged or proposed else None
        return Looked(None, likeliest, found.without_words)
    return Looked(_document(thread, found, rules, tagged))


async def opening_of(thread: discord.Thread) -> discord.Message | None:
    """The message that a thread begins with; None where it was deleted, or there is none."""
    where = thread if isinstance(thread.parent, discord.ForumChannel) else thread.parent
    if not isinstance(where, discord.Thread | discord.TextChannel):
        return None
    try:
        return await where.fetch_message(thread.id)
    except discord.NotFound:
        return None


async def _sort(
    message: discord.Message, found: _Messages, thread: discord.Thread, rules: Rules
) -> None:
    asker = asker_of(thread, found.opening)
    if message.author.id == rules.me or (found.opening and message.id == found.opening.id):
        return
    if message.id in rules.counting or await is_ticked(message, thread, rules.settings):
        if said_text(message):
            found.answers.appendleft(message)
        else:
            found.without_words = True
    elif not message.author.bot:
        found.put_by(message)
        if message.author.id != asker and said_text(message):
            chosen = found.likeliest
            first = chosen is not None and chosen.id not in rules.proposed
            if chosen is None or (first and message.id in rules.proposed):
                found.likeliest = message


def asker_of(thread: discord.Thread, opening: discord.Message | None) -> int:
    """The member who asked."""
    return opening.author.id if opening is not None else thread.owner_id


async def has_tick(thread: discord.Thread) -> bool:
    """Tell whether somebody, whoever it is, put a ✅ under a message of a thread."""
    async for message in thread.history(limit=MOST_LOOKED_AT):
        if any(str(reaction.emoji) == TICK for reaction in message.reactions):
            return True
    return False


async def is_ticked(
    message: discord.Message, thread: discord.Thread, settings: ServerSettings
) -> bool:
    """Tell whether staff put a ✅ under a message."""
    for reaction in message.reactions:
        if str(reaction.emoji) == TICK:
            members = [each async for each in reaction.users(limit=TICKS)]
            return await has_staff(thread, members, settings)
    return False


def _document(thread: discord.Thread, found: _Messages, rules: Rules, tagged: bool) -> Document:
    opening = found.opening
    if opening is not None and rules.left_out(opening.author.id):
        opening = None
    shown = not rules.left_out(asker_of(thread, found.opening))
    place = thread.parent.name if thread.parent else ""
    title = thread.name if shown else f"An answer in #{place}"
    out = rules.left_out
    asked = said_by(opening, out) if opening else Said("", "", "", thread.jump_url, "")
    asker = asker_of(thread, found.opening)
    rest = _said(found.rest, out)
    own = (
        said.text for said, each in zip(rest, found.rest, strict=True) if each.author.id == asker
    )
    made = Thread(title, asked, _said(found.answers, out), rest, " ".join(own) if shown else "")
    messages = [*([opening] if opening else []), *found.answers, *found.rest]
    authors = {each.id: each.author.id for each in messages}
    if shown:
        authors[thread.id] = asker  # the title is theirs as well
    answers = {each.id for each in found.answers}
    return Document(from_thread(made), _digest(title, messages, out), authors, tagged, answers)


def _said(messages: Iterable[discord.Message], left_out: LeftOut) -> tuple[Said, ...]:
    return tuple(said_by(each, left_out) for each in messages)


def said_by(message: discord.Message, left_out: LeftOut) -> Said:
    """A message with who wrote it and when."""
    at = message.created_at
    name, day = name_of(message.author), f"{at:%-d %B %Y}"
    return Said(name, day, f"{at:%Y-%m-%d}", message.jump_url, _words(message, left_out))


def _words(message: discord.Message, left_out: LeftOut) -> str:
    """The words of a message, without the names and numbers of those who are left out."""
    return without_names(said_text(message), message, left_out)


def name_of(author: discord.abc.User) -> str:
    """The name of whoever wrote a message; accounts that were deleted have none of their own."""
    name = " ".join(author.display_name.split())
    return SOMEBODY if not name or DELETED.fullmatch(name) else name


def read_message(message: discord.Message, left_out: LeftOut) -> Document | None:
    """A message by itself, as a document; None where it has no words."""
    text = _words(message, left_out)
    if not text:
        return None
    where = getattr(message.channel, "name", "")
    who, when = name_of(message.author), f"{message.created_at:%-d %B %Y}"
    title = f"{who} in #{where}, {when}"
    date = f"{message.created_at:%Y-%m-%d}"
    source = from_link(message.jump_url, text, title, who, date)
    return Document(source, _digest("", [message], left_out), {message.id: message.author.id})


def read_edited(
    message: discord.Message, title: str, text: str, by: str, left_out: LeftOut
) -> Document:
    """A message as an answer that a moderator edited. The digest is that of what was edited."""
    said = said_by(message, left_out)
    asked = Said("", "", "", message.jump_url, "")
    answer = replace(said, author=f"{said.author}, edited by {by}", text=text)
    digest = _digest("", [message], left_out)
    return Document(
        from_thread(Thread(title, asked, (answer,))), digest, {message.id: message.author.id}
    )


def _digest(title: str, messages: Sequence[discord.Message], left_out: LeftOut) -> str:
    told: list[object] = [title, *([each.id, _words(each, left_out)] for each in messages)]
    told += [each.id for each in messages if name_of(each.author) == SOMEBODY]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
