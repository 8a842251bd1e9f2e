"""`/gaps`: what nobody could answer, and what becomes of it."""

import re

import discord
import pytest
import simcord

from bot.discord.messages.split import MESSAGE, length
from bot.discord.records.gap_record import OpenQuestion
from bot.discord.records.hand_off_record import HandOff
from bot.discord.unanswered.gap_pages.answering import DONE
from bot.discord.unanswered.gap_pages.text import (
    A_PAGE,
    NONE,
    SHOWN,
    STAYS,
    Helpers,
    gap_details,
    gap_page,
    kept_text,
)
from bot.discord.unanswered.gaps import Gap, Nearest
from bot.discord.unanswered.keep_answer import ANSWER, Kept
from retrieval.library import Library
from retrieval.types import DocumentInfo, Passage
from tests.support.discord.acting import DOWN, FERRY, ask, press, restart, shown
from tests.support.discord.helping import choices, choose, fill, labels, pings
from tests.support.discord.moderating import documents, stock
from tests.support.discord.world import World
from tests.support.homes import note

pytestmark = pytest.mark.simcord(shard_count=1)

SAUNA, WARM = "How hot is the sauna?", "What temperature does the sauna have?"
ROOF = "Who may climb onto the roof of the town hall?"
HOT = "The sauna is heated to ninety degrees."


async def gaps(world: World) -> discord.Message:
    """The list, as a moderator calls it."""
    result = await world.moderator.slash(world.channel, "gaps")
    assert result.ephemeral
    return shown(result)


async def looked_at(world: World, question: str = SAUNA) -> discord.Message:
    """One gap of the list, by a question in it."""
    listed = await gaps(world)
    return shown(
        await world.moderator.select(
            listed, [choices(listed).get(question) or next(iter(choices(listed).values()))]
        )
    )


async def answered(world: World, text: str = HOT, question: str = SAUNA) -> discord.Message:
    """The outcome of an answer to a gap."""
    opened = await world.moderator.click(await looked_at(world, question), label="Answer")
    assert opened.modal
    return await fill(opened, world.moderator, question=question, answer=text)


async def test_there_is_nothing_to_list_where_all_was_answered(world: World) -> None:
    await ask(world, FERRY)
    listed = await gaps(world)
    assert listed.content == NONE
    assert not listed.components


async def test_what_means_the_same_is_counted_together_with_what_came_nearest(world: World) -> None:
    for question in (SAUNA, WARM, SAUNA, ROOF):
        await ask(world, question)
    listed = (await gaps(world)).content
    assert listed.startswith("**2 gaps** in 4 questions, the largest first\n1\\. **")
    assert "asked 3 times" in listed.splitlines()[1]
    assert "asked once, <t:" in listed
    assert listed.count(": “") == 2


async def test_one_gap_is_said_to_be_one_and_has_nothing_to_turn(world: World) -> None:
    await ask(world, SAUNA)
    listed = await gaps(world)
    assert listed.content.startswith("**1 gap**\n1\\. **")
    assert labels(listed) == []
    await ask(world, SAUNA)
    assert (await gaps(world)).content.startswith("**1 gap** in 2 questions\n")


@pytest.mark.parametrize("character", ["a", "*", "🙂", "a "])
def test_a_page_holds_all_its_gaps_with_all_that_is_said_of_them(character: str) -> None:
    long, link = character * 400, f"https://x.example/{'a' * 900}"
    near = Passage("d", long, link, 1234, 0, len(long), long)
    who = DocumentInfo("d", "l", long, link, 1, 1, "2026-11-30", f"discord:{'7' * 20}", "ready")
    asked = [OpenQuestion(n, long, "2026-11-30T10:00:00+00:00") for n in range(1200)]
    listed = [Gap(tuple(asked)) for _ in range(3 * A_PAGE)]
    found, helpers = [Nearest(near, who)] * A_PAGE, Helpers(int("8" * 20))
    page = gap_page(listed, found, 1, "largest", helpers)
    assert length(page) <= MESSAGE
    assert re.findall(r"^(\d+)\\\. ", page, re.M) == ["6", "7", "8", "9", "10"]
    assert page.count("-# could be asked: <@") == page.count(": “") == A_PAGE


