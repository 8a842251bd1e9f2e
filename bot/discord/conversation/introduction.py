"""The bot's words about itself: what it is, what it knows, how to ask, and who looks after it."""

import discord

from bot.discord.messages.markdown import on_one_line
from bot.discord.records.server_settings import ServerSettings
from bot.output.text import many, shortened
from retrieval.answer.about_library import Contents

from .small_talk import Talk

# Titles that are named, and the characters of each: the rest is counted.
NAMED, TITLED = 6, 60
WELCOME = "You're welcome."
LISTENING = "I'm here when you have a question."
WHO = (
    "I'm Footnote. I answer questions in the words of {whose} documents, and show where each "
    "answer stands. Where they don't say, I say so."
)
HOW = (
    "Ask with `/ask`, or mention me with your question. Mention me in a reply to answer somebody's "
    "message, or choose *Apps → Answer this* in its menu."
)
HOW_DIRECTLY = "Write me a question here, or ask with `/ask`."
WHO_CARES = "Whoever may *Manage Server* looks after the documents: `/documents add` adds one."
WHO_CARES_DIRECTLY = "Those who run me look after them; servers have their own."
HELPERS = "{role} are the helpers here."
HELPED = "{role} help where the documents don't: press *Ask a person* under such an answer."


def helpers_in(guild: discord.Guild | None, settings: ServerSettings | None) -> str:
    """The sentence on who the helpers of a server are, "" where none are chosen. Nobody is
    pinged."""
    if guild is None or settings is None or settings.helper_role is None:
        return ""
    role = guild.get_role(settings.helper_role)
    if role is None:
        return ""
    return (HELPED if settings.helper_channel else HELPERS).format(role=role.mention)


def answer_to(talk: Talk, known: Contents, in_server: bool, helpers: str = "") -> str:
    """The short answer to small talk; `helpers` says who they are."""
    if talk is Talk.THANKS:
        return WELCOME
    if talk is Talk.CHATTER:
        return LISTENING
    if talk is Talk.GREETING:
        return f"Hi! {_knows(known)} {HOW if in_server else HOW_DIRECTLY}"
    return introduction(known, in_server, helpers)


def introduction(known: Contents, in_server: bool, helpers: str) -> str:
    """The answer to "who are you?", "help" and the like."""
    who = WHO.format(whose="this server's" if in_server else "the")
    how = HOW if in_server else HOW_DIRECTLY
    cares = WHO_CARES if in_server else WHO_CARES_DIRECTLY
    return "\n".join(filter(None, [who, _knows(known), how, helpers, cares]))


def _knows(known: Contents) -> str:
    """The sentence that says how many documents there are, and names the first of them."""
    if not known.number:
        return "There are no documents to answer from yet."
    names = [f"“{on_one_line(shortened(title, TITLED))}”" for title in known.titles[:NAMED]]
    if more := known.number - len(names):
        names.append(f"{more:,} more")
    listed = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"I know {many(known.number, 'document')}: {listed}."
