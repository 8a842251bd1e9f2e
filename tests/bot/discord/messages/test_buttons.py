"""The buttons under an answer: the passages around its quotes, and a vote for each member."""

import discord
import pytest

from bot.discord.messages.buttons import FORGOTTEN, GONE, answer_buttons
from bot.discord.records.question_log import Totals
from retrieval.library import Library
from retrieval.types import Answer, Citation
from tests.support.discord.acting import (
    DOWN,
    FERRY,
    FIRST,
    SOURCES,
    UNKNOWN,
    UP,
    ask,
    forget,
    last,
    long_answer,
    mention,
    press,
    script,
    shown,
    votes,
)
from tests.support.discord.world import World
from tests.support.homes import note, put

pytestmark = pytest.mark.simcord(shard_count=1)


async def sources(world: World, answer: discord.Message) -> str:
    """The sources of an answer, as shown to the moderator, who did not ask."""
    result = await press(answer, SOURCES, world.moderator)
    message = shown(result)
    assert message.flags.ephemeral
    assert message.id not in {m.id for m in world.channel.history(viewer=world.alice)}
    assert message.id in {m.id for m in world.channel.history(viewer=world.moderator)}
    return "\n\n".join([message.content, *(more.content for more in result.followups)])


# Sources


async def test_sources_shows_the_passage_around_a_quote_to_whoever_pressed_it_alone(
    world: World,
) -> None:
    assert await sources(world, await ask(world, FIRST)) == (
        "### [1] Lighthouses\n"
        "**The lighthouse at Skerry Point was built in 1851. "
        "Its first keeper was Ada Lorne, and she kept the lamp for thirty years. "
        "Ada Lorne was born in the village of Tarn.**"
    )


async def test_a_passage_that_was_quoted_twice_is_shown_once_with_both_marks(
    world: World, library: Library
) -> None:
    between = "Gulls sit on the wires. " * 30
    first, second = "The tram to Holm leaves at six.", "The tram to Holm costs two crowns."
    put(library, [note("tram.txt", f"{first} {between}{second}", "Trams")])
    text = await sources(world, await mention(world, "What about the tram to Holm?"))
    assert text.startswith("### [1] [2] Trams\n")
    assert text.count("Trams") == 1
    assert f"**{first}**" in text
    assert f"**{second}**" in text


async def test_passages_of_several_documents_are_shown_each_with_its_mark(
    world: World, library: Library
) -> None:
    put(library, [note(f"{name}.txt", f"The café {name} opens at six.") for name in ("A", "B")])
    answer = await ask(world, "When does the café open?")
    shown_of = dict(passage.split("\n") for passage in (await sources(world, answer)).split("\n\n"))
    assert len(shown_of) == 2
    for name in ("A", "B"):
        says = f"The café {name} opens at six."
        [mark] = [n for n in (1, 2) if f"{says} [{n}]" in answer.content]
        assert shown_of[f"### [{mark}] {name}"] == f"**{says}**"


