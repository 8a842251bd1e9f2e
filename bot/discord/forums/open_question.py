"""Tell what is a question to nobody in particular, and what is members' talk among themselves."""

import re
from collections.abc import Sequence
from datetime import timedelta

import discord

from retrieval.text.questions_in_message import LEAD, STARTS, questions_in
from retrieval.text.terms import STOPWORDS, words

# Two messages that are no further apart belong to one conversation.
LULL = timedelta(minutes=2)
# Somebody who says so needs no answer any more.
WITHDRAWN = re.compile(
    r"(?:nvm|never\s?mind|nevermind|found it|got it|solved|fixed|figured it out|sorted|answered)\b",
    re.IGNORECASE,
)
# A message as short as this takes up too little to be an answer, or a question.
FEWEST_WORDS = 2


def is_open_question(message: discord.Message) -> bool:
    """Tell whether a message asks something, and nobody in particular."""
    called = message.mentions or message.role_mentions or message.mention_everyone
    command = message.content.startswith("/")  # for this bot or another, which answers it
    alone = message.reference is None and not called and not command
    return alone and asks_outright(message.content)


def asks_outright(text: str) -> bool:
    """Tell whether a text asks something that can be looked up, not only tells what is wrong."""
    told = [word for word in words(text) if word not in STOPWORDS]
    if len(words(text)) <= FEWEST_WORDS or not told:
        return False
    lead = LEAD.match(text)
    bare = text[lead.end() :] if lead else text
    return "?" in text or bool(STARTS.match(bare)) or _asks_within(text)


def _asks_within(text: str) -> bool:
    return any(STARTS.match(question) for question, _ in questions_in(text))


def is_withdrawn(text: str) -> bool:
    """Tell whether somebody says that a question needs no answer any more."""
    return WITHDRAWN.match(text.strip()) is not None


def joins_a_conversation(
    message: discord.Message, before: Sequence[discord.Message], me: int
) -> bool:
    """Tell whether members were talking to each other when a message was written.

    `before` are the messages before it, the newest first. Other open questions are no talk.
    """
    for earlier in before:
        if message.created_at - earlier.created_at > LULL or earlier.author.id == me:
            return False
        if earlier.author.id != message.author.id and not earlier.author.bot:
            return not is_open_question(earlier)
    return False


def is_taken_up(message: discord.Message, after: Sequence[discord.Message]) -> bool:
    """Tell whether a person has taken up a question in the messages after it."""
    return any(_takes_up(message, later) for later in after if not later.author.bot)


def _takes_up(message: discord.Message, later: discord.Message) -> bool:
    if later.author.id == message.author.id:
        return is_withdrawn(later.content)
    if later.reference is not None and later.reference.message_id is not None:
        return later.reference.message_id == message.id
    if any(user.id == message.author.id for user in later.mentions):
        return True
    return not is_open_question(later)
