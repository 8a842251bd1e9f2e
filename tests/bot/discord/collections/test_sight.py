"""A question sees what everybody may read who can see its answer, wherever words are shown."""

from datetime import UTC, datetime, timedelta

import discord
import pytest

from bot.discord.messages.buttons import GONE
from bot.discord.records.collection_bindings import Binding
from bot.discord.services.libraries import library_of
from tests.bot.discord.unanswered.test_digest import at, guild_of
from tests.bot.discord.unanswered.test_gaps_command import answered, gaps, looked_at
from tests.support.discord.acting import (
    SOURCES,
    ask,
    bodies,
    last,
    mention,
    press,
    restart,
    say,
    shown,
    thread_on,
    whole,
    write,
)
from tests.support.discord.helping import choices, fill, set_up_help
from tests.support.discord.moderating import refusal
from tests.support.discord.secrets import (
    NAME,
    SAFE,
    TITLE,
    WHO,
    WORDS,
    Secret,
    allow,
    hide,
    leaked,
)
from tests.support.discord.world import World
from tests.support.homes import note, put

pytestmark = pytest.mark.simcord(shard_count=1)
SAID = "The documents don't say"
SHELF = "The vault is behind the shelf of the reading room."


@pytest.fixture
def secret(world: World) -> Secret:
    """A collection that is bound to a private channel."""
    return hide(world)


def tells(message: discord.Message) -> bool:
    return any(word.lower() in message.content.lower() for word in WORDS)


# Questions


async def test_a_public_answer_goes_by_its_channel(world: World, secret: Secret) -> None:
    for member in (world.alice, secret.sam, world.moderator):
        assert not tells(await ask(world, WHO, by=member))
    assert tells(await ask(world, WHO, by=secret.sam, channel=secret.channel))
    assert tells(await mention(world, WHO, by=secret.sam, channel=secret.channel))
    assert not tells(await mention(world, WHO, by=secret.sam))


async def test_a_private_answer_goes_by_who_asked(world: World, secret: Secret) -> None:
    assert not tells(await ask(world, WHO, private=True))
    assert tells(await ask(world, WHO, by=secret.sam, private=True))
    assert tells(await ask(world, WHO, by=world.moderator, private=True))


async def test_a_thread_goes_by_the_channel_that_it_hangs_on(world: World, secret: Secret) -> None:
    public = await thread_on(world)
    assert not tells(await mention(world, WHO, by=secret.sam, channel=public))
    private = await thread_on(world, channel=secret.channel)
    assert tells(await mention(world, WHO, by=secret.sam, channel=private))


async def test_direct_messages_see_nothing_of_a_server(world: World, secret: Secret) -> None:
    assert not tells(await write(world, WHO))


@pytest.mark.parametrize(
    "question",
    [
        "Who is Wilhelmina Zablocka?",
        "Who is Wilhelmna?",
        "What is QX-4711?",
        "How many documents are there?",
        "What do you know about?",
    ],
)
async def test_what_is_said_elsewhere_is_as_if_there_were_no_such_documents(
    question: str, world: World
) -> None:
    before = await whole(world.services.libraries.answers(1, world.guild.id, question))
    hide(world)
    answer = await ask(world, question)
    after = await whole(world.services.libraries.answers(2, world.guild.id, question))
    assert (after.text, after.note, after.confidence) == (
        before.text,
        before.note,
        before.confidence,
    )
    assert not [word for word in WORDS if word not in question and word in answer.content]


async def test_help_names_what_its_reader_may_read(world: World, secret: Secret) -> None:
    assert TITLE not in shown(await world.alice.slash(world.channel, "help")).content
    assert TITLE in shown(await secret.sam.slash(world.channel, "help")).content
    assert TITLE not in (await mention(world, "help", by=secret.sam)).content


async def test_a_follow_up_elsewhere_brings_nothing_along(world: World, secret: Secret) -> None:
    answer = await ask(world, WHO, by=secret.sam, channel=secret.channel)
    assert tells(answer)
    since = len(world.env.http_requests)
    await say(world, f"{world.mention} And what is on her badge?", by=secret.sam)
    await ask(world, "What is on her badge?", by=secret.sam)
    assert leaked(world, since) == [] or all(
        "And what is on her badge" in body or "What is on her badge" in body
        for body in leaked(world, since)
    )
    assert not any("QX-4711" in body for body in leaked(world, since))