async def test_sources_too_long_for_one_message_come_in_several_that_nobody_else_sees(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [" ".join(f"{kind} number {n} is here." for n in range(60)) for kind in ("Oar", "Sail")]
    put(library, [note(f"{n}.txt", text) for n, text in enumerate(texts)])
    cited = tuple(
        Citation(
            *(n, document.id, document.title, document.source, None, 0, 1400, "Oar"),
            version=document.version,
        )
        for n, document in enumerate(library.documents()[-2:], start=1)
    )
    script(monkeypatch, library, lambda asked: Answer(asked, True, "[1] [2]", 1, "quote", cited))
    result = await press(await ask(world, "What is here?"), SOURCES, world.moderator)
    parts = [shown(result), *(more.message for more in result.followups)]
    assert len(parts) > 1
    assert all(part.flags.ephemeral and len(part.content) <= 2000 for part in parts)
    words = " ".join(part.content for part in parts).replace("*", "")
    assert all(f"{kind} number 59 is here." in words for kind in ("Oar", "Sail"))


async def test_sources_of_an_abstention_are_the_passages_that_came_nearest(world: World) -> None:
    text = await sources(world, await ask(world, UNKNOWN))
    assert text.count("\n\n### ") == 2
    assert "### Bread\nRye bread is baked for an hour at two hundred degrees." in text
    assert "[1]" not in text
    assert "[0]" not in text


async def test_sources_of_a_document_that_was_removed_say_so(
    world: World, library: Library
) -> None:
    answer = await ask(world, FIRST)
    library.remove([document.id for document in library.documents()])
    assert await sources(world, answer) == GONE


async def test_sources_of_an_answer_no_longer_on_record_say_so(
    world: World, library: Library
) -> None:
    answer = await ask(world, FIRST)
    forget(library)
    assert await sources(world, answer) == FORGOTTEN


async def test_sources_are_shown_only_where_the_question_was_asked(world: World) -> None:
    answer = await ask(world, FIRST)
    assert answer.interaction_metadata is not None
    elsewhere = world.env.create_guild("Elsewhere")
    channel = elsewhere.create_text_channel("general")
    stranger = elsewhere.add_member(world.env.create_user("stranger"))
    place = world.bot.get_channel(channel.id)
    assert isinstance(place, discord.TextChannel)
    await place.send("Copied", view=answer_buttons(answer.interaction_metadata.id))
    assert shown(await press(last(channel), SOURCES, stranger)).content == FORGOTTEN


async def test_sources_are_shown_in_direct_messages(world: World) -> None:
    user = world.alice.user
    answer = shown(await user.slash("ask", question=FIRST))
    assert (
        "Its first keeper was Ada Lorne" in shown(await user.click(answer, label="Sources")).content
    )


# Votes


async def test_a_vote_is_counted_on_its_button(world: World) -> None:
    answer = await ask(world, FERRY)
    assert votes(answer) == (None, None)
    result = await press(answer, UP, world.moderator)
    assert votes(shown(result)) == ("1", None)
    assert last(world.channel).content == answer.content
    assert len(world.channel.history()) == 1  # counted in place: nothing is said about it


async def test_a_member_has_one_vote_which_may_be_changed(world: World) -> None:
    answer = await mention(world, FERRY)
    for button, counted in ((UP, ("1", None)), (UP, ("1", None)), (DOWN, (None, "1"))):
        await press(answer, button, world.alice)
        assert votes(last(world.channel)) == counted


async def test_the_votes_of_several_members_add_up(world: World) -> None:
    answer = await ask(world, FERRY)
    for number, button in enumerate((UP, DOWN, UP)):
        member = world.guild.add_member(world.env.create_user(f"member{number}"))
        await press(answer, button, member)
    assert votes(last(world.channel)) == ("2", "1")
    assert world.services.libraries.question_log.totals() == Totals(1, 0, up=2, down=1)


async def test_each_answer_has_its_own_votes(world: World) -> None:
    first, second = await ask(world, FERRY), await ask(world, FIRST)
    await press(first, UP, world.alice)
    await press(second, DOWN, world.alice)
    assert [votes(message) for message in world.channel.history()] == [("1", None), (None, "1")]


async def test_a_vote_on_an_answer_no_longer_on_record_is_told_so(
    world: World, library: Library
) -> None:
    answer = await ask(world, FERRY)
    forget(library)
    message = shown(await press(answer, UP, world.alice))
    assert (message.content, message.flags.ephemeral) == (FORGOTTEN, True)
    assert votes(world.channel.history()[0]) == (None, None)


async def test_the_buttons_of_a_long_answer_stand_under_its_last_part_and_work(
    world: World, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(monkeypatch, library, long_answer)
    await mention(world, FERRY)
    _, *parts, end = world.channel.history()
    assert parts
    assert all(part.components == [] for part in parts)
    await press(end, UP, world.alice)
    assert votes(last(world.channel)) == ("1", None)
