"""Documents are removed by title, after a question."""

import discord
import pytest
import simcord

from bot.discord.commands.documents.documents import CHOICE, CHOICES
from bot.discord.commands.documents.remove import KEPT
from tests.support.discord.acting import ask, restart, shown
from tests.support.discord.moderating import (
    POOL,
    call,
    contents,
    documents,
    refusal,
    sentence,
    stock,
    told,
)
from tests.support.discord.world import World
from tests.support.homes import note

pytestmark = pytest.mark.simcord(shard_count=1)

BAR, SAUNA = note("bar.txt", "The bar opens at six.", "Bar"), note("s.txt", "It is hot.", "Sauna")


async def asked(world: World, title: str) -> discord.Message:
    """The question whether a document is to be removed."""
    question = shown(await call(world, "remove", title=title))
    assert question.flags.ephemeral
    return question


async def click(world: World, question: discord.Message, label: str) -> simcord.InteractionResult:
    """Answer the question of a removal."""
    return await world.moderator.click(question, label=label)


async def choices(world: World, typed: str, command: str = "remove") -> dict[str, str]:
    """The choices for a title that is being typed: names, by the values sent for them."""
    found = await world.moderator.autocomplete(
        world.channel, f"documents {command}", "title", typed
    )
    return {choice["value"]: choice["name"] for choice in found}


# Which


@pytest.mark.parametrize("command", ["remove", "refresh"])
async def test_titles_are_offered_by_a_part_of_them(world: World, command: str) -> None:
    [bar, sauna] = stock(world, [BAR, SAUNA])
    assert await choices(world, "", command) == {bar.id: "Bar", sauna.id: "Sauna"}
    assert await choices(world, "SAU", command) == {sauna.id: "Sauna"}
    assert await choices(world, "A", command) == {bar.id: "Bar", sauna.id: "Sauna"}
    assert await choices(world, "pool", command) == {}


async def test_nothing_is_offered_where_there_is_nothing(world: World) -> None:
    assert await choices(world, "") == await choices(world, "ferry") == {}


async def test_no_more_is_offered_than_discord_takes(world: World) -> None:
    long = [note(f"{n}.txt", f"Rule {n}.", f"{n} {'long ' * 60}") for n in range(CHOICES + 5)]
    stock(world, long)
    offered = await choices(world, "LONG")
    assert len(offered) == CHOICES == 25
    assert all(1 <= len(name) <= CHOICE == 100 for name in offered.values())


async def test_a_title_may_be_typed_by_hand(world: World) -> None:
    stock(world, [BAR, SAUNA])
    assert "Remove **Sauna** with its 1 passage?" in (await asked(world, " sAUNA ")).content


async def test_the_beginning_of_an_id_may_be_typed(world: World) -> None:
    _, sauna = stock(world, [BAR, SAUNA])
    assert "Remove **Sauna** with its 1 passage?" in (await asked(world, sauna.id[:6])).content
    assert "no document called" in refusal(world, await call(world, "remove", title=sauna.id[:3]))


async def test_a_title_that_nothing_has_changes_nothing(world: World) -> None:
    stock(world, [BAR])
    why = refusal(world, await call(world, "remove", title="@everyone *Sau*"))
    assert "no document called “@\u200beveryone \\*Sau\\*”" in why
    assert list(contents(world)) == ["Bar"]


async def test_of_two_with_one_title_one_is_picked_from_the_list(world: World) -> None:
    [first, second] = stock(world, [BAR, note("other.txt", "It is small.", "Bar")])
    why = refusal(world, await call(world, "remove", title="bar"))
    assert why == "2 documents are called “bar”. Pick one from the list."
    assert await choices(world, "bar") == {first.id: "Bar", second.id: "Bar"}
    await click(world, await asked(world, second.id), "Remove")
    assert documents(world) == [first]


async def test_a_document_of_the_operator_can_not_be_removed(world: World) -> None:
    library = world.services.libraries.library
    [ferry, *_] = before = library.documents()
    for title in (ferry.title, ferry.id):
        assert "no document" in refusal(world, await call(world, "remove", title=title))
    assert library.documents() == before


# Whether


async def test_keeping_it_changes_nothing(world: World) -> None:
    before = stock(world, [BAR, SAUNA])
    question = await asked(world, "Bar")
    assert documents(world) == before
    kept = shown(await click(world, question, "Keep"))
    assert (kept.id, kept.content, kept.components) == (question.id, KEPT, [])
    assert documents(world) == before


async def test_a_removed_document_answers_no_more(world: World) -> None:
    await told(world, "add", file=POOL)
    question = "When is the pool closed?"
    answer = await ask(world, question)
    assert "The pool is closed on Mondays. [1]" in answer.content
    confirm = await asked(world, "Pool rules")
    gone = shown(await click(world, confirm, "Remove"))
    assert (gone.id, gone.content) == (confirm.id, "Removed **Pool rules**.")
    assert gone.components == []
    assert documents(world) == []
    assert "Mondays" not in (await ask(world, question)).content
    assert "Mondays" not in shown(await world.alice.click(answer, label="Sources")).content


@pytest.mark.parametrize(("label", "left"), [("Remove", ["Sauna"]), ("Keep", ["Bar", "Sauna"])])
async def test_the_question_can_be_answered_after_a_restart(
    world: World, label: str, left: list[str]
) -> None:
    stock(world, [BAR, SAUNA])
    question = await asked(world, "Bar")
    await restart(world)
    assert (await click(world, question, label)).acknowledged
    assert list(contents(world)) == left


async def test_one_that_was_removed_meanwhile_is_said_to_be_gone(world: World) -> None:
    stock(world, [BAR, SAUNA])
    first, second = await asked(world, "Bar"), await asked(world, "Bar")
    await click(world, first, "Remove")
    result = await click(world, second, "Remove")
    assert "no longer here" in sentence(result)
    assert list(contents(world)) == ["Sauna"]


async def test_it_is_said_to_be_gone_in_words_for_discord(world: World) -> None:
    stock(world, [BAR])
    first, second = await asked(world, "Bar"), await asked(world, "Bar")
    await click(world, first, "Remove")
    said = sentence(await click(world, second, "Remove"))
    assert "footnote list" not in said.replace("\\", "")
    assert "guild-" not in said


async def test_a_title_that_is_far_too_long_is_refused_in_a_sentence(world: World) -> None:
    stock(world, [BAR])
    assert "no document" in refusal(world, await call(world, "remove", title="x" * 3000))
