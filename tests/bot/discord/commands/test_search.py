"""`/search` lists passages for whoever searches, page by page."""

import re

import discord
import pytest

from bot.discord.messages.page_buttons import FORGOTTEN, LEFT, RIGHT
from bot.discord.messages.search_results import A_PAGE
from retrieval.library import Library
from tests.support.discord.acting import buttons, forget, press, shown
from tests.support.discord.world import World
from tests.support.homes import note, put

pytestmark = pytest.mark.simcord(shard_count=1)

QUERY = "boat"
NUMBER = re.compile(r"^\*\*(\d+)\. ", re.MULTILINE)


@pytest.fixture
def boats(library: Library) -> Library:
    """A library with so many boats that they don't fit on a page."""
    put(library, [note(f"{n}.txt", f"Boat {n} lies at pier {n}.") for n in range(7)])
    return library


async def search(world: World, query: str = QUERY) -> discord.Message:
    """The first page of a search."""
    return shown(await world.alice.slash(world.channel, "search", query=query))


async def turn(world: World, page: discord.Message, way: str) -> discord.Message:
    """The next page, or the one before."""
    return shown(await press(page, way, world.alice))


def numbers(page: discord.Message) -> list[int]:
    """The numbers of the passages on a page."""
    return [int(number) for number in NUMBER.findall(page.content)]


def can_turn(page: discord.Message) -> tuple[bool, bool]:
    """Tell whether a page can be turned back, and on."""
    found = buttons(page)
    return not found[LEFT].disabled, not found[RIGHT].disabled


async def test_a_search_shows_passages_to_whoever_searches_alone(world: World) -> None:
    page = await search(world, "ferry")
    assert page.flags.ephemeral
    asked, best, *_ = page.content.replace("\n\n", "\n").split("\n")
    assert asked == "> ferry"
    assert best == "**1. [The Skerry ferry](<https://skerry.example/ferry.md>)**"
    assert numbers(page) == [1, 2, 3]
    assert page.components == []  # all of it is here
    assert world.channel.history(viewer=world.moderator) == []


@pytest.mark.usefixtures("boats")
async def test_pages_are_turned_on_and_back_and_end_at_both_ends(world: World) -> None:
    page = await search(world)
    seen = [numbers(page)]
    assert can_turn(page) == (False, True)
    for _ in range(2):
        assert can_turn(page)[1]
        page = await turn(world, page, RIGHT)
        seen.append(numbers(page))
    assert [number for shown in seen for number in shown] == list(range(1, 11))
    assert [len(shown) for shown in seen] == [A_PAGE, A_PAGE, 2]
    assert can_turn(page) == (True, False)
    assert numbers(await turn(world, page, LEFT)) == seen[1]


async def test_a_page_that_is_gone_turns_to_the_last_there_is(world: World, boats: Library) -> None:
    page = await turn(world, await search(world), RIGHT)
    boats.remove([document.id for document in boats.documents()[:6]])
    assert numbers(await turn(world, page, RIGHT)) == [1, 2, 3, 4]


async def test_where_nothing_is_found_the_search_says_so(world: World, library: Library) -> None:
    library.remove([document.id for document in library.documents()])
    page = await search(world)
    assert page.content.split("\n")[-1] == "Nothing was found."
    assert page.components == []


async def test_a_search_that_is_no_longer_on_record_says_so_when_it_is_turned(
    world: World, boats: Library
) -> None:
    page = await search(world)
    forget(boats)
    page = await turn(world, page, RIGHT)
    assert (page.content, page.components) == (FORGOTTEN, [])


async def test_a_search_in_direct_messages_can_be_turned_there(
    world: World, boats: Library
) -> None:
    user = world.alice.user
    page = shown(await user.slash("search", query=QUERY))
    page = shown(await user.click(page, custom_id=buttons(page)[RIGHT].custom_id))
    assert numbers(page) == [5, 6, 7, 8]
