"""Nothing of one server is ever read in another, or in direct messages."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import discord
import pytest
import simcord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.discord.commands.documents.remove import removal_buttons
from bot.discord.forums.settings.menu import channel_view, server_view
from bot.discord.messages.button import together
from bot.discord.messages.buttons import FORGOTTEN, after_thumb_down, answer_buttons
from bot.discord.messages.page_buttons import FORGOTTEN as SEARCH_FORGOTTEN
from bot.discord.messages.page_buttons import FOUND, RIGHT, search_pages
from bot.discord.records.question_log import Cited
from bot.discord.records.records import open_records
from bot.discord.records.server_settings import ChannelSettings, ServerSettings
from bot.discord.services.libraries import ServerLibraries, library_of
from bot.discord.services.services import Services
from bot.discord.unanswered.gap_pages.answering import DONE, AnswerGap, PointAt
from bot.discord.unanswered.gap_pages.buttons import NotOurs
from bot.discord.unanswered.gap_pages.text import NONE
from bot.discord.unanswered.hand_off import AskPerson
from bot.discord.unanswered.telling import FORGOTTEN as TOO_OLD
from bot.discord.unanswered.telling import TellMe
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.types import Answer
from tests.support.discord.acting import UP, Heard, ask, press, shown, whole
from tests.support.discord.asked_at_random import ask_at_random, settle_town
from tests.support.discord.helping import set_up_help
from tests.support.discord.moderating import POOL, contents, documents, sentence, stock
from tests.support.discord.world import FERRY, World
from tests.support.homes import note, opened, put

pytestmark = pytest.mark.simcord(shard_count=1)

COMMON = "common/ferry.md"
TELL = "Tell me when there's an answer"
SUBJECTS = "the ferry|the pool|the *sauna*|@everyone|common|guild-1|the lighthouse".split("|")
FACTS = "opens at six|costs four crowns|is blue|was built by Ada Lorne".split("|")
TEXTS = st.lists(
    st.builds("{} {}.".format, st.sampled_from(SUBJECTS), st.sampled_from(FACTS)),
    min_size=1,
    max_size=3,
    unique=True,
).map(" ".join)
# The documents of each server; often the same in several.
SHELVES = st.lists(st.lists(TEXTS, max_size=3, unique=True), min_size=4, max_size=4)
QUESTIONS = st.one_of(TEXTS, st.sampled_from(SUBJECTS).map("What is known of {}?".format))
# The buttons that open the forms into which these words are typed.
LABELS = {"And when does it open?": "Follow-up", "No": "Why not helpful?"}
few = settings(max_examples=6)


@dataclass(frozen=True, slots=True)
class Servers:
    """Servers whose names begin and end alike, and the sources that each may see.

    Direct messages are among them, as None.
    """

    libraries: ServerLibraries
    visible: dict[int | None, set[str]]

    @property
    def ids(self) -> list[int]:
        return [id for id in self.visible if id is not None]

    def held(self) -> dict[int, dict[str, str]]:
        """All documents of all servers, by their sources: their ids."""
        return {
            id: {d.source: d.id for d in asyncio.run(self.libraries.documents(id))}
            for id in self.ids
        }


Make = Callable[[Sequence[Sequence[str]]], Servers]


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Iterator[Make]:
    """Make servers with documents, all in one process."""
    bases = count(1000)
    home = tmp_path_factory.mktemp("isolation") / "home"
    with opened(home, embedder) as library, open_records(home) as records:
        put(library, [note(COMMON, FERRY)])
        libraries = ServerLibraries(library, records)

        def make(stores: Sequence[Sequence[str]]) -> Servers:
            base = next(bases)
            visible: dict[int | None, set[str]] = {None: {COMMON}}
            for id, texts in zip([base, base * 10, base * 101, 10**7 + base], stores, strict=True):
                sources = [note(f"{id}/{n}", text, f"Note {n}") for n, text in enumerate(texts)]
                if sources:  # or there is no such library at all
                    put(library, sources, library_of(id))
                visible[id] = {COMMON, *(source.name for source in sources)}
            return Servers(libraries, visible)

        yield make
        libraries.close()


def sources(answer: Answer) -> set[str]:
    """The sources of all that an answer shows."""
    return {c.source for c in answer.citations} | {p.source for p in answer.passages}


def cited(answer: Answer) -> list[Cited]:
    """The places that the *Sources* of an answer show."""
    places = [Cited(c.number, c.document, c.start, c.end) for c in answer.citations]
    return [*places, *(Cited(0, p.document, p.start, p.end) for p in answer.passages)]


# Collections of one server, whoever asks, wherever


def test_words_of_a_collection_come_up_only_where_all_who_read_them_may(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path / "home", embedder) as library, open_records(library.home.folder) as kept:
        libraries = ServerLibraries(library, kept)
        outcome = ask_at_random(settle_town(Services(libraries)), 60, seed=7, a_server=15)
        libraries.close()
    assert outcome.leaks == []
    assert outcome.asked == 60
    assert outcome.found > 0  # or nothing would ever come up


# In `ServerLibraries`, whatever is there and whatever is asked


@few
@given(stores=SHELVES, question=QUESTIONS)
def test_what_is_found_is_a_servers_own_or_common(
    stores: list[list[str]], question: str, make: Make
) -> None:
    servers = make(stores)
    libraries = servers.libraries
    for number, (id, visible) in enumerate(servers.visible.items()):
        assert sources(asyncio.run(whole(libraries.answers(number, id, question)))) <= visible
        found = asyncio.run(libraries.search(id, question, FOUND))
        assert {passage.source for passage in found} == visible
        if id is not None:
            listed = asyncio.run(libraries.documents(id))
            assert {document.source for document in listed} == visible - {COMMON}


@few
@given(stores=SHELVES, question=QUESTIONS)
def test_what_was_asked_and_found_elsewhere_is_not_shown(
    stores: list[list[str]], question: str, make: Make
) -> None:
    servers = make(stores)
    libraries = servers.libraries
    for number, here in enumerate(servers.visible):
        answer = asyncio.run(whole(libraries.answers(number, here, question)))
        for elsewhere, visible in servers.visible.items():
            recalled = asyncio.run(libraries.recall(number, elsewhere))
            assert (recalled is not None) is (elsewhere == here)
            # The same text in two servers is a document of each, under its own source.
            around = asyncio.run(libraries.around(elsewhere, cited(answer)))
            assert {passage.source for _, passage in around} <= visible
            assert len(around) == len(cited(answer)) or elsewhere != here


@few
@given(stores=SHELVES, data=st.data())
def test_removing_leaves_other_servers_alone(
    stores: list[list[str]], data: st.DataObject, make: Make
) -> None:
    servers = make(stores)
    before = servers.held()
    here = data.draw(st.sampled_from(servers.ids))
    for document in {id for held in before.values() for id in held.values()}:
        own = document in before[here].values()
        try:
            asyncio.run(servers.libraries.remove(here, document))
        except FootnoteError:
            assert not own
        else:
            assert own
    assert servers.held() == before | {here: {}}
    for id, visible in servers.visible.items():
        left = {COMMON} if id == here else visible
        found = asyncio.run(servers.libraries.search(id, "What is there?", FOUND))
        assert {passage.source for passage in found} == left


@few
@given(chosen=st.dictionaries(st.integers(0, 3), st.floats(0, 1)))
def test_what_one_server_chose_holds_in_no_other(chosen: dict[int, float], make: Make) -> None:
    servers = make([[]] * 4)
    record = servers.libraries.records.settings
    for number, sureness in chosen.items():
        channels = {number: ChannelSettings("sure")}
        record.save(ServerSettings(servers.ids[number], channels, sureness, helper_role=number))
    for number, id in enumerate(servers.ids):
        here = record.of(id)
        if number in chosen:
            assert (here.sureness, here.helper_role) == (chosen[number], number)
            assert list(here.channels) == [number]
        else:
            assert here == ServerSettings(id)


@few
@given(asked=st.lists(st.tuples(st.integers(0, 3), QUESTIONS), min_size=1, max_size=5))
def test_answers_shown_and_questions_followed_in_one_server_are_not_told_in_another(
    asked: list[tuple[int, str]], make: Make
) -> None:
    servers = make([[]] * 4)
    log, record = servers.libraries.question_log, servers.libraries.records.answers
    before = 0
    for number, (at, question) in enumerate(asked, 10 * servers.ids[0]):
        log.record_answer(number, servers.ids[at], Answer(question, True, "So.", 1.0, "quote"))
        record.record_place(number, servers.ids[at], number)
        record.record_follow_up(number, before)
        before = number
    for at, id in enumerate(servers.ids):
        own = {question for other, question in asked if other == at}
        assert {shown.question for shown in record.shown(id)} <= own
        assert set(record.questions_before(before, id)) <= own
        assert record.record_reason(before, id, 1, "Why?") is (asked[-1][0] == at)


@few
@given(stores=SHELVES, questions=st.lists(QUESTIONS, min_size=1, max_size=3))
def test_gaps_hand_offs_and_digests_are_a_servers_own(
    stores: list[list[str]], questions: list[str], make: Make
) -> None:
    servers = make(stores)
    libraries, visible = servers.libraries, servers.visible
    records, now = libraries.records, datetime.now(UTC)
    numbers: dict[int | None, set[int]] = {}
    for id in visible:
        numbers[id] = {hash((id, n)) % 10**12 for n in range(len(questions))}
        for number, question in zip(numbers[id], questions, strict=True):
            unanswered = Answer(question, False, "The documents don't say.", 0.0, "quote")
            records.questions.record_answer(number, id, unanswered)
    everyones = set[int]().union(*numbers.values())
    for id in visible:
        gaps = libraries.gaps.of(id)
        # Direct messages of earlier examples are still on record.
        assert {number for gap in gaps for number in gap.ids} & everyones == numbers[id]
        for gap in gaps:
            near = libraries.gaps.nearest(id, gap.title).passage
            assert near is None or near.source in visible[id]
            listed = libraries.gaps.documents(id, gap.title)
            assert {document.source for document in listed} == visible[id]
        if id is None:
            continue
        assert records.digests.week(id, now).asked == len(questions)
        for number in everyones:
            begun = records.hand_offs.begin(number, id, 1, None, None)
            assert begun is (number in numbers[id])
            assert (records.hand_offs.find(number, id) is not None) is begun
        others = [number for other in visible if other != id for number in numbers[other]]
        assert records.gaps.settle(others, id, others[0], "not ours") == []


# In Discord


@pytest.fixture
def abroad(world: World) -> World:
    """Another server with the same members and a document of its own; the first has one too."""
    stock(world, [note("pool.md", POOL[1].decode(), "Pool rules")])
    guild = world.env.create_guild("Other")
    managing = guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
    alice = guild.add_member(world.alice.user)
    moderator = guild.add_member(world.moderator.user, roles=[managing])
    other = World(world.env, guild, guild.create_text_channel("general"), alice, moderator)
    stock(other, [note("bar.md", "The bar opens at six.", "Bar rules")])
    return other


def record_of(result: simcord.InteractionResult) -> int:
    """The number under which a question or a query is on record."""
    metadata = shown(result).interaction_metadata
    assert metadata is not None
    return metadata.id


def forged(
    world: World, view: discord.ui.View | None, channel: simcord.ChannelHandle | None = None
) -> discord.Message:
    """A message of the bot's with buttons that belong elsewhere."""
    assert view is not None
    assert world.env.bot.user is not None
    where = channel or world.channel
    world.env.backend.create_message(
        where.id, world.env.bot.user.id, "Look!", components=view.to_components()
    )
    message = where.last_message
    assert message is not None
    return message


