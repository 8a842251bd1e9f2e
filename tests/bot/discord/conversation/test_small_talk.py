"""Small talk is told from questions by its form, and answered in a few words, or not at all."""

import discord
import pytest

from bot.discord.conversation.introduction import LISTENING, WELCOME
from bot.discord.conversation.small_talk import Talk, language_of_talk, only_points, talk_of
from bot.discord.conversation.subject import NOTHING_ASKED
from retrieval.answer.abstention import NOT_SAID
from tests.support.discord.acting import (
    FERRY,
    LEAVES,
    Heard,
    ask,
    last,
    mention,
    ours,
    say,
    shown,
    thread_on,
    write,
)
from tests.support.discord.helping import choose, pings, set_up_help
from tests.support.discord.world import World

simcord = pytest.mark.simcord(shard_count=1)
reading_along = pytest.mark.options(message_content=True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", Talk.GREETING),
        ("HIIII everyone!!", Talk.GREETING),
        ("Good morning all ☀️", Talk.GREETING),
        ("how's it going?", Talk.GREETING),
        ("you there?", Talk.GREETING),
        ("thanks", Talk.THANKS),
        ("ok thanks! 👍", Talk.THANKS),
        ("Thank you so much for your help!", Talk.THANKS),
        ("great, that worked", Talk.THANKS),
        ("lol", Talk.CHATTER),
        ("looool", Talk.CHATTER),
        ("👍🏽", Talk.CHATTER),
        ("<:pepe:123456789012345678>", Talk.CHATTER),
        ("ok, got it, bye", Talk.CHATTER),
        ("who are you?", Talk.ABOUT),
        ("hi, who are u", Talk.ABOUT),
        ("what can you do", Talk.ABOUT),
        ("Help!!", Talk.ABOUT),
        ("can you help me please?", Talk.ABOUT),
        ("how do I use this bot?", Talk.ABOUT),
    ],
)
def test_small_talk_is_known_by_its_form(text: str, kind: Talk) -> None:
    assert talk_of(text) is kind


@pytest.mark.parametrize(
    ("greeting", "thanks", "about", "pointing", "language"),
    [
        ("Guten Morgen zusammen!", "ok danke dir", "Wer bist du?", "weiß das jemand?", "de"),
        ("¡Buenos días!", "muchas gracias", "¿Quién eres?", "¿alguien sabe?", "es"),
        ("Bonjour à tous", "merci beaucoup", "tu peux m'aider ?", "quelqu'un sait ?", "fr"),
        ("ciao a tutti", "grazie mille", "chi sei?", "qualcuno lo sa?", "it"),
        (
            "こんにちは！",
            "ありがとうございます。",
            "使い方を教えてください",
            "誰かわかりますか？",
            "ja",
        ),
        ("안녕하세요", "감사합니다!", "누구세요?", "누가 아시나요?", "ko"),
        ("Cześć wszystkim", "dzięki za pomoc", "kim jesteś?", "ktoś wie?", "pl"),
        ("oi pessoal", "muito obrigada!", "quem é você?", "alguém sabe?", "pt-BR"),
        ("Привет!", "спасибо большое", "кто ты?", "кто-нибудь знает?", "ru"),
        ("你好！", "谢谢！", "你是谁？", "谁知道吗？", "zh-CN"),
    ],
)
def test_small_talk_is_known_in_each_language(
    greeting: str, thanks: str, about: str, pointing: str, language: str
) -> None:
    said = {greeting: Talk.GREETING, thanks: Talk.THANKS, about: Talk.ABOUT, pointing: None}
    assert {text: talk_of(text) for text in said} == said
    assert only_points(pointing)
    assert [language_of_talk(text) for text in (greeting, thanks, about)] == [language] * 3
    assert language_of_talk("hi, thanks lol") is None


@pytest.mark.parametrize(
    "text",
    [
        "danke, wann macht ihr auf?",
        "hallo wann fährt die fähre",
        "ayuda con el correo",
        "aide au logement",
        "帮我重置密码",
        "привет как сбросить пароль",
        "パスワードを教えてください",
        "hi, how do I reset my password?",
        "thanks, but what about Sundays?",
        "help, the lamp is out",
        "help with login",
        "can you help me find the key?",
        "hello world program",
        "ok so when does it open",
        "no pets",
        "no refunds?",
        "good morning swim times",
        "test results",
        "first aid",
        "What do you do with old books?",
        "is it working on Sundays",
        "that's great, and on Sundays?",
        "who are you hiring?",
        "fines",
    ],
)
def test_whatever_says_more_is_a_question(text: str) -> None:
    assert talk_of(text) is None
    assert not only_points(text)


@pytest.mark.parametrize(
    "text",
    ["", "?", "^^", "👆", "this", "can you answer this?", "hey, anyone?", "any ideas?", "help?"],
)
def test_words_that_only_point_are_known_by_their_form(text: str) -> None:
    assert only_points(text)


@pytest.mark.parametrize("text", ["lol", "👍", "hi", "is this allowed?", "what is this fee for?"])
def test_other_words_do_not_only_point(text: str) -> None:
    assert not only_points(text)


@pytest.mark.parametrize("again", ["you there ", "help me ", "ok there ", "can you help this "])
def test_a_long_message_is_looked_at_in_no_time(again: str) -> None:
    assert talk_of(again * 500 + "x") is None
    assert not only_points(again * 500 + "x")


