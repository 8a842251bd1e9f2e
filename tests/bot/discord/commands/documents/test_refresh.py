"""Documents are read again from where they came from, and nothing else is read."""

from pathlib import Path

import discord
import pytest

from bot.discord.commands.documents.refresh import LOST, UPLOADED
from bot.discord.services.libraries import library_of
from retrieval.reading.source import from_file, from_link, from_paths
from retrieval.types import Answer
from tests.support.discord.acting import shown
from tests.support.discord.moderating import (
    POOL,
    POOL_TEXT,
    call,
    contents,
    documents,
    refusal,
    stock,
    told,
)
from tests.support.discord.solving import unseen
from tests.support.discord.world import World
from tests.support.homes import put

# Messages are fetched again, whose words Discord shows only to a bot that may read along.
pytestmark = [
    pytest.mark.simcord(shard_count=1),
    pytest.mark.options(message_content=True),
]

SAID, NEWS = "The bar opens at six.", "The bar is shut."
NAME = "Alice in #general, 1 January 2026"
COUNTED = "uploaded: attach those again to replace them."


async def menu(world: World, text: str = SAID) -> discord.Message:
    """A message of Alice's, added to the documents."""
    said = await world.alice.send(world.channel, text)
    shown(await world.moderator.context_menu(world.channel, "Add to Footnote", said))
    return said


def linked(world: World, link: str) -> str:
    """Put a document that says it is a message into the server's library; return its title."""
    [*_, document] = stock(world, [from_link(link, "As it was.", "A message")])
    return document.title


def gets(world: World) -> list[str]:
    """The requests to Discord about channels and messages."""
    return [c.path for c in world.env.http_requests if c.method == "GET" and "channels" in c.path]


async def test_an_edited_message_replaces_what_it_said(world: World) -> None:
    said = await menu(world)
    with unseen(world):
        await world.alice.edit(said, NEWS)
    answer = await told(world, "refresh", title=NAME)
    assert answer.startswith(f"Replaced **[{NAME}](<{said.jump_url}>)**")
    assert contents(world)[NAME].startswith(NEWS)
    assert len(documents(world)) == 1


async def test_a_message_that_is_as_it_was_changes_nothing(world: World) -> None:
    await menu(world)
    before = documents(world)
    assert (await told(world, "refresh")).startswith("Unchanged: **[Alice in #general")
    assert documents(world) == before


async def test_a_deleted_message_is_kept_and_said_to_be_lost(world: World) -> None:
    said = await menu(world)
    before = documents(world)
    with unseen(world):
        await world.alice.delete(said)
    assert await told(world, "refresh") == f"⚠️ {LOST.format(title=NAME)}"
    assert documents(world) == before


async def test_a_message_in_a_channel_that_may_not_be_read_is_kept(world: World) -> None:
    await menu(world)
    world.env.inject_error("GET", "/channels/*", status=403, code=50001)
    assert await told(world, "refresh") == f"⚠️ {LOST.format(title=NAME)}"
    assert list(contents(world)) == [NAME]


async def test_a_link_to_a_message_of_another_server_is_not_followed(world: World) -> None:
    elsewhere = world.env.create_guild("Other")
    channel = elsewhere.create_text_channel("secrets")
    secret = await elsewhere.add_member(world.alice.user).send(channel, "The safe opens at one.")
    title = linked(world, secret.jump_url)
    assert await told(world, "refresh", title=title) == f"⚠️ {LOST.format(title=title)}"
    assert gets(world) == []
    # Nor one that says it is of this server.
    lying = secret.jump_url.replace(str(elsewhere.id), str(world.guild.id))
    stock(world, [from_link(lying, "As it was, too.", "Another")])
    assert await told(world, "refresh", title="Another") == f"⚠️ {LOST.format(title='Another')}"
    assert not [path for path in gets(world) if "messages" in path]
    assert set(contents(world).values()) == {"As it was.", "As it was, too."}


@pytest.mark.parametrize(
    "link",
    [
        "https://discord.com/channels/{0}/{1}/2",
        "https://discord.com/channels/{0}/99999999999/2",
        "https://discord.com/channels/@me/{1}/2",
        "https://discord.com.evil.example/channels/{0}/{1}/2",
        "https://example.com/page",
    ],
)
async def test_a_link_that_leads_nowhere_changes_nothing(world: World, link: str) -> None:
    title = linked(world, link.format(world.guild.id, world.channel.id))
    assert (await told(world, "refresh", title=title)).startswith("⚠️ ")
    assert list(contents(world).values()) == ["As it was."]


async def test_an_upload_is_to_be_attached_again(world: World) -> None:
    await told(world, "add", file=POOL)
    said = await told(world, "refresh", title="pool rules")
    assert said == f"⚠️ {UPLOADED.format(title='Pool rules')}"
    assert list(contents(world).values()) == [POOL_TEXT]


