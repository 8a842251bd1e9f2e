"""One person is spoken to as their Discord is set, everybody as the server is."""

from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord

from bot.discord.messages.answer import read_back
from bot.discord.playground.locales import Locales
from retrieval.answer.abstention import NOT_SAID
from tests.support.discord.acting import (
    DOWN,
    FERRY,
    FOLLOW_UP,
    LEAVES,
    SOURCES,
    UNKNOWN,
    Heard,
    ask,
    last,
    mention,
    press,
    say,
    shown,
    write,
)
from tests.support.discord.helping import choose, labels, set_up_help
from tests.support.discord.moderating import bot_of
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

ENGLISH = "The documents don't say."
GERMAN, JAPANESE, FRENCH = (
    "Dazu sagen die Dokumente nichts.",
    "ドキュメントには書かれていません。",
    "Les documents n'en disent rien.",
)


@pytest_asyncio.fixture
async def locales(world: World) -> Locales:
    """The languages of the played Discord: Alice sees it in German."""
    await world.env.settle()
    chosen = Locales(world.env, world.guild.id)
    chosen.choose(str(world.alice.id), "de")
    return chosen


async def test_one_person_is_answered_in_their_language_and_all_in_the_servers(
    world: World, locales: Locales
) -> None:
    assert ENGLISH in (await ask(world, UNKNOWN)).content
    private = await ask(world, UNKNOWN, private=True)
    assert GERMAN in private.content
    assert "Am nächsten kam" in private.content
    assert labels(private) == ["Quellen", "Nachfrage", "Sag mir, wenn es eine Antwort gibt"]
    assert labels(await ask(world, FERRY)) == ["Sources", "Follow-up"]


async def test_the_language_that_discord_has_for_the_server_is_that_of_all(
    world: World, locales: Locales
) -> None:
    locales.choose_for_server("fr")
    await world.env.settle()
    public = await ask(world, UNKNOWN)
    assert FRENCH in public.content
    assert "Question" not in public.content
    assert FRENCH in (await mention(world, UNKNOWN)).content


async def test_the_servers_own_choice_comes_first(world: World, locales: Locales) -> None:
    locales.choose_for_server("fr")
    choose(world, language="ja")
    public = await ask(world, UNKNOWN)
    assert JAPANESE in public.content
    assert JAPANESE in (await mention(world, UNKNOWN)).content
    assert "出典" in labels(public)
    assert "Footnote です" in (await mention(world, "who are you?")).content
    assert GERMAN in (await ask(world, UNKNOWN, private=True)).content


async def test_a_direct_message_is_answered_in_the_language_that_it_is_written_in(
    world: World,
) -> None:
    assert ENGLISH in (await write(world, UNKNOWN)).content
    asked = await write(world, "Wie hoch ist der Eiffelturm?")
    assert GERMAN in asked.content
    assert labels(asked)[0] == "Quellen"
    assert "**Lighthouses**: „" in asked.content


async def test_a_direct_message_that_may_be_in_any_language_is_answered_as_discord_is_seen(
    world: World, locales: Locales
) -> None:
    assert ENGLISH in (await write(world, "Eiffel?")).content
    await world.alice.slash(world.channel, "help")
    assert GERMAN in (await write(world, "Eiffel?")).content
    locales.of_members[str(world.alice.id)] = "nl"
    await world.alice.slash(world.channel, "help")
    assert ENGLISH in (await write(world, "Eiffel?")).content


async def test_help_is_given_in_the_language_of_whoever_asks(
    world: World, locales: Locales
) -> None:
    told = shown(await world.alice.slash(world.channel, "help"))
    assert told.content.startswith("Ich bin Footnote.")
    assert "*Apps → Beantworten*" in told.content
    english = shown(await world.moderator.slash(world.channel, "help"))
    assert english.content.startswith("I'm Footnote.")


async def test_a_language_that_the_bot_does_not_speak_is_answered_in_the_servers_or_english(
    world: World, locales: Locales
) -> None:
    locales.of_members[str(world.alice.id)] = "nl"
    assert ENGLISH in (await ask(world, UNKNOWN, private=True)).content
    locales.choose_for_server("fr")
    assert FRENCH in (await ask(world, UNKNOWN, private=True)).content