# What is shown beside


async def test_sources_are_shown_to_who_may_read_them(world: World, secret: Secret) -> None:
    bindings = world.services.sight.bindings
    answer = await ask(world, WHO, by=secret.sam, channel=secret.channel)
    pressed = await press(answer, SOURCES, secret.sam)
    assert SAFE in shown(pressed).content.replace("**", "").replace("\\", "")
    board = world.guild.create_role("Board")
    bindings.bind(world.guild.id, secret.store, Binding(roles=frozenset({board.id})))
    assert shown(await press(answer, SOURCES, secret.sam)).content == GONE


async def test_a_search_finds_what_its_reader_may_read(world: World, secret: Secret) -> None:
    assert TITLE not in shown(await world.alice.slash(world.channel, "search", query="key")).content
    for reader in (secret.sam, world.moderator):
        assert TITLE in shown(await reader.slash(world.channel, "search", query="key")).content


async def test_who_looks_after_documents_without_managing_the_server_sees_their_own(
    world: World, secret: Secret
) -> None:
    put(
        world.services.libraries.library,
        [note("shelf.txt", SHELF, "The shelf")],
        library_of(world.guild.id),
    )
    await allow(world, "documents", world.alice, secret.sam)
    for member, sees in ((world.alice, False), (secret.sam, True), (world.moderator, True)):
        listed = shown(await member.slash(world.channel, "documents list")).content
        assert "The shelf" in listed
        assert (TITLE in listed.replace("\\", "")) is sees
        offered = await member.autocomplete(world.channel, "documents remove", "title", "")
        assert (f"{TITLE} · {NAME}" in [one["name"] for one in offered]) is sees
        named = await member.autocomplete(world.channel, "documents add", "collection", "")
        assert [one["name"] for one in named] == ["everybody", *([NAME] if sees else [])]
    refused = await world.alice.slash(
        world.channel, "documents add", text="x", title="y", collection=NAME
    )
    assert "There is no collection called “Staff” here." in refusal(world, refused)


async def test_a_document_is_added_moved_and_removed_in_a_collection(
    world: World, secret: Secret
) -> None:
    library = world.services.libraries.library
    await world.moderator.slash(
        world.channel, "documents add", text=SHELF, title="The shelf", collection="staff"
    )
    assert [d.title for d in library.documents(secret.store)] == [TITLE, "The shelf"]
    moved = await world.moderator.slash(
        world.channel, "documents move", title="The shelf", collection="everybody"
    )
    assert "Moved **The shelf** to “everybody”." in shown(moved).content
    assert [d.title for d in library.documents(library_of(world.guild.id))] == ["The shelf"]
    asked = await world.moderator.slash(world.channel, "documents remove", title=TITLE)
    await world.moderator.click(shown(asked), label="Remove")
    assert library.documents(secret.store) == []


# When nobody knows


async def test_what_came_nearest_is_what_all_helpers_may_read(world: World, secret: Secret) -> None:
    help = set_up_help(world)
    question = "Who keeps the vault's key in the harbour?"
    answer = await ask(world, question, by=secret.sam, channel=secret.channel)
    if SAID not in answer.content:
        answer = await ask(world, "How deep is the vault?", by=secret.sam, channel=secret.channel)
    since = len(world.env.http_requests)
    await secret.sam.click(answer, label="Ask a person")
    assert help.channel.history()
    assert leaked(world, since) == []


async def test_gaps_show_moderators_all_and_others_what_they_may_read(
    world: World, secret: Secret
) -> None:
    await ask(world, "Who keeps the vault locked in winter?")
    assert TITLE in (await gaps(world)).content.replace("\\", "")
    await allow(world, "gaps", world.alice)
    listed = shown(await world.alice.slash(world.channel, "gaps")).content
    assert TITLE not in listed.replace("\\", "")