async def test_titles_of_one_server_are_not_offered_in_another(world: World, abroad: World) -> None:
    for here, titles in ((world, ["Pool rules"]), (abroad, ["Bar rules"])):
        for command in ("documents remove", "documents refresh"):
            offered = await here.moderator.autocomplete(here.channel, command, "title", "rules")
            assert [choice["name"] for choice in offered] == titles


async def test_sources_are_shown_where_they_were_asked_for_alone(
    world: World, abroad: World
) -> None:
    result = await world.alice.slash(world.channel, "ask", question="When is the pool closed?")
    id = record_of(result)
    assert "Mondays" in shown(await world.alice.click(shown(result), label="Sources")).content
    there = await abroad.alice.click(forged(abroad, answer_buttons(id)), label="Sources")
    assert shown(there).content == FORGOTTEN
    direct = world.alice.user.dm_channel
    there = await world.alice.user.click(forged(world, answer_buttons(id), direct), label="Sources")
    assert shown(there).content == FORGOTTEN


async def test_a_vote_counts_where_the_question_was_asked_alone(
    world: World, abroad: World
) -> None:
    result = await world.alice.slash(world.channel, "ask", question="When is the pool closed?")
    forgery = forged(abroad, answer_buttons(record_of(result)))
    there = await press(forgery, UP, abroad.alice)
    assert shown(there).content == FORGOTTEN
    assert world.services.libraries.question_log.totals().up == 0


