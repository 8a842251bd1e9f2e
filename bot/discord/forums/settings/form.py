"""The forms for what is typed: pause, cooldown, answers an hour and the solved tag; and what spares
the helpers.

What was typed is read from the interaction itself, so a form that stood open over a restart, or for
longer than discord.py remembers it, still counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.discord.language.translation import N_, _
from bot.discord.records.server_settings import ServerSettings

from .in_words import LONGEST_TAG, NONE, read_value

FORM = "footnote:settings:form"
# The forms: the title of each, and its boxes, each with its label and what is said under that.
FORMS: Mapping[str, tuple[str, Mapping[str, tuple[str, str]]]] = {
    "manners": (
        N_("Pause and limits"),
        {
            "pause": (N_("Pause, in seconds"), N_("In which people can be first to answer")),
            "cooldown": (
                N_("Cooldown, in seconds"),
                N_("Between two unasked answers in one channel"),
            ),
            "hourly_cap": (N_("Unasked answers an hour"), N_("In the whole server")),
            "solved": (N_("Tag of what is solved"), N_("Posts with this tag are let be")),
        },
    ),
    "sparing": (
        N_("What spares the helpers"),
        {
            "quiet_hours": (
                N_("Quiet hours, UTC"),
                N_("Helpers are not pinged then: 22-7, or {none}"),
            ),
            "daily_hand_offs": (
                N_("Questions a day"),
                N_("That one member may have handed to them"),
            ),
        },
    ),
}
LONGEST = 20


class SettingsForm(discord.ui.Modal):
    """One of the forms, filled in with what holds now."""

    def __init__(self, which: str, settings: ServerSettings) -> None:
        title, boxes = FORMS[which]
        super().__init__(title=_(title), custom_id=FORM)
        for name, (label, description) in boxes.items():
            box: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=name,
                default=typed(settings)[name],
                required=name != "quiet_hours",
                max_length=LONGEST_TAG if name == "solved" else LONGEST,
            )
            said = _(description, none=_(NONE)) if "{none}" in description else _(description)
            self.add_item(discord.ui.Label(text=_(label), description=said, component=box))


def typed(settings: ServerSettings) -> dict[str, str]:
    """The settings as they would be typed."""
    hours = settings.quiet_hours
    return {
        "pause": f"{settings.pause:g}",
        "cooldown": f"{settings.cooldown:g}",
        "hourly_cap": str(settings.hourly_cap),
        "solved": settings.solved,
        "quiet_hours": f"{hours[0]}-{hours[1]}" if hours else _(NONE),
        "daily_hand_offs": str(settings.daily_hand_offs),
    }


def with_typed(settings: ServerSettings, boxes: Mapping[str, str]) -> ServerSettings:
    """The settings with what was typed into a form, which may be one of an older version.

    Raises FootnoteError, and nothing is taken over, where a box holds what it can't.
    """
    read = {name: read_value(name, boxes[name]) for name in typed(settings) if name in boxes}
    return replace(settings, **read)


def boxes_of(data: Any) -> dict[str, str]:
    """The texts of a form that was sent in, by the names of their boxes."""
    return {box["custom_id"]: str(box.get("value") or "") for box in _boxes(data)}


def _boxes(part: Any) -> Iterator[Any]:
    """Discord nests the boxes in rows or in labels."""
    for inner in [*part.get("components", []), *filter(None, [part.get("component")])]:
        yield from [inner] if "value" in inner else _boxes(inner)
