"""The modals of gaps and hand-offs. What is typed into one is found again by its id, so that it is
taken after a restart as well, however long somebody typed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord

from bot.discord.language.translation import _, pgettext
from bot.output.text import shortened
from retrieval.types import DocumentInfo

# Discord's limits: a modal's title, a text field, the choices of a select, and a label of one.
TITLE, TEXT, CHOICES, LABEL = 45, 4000, 25, 100
# Characters of a question that titles a document.
LONGEST_TITLE = 200
# The ids of the fields.
QUESTION, ANSWER, DOCUMENT, NAMED = "question", "answer", "document", "title"
# The modals, by their ids: an answer to a gap, a helper's reply that is kept, a document pointed
# at, and a helper's reply.
MODALS = re.compile(r"footnote:(?P<kind>answer|keep|point|reply):(?P<asked>\d+)")


def answer_modal(kind: str, asked: int, question: str, text: str = "") -> discord.ui.Modal:
    """The modal for an answer that becomes a document; `kind` is answer or keep."""
    modal = discord.ui.Modal(title=pgettext("noun", "Answer"), custom_id=f"footnote:{kind}:{asked}")
    title = shortened(question, LONGEST_TITLE)[:LONGEST_TITLE]
    modal.add_item(
        discord.ui.Label(
            text=_("Question"),
            description=_("The title of the new document"),
            component=discord.ui.TextInput(
                custom_id=QUESTION, default=title, max_length=LONGEST_TITLE
            ),
        )
    )
    modal.add_item(
        discord.ui.Label(
            text=pgettext("noun", "Answer"),
            description=_("Members will be quoted its sentences"),
            component=discord.ui.TextInput(
                custom_id=ANSWER,
                style=discord.TextStyle.paragraph,
                default=text[:TEXT] or None,
                max_length=TEXT,
            ),
        )
    )
    return modal


def pointing_modal(asked: int, documents: Sequence[DocumentInfo]) -> discord.ui.Modal:
    """The modal in which a document is chosen, or named where there are too many to choose from."""
    modal = discord.ui.Modal(title=_("It's in …"), custom_id=f"footnote:point:{asked}")
    options = [
        discord.SelectOption(label=shortened(one.title, LABEL)[:LABEL], value=one.id)
        for one in documents[:CHOICES]
    ]
    many = len(documents) > CHOICES
    modal.add_item(
        discord.ui.Label(
            text=_("Document"),
            description=_("The nearest first"),
            component=discord.ui.Select(custom_id=DOCUMENT, options=options, required=not many),
        )
    )
    if many:
        modal.add_item(
            discord.ui.Label(
                text=_("Or another one's title"),
                component=discord.ui.TextInput(
                    custom_id=NAMED, required=False, max_length=LONGEST_TITLE
                ),
            )
        )
    return modal


def reply_modal(asked: int) -> discord.ui.Modal:
    """The modal for a helper's reply."""
    modal = discord.ui.Modal(title=pgettext("noun", "Reply"), custom_id=f"footnote:reply:{asked}")
    modal.add_item(
        discord.ui.Label(
            text=_("Your reply"),
            description=_("It is posted where the question was asked, under your name"),
            component=discord.ui.TextInput(
                custom_id=ANSWER, style=discord.TextStyle.paragraph, max_length=1500
            ),
        )
    )
    return modal


def typed(data: Mapping[str, Any]) -> dict[str, str]:
    """Read what was typed and chosen in a modal, by the ids of its fields."""
    return dict(_fields(data.get("components", [])))


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        inner = component.get("component")
        yield from _fields([inner] if inner else component.get("components", []))
        if "custom_id" in component:
            values = component.get("values") or [component.get("value") or ""]
            yield component["custom_id"], str(values[0] if values else "").strip()