async def test_a_follow_up_and_a_reason_reach_no_answer_of_another_server(
    world: World, abroad: World, heard: list[Heard]
) -> None:
    result = await world.alice.slash(world.channel, "ask", question="When is the pool closed?")
    id = record_of(result)
    for view, words in (
        (answer_buttons(id), "And when does it open?"),
        (after_thumb_down(id), "No"),
    ):
        opened = await abroad.alice.click(forged(abroad, view), label=LABELS[words])
        said = shown(await abroad.alice.submit_modal(opened, {"words": words})).content
        assert "pool" not in said
    assert heard[-1].questions == [""]
    assert world.services.libraries.records.answers.reasons(id) == []


async def test_a_search_is_turned_where_it_was_made_alone(world: World, abroad: World) -> None:
    result = await world.alice.slash(world.channel, "search", query="pool")
    forgery = forged(abroad, search_pages(record_of(result), 0, FOUND))
    assert shown(await press(forgery, RIGHT, abroad.alice)).content == SEARCH_FORGOTTEN


async def test_a_document_is_removed_where_it_is_alone(world: World, abroad: World) -> None:
    [pool] = documents(world)
    forgery = forged(abroad, removal_buttons(pool.id))
    said = sentence(await abroad.moderator.click(forgery, label="Remove"))
    assert str(world.guild.id) not in said
    assert list(contents(world)) == ["Pool rules"]
    assert list(contents(abroad)) == ["Bar rules"]