async def test_buttons_of_older_messages_work_whatever_language_they_are_in(
    world: World, locales: Locales
) -> None:
    answer = await ask(world, FERRY)
    assert LEAVES in shown(await press(answer, SOURCES, world.alice)).content.replace("**", "")
    choose(world, language="ja")
    form: Any = await press(answer, FOLLOW_UP, world.alice)
    assert form.modal["title"] == "Nachfrage"
    voted = await press(answer, DOWN, world.alice)
    [told] = voted.followups
    assert told.content.startswith("Dein 👎 ist gezählt.")
    reason: Any = await world.alice.click(told, label="Warum nicht hilfreich?")
    assert reason.modal["title"] == "Warum nicht hilfreich?"
    assert "出典" in labels(shown(voted))


async def test_an_abstention_in_any_language_is_known_as_one_afterwards(
    world: World, locales: Locales, heard: list[Heard]
) -> None:
    choose(world, language="ja")
    answer = await mention(world, UNKNOWN)
    assert read_back(answer.content) == ("", NOT_SAID)
    choose(world, language="")
    await say(world, f"{world.mention} {FERRY}", reply_to=answer)
    assert [turn.answer for turn in heard[-1].turns] == [NOT_SAID]


@pytest.mark.simcord(shard_count=1, check_errors=False)
async def test_a_refusal_and_an_error_are_said_to_one_person_in_their_language(
    world: World, locales: Locales
) -> None:
    locales.choose(str(world.moderator.id), "de")
    told = shown(await world.moderator.slash(world.channel, "documents add"))
    assert told.content.startswith("Gib eines an, das hinzugefügt werden soll")
    gone = await world.moderator.slash(world.channel, "documents remove", title="Nothing")
    assert "Hier gibt es kein Dokument namens „Nothing“." in shown(gone).content


async def test_the_settings_page_speaks_german_and_sets_the_language(
    world: World, locales: Locales
) -> None:
    locales.choose(str(world.moderator.id), "de")
    page = shown(await world.moderator.slash(world.channel, "settings"))
    assert page.content.startswith("**Einstellungen dieses Servers**")
    assert "Sprache: **wie in Discord**" in page.content
    click = world.moderator.click
    page = shown(await click(page, custom_id="footnote:settings:answers"))
    result = await world.moderator.select(page, ["ja"], custom_id="footnote:settings:language")
    assert "Geändert: Sprache: wie in Discord → 日本語." in shown(result).content
    assert world.services.settings.of(world.guild.id).language == "ja"


async def test_helpers_are_asked_in_the_servers_language(world: World, locales: Locales) -> None:
    help = set_up_help(world, language="ja")
    answer = await ask(world, UNKNOWN, private=True)
    told = shown(await world.alice.click(answer, label="Einen Menschen fragen"))
    assert told.content.startswith("Ich habe die Helfer gefragt.")
    post = last(help.channel)
    assert "人に聞きたがっています" in post.content
    assert labels(post) == ["返信する"]
    await help.helper.send(help.channel, "324 metres.", reply_to=post)
    assert "に直接伝えました" in last(help.channel).content


async def test_discord_shows_what_commands_do_in_each_language(
    world: World, simcord_env: simcord.Env
) -> None:
    me = bot_of(simcord_env).application_id
    assert me is not None
    commands: Any = await simcord_env.bot.http.get_global_commands(me)
    known = {command["name"]: command for command in commands}
    assert known["ask"]["description_localizations"]["de"] == "Stell den Dokumenten eine Frage"
    assert known["ask"]["description_localizations"]["zh-TW"] == "向文档提问"
    assert "nl" not in known["ask"]["description_localizations"]
    assert not known["ask"].get("name_localizations")
    assert known["Answer this"]["name_localizations"]["fr"] == "Répondre à ceci"
    [question, *_] = known["ask"]["options"]
    assert question["description_localizations"]["es-419"] == "¿Qué quieres saber?"
    add = next(each for each in known["documents"]["options"] if each["name"] == "add")
    take = next(each for each in add["options"] if each["name"] == "take")
    assert [each["name_localizations"]["de"] for each in take["choices"]] == ["ausgewählte", "alle"]
    assert isinstance(world.bot.tree.get_command("ask"), discord.app_commands.Command)
