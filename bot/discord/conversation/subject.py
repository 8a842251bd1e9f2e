"""Find what a message asks: in its own words, or in the message that it hangs on.

"@Footnote", or with it only words that point ("can you answer this?", "^^"), asks about the message
that it replies to; in a thread, about what was asked there last, or else about the message that the
thread hangs on; in a forum, about the post's title and body.
"""

from dataclasses import dataclass

import discord

from bot.discord.language.translation import N_, _
from retrieval.text.questions_in_message import asks

from .addressed import roles_of
from .history import ORDINARY, is_answer, is_reply, reply_chain, said_before, without_mention
from .message_text import attachments_of, question_text
from .small_talk import only_points, talk_of

# Characters of a post that are asked: behind them people tell, and no longer ask.
LONGEST_POST = 1500
UNREADABLE = N_(
    "I can't read that message: Discord shows me only messages that mention me. "
    "Press *{button}* under the answer, mention me in it, or use `/ask`."
)
HIDDEN = N_(
    "I can't read the message that you mean: Discord shows me only messages that mention me. "
    "Choose *Apps → {menu}* in its menu."
)
NOTHING_ASKED = N_(
    "Ask me something, and I will look in the documents for the answer. "
    "Or reply to somebody's question and mention me."
)
NO_WORDS = N_("I can read words, but no pictures or files: please ask in words.")
WORDLESS = N_("There are no words in that message that I could answer.")
GONE = N_("The message that you reply to is gone, so I can't read what it asks.")
UNSEEN = N_("I can't read the message that you mean: I lack *Read Message History* in {channel}.")


@dataclass(frozen=True, slots=True)
class Subject:
    """The question, and the message that it stands in, whose earlier turns it follows; or a hint,
    where none is found. `elsewhere` where the question is not the message's own words."""

    question: str = ""
    message: discord.Message | None = None
    elsewhere: bool = False
    hint: str = ""


async def subject_of(message: discord.Message, me: int, reads_along: bool) -> Subject:
    """The subject of a message. `me` is the bot's id; with `reads_along` it may read messages that
    don't mention it."""
    said = words_of(message, me)
    if _is_post(message):
        return Subject(question_in(message, me), message, elsewhere=True)
    if not only_points(said):
        return Subject(said, message)
    found = await _pointed_at(message, me, reads_along)
    if found is not None:
        return found
    if said and talk_of(said):  # "help" points at nothing here
        return Subject(said, message)
    return Subject(hint=_nothing(message, me, reads_along))


def words_of(message: discord.Message, me: int) -> str:
    """The words of a message, but for the bot's name."""
    return without_mention(question_text(message), me, roles_of(message))


def question_in(message: discord.Message, me: int) -> str:
    """The question that stands in a message; in a post's first one its title is part of it."""
    said = words_of(message, me)
    return post_question(message.channel, said) if _is_post(message) else said


def post_question(thread: object, body: str) -> str:
    """The question of a forum's post: its title, then its body, so far as they say something."""
    title = " ".join(getattr(thread, "name", "").split())
    if body.startswith(title):
        title = ""
    parts = [part for part in (title, body) if not only_points(part) and not talk_of(part)]
    return "\n".join(parts)[:LONGEST_POST]


def _nothing(message: discord.Message, me: int, reads_along: bool) -> str:
    """The hint where a message points at nothing."""
    if attachments_of(message):
        return _(NO_WORDS)
    unread = message.guild is not None and not message.content and not reads_along
    return _(UNREADABLE, button=_("Follow-up")) if unread else _(NOTHING_ASKED)


async def _pointed_at(message: discord.Message, me: int, reads_along: bool) -> Subject | None:
    """The subject that a message points at; None where it points at nothing but the bot."""
    if not message.content and not reads_along and message.guild is not None:
        return None  # nobody knows whether it only points
    if is_reply(message):
        return await _replied_to(message, me, reads_along)
    if isinstance(message.channel, discord.Thread):
        return await _in_thread(message, message.channel, me, reads_along)
    return None


async def _replied_to(message: discord.Message, me: int, reads_along: bool) -> Subject | None:
    chain = await reply_chain(message)
    if not chain:
        return Subject(hint=_unfetched(message))
    for parent in reversed(chain):
        if parent.author.id == me:
            return None
        said = words_of(parent, me)
        if not said:
            return Subject(hint=_wordless(reads_along or bool(attachments_of(parent))))
        if not only_points(said):
            return Subject(said, parent, elsewhere=True)
    return None


def _wordless(readable: bool) -> str:
    """The hint where a message has no words, or none that can be read."""
    return _(WORDLESS) if readable else _(HIDDEN, menu=_("Answer this"))


def _unfetched(message: discord.Message) -> str:
    """The hint where the message that is replied to can't be had."""
    channel, guild = message.channel, message.guild
    if guild is None or not isinstance(channel, discord.abc.GuildChannel | discord.Thread):
        return _(GONE)
    allowed = channel.permissions_for(guild.me)
    return _(GONE) if allowed.read_message_history else _(UNSEEN, channel=channel.mention)


async def _in_thread(
    message: discord.Message, thread: discord.Thread, me: int, reads_along: bool
) -> Subject | None:
    if (last := await _asked_last(message, me)) is not None:
        return Subject(words_of(last, me), last, elsewhere=True)
    starter = await starter_of(thread)
    if starter is not None and starter.author.id == me:
        return None
    body = words_of(starter, me) if starter is not None else ""
    if _in_forum(thread) or (only_points(body) and asks(thread.name)):
        body = post_question(thread, body)
    if not only_points(body):
        return Subject(body, starter, elsewhere=True)
    return Subject(hint=_wordless(reads_along))


async def _asked_last(message: discord.Message, me: int) -> discord.Message | None:
    """The question of a member in a thread since the bot answered there last, if anything."""
    for earlier in reversed(await said_before(message)):
        if is_answer(earlier, me):
            return None
        by_member = earlier.author.id != me and earlier.type in ORDINARY
        opens = earlier.id == message.channel.id  # with its title, it is what remains
        said = words_of(earlier, me) if by_member and not opens else ""
        if asks(said) and not only_points(said) and not talk_of(said):
            return earlier
    return None


async def starter_of(thread: discord.Thread) -> discord.Message | None:
    """The message that a thread hangs on, or a post's first one; None where it can't be had."""
    place = thread if _in_forum(thread) else thread.parent
    if thread.starter_message is not None or not isinstance(place, discord.abc.Messageable):
        return thread.starter_message
    try:
        return await place.fetch_message(thread.id)
    except (discord.NotFound, discord.Forbidden):
        return None


def _in_forum(channel: object) -> bool:
    return isinstance(channel, discord.Thread) and isinstance(channel.parent, discord.ForumChannel)


def _is_post(message: discord.Message) -> bool:
    """Tell whether a message is the first one of a forum's post: they have the same number."""
    return _in_forum(message.channel) and message.id == message.channel.id