def test_a_gap_shows_all_its_questions_page_by_page() -> None:
    long = "Is it *so*? " * 12
    asked = tuple(
        OpenQuestion(n, f"{n}: {long}", "2026-11-30T10:00:00+00:00", channel=10**18, message=10**18)
        for n in range(100, 140)
    )
    near = Passage("d", long * 3, f"https://x.example/{'a' * 900}", 1, 0, 200, long * 20)
    reply = HandOff(1, 2, long, 3, name="Hal", reply="*" * 1500)
    seen, first = list[str](), 0
    while not seen or first:
        details = gap_details(7, Gap(asked), Nearest(near), Helpers(8), [reply, reply], first)
        assert length(details.text) <= MESSAGE
        assert "replied: " in details.text
        assert "1 more that can be kept" in details.text
        shown_now = re.findall(r"^- (\d+): ", details.text, re.M)
        assert shown_now
        seen += shown_now
        left = len(asked) - len(seen)
        assert (f"- … and {left} more\n" in details.text) == bool(left)
        first = details.next
    assert seen == [str(one.id) for one in asked]


async def test_more_questions_of_a_gap_are_turned_to(world: World) -> None:
    for _ in range(SHOWN + 2):
        await ask(world, SAUNA, by=world.guild.add_member(world.env.create_user("x")))
    gap = await looked_at(world)
    assert "- … and 2 more" in gap.content
    gap = shown(await world.moderator.click(gap, label="More questions"))
    assert gap.content.count("\n- ") == 2
    gap = shown(await world.moderator.click(gap, label="First questions"))
    assert "- … and 2 more" in gap.content


async def test_a_question_with_a_bad_answer_is_listed(world: World) -> None:
    await press(await ask(world, FERRY), DOWN, world.alice)
    assert f"**{FERRY}** · asked once" in (await gaps(world)).content
    assert "👎" in (await looked_at(world, FERRY)).content


async def test_who_added_the_nearest_document_and_the_helpers_could_be_asked(world: World) -> None:
    role = world.guild.create_role("Helpers")
    choose(world, helper_role=role.id)
    source = [note("sauna.txt", "The sauna is behind the harbour.", "The sauna")]
    library = world.services.libraries.library
    list(library.add(source, f"guild-{world.guild.id}", f"discord:{world.alice.id}"))
    await press(await ask(world, SAUNA), DOWN, world.alice)
    since = len(world.env.http_requests)
    assert (
        f"could be asked: <@{world.alice.id}>, who added that · <@&{role.id}>"
        in (await gaps(world)).content
    )
    assert pings(world.env, since) == []
    world.env.backend.delete_role(world.guild.id, role.id)
    await world.env.settle()
    assert str(role.id) not in (await gaps(world)).content


async def test_an_answer_becomes_a_document_and_the_gap_is_answered(world: World) -> None:
    for question in (SAUNA, WARM):
        await ask(world, question)
    told = (await answered(world)).content
    assert "Asked again: 2 of 2 wordings answered now." in told
    assert f"✅ {SAUNA}" in told
    assert f"✅ {WARM}" in told
    [document] = documents(world)
    assert document.title.startswith(f"{SAUNA} (Mo, ")
    assert document.author == "Mo"
    assert document.added_by == f"discord:{world.moderator.id}"
    assert HOT in (await ask(world, WARM)).content
    assert (await gaps(world)).content == NONE


async def test_an_answer_links_to_where_it_was_asked(world: World) -> None:
    message = await ask(world, SAUNA)
    address = f"https://discord.com/channels/{world.guild.id}/{world.channel.id}/{message.id}"
    assert f"[where](<{address}>)" in (await looked_at(world)).content
    await answered(world)
    [document] = documents(world)
    assert document.source == address + ANSWER


async def test_a_private_question_is_listed_without_where(world: World) -> None:
    await ask(world, SAUNA, private=True)
    assert "[where]" not in (await looked_at(world)).content
    await answered(world)
    assert [document.source for document in documents(world)] == [f"upload:{SAUNA}.txt"]


def test_what_is_not_answered_yet_is_said_to_stay() -> None:
    document = DocumentInfo("id", "guild-1", SAUNA, "a.txt", 1, 1, "2026-11-30", "cli", "ready")
    told = kept_text(Kept(document, (SAUNA,), (WARM,), (), ()), ["🔔 Told 1."])
    assert told == (
        f"Added **{SAUNA}**. Asked again: 1 of 2 wordings answered now.\n✅ {SAUNA}\n❌ {WARM}\n"
        f"-# {STAYS}\n🔔 Told 1.\nNo golden or liked answer is another than before."
    )


async def test_golden_answers_that_change_are_named(world: World, library: Library) -> None:
    golden = library.home.folder / "golden"
    golden.mkdir()
    day = "When is the sauna closed?"
    (golden / "cases.yaml").write_text(f"- question: {day}\n  expect: Fridays\n", encoding="utf-8")
    await ask(world, SAUNA)
    told = (await answered(world, "The sauna is closed on Fridays.")).content
    assert "golden or liked answer is another" in told
    assert day in told
    assert "before: the documents don't say · now: “The sauna is closed on Fridays.”" in told


