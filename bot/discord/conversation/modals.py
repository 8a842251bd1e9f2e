"""The forms that buttons under an answer open: a follow-up, and why an answer did not help.

What becomes of a form is decided by its id when it comes back (`conversation/submitted.py`), so a
form may be sent late, and after a restart as well.
"""

import re
from collections.abc import Iterator
from typing import Any

import discord

from bot.discord.language.translation import _

FOLLOW_UP, WHY = "footnote:ask-more:", "footnote:why:"
FORM = re.compile(rf"(?P<kind>{FOLLOW_UP}|{WHY})(?P<answer>\d+)")
# Seconds for which discord.py keeps a form in mind; it isn't needed for one to be answered.
KEPT = 900.0
LONGEST = 1000


def follow_up_form(answer: int) -> discord.ui.Modal:
    """The form for another question on what an answer said."""
    return _form(_("Follow-up"), f"{FOLLOW_UP}{answer}", _("What else do you want to know?"), False)


def why_form(answer: int) -> discord.ui.Modal:
    """The form for the reason why an answer did not help."""
    return _form(_("Why not helpful?"), f"{WHY}{answer}", _("What was wrong, or missing?"), True)


def _form(title: str, id: str, asked: str, long: bool) -> discord.ui.Modal:
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    words: Any = discord.ui.TextInput(style=style, max_length=LONGEST, custom_id="words")
    form = discord.ui.Modal(title=title, custom_id=id, timeout=KEPT)
    form.add_item(discord.ui.Label(text=asked, component=words))
    return form


def typed(components: Any) -> str:
    """The words that somebody typed into a form, from what Discord sends back."""
    return next(_values(components), "").strip()


def _values(components: Any) -> Iterator[str]:
    for component in components:
        if isinstance(value := component.get("value"), str):
            yield value
        inner = component.get("component")
        yield from _values([*component.get("components", ()), *([inner] if inner else ())])
