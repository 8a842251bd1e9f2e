"""In each language every button, menu, form and page is within Discord's limits, as it is built."""

import re
from collections.abc import Iterator
from typing import Any

import discord
import pytest
import simcord

from bot.discord.collections.menus import name_form
from bot.discord.conversation.history import LONGEST_HINT
from bot.discord.conversation.introduction import introduction
from bot.discord.conversation.modals import follow_up_form, why_form
from bot.discord.forums.settings.form import FORMS, SettingsForm
from bot.discord.forums.settings.menu import channel_view, server_view
from bot.discord.forums.settings.page import LEFT, _more_channels, _more_wrong
from bot.discord.language.languages import NAMES, TRANSLATED
from bot.discord.language.speaking import speaking
from bot.discord.language.translation import _
from bot.discord.playground.locales import Locales, offered
from bot.discord.records.server_settings import ChannelSettings, ServerSettings
from bot.discord.unanswered.modals import answer_modal, reply_modal
from docs.translations import read
from retrieval.answer.about_library import Contents
from tests.bot.discord.messages.language.test_catalogs import forms
from tests.support.discord.acting import UNKNOWN, ask, shown
from tests.support.discord.helping import set_up_help
from tests.support.discord.moderating import bot_of
from tests.support.discord.world import World

# Characters that Discord takes.
LABEL, PLACEHOLDER, OPTION, TITLE, FIELD, DESCRIPTION = 80, 150, 100, 45, 45, 100
MENU, MESSAGE = 32, 2000
# A button for each shape of an id: letters and numbers where the shape has a field.
SAMPLES = {
    r"up|down": "up",
    r"out|in": "out",
    r"newest|largest": "largest",
    r"digest|answer_in_thread": "digest",
    r"manners|sparing": "sparing",
    r"\w+": "largest",
    r"[a-z]+": "mention",
    r"[0-9a-f]+(?:_[0-9a-f]+)?": "1",
}
each_language = pytest.mark.parametrize("language", NAMES)


def arguments(pattern: re.Pattern[str]) -> list[str]:
    """Return what an id of that shape hands to its button."""
    found = re.findall(r"\(\?P<\w+>((?:[^()]|\([^()]*\))*)\)", pattern.pattern)
    return [SAMPLES.get(shape, "1") for shape in found]


def parts(view: discord.ui.View) -> Iterator[dict[str, Any]]:
    """The buttons and menus of a view, as Discord gets them."""
    for row in view.to_components():
        yield from row["components"]


def check(part: dict[str, Any]) -> None:
    """Hold a button or menu against Discord's limits."""
    assert len(part.get("label") or "") <= LABEL, part
    assert len(part.get("placeholder") or "") <= PLACEHOLDER, part
    for option in part.get("options", []):
        assert 1 <= len(option["label"]) <= OPTION, option
        assert len(option.get("description") or "") <= OPTION, option


def check_form(form: discord.ui.Modal) -> None:
    """Hold a form against Discord's limits."""
    given: Any = form.to_dict()
    assert 1 <= len(given["title"]) <= TITLE, given["title"]
    for part in given["components"]:
        assert 1 <= len(part["label"]) <= FIELD, part
        assert len(part.get("description") or "") <= DESCRIPTION, part


@pytest.mark.simcord(shard_count=1)
async def test_each_button_and_menu_fits(simcord_env: simcord.Env) -> None:
    state: Any = bot_of(simcord_env)._connection
    shapes: dict[re.Pattern[str], Any] = state._view_store._dynamic_items
    assert len(shapes) > 40
    for language in NAMES:
        with speaking(language):
            for pattern, kind in shapes.items():
                check(kind(*arguments(pattern)).item.to_component_dict())


@each_language
def test_each_form_and_menu_of_the_settings_fits(language: str) -> None:
    settings = ServerSettings(1, {2: ChannelSettings("sure")})
    with speaking(language):
        made: list[discord.ui.Modal] = [SettingsForm(which, settings) for which in FORMS]
        made += [follow_up_form(1), why_form(1), reply_modal(1), answer_modal("answer", 1, "Why?")]
        made += [name_form("new", _("New collection")), name_form("rename", _("Rename"))]
        for form in made:
            check_form(form)
        for view in (server_view(settings, None), channel_view(settings, 2)):
            for part in parts(view):
                check(part)
        assert max(map(len, (_more_wrong(1000), _more_channels(1000)))) <= LEFT


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_taken_for_an_answer_by_its_length(language: str) -> None:
    for message in read(language):
        assert all(len(form) < LONGEST_HINT - 100 for form in forms(message.string) if message.id)


@each_language
def test_the_introduction_is_told_from_an_answer(language: str) -> None:
    titles = tuple(
        "A title of a document that is as long as one gets to be, or more" for _ in "abcdef"
    )
    with speaking(language):
        assert len(introduction(Contents(5000, titles), True, "@Helpers " * 15)) < LONGEST_HINT


@pytest.mark.simcord(shard_count=1)
async def test_each_page_fits_into_a_message(world: World) -> None:
    await world.env.settle()
    help, locales = set_up_help(world), Locales(world.env, world.guild.id)
    await ask(world, UNKNOWN)
    for locale in offered():
        locales.choose(str(world.moderator.id), locale)
        for command in ("settings", "collections", "gaps", "queue", "privacy", "help"):
            page = shown(await world.moderator.slash(help.channel, command))
            assert 0 < len(page.content.encode("utf-16-le")) // 2 <= MESSAGE, (command, locale)
        listed = shown(await world.moderator.slash(help.channel, "documents list"))
        assert len(listed.content) <= MESSAGE


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_entries_of_menus_fit(language: str) -> None:
    menus = ("Answer this", "Answer this for me alone", "Similar answered questions")
    with speaking(language):
        assert all(len(_(name)) <= MENU for name in (*menus, "Add to Footnote", "Mark as answer"))