async def test_a_document_that_is_pointed_at_is_named_where_all_may_read_it(
    world: World, secret: Secret
) -> None:
    question = "Who keeps the vault locked in winter?"
    answer = await ask(world, question)
    await world.alice.click(answer, label="Tell me when there's an answer")
    listed = await looked_at(world, question)
    opened = await world.moderator.click(listed, label="It's in …")
    before = len(world.channel.history())
    [document] = world.services.libraries.library.documents(secret.store)
    await fill(opened, world.moderator, document=document.id)
    told = [message.content for message in world.channel.history()][before:]
    assert told
    assert not any(word in text for text in told for word in WORDS)
    again = await ask(world, question)
    assert TITLE not in again.content
    private = await ask(world, question, by=secret.sam, private=True)
    assert TITLE in private.content.replace("\\", "") or not private.content.startswith(SAID)


async def test_an_answer_to_what_was_asked_in_private_stays_with_those_who_see_it(
    world: World, secret: Secret
) -> None:
    question = "How deep is the vault?"
    await ask(world, question, by=secret.sam, channel=secret.channel)
    told = await answered(world, "The vault is nine metres deep.", question)
    assert f"to “{NAME}”" in told.content
    assert "nine metres" not in (await ask(world, question)).content
    assert (
        "nine metres" in (await ask(world, question, by=secret.sam, channel=secret.channel)).content
    )


async def test_the_digest_tells_what_all_who_see_it_may_know(world: World, secret: Secret) -> None:
    help = set_up_help(world, digest=True)
    library = world.services.libraries.library
    put(library, [note("shelf.txt", SHELF, "The shelf")], library_of(world.guild.id))
    await ask(world, "How deep is the vault?", by=secret.sam, channel=secret.channel)
    await ask(world, "How warm is the sauna?")
    later = datetime.now(UTC) + timedelta(days=500)
    object.__setattr__(world.services, "clock", lambda: later)
    digest = at(world, later)
    assert await digest.send_if_due(guild_of(world))
    said = last(help.channel).content
    assert "The shelf" in said
    assert TITLE not in said.replace("\\", "")
    assert "vault" not in said


# What is gone


async def test_a_collection_whose_channel_is_gone_is_seen_by_moderators_alone(
    world: World, secret: Secret
) -> None:
    channel = world.bot.get_channel(secret.channel.id)
    assert isinstance(channel, discord.TextChannel)
    world.env.backend.delete_channel(secret.channel.id)
    await world.env.settle()
    assert not tells(await ask(world, WHO, by=secret.sam, private=True))
    assert tells(await ask(world, WHO, by=world.moderator, private=True))


async def test_who_reads_what_outlives_a_restart(world: World, secret: Secret) -> None:
    await restart(world)
    assert tells(await ask(world, WHO, by=secret.sam, channel=secret.channel))
    assert not tells(await ask(world, WHO, by=secret.sam))
    assert bodies(world.env)


async def test_a_collection_of_a_role_answers_where_only_that_role_reads(world: World) -> None:
    staff = world.guild.create_role("Crew")
    secret = hide(world, roles=[staff.id])
    assert not tells(await ask(world, WHO, by=secret.sam, channel=secret.channel))
    world.services.sight.bindings.bind(
        world.guild.id, secret.store, Binding(roles=frozenset({secret.role.id}))
    )
    assert tells(await ask(world, WHO, by=secret.sam, channel=secret.channel))
    assert tells(await ask(world, WHO, by=secret.sam, private=True))
    assert not choices(await ask(world, WHO, by=secret.sam))


async def test_a_message_of_a_private_channel_is_added_to_its_collection(
    world: World, secret: Secret
) -> None:
    library, own = world.services.libraries.library, library_of(world.guild.id)
    await allow(world, "Add to Footnote", secret.sam)
    said = await secret.sam.send(secret.channel, "The vault was painted green in May.")
    result = await secret.sam.context_menu(secret.channel, "Add to Footnote", said)
    assert f"in “{NAME}”" in shown(result).content
    assert len(library.documents(secret.store)) == 2
    world.services.sight.bindings.forget(world.guild.id, secret.store)
    said = await secret.sam.send(secret.channel, "The vault was oiled in June.")
    result = await secret.sam.context_menu(secret.channel, "Add to Footnote", said)
    assert "Everybody may read this now" in shown(result).content
    assert len(library.documents(own)) == 1
