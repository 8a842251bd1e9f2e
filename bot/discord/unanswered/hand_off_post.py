"""The post by which a question is handed to helpers: its text, and the role that it may ping."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord

from bot.discord.language.translation import N_, _, ngettext, pgettext
from bot.discord.messages.answer import glimpse
from bot.discord.messages.markdown import plain
from bot.discord.messages.split import MESSAGE, fitting, length
from bot.discord.records.hand_off_record import HandOff
from bot.discord.records.server_settings import ServerSettings
from retrieval.types import Passage

from .gap_pages.text import WIDTHS, near_line

# Characters of the question in a post.
QUESTION = 700
SMALL = "-# "
WANTS, WANTS_IN = N_("{who} wants a person"), N_("{who} wants a person in {channel}")
HOW = N_("Reply to this message, or press *{button}*: I pass it on under your name.")


def ping_of(
    channel: Any, settings: ServerSettings, now: datetime
) -> tuple[discord.Role | None, str]:
    """The role to ping, None for nobody, and the small print on why nobody is."""
    if settings.helper_role is None:
        return None, ""
    role = channel.guild.get_role(settings.helper_role)
    if role is None or role.is_default():
        return None, _("The helper role that was set is gone: choose another with `/settings`.")
    if settings.is_quiet(now.hour):
        return None, _("Nobody was pinged: these are quiet hours.")
    if not role.mentionable and not channel.permissions_for(channel.guild.me).mention_everyone:
        return None, _(
            "I can't ping {role}: let everybody mention that role, or allow me *Mention @everyone, "
            "@here and All Roles* in {channel}.",
            role=plain(role.name),
            channel=f"<#{channel.id}>",
        )
    return role, ""


def post_text(
    found: HandOff, near: Sequence[Passage], role: discord.Role | None, small: str
) -> tuple[str, discord.AllowedMentions]:
    """The post for the helpers, and whom it may ping: one role, or nobody, whatever stands in the
    question or in a document."""
    ping = f"<@&{role.id}> " if role else ""
    who, where = f"<@{found.member}>", f"<#{found.channel}>"
    wants = _(WANTS_IN if found.channel else WANTS, who=who, channel=where)
    link = f"https://discord.com/channels/{found.guild}/{found.channel}/{found.message}"
    word = _("where")
    there = f" · [{word}](<{link}>)" if found.channel else ""
    head = [f"{ping}🙋 {wants}{there}"]
    head.append(f"\n> {glimpse(found.question, QUESTION)}")
    head.append(f"\n\n{SMALL}{_came_nearest(near)}")
    how = _(HOW, button=pgettext("button", "Reply"))
    tail = [f"\n{SMALL}{how}"]
    tail += [f"\n{SMALL}{small}"] if small else []
    room = MESSAGE - sum(map(length, (*head, *tail)))
    places = [f"\n{SMALL}{near_line(passage)}" for passage in near]
    named = fitting(places, room)
    if len(named) < len(places):  # an address may be long
        brief = [f"\n{SMALL}{near_line(passage, WIDTHS[-1])}" for passage in near]
        named = fitting(brief, room)
    mentions = discord.AllowedMentions(
        everyone=False, users=False, roles=[role] if role else False, replied_user=False
    )
    return "".join([*head, *named, *tail]), mentions


def _came_nearest(near: Sequence[Passage]) -> str:
    if not near:
        return _("I looked in the documents; nothing there comes near it.")
    return ngettext(
        "I looked in the documents; {count} place came nearest:",
        "I looked in the documents; {count} places came nearest:",
        len(near),
    )