async def test_where_all_are_refreshed_uploads_are_only_counted(world: World) -> None:
    await told(world, "add", file=POOL)
    await told(world, "add", text="At six.", title="Bar")
    assert await told(world, "refresh") == f"2 {COUNTED}"
    said = await menu(world)
    with unseen(world):
        await world.alice.edit(said, NEWS)
    counted, replaced = (await told(world, "refresh")).split("\n")
    assert counted == f"2 {COUNTED}"
    assert replaced.startswith(f"Replaced **[{NAME}](<{said.jump_url}>)**")


async def test_only_the_one_that_is_named_is_read(world: World) -> None:
    first = await menu(world)
    second = await world.moderator.send(world.channel, "The sauna is hot.")
    await world.moderator.context_menu(world.channel, "Add to Footnote", second)
    with unseen(world):
        await world.alice.edit(first, NEWS)
    with unseen(world):
        await world.moderator.edit(second, "The sauna is cold.")
    await told(world, "refresh", title=NAME)
    assert [text.split("\n")[0] for text in contents(world).values()] == ["The sauna is hot.", NEWS]


async def test_a_file_that_the_operator_added_is_read_again(world: World, tmp_path: Path) -> None:
    path = tmp_path / "hours.txt"
    path.write_text("At six.")
    stock(world, [from_file(path)])
    path.write_text("At seven.")
    assert await told(world, "refresh") == (
        "Replaced **hours** in place of its older version: 1 passage."
    )
    path.unlink()
    assert (await told(world, "refresh")).startswith("⚠️ Could not read ")
    assert contents(world) == {"hours": "At seven."}


async def test_where_there_is_nothing_to_read_it_says_so(world: World) -> None:
    assert await told(world, "refresh") == "There was nothing to do."
    assert "no document" in refusal(world, await call(world, "refresh", title="Pool"))
    # Looking for documents makes no library.
    assert not world.services.libraries.library.has(library_of(world.guild.id))


# What was added as a whole


@pytest.fixture
def harbour(world: World, tmp_path: Path) -> Path:
    """A folder that the operator added to the server's documents."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    (folder / "tide.txt").write_text("High tide comes an hour later every day.")
    (folder / "wind.txt").write_text("The wind blows from the west.")
    stock(world, from_paths([str(folder)]))
    return folder


async def test_a_folder_is_made_what_it_holds_now(world: World, harbour: Path) -> None:
    (harbour / "wind.txt").write_text("The wind blows from the east.")
    (harbour / "tide.txt").rename(harbour / "water.txt")
    (harbour / "bread.txt").write_text("Rye bread is baked for an hour.")
    lines = (await told(world, "refresh")).split("\n")
    assert sorted(lines) == [
        "Added **bread**: 1 passage.",
        "Moved **water**: it stands in another place now.",
        "Replaced **wind** in place of its older version: 1 passage.",
    ]
    (harbour / "bread.txt").unlink()
    assert "Removed **bread**: it is not where it came from any more." in await told(
        world, "refresh"
    )
    assert set(contents(world)) == {"water", "wind"}


async def test_a_folder_that_is_gone_removes_nothing_and_is_said(
    world: World, harbour: Path
) -> None:
    before = documents(world)
    harbour.rename(harbour.with_name("elsewhere"))
    said = await told(world, "refresh")
    assert said.startswith("⚠️ The folder ")
    assert said.endswith(" is gone. Nothing was removed.")
    assert documents(world) == before


async def test_messages_are_read_again_with_all_that_is_synced(world: World, harbour: Path) -> None:
    said = await menu(world)
    with unseen(world):
        await world.alice.edit(said, NEWS)
    (harbour / "wind.txt").unlink()
    answer = await told(world, "refresh")
    assert "Removed **wind**" in answer
    assert f"Replaced **[{NAME}]" in answer


async def test_it_is_told_whose_answer_is_another_now(world: World, harbour: Path) -> None:
    like(world, "Where does the wind blow from?", world.guild.id)
    like(world, "When does high tide come?", world.guild.id + 1)
    (harbour / "wind.txt").write_text("The wind blows from the *east*.")
    answer = await told(world, "refresh")
    assert answer.split("\n")[-4:] == [
        "**1 answer is another than before:**",
        "Where does the wind blow from?",
        "- before: “The wind blows from the west.”",
        r"- now: “The wind blows from the \*east\*.”",
    ]


async def test_only_the_sources_of_the_server_are_looked_at(
    world: World, harbour: Path, tmp_path: Path
) -> None:
    other = world.env.create_guild("Other")
    (tmp_path / "safe.txt").write_text("The safe opens at one.")
    stock(world, [from_file(tmp_path / "safe.txt")], other)
    put(world.services.libraries.library, [from_file(tmp_path / "safe.txt")])
    (tmp_path / "safe.txt").write_text("The safe opens at two.")
    assert "safe" not in await told(world, "refresh")
    assert contents(world, other) == {"safe": "The safe opens at one."}


def like(world: World, question: str, guild: int) -> None:
    """Have a member like an answer in a server."""
    log = world.services.libraries.question_log
    log.record_answer(guild, guild, Answer(question, True, "So it is.", 0.9, "quote"))
    log.vote(guild, guild, 7, up=True)
