"""A message becomes a document of its server by its menu."""

import discord
import pytest
import simcord

from bot.discord.commands.documents.add_message import NAME
from bot.discord.commands.documents.refresh import UNSHOWN
from retrieval.reading.limits import LARGEST_FILE
from tests.support.discord.acting import ask, shown
from tests.support.discord.moderating import POOL, contents, documents, refusal
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)

SAID = "The bar opens at six. Ask @everyone in it for *Ivo*."
WHERE = "Alice in #general, 1 January 2026"


async def add(world: World, message: discord.Message) -> simcord.InteractionResult:
    """Add a message, as whoever may."""
    return await world.moderator.context_menu(world.channel, NAME, message)


async def test_it_is_for_those_who_may_manage_the_server(world: World) -> None:
    said = await world.alice.send(world.channel, SAID)
    with pytest.raises(simcord.SetupError, match="default-member-permissions"):
        await world.alice.context_menu(world.channel, NAME, said)
    assert documents(world) == []


async def test_it_is_not_offered_in_direct_messages(world: World) -> None:
    [put] = [call for call in world.env.http_requests if call.method == "PUT"]
    [menu] = [command for command in put.json or [] if command["name"] == NAME]
    assert menu["contexts"] == [0]  # servers


async def test_a_message_is_added_with_who_said_it_and_where_and_when(world: World) -> None:
    said = await world.alice.send(world.channel, SAID)
    result = await add(world, said)
    assert result.ephemeral
    assert shown(result).content == f"Added **[{WHERE}](<{said.jump_url}>)**: 1 passage."
    [document] = documents(world)
    assert (document.title, document.source) == (WHERE, said.jump_url)
    assert document.added_by == f"discord:{world.moderator.id}"
    assert contents(world)[WHERE].split("\n\n") == [
        SAID,
        f"{WHERE}\n",
    ]


async def test_an_answer_from_it_links_to_it(world: World) -> None:
    said = await world.alice.send(world.channel, SAID)
    await add(world, said)
    answer = await ask(world, "When does the bar open?")
    assert "The bar opens at six." in answer.content
    assert f"\n-# [1] [{WHERE}](<{said.jump_url}>)" in answer.content


async def test_people_and_channels_in_it_are_called_by_their_names(world: World) -> None:
    text = f"{world.moderator.mention} is in <#{world.channel.id}>."
    await add(world, await world.alice.send(world.channel, text))
    assert contents(world)[WHERE].startswith("@Mo is in #general.")


async def test_what_is_attached_is_added_too(world: World) -> None:
    said = await world.alice.send(world.channel, SAID, attachments=[POOL, ("a.txt", b"At ten.")])
    lines = shown(await add(world, said)).content.split("\n")
    assert lines == [
        f"Added **[{WHERE}](<{said.jump_url}>)**: 1 passage.",
        "Added **Pool rules**: 1 passage.",
        "Added **a**: 1 passage.",
    ]
    assert list(contents(world)) == [WHERE, "Pool rules", "a"]


async def test_a_file_without_words_is_added_alone(world: World) -> None:
    await add(world, await world.alice.send(world.channel, attachments=[POOL]))
    assert list(contents(world)) == ["Pool rules"]


async def test_the_same_message_again_changes_nothing(world: World) -> None:
    said = await world.alice.send(world.channel, SAID)
    await add(world, said)
    assert "Unchanged" in shown(await add(world, said)).content


async def test_an_edited_message_that_is_added_again_says_what_it_says_now(world: World) -> None:
    said = await world.alice.send(world.channel, SAID)
    await add(world, said)
    await world.alice.edit(said, "The bar is shut.")
    assert "Added" in shown(await add(world, said)).content
    assert contents(world)[WHERE].startswith("The bar is shut.")
    assert len(documents(world)) == 1


async def test_a_message_in_a_thread_names_the_thread(world: World) -> None:
    world.env.backend.create_thread(world.channel.id, "Opening hours", world.alice.id)
    await world.env.settle()
    [thread] = world.channel.threads
    said = await world.alice.send(thread, SAID)
    await world.moderator.context_menu(thread, NAME, said)
    [document] = documents(world)
    assert document.title == "Alice in #Opening hours, 1 January 2026"


# What is not added


async def test_its_own_messages_are_not_added(world: World) -> None:
    answer = await ask(world, "When does the ferry leave?")
    assert "my own message" in refusal(world, await add(world, answer))
    assert documents(world) == []


async def test_a_message_that_says_nothing_is_not_added(world: World) -> None:
    hook = world.guild.create_webhook(world.channel)
    await hook.send(embed=discord.Embed())
    said = world.channel.last_message
    assert said is not None
    assert "neither words nor files" in refusal(world, await add(world, said))
    assert documents(world) == []


@pytest.mark.parametrize(
    ("file", "why"),
    [(("cat.gif", b"GIF89a"), "cat.gif holds no text"), (("a.md", b""), "a.md is empty")],
)
async def test_with_a_file_that_can_not_be_added_nothing_is(
    world: World, file: tuple[str, bytes], why: str
) -> None:
    said = await world.alice.send(world.channel, SAID, attachments=[POOL, file])
    assert why in refusal(world, await add(world, said))
    assert documents(world) == []


async def test_with_a_file_that_is_too_large_nothing_is_fetched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def read(self: discord.Attachment) -> bytes:
        raise AssertionError(self.filename)

    said = await world.alice.send(world.channel, SAID, attachments=[POOL])
    size = property(lambda _: LARGEST_FILE + 1, lambda *_: None)
    monkeypatch.setattr(discord.Attachment, "size", size)
    monkeypatch.setattr(discord.Attachment, "read", read)
    assert "20 MiB is the most" in refusal(world, await add(world, said))
    assert documents(world) == []


async def test_embeds_and_what_is_forwarded_are_added_too(world: World) -> None:
    embed = discord.Embed(title="Bar news", description="The bar opens at seven.")
    embed.add_field(name="Sundays", value="closed")
    news = await world.guild.create_webhook(world.channel).send(embed=embed)
    elsewhere = world.guild.create_text_channel("elsewhere")
    said = await world.alice.send(elsewhere, "The sauna is warm.", attachments=[POOL])
    for message in (news, await world.alice.forward(said, world.channel)):
        await add(world, message)
    texts = [text.split("\n\n")[:-1] for text in contents(world).values()]
    assert texts[0] == ["Bar news", "The bar opens at seven.", "Sundays: closed"]
    assert texts[1] == ["The sauna is warm."]
    assert any("closed on Mondays" in text for text in contents(world).values())


async def test_reading_again_keeps_a_message_whose_words_are_not_shown_to_the_bot(
    world: World,
) -> None:
    await add(world, await world.alice.send(world.channel, SAID))
    before = contents(world)
    text = shown(await world.moderator.slash(world.channel, "documents refresh")).content
    assert UNSHOWN.format(title=WHERE, menu=NAME) in text
    assert contents(world) == before
