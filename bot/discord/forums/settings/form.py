"""The form for what is typed: pause, cooldown, answers an hour, quiet hours, and the solved tag.

What was typed is read from the interaction itself, so a form that stood open over a restart, or for
longer than discord.py remembers it, still counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.discord.records.server_settings import ServerSettings

from .in_words import LONGEST_TAG, read_hours, read_number, read_tag

FORM = "footnote:settings:form"
ASKED = {
    "pause": ("Pause, in seconds", "In which people can be first to answer"),
    "cooldown": ("Cooldown, in seconds", "Between two unasked answers in one forum or channel"),
    "hourly_cap": ("Unasked answers an hour", "In the whole server"),
    "quiet_hours": ("Quiet hours, UTC", "Helpers are not pinged then: 22-7, or none"),
    "solved": ("Tag of what is solved", "Posts with this tag are let be"),
}
LONGEST = 20


class MannersForm(discord.ui.Modal):
    """The form, filled in with what holds now."""

    def __init__(self, settings: ServerSettings) -> None:
        super().__init__(title="Pause, limits and hours", custom_id=FORM)
        for name, text in typed(settings).items():
            label, description = ASKED[name]
            box: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=name,
                default=text,
                required=name != "quiet_hours",
                max_length=LONGEST_TAG if name == "solved" else LONGEST,
            )
            self.add_item(discord.ui.Label(text=label, description=description, component=box))


def typed(settings: ServerSettings) -> dict[str, str]:
    """The settings as they would be typed."""
    hours = settings.quiet_hours
    return {
        "pause": f"{settings.pause:g}",
        "cooldown": f"{settings.cooldown:g}",
        "hourly_cap": str(settings.hourly_cap),
        "quiet_hours": f"{hours[0]}-{hours[1]}" if hours else "none",
        "solved": settings.solved,
    }


def with_typed(settings: ServerSettings, boxes: Mapping[str, str]) -> ServerSettings:
    """The settings with what was typed into the form.

    Raises FootnoteError, and nothing is taken over, where a box holds what it can't.
    """
    return replace(
        settings,
        pause=float(read_number("pause", boxes["pause"])),
        cooldown=float(read_number("cooldown", boxes["cooldown"])),
        hourly_cap=read_number("hourly_cap", boxes["hourly_cap"]),
        quiet_hours=read_hours(boxes["quiet_hours"]),
        solved=read_tag(boxes["solved"]),
    )


def boxes_of(data: Any) -> dict[str, str]:
    """The texts of a form that was sent in, by the names of their boxes."""
    return {box["custom_id"]: str(box.get("value") or "") for box in _boxes(data)}


def _boxes(part: Any) -> Iterator[Any]:
    """Discord nests the boxes in rows or in labels."""
    for inner in [*part.get("components", []), *filter(None, [part.get("component")])]:
        yield from [inner] if "value" in inner else _boxes(inner)
