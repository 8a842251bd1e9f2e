"""The place that is looked at: `simcord` shows one channel at a time, and this changes it."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import asdict
from typing import Any, Self

import simcord

from retrieval.errors import FootnoteError

from .furnishing import SERVER
from .locales import Locales, offered
from .places import Played

# Seconds between two tries while simcord is at work on something else.
AGAIN = 0.1
# What simcord says then.
OVERLAPS = "overlaps active"
# The number of a field of text among Discord's components.
TEXT_FIELD = 4


class Stage:
    """Shows one of the played places, and does there what `simcord`'s own page can't."""

    def __init__(self, world: simcord.Env, played: Played) -> None:
        self._world = world
        self.played = played
        self.locales = Locales(world, SERVER)
        self._here = played.places()[0].id
        self._turn = 0
        self._inner = ""
        self._showing = AsyncExitStack()
        self._preview: Any = None
        self._changing = asyncio.Lock()
        self._opened: Any = None

    async def __aenter__(self) -> Self:
        await self._show(self._here)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._showing.aclose()

    @property
    def inner(self) -> str:
        """The address of simcord's page; nobody is there while it is changed for another."""
        return self._inner

    def state(self) -> dict[str, Any]:
        """All that the page shows around simcord's: the places, the one it is at, what to click.

        The page asks for it all the time, so simcord's clock is set by it as well: by itself that
        tells "a minute ago" from when the page was opened.
        """
        self._preview.capture_time = self._world.now()
        return {
            "places": [asdict(place) for place in self.played.places()],
            "here": self._here,
            "turn": self._turn,
            "key": self.inner.partition("#")[2],
            "examples": self.played.examples(self._here),
            "commands": self.played.commands(),
            "menus": self.played.menus(),
            "mention": self.played.mention,
            "languages": [*offered().items()],
            "speaking": self.locales.of_members,
            "serverSpeaks": self.locales.of_server,
        }

    async def speak(self, viewer: str, locale: str) -> None:
        """Have a member see Discord in a language."""
        self.locales.choose(viewer or str(self.played.you.id), locale)

    async def speak_in_server(self, locale: str) -> None:
        """Set the server's language."""
        self.locales.choose_for_server(locale)
        await self._world.settle()

    async def go(self, place: str) -> None:
        """Show another place. Raises FootnoteError if it is gone."""
        self.played.presented(place)
        await self._when_free(lambda: self._show(place))

    async def _show(self, place: str) -> None:
        channel, viewers = self.played.presented(place)
        await self._showing.aclose()
        preview = self._world.preview(channel, viewers=viewers, layout="channel")
        self._preview = await self._showing.enter_async_context(preview)
        self._inner = str(self._preview.url)
        self._here = place
        self._turn += 1

    async def say(self, viewer: str, text: str) -> None:
        """Say something in the place that is shown."""
        await self._when_free(lambda: self.played.say(self._here, viewer, text))
        await self._refresh()

    async def post(self, viewer: str, title: str, text: str) -> None:
        """Write a post in the forum, and show it."""
        await self.go(await self._when_free(lambda: self.played.post(viewer, title, text)))

    async def thread(self, viewer: str, message: str) -> None:
        """Begin a thread on a message, and show it."""
        begin = self.played.thread
        await self.go(await self._when_free(lambda: begin(viewer, self._here, message)))

    async def choose(self, viewer: str, message: str, menu: str) -> dict[str, Any] | None:
        """Choose an entry in the menu of a message; return the form that it opens, if any."""
        choose = self.played.choose
        self._opened = await self._when_free(lambda: choose(viewer, self._here, message, menu))
        await self._refresh()
        return form_of(self._opened.modal) if self._opened.modal else None

    async def tick(self, viewer: str, message: str) -> None:
        """Put a ✅ under a message of the place that is shown, or take it back."""
        await self._when_free(lambda: self.played.tick(viewer, self._here, message))
        await self._refresh()

    async def moderate(self, what: str, place: str) -> None:
        """Tag, hide or delete a place; where that is shown, another is shown first."""
        here = self._here
        if what == "delete":
            here = self.played.besides(place)
            await self.go(here)
        await self._when_free(lambda: self.played.moderate(what, place))
        await self.go(here)  # simcord's page knows nothing of what became of its server

    async def fill_in(self, viewer: str, values: Mapping[str, str]) -> None:
        """Send the form that the last choice has opened."""
        await self._when_free(lambda: self.played.fill_in(viewer, self._opened, dict(values)))
        await self._refresh()

    async def _refresh(self) -> None:
        await self._when_free(self._preview.refresh)

    async def _when_free(self, work: Any) -> Any:
        """Do something once simcord is free: it does one thing at a time, and refuses others."""
        async with self._changing:
            while True:
                try:
                    return await work()
                except (simcord.SetupError, simcord.BackendError) as error:
                    if OVERLAPS not in str(error):
                        raise FootnoteError(
                            f"Discord would not let you do that: {error}"
                        ) from error
                await asyncio.sleep(AGAIN)


def form_of(modal: Mapping[str, Any]) -> dict[str, Any]:
    """A modal as the page shows it: its title, and its fields of text."""
    fields = list[dict[str, Any]]()
    for part in modal.get("components", []):
        for field in [part.get("component"), *part.get("components", [])]:
            if field and field.get("type") == TEXT_FIELD:
                label = part.get("label") or field.get("label") or ""
                fields.append({"id": field["custom_id"], "label": label} | _limits(field))
    return {"title": modal.get("title", ""), "fields": fields}


def _limits(field: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "value": field.get("value") or "",
        "required": field.get("required", True),
        "longest": field.get("max_length") or 4000,
    }
