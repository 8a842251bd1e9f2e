"""The bot's words about itself: what it is, what it knows, how to ask, and who looks after it."""

import discord

from bot.discord.language.translation import N_, _, listed, ngettext, quotation
from bot.discord.messages.markdown import on_one_line
from bot.discord.records.server_settings import ServerSettings
from bot.output.text import shortened
from retrieval.answer.about_library import Contents

from .small_talk import Talk

# Titles that are named, and the characters of each: the rest is counted.
NAMED, TITLED = 6, 60
WELCOME = N_("You're welcome.")
LISTENING = N_("I'm here when you have a question.")
GREETING = N_("Hi!")
WHO = N_(
    "I'm Footnote. I answer questions in the words of this server's documents, and show where each "
    "answer stands. Where they don't say, I say so."
)
WHO_DIRECTLY = N_(
    "I'm Footnote. I answer questions in the words of the documents, and show where each answer "
    "stands. Where they don't say, I say so."
)
HOW = N_(
    "Ask with `/ask`, or mention me with your question. Mention me in a reply to answer somebody's "
    "message, or choose *Apps → {menu}* in its menu."
)
HOW_DIRECTLY = N_("Write me a question here, or ask with `/ask`.")
WHO_CARES = N_("Whoever may *Manage Server* looks after the documents: `/documents add` adds one.")
WHO_CARES_DIRECTLY = N_("Those who run me look after them; servers have their own.")
HELPERS = N_("{role} are the helpers here.")
HELPED = N_("{role} help where the documents don't: press *{button}* under such an answer.")


def helpers_in(guild: discord.Guild | None, settings: ServerSettings | None) -> str:
    """The sentence on who the helpers of a server are, "" where none are chosen. Nobody is
    pinged."""
    if guild is None or settings is None or settings.helper_role is None:
        return ""
    role = guild.get_role(settings.helper_role)
    if role is None:
        return ""
    helped = HELPED if settings.helper_channel else HELPERS
    return _(helped, role=role.mention, button=_("Ask a person"))


def answer_to(talk: Talk, known: Contents, in_server: bool, helpers: str = "") -> str:
    """The short answer to small talk; `helpers` says who they are."""
    if talk is Talk.THANKS:
        return _(WELCOME)
    if talk is Talk.CHATTER:
        return _(LISTENING)
    if talk is Talk.GREETING:
        return " ".join([_(GREETING), _knows(known), _how(in_server)])
    return introduction(known, in_server, helpers)


def introduction(known: Contents, in_server: bool, helpers: str) -> str:
    """The answer to "who are you?", "help" and the like."""
    who = _(WHO if in_server else WHO_DIRECTLY)
    cares = _(WHO_CARES if in_server else WHO_CARES_DIRECTLY)
    return "\n".join(filter(None, [who, _knows(known), _how(in_server), helpers, cares]))


def _how(in_server: bool) -> str:
    return _(HOW, menu=_("Answer this")) if in_server else _(HOW_DIRECTLY)


def _knows(known: Contents) -> str:
    """The sentence that says how many documents there are, and names the first of them."""
    if not known.number:
        return _("There are no documents to answer from yet.")
    names = [quotation(on_one_line(shortened(title, TITLED))) for title in known.titles[:NAMED]]
    if more := known.number - len(names):
        names.append(ngettext("{count} more", "{count} more", more))
    return ngettext(
        "I know {count} document: {names}.",
        "I know {count} documents: {names}.",
        known.number,
        names=listed(names),
    )