async def test_a_setting_is_changed_where_it_is_alone(world: World, abroad: World) -> None:
    settings = world.services.settings
    forgery = forged(abroad, channel_view(ServerSettings(abroad.guild.id), world.channel.id))
    said = sentence(await abroad.moderator.click(forgery, label="When sure"))
    assert said.startswith("That channel is gone.")
    forgery = forged(abroad, server_view(ServerSettings(world.guild.id), None))
    await abroad.moderator.click(forgery, label="Weekly digest: off")
    assert settings.of(world.guild.id) == ServerSettings(world.guild.id)
    assert settings.of(abroad.guild.id) == ServerSettings(abroad.guild.id, digest=True)


async def test_a_gap_is_dealt_with_where_it_is_alone(world: World, abroad: World) -> None:
    result = await world.alice.slash(world.channel, "ask", question="How hot is the sauna?")
    id = record_of(result)
    buttons = together(AnswerGap(id), PointAt(id), NotOurs(id), TellMe(id), AskPerson(id))
    help = set_up_help(abroad)
    for label in ("Answer", "It's in …", "Not ours"):
        forgery = forged(abroad, buttons)
        assert DONE in sentences(await abroad.moderator.click(forgery, label=label))
    told = sentences(await abroad.alice.click(forged(abroad, buttons), label="Ask a person"))
    assert TOO_OLD in told
    waiting = await abroad.alice.click(forged(abroad, buttons), label=TELL)
    assert sentences(waiting) == [TOO_OLD]
    assert help.channel.history() == []
    listed = await world.moderator.slash(world.channel, "gaps")
    assert shown(listed).content.startswith("**1 gap**\n")
    listed = await abroad.moderator.slash(abroad.channel, "gaps")
    assert shown(listed).content == NONE


def sentences(result: simcord.InteractionResult) -> list[str]:
    """All that one person was told by a click."""
    said = (result.response, *result.followups)
    return [message.content for message in said if message is not None]


async def test_no_other_server_is_named_to_one_that_has_no_documents(world: World) -> None:
    other = world.env.create_guild("Other")
    stock(world, [note("bar.md", "The bar opens at six.")], other)
    forgery = forged(world, removal_buttons(documents(world, other)[0].id))
    assert str(other.id) not in sentence(await world.moderator.click(forgery, label="Remove"))


async def test_the_same_text_in_two_servers_is_a_document_of_each(
    world: World, abroad: World
) -> None:
    [pool] = documents(world)
    [_, copy] = stock(abroad, [note("pool.md", POOL[1].decode(), "Their pool")])
    assert copy.id == pool.id
    await abroad.moderator.click(forged(abroad, removal_buttons(copy.id)), label="Remove")
    assert list(contents(abroad)) == ["Bar rules"]
    answer = await ask(world, "When is the pool closed?")
    assert "The pool is closed on Mondays. [1]" in answer.content
    assert answer.content.endswith("-# [1] Pool rules")