async def test_unchanged_golden_answers_are_said_to_be(world: World) -> None:
    await ask(world, SAUNA)
    told = (await answered(world)).content
    assert "No golden or liked answer is another than before." in told


async def test_not_ours_leaves_the_list_with_what_is_like_it_and_can_be_undone(
    world: World,
) -> None:
    await ask(world, SAUNA)
    left = shown(await world.moderator.click(await looked_at(world), label="Not ours"))
    assert left.content.startswith("Left out: **1**.")
    await ask(world, "How hot is the sauna")
    assert (await gaps(world)).content == NONE
    await world.moderator.click(left, label="Undo")
    assert "asked 2 times" in (await gaps(world)).content


async def test_a_document_that_was_pointed_at_is_shown_to_whoever_asks(world: World) -> None:
    [document] = stock(world, [note("rules.md", "Rules of the baths. Be quiet.", "Bath rules")])
    await ask(world, SAUNA)
    opened = await world.moderator.click(await looked_at(world), label="It's in …")
    told = await fill(opened, world.moderator, document=document.id)
    assert told.content.startswith("It's in **Bath rules**. 1 question closed with that.")
    assert (await gaps(world)).content == NONE
    again = (await ask(world, SAUNA)).content
    assert "The documents don't say." in again
    assert "it's in “Bath rules”" in again.replace("\\", "")


async def test_an_answer_may_be_taken_from_the_document_pointed_at(world: World) -> None:
    text = "About heat: ninety degrees, measured at the upper bench of the sauna."
    [document] = stock(world, [note("rules.md", text, "Bath rules")])
    await ask(world, ROOF)
    opened = await world.moderator.click(await looked_at(world, ROOF), label="It's in …")
    told = await fill(opened, world.moderator, document=document.id)
    from_it = await world.moderator.click(told, label="Answer from it")
    assert from_it.modal is not None
    assert text in str(from_it.modal)


async def test_buttons_work_after_a_restart_and_a_modal_that_was_open_then_is_taken(
    world: World,
) -> None:
    await ask(world, SAUNA)
    gap = await looked_at(world)
    await restart(world)
    opened = await world.moderator.click(gap, label="Answer")
    await restart(world)
    told = await fill(opened, world.moderator, question=SAUNA, answer=HOT)
    assert "Asked again: 1 of 1 wording answered now." in told.content


async def test_a_modal_submitted_after_fifteen_minutes_is_taken(world: World) -> None:
    await ask(world, SAUNA)
    opened = await world.moderator.click(await looked_at(world), label="Answer")
    await world.env.advance_time(16 * 60)
    told = await fill(opened, world.moderator, question=SAUNA, answer=HOT)
    assert told.content.startswith(f"Added **{SAUNA}")


async def test_of_two_who_deal_with_a_gap_the_second_is_told(world: World) -> None:
    await ask(world, SAUNA)
    first, second = await looked_at(world), await looked_at(world)
    opened = await world.moderator.click(first, label="Answer")
    await world.moderator.click(second, label="Not ours")
    assert not documents(world)
    result = await world.moderator.submit_modal(opened, {"question": SAUNA, "answer": HOT})
    assert DONE in [message.content for message in (result.response, *result.followups) if message]
    assert not documents(world)


async def test_an_answer_that_is_empty_adds_nothing(world: World) -> None:
    await ask(world, SAUNA)
    opened = await world.moderator.click(await looked_at(world), label="Answer")
    await world.moderator.submit_modal(opened, {"question": SAUNA, "answer": "   "})
    assert not documents(world)
    assert "**1 gap**" in (await gaps(world)).content


async def test_pages_and_orders_are_turned(world: World) -> None:
    asked = "sauna|roof|zeppelin|walrus|passport|piano|volcano".split("|")
    for thing in asked:
        await ask(world, f"Where is the {thing}?")
    listed = await gaps(world)
    newest = shown(await world.moderator.click(listed, label="Newest first"))
    assert "the newest first" in newest.content
    assert "Newest first" in labels(listed)
    assert "Largest first" in labels(newest)


async def test_members_are_not_offered_it(world: World) -> None:
    with pytest.raises(simcord.SetupError):
        await world.alice.slash(world.channel, "gaps")


async def test_what_a_new_document_answers_leaves_the_list_when_it_is_looked_at(
    world: World,
) -> None:
    await ask(world, SAUNA)
    listed = await gaps(world)
    stock(world, [note("baths.md", HOT, "The baths")])
    told = shown(await world.moderator.select(listed, [choices(listed)[SAUNA]]))
    assert told.content == "✅ 1 question answered by now, from documents."
    assert (await gaps(world)).content == NONE
