"""`/privacy` shows members what is kept of them: to be taken along, deleted, or kept no more."""

import json
from functools import partial

import discord
import pytest
import simcord

from bot.discord.knowledge.privacy.command import CHOSEN, FILE, KEPT, SURE
from bot.discord.knowledge.privacy.forget import forget_documents
from bot.discord.knowledge.privacy.in_words import NOTHING
from tests.support.discord.acting import DOWN, FERRY, LEAVES, SOURCES, ask, mention, press, shown
from tests.support.discord.helping import labels
from tests.support.discord.world import World
from tests.support.homes import note
from tests.support.texts.traces import files_with

pytestmark = pytest.mark.simcord(shard_count=1)

OWN = "When does the ferry leave for zorrifax-upon-quendle?"
WRITTEN = "The wombatine basin is warmed to thirty-one flimmers every Monday."


@pytest.fixture(autouse=True)
def forgetting(world: World) -> None:
    """Erased documents are forgotten by the records, as `bot.wiring` has it."""
    library = world.services.libraries.library
    library.forgets = (partial(forget_documents, library.home.folder),)


async def privacy(world: World, by: simcord.MemberActor | None = None) -> discord.Message:
    """The answer to `/privacy`."""
    return shown(await (by or world.alice).slash(world.channel, "privacy"))


async def choose(page: discord.Message, button: str, by: simcord.MemberActor) -> discord.Message:
    """Press a button by its label; return what is shown then."""
    found = [item for row in page.components for item in getattr(row, "children", [])]
    [wanted] = [item for item in found if item.label == button]
    return shown(await by.click(page, custom_id=wanted.custom_id))


async def test_a_member_sees_what_is_kept_of_them_alone(world: World) -> None:
    answer = await ask(world, OWN)
    await press(answer, DOWN, world.alice)
    await ask(world, "Who was the first keeper?", by=world.moderator)
    page = await privacy(world)
    assert page.flags.ephemeral
    assert page.content.startswith(CHOSEN[False])
    assert f"**1 question asked**\n- {OWN}\n" in page.content
    assert f"**1 vote**\n- 👎 {OWN}\n" in page.content
    assert "keeper" not in page.content
    assert labels(page) == ["Download", "Delete …", "Opt out"]


async def test_of_who_did_nothing_nothing_is_kept(world: World) -> None:
    page = await privacy(world)
    assert NOTHING in page.content


async def test_it_works_in_direct_messages(world: World) -> None:
    await ask(world, OWN)
    user = world.alice.user
    page = shown(await user.slash("privacy"))
    assert OWN in page.content
    await user.click(page, label="Opt out")
    assert world.services.privacy.opted_out(world.guild.id, world.alice.id)


async def test_all_of_it_can_be_taken_along(world: World) -> None:
    await ask(world, OWN)
    handed = await choose(await privacy(world), "Download", world.alice)
    assert handed.flags.ephemeral
    [file] = handed.attachments
    assert file.filename == FILE
    kept = json.loads(await file.read())
    assert kept["member"] == str(world.alice.id)
    [question] = kept["kept"]["questions"]
    assert question["words"] == OWN
    assert question["server"] == str(world.guild.id)


async def test_it_is_deleted_after_it_was_asked_once(world: World) -> None:
    home = world.services.libraries.library.home.folder
    await press(await ask(world, OWN), DOWN, world.alice)
    await mention(world, OWN)
    question = await choose(await privacy(world), "Delete …", world.alice)
    assert question.content == SURE
    kept = await choose(question, "Keep", world.alice)
    assert kept.content == KEPT
    assert files_with(home, [world.alice.id, "zorrifax"])
    done = await choose(
        await choose(await privacy(world), "Delete …", world.alice), "Delete", world.alice
    )
    assert "2 questions asked" in done.content
    assert not files_with(home, [world.alice.id, "zorrifax"])
    assert LEAVES.split(".")[0] in (await ask(world, FERRY, by=world.moderator)).content


async def test_a_document_with_the_members_words_is_erased_too(world: World) -> None:
    libraries = world.services.libraries
    await ask(world, "How warm is the basin?")
    [gap] = libraries.gaps.of(world.guild.id)
    record = libraries.records.gaps
    added = await libraries.add(
        world.guild.id,
        [note("basin.txt", WRITTEN, "Basin")],
        f"discord:{world.moderator.id}",
        libraries.begin(),
    )
    document = added[0].document
    assert document is not None
    ids = [one.id for one in gap.questions]
    record.settle(ids, world.guild.id, ids[0], "answered", world.moderator.id, document.id, "Basin")
    question = await choose(await privacy(world, world.moderator), "Delete …", world.moderator)
    done = await choose(question, "Delete", world.moderator)
    assert "1 document written" in done.content
    home = libraries.library.home.folder
    assert not files_with(home, [world.moderator.id, "wombatine", "flimmers"])


async def test_documents_that_somebody_added_stay_without_their_number(world: World) -> None:
    libraries = world.services.libraries
    who = f"discord:{world.moderator.id}"
    await libraries.add(
        world.guild.id, [note("basin.txt", WRITTEN, "Basin")], who, libraries.begin()
    )
    question = await choose(await privacy(world, world.moderator), "Delete …", world.moderator)
    done = await choose(question, "Delete", world.moderator)
    assert "1 document." in done.content
    [document] = await libraries.documents(world.guild.id)
    assert document.added_by == "discord"
    assert not files_with(libraries.library.home.folder, [world.moderator.id])


async def test_who_opts_out_is_answered_and_not_remembered(world: World) -> None:
    home = world.services.libraries.library.home.folder
    page = await choose(await privacy(world), "Opt out", world.alice)
    assert page.content.startswith("You opted out in this server")
    assert labels(page)[-1] == "Opt in"
    answer = await ask(world, OWN)
    assert LEAVES.split(".")[0] in answer.content
    assert shown(await press(answer, SOURCES, world.alice)).content
    assert not files_with(home, [world.alice.id, "zorrifax"])
    page = await choose(await privacy(world), "Opt in", world.alice)
    assert page.content.startswith(CHOSEN[False])
    await ask(world, OWN)
    assert files_with(home, [world.alice.id])