# In Discord


@simcord
@pytest.mark.parametrize("text", ["hi", "who are you?", "help", "thanks", "lol"])
async def test_it_gets_a_fitting_word_by_every_path(
    world: World, heard: list[Heard], text: str
) -> None:
    private = shown(await world.alice.slash(world.channel, "ask", question=text))
    said = [private, await mention(world, text), await write(world, text)]
    assert private.flags.ephemeral
    assert heard == []
    assert all(NOT_SAID not in message.content for message in said)
    assert not any(message.components for message in said)
    if text == "thanks":
        assert [message.content for message in said] == [WELCOME] * 3
    elif text == "lol":
        assert [message.content for message in said] == [LISTENING] * 3
    else:
        known = "I know 3 documents: “The Skerry ferry”, “Lighthouses” and “Bread”."
        assert all(known in message.content for message in said)


@simcord
async def test_a_greeting_that_is_written_directly_is_answered_in_its_language(
    world: World,
) -> None:
    assert (await write(world, "Hallo!")).content.startswith("Hi! Ich kenne 3 Dokumente")
    assert (await write(world, "merci !")).content == "Avec plaisir."
    assert (await write(world, "hi")).content.startswith("Hi! I know 3 documents")


@simcord
async def test_help_says_what_it_is_what_it_knows_how_to_ask_and_who_looks_after_it(
    world: World,
) -> None:
    result = await world.alice.slash(world.channel, "help")
    assert result.ephemeral
    text = shown(result).content
    assert text == (await mention(world, "help")).content
    for part in ["I'm Footnote", "I know 3 documents", "`/ask`", "*Manage Server*"]:
        assert part in text
    assert "*Manage Server*" not in shown(await world.alice.user.slash("help")).content


@simcord
async def test_where_there_are_no_documents_it_says_so(world: World) -> None:
    library = world.services.libraries.library
    library.remove([document.id for document in library.documents()])
    assert "no documents to answer from yet" in (await mention(world, "hi")).content


@simcord
@pytest.mark.parametrize("text", ["lol", "👍", "ok thanks!", "hi", "this", "cool, see you"])
@reading_along
async def test_in_a_thread_of_its_own_it_is_silent_on_what_is_no_question(
    world: World, text: str
) -> None:
    thread = await thread_on(world)
    await mention(world, FERRY, channel=thread)
    assert not ours(world, await say(world, text, channel=thread))


@simcord
@reading_along
async def test_in_a_thread_of_its_own_a_remark_is_answered_only_where_the_documents_answer_it(
    world: World,
) -> None:
    thread = await thread_on(world)
    await mention(world, FERRY, channel=thread)
    remark = await say(world, "My cousin plays the tuba in Vienna.", channel=thread)
    assert not ours(world, remark)
    assert world.services.libraries.question_log.totals().abstained == 0
    assert LEAVES in (await say(world, FERRY, channel=thread)).content
    unknown = await say(world, "How tall is the Eiffel Tower?", channel=thread)
    assert NOT_SAID in unknown.content


@simcord
@pytest.mark.either_intent
async def test_thanks_in_reply_to_an_answer_need_no_word(world: World) -> None:
    answer = await mention(world, FERRY)
    assert not ours(world, await say(world, "ok thanks!", reply_to=answer))


@simcord
async def test_a_question_that_begins_with_a_greeting_is_asked(world: World) -> None:
    assert LEAVES in (await mention(world, "hi, when does the ferry leave?")).content


@simcord
async def test_words_that_point_at_nothing_are_asked_for_a_question(world: World) -> None:
    assert (await mention(world, "can you answer this?")).content == NOTHING_ASKED
    result = await world.alice.slash(world.channel, "ask", question="this")
    assert shown(result).content == NOTHING_ASKED


@simcord
@pytest.mark.parametrize("question", ["How many documents are there?", "what do you know about?"])
@reading_along
async def test_questions_about_the_library_are_answered_from_its_catalog_by_every_path(
    world: World, question: str
) -> None:
    thread = await thread_on(world)
    await mention(world, FERRY, channel=thread)
    said: list[discord.Message] = [
        await ask(world, question),
        await mention(world, question),
        await write(world, question),
        await say(world, question, channel=thread),
        await say(world, question, reply_to=last(thread), channel=thread, by=world.moderator),
    ]
    assert all("There are 3 documents in the library" in message.content for message in said)


@simcord
async def test_help_says_who_the_helpers_are_and_pings_nobody(world: World) -> None:
    help = set_up_help(world)
    since = len(world.env.http_requests)
    said = shown(await world.alice.slash(world.channel, "help")).content
    assert f"{help.role.mention} help where the documents don't: press *Ask a person*" in said
    assert f"{help.role.mention} help" in (await mention(world, "help")).content
    assert pings(world.env, since) == []
    choose(world, helper_channel=None)
    said = shown(await world.alice.slash(world.channel, "help")).content
    assert f"{help.role.mention} are the helpers here." in said
    world.env.backend.delete_role(world.guild.id, help.role.id)
    await world.env.settle()
    assert "<@&" not in shown(await world.alice.slash(world.channel, "help")).content
