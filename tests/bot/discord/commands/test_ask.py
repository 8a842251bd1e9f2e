"""`/ask` answers in place, from the documents that may be seen where it is called."""

import re

import pytest

from bot.discord.messages.answer import NOTHING_THERE
from bot.discord.services.libraries import library_of
from retrieval.answer.abstention import NOT_SAID
from retrieval.library import Library
from retrieval.types import Answer
from tests.support.discord.acting import (
    FERRY,
    FIRST,
    LEAVES,
    SOURCES,
    UNKNOWN,
    UP,
    ask,
    bodies,
    buttons,
    long_answer,
    mention,
    press,
    script,
    shown,
)
from tests.support.discord.world import World
from tests.support.homes import note, put

pytestmark = pytest.mark.simcord(shard_count=1)

BARE_ADDRESS = re.compile(r"(?<!<)https?://")


async def test_a_question_is_acknowledged_before_it_is_looked_into_and_answered_in_place(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(world.env.http_requests)
    made: list[list[str]] = []

    def answer(question: str) -> Answer:
        made.append([call.path for call in world.env.http_requests[before:]])
        return long_answer(question)

    script(monkeypatch, library, answer)
    result = await world.alice.slash(world.channel, "ask", question=FERRY)
    [[acknowledgement]] = made
    assert acknowledgement.endswith("/callback")
    assert world.env.http_requests[before].json == {"type": 5}  # to be edited later
    assert shown(result).id == world.channel.history()[0].id
    assert shown(result).edited_at is not None


async def test_the_answer_stands_under_the_question_with_its_footnotes_after_it(
    world: World,
) -> None:
    lines = (await ask(world, FIRST)).content.split("\n")
    asked, said, *notes = filter(None, lines)
    assert asked == f"> {FIRST}"
    quote = (
        "The lighthouse at Skerry Point was built in 1851. Its first keeper was Ada Lorne, and she "
        "kept the lamp for thirty years. Ada Lorne was born in the village of Tarn."
    )
    assert said == f"{quote} [1]"
    assert notes == ["-# [1] Lighthouses"]


async def test_a_footnote_links_to_a_document_that_has_an_address(world: World) -> None:
    answer = await ask(world, FERRY)
    link = "[The Skerry ferry](<https://skerry.example/ferry.md>)"
    assert answer.content.split("\n")[-1] == f"-# [1] {link}"


async def test_a_private_answer_is_for_the_one_who_asked_in_all_its_parts(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, library, long_answer)
    result = await world.alice.slash(world.channel, "ask", question=FERRY, private=True)
    assert shown(result).flags.ephemeral
    assert result.followups
    assert all(message.ephemeral for message in result.followups)
    assert world.channel.history(viewer=world.moderator) == []


async def test_an_answer_is_for_all_unless_it_was_to_be_private(world: World) -> None:
    answer = await ask(world, FERRY)
    assert [message.id for message in world.channel.history(viewer=world.moderator)] == [answer.id]


async def test_a_long_answer_comes_in_parts_with_buttons_under_the_last(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, library, long_answer)
    result = await world.alice.slash(world.channel, "ask", question=FERRY)
    parts = [shown(result), *(message.message for message in result.followups)]
    said = long_answer(FERRY).text
    assert len(parts) > 1
    assert all(len(part.content) <= 2000 for part in parts)
    assert said in " ".join(part.content for part in parts).replace("\n", " ")
    assert [bool(part.components) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert not any(part.flags.ephemeral for part in parts)


async def test_a_server_is_answered_from_its_own_documents_and_nobody_else_is(
    world: World, library: Library
) -> None:
    pool = note("pool.txt", "The swimming pool is closed on Mondays.", "Pool")
    put(library, [pool], library_of(world.guild.id))
    elsewhere = world.env.create_guild("Elsewhere")
    stranger = elsewhere.add_member(world.env.create_user("stranger"))
    question = "When is the swimming pool closed?"
    assert "closed on Mondays. [1]" in (await ask(world, question)).content
    other = await ask(
        world, question, by=stranger, channel=elsewhere.create_text_channel("general")
    )
    direct = shown(await world.alice.user.slash("ask", question=question))
    assert NOT_SAID in other.content
    assert NOT_SAID in direct.content
    assert "Mondays" not in other.content + direct.content


async def test_direct_messages_are_answered_from_what_all_may_see(world: World) -> None:
    assert f"{LEAVES} [1]" in shown(await world.alice.user.slash("ask", question=FERRY)).content


async def test_where_the_documents_do_not_say_the_answer_says_so_and_shows_what_came_nearest(
    world: World,
) -> None:
    answer = await ask(world, UNKNOWN)
    said, *nearest = answer.content.split("\n- ")
    assert f"**{NOT_SAID}**" in said
    assert {line.partition(": “")[0] for line in nearest} == {
        "**Lighthouses**",
        "**[The Skerry ferry](<https://skerry.example/ferry.md>)**",
        "**Bread**",
    }
    assert "[1]" not in answer.content


async def test_where_there_are_no_documents_the_answer_says_how_they_are_added(
    world: World, library: Library
) -> None:
    library.remove([document.id for document in library.documents()])
    for answer in (await ask(world, FERRY), await mention(world, FERRY)):
        assert f"**{NOT_SAID}** {NOTHING_THERE}" in answer.content
        assert "`/documents add`" in answer.content


async def test_nobody_is_pinged_whatever_is_said(world: World, library: Library) -> None:
    calls = f"@everyone @here {world.alice.mention}"
    put(library, [note("rules.txt", f"In the sauna, {calls} must be quiet.")])
    question = f"Who must be quiet in the sauna? {calls}"
    answer = await ask(world, question)
    replied = await mention(world, question)
    await press(answer, SOURCES, world.alice)
    await press(answer, UP, world.alice)
    shown(await world.alice.slash(world.channel, "search", query=question))
    assert "must be quiet" in answer.content
    assert len(bodies(world.env)) == 4
    for body in bodies(world.env):
        allowed = body["allowed_mentions"]
        assert (allowed["parse"], allowed.get("replied_user", False)) == ([], False)
    for message in (answer, replied):
        stored = world.env.backend.get_message(world.channel.id, message.id)
        assert (stored.ping_user_ids, stored.mention_everyone) == ([], False)


async def test_no_link_unfolds_into_a_preview(world: World, library: Library) -> None:
    address = "https://skerry.example/tides"
    put(library, [note("tides.txt", f"The table of the tides stands at {address} for all to see.")])
    question = f"Where does the table of the tides stand? Not at {address}?"
    answers = [await ask(world, question), await mention(world, question)]
    for answer in answers:
        assert address in answer.content
        assert BARE_ADDRESS.search(answer.content) is None
    assert answers[1].flags.suppress_embeds


async def test_the_buttons_are_sources_two_thumbs_and_a_follow_up(world: World) -> None:
    found = buttons(await ask(world, FERRY))
    assert [button.label for button in found.values()] == ["Sources", None, None, "Follow-up"]
    assert list(found) == ["📖", "👍", "👎", "💬"]
