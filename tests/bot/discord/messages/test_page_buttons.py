"""The documents of a server are listed page by page."""

import re

import discord
import pytest

from bot.discord.messages.document_list import A_PAGE
from bot.discord.messages.page_buttons import LEFT, RIGHT, pages, within
from tests.support.discord.acting import buttons, press, restart, shown
from tests.support.discord.moderating import call, documents, stock, told
from tests.support.discord.world import World
from tests.support.homes import note

pytestmark = pytest.mark.simcord(shard_count=1)

TITLE = re.compile(r"^- (.*?) · 1 passage, added <t:\d+:R> by ", re.MULTILINE)


@pytest.fixture
def many(world: World) -> list[str]:
    """The titles of a server's documents, too many for two pages."""
    names = [f"Rule {n}" for n in range(2 * A_PAGE + 3)]
    stock(world, [note(f"{name}.txt", f"{name} is a rule.", name) for name in names])
    return names


async def listed(world: World) -> discord.Message:
    """The first page."""
    return shown(await call(world, "list"))


async def turn(world: World, page: discord.Message, way: str) -> discord.Message:
    """The next page, or the one before."""
    return shown(await press(page, way, world.moderator))


def titles(page: discord.Message) -> list[str]:
    """The titles on a page."""
    return TITLE.findall(page.content)


def can_turn(page: discord.Message) -> tuple[bool, bool]:
    """Tell whether a page can be turned back, and on."""
    found = buttons(page)
    return not found[LEFT].disabled, not found[RIGHT].disabled


@pytest.mark.parametrize(
    ("items", "a_page", "count"), [(0, 4, 0), (1, 4, 1), (4, 4, 1), (5, 4, 2), (9, 4, 3)]
)
def test_pages_are_filled_one_after_the_other(items: int, a_page: int, count: int) -> None:
    assert pages(items, a_page) == count


@pytest.mark.parametrize(("page", "shows"), [(-1, 0), (0, 0), (1, 1), (2, 2), (3, 2), (99, 2)])
def test_a_page_that_is_not_there_is_the_nearest_one_that_is(page: int, shows: int) -> None:
    assert within(page, 9, 4) == shows
    assert within(page, 0, 4) == 0


async def test_an_empty_list_says_how_to_add_something(world: World) -> None:
    said = await told(world, "list")
    assert said == "There are no documents here yet. Add the first with `/documents add`."


async def test_a_list_that_fits_a_page_has_no_buttons(world: World) -> None:
    await told(world, "add", text="At six.", title="Bar")
    page = await listed(world)
    assert page.flags.ephemeral
    assert page.content.startswith("**1 document**\n- Bar · 1 passage, added <t:")
    assert page.content.endswith(f":R> by <@{world.moderator.id}>")
    assert page.components == []


async def test_common_documents_are_not_in_the_list_of_a_server(world: World) -> None:
    assert world.services.libraries.library.documents()
    assert titles(await listed(world)) == []


async def test_pages_are_turned_on_and_back_and_end_at_both_ends(
    world: World, many: list[str]
) -> None:
    page = await listed(world)
    assert can_turn(page) == (False, True)
    seen = [titles(page)]
    while can_turn(page)[1]:
        page = await turn(world, page, RIGHT)
        assert page.content.startswith(f"**{len(many)} documents**\n")
        seen.append(titles(page))
    assert [title for shown in seen for title in shown] == many
    assert [len(shown) for shown in seen] == [A_PAGE, A_PAGE, 3]
    assert can_turn(page) == (True, False)
    assert titles(await turn(world, page, LEFT)) == seen[1]


async def test_pages_turn_after_a_restart(world: World, many: list[str]) -> None:
    page = await listed(world)
    await restart(world)
    page = await turn(world, page, RIGHT)
    assert titles(page) == many[A_PAGE : 2 * A_PAGE]
    assert titles(await turn(world, page, LEFT)) == many[:A_PAGE]


async def test_a_page_that_is_gone_turns_to_the_last_there_is(
    world: World, many: list[str]
) -> None:
    page = await turn(world, await listed(world), RIGHT)
    for document in documents(world)[A_PAGE:]:
        await world.services.libraries.remove(world.guild.id, document.id)
    page = await turn(world, page, RIGHT)
    assert titles(page) == many[:A_PAGE]
    assert page.components == []


async def test_titles_do_nothing_in_the_list(world: World) -> None:
    evil = ["@everyone", "<@1> [x](http://evil.example)", "# **Bold** ||spoiler||", "- `code`"]
    stock(world, [note(f"{n}", f"Text {n}.", title) for n, title in enumerate(evil)])
    page = await listed(world)
    assert titles(page) == [
        "@\u200beveryone",
        "\\<@\u200b1\\> \\[x\\](<http://evil.example>)",
        "\\# \\*\\*Bold\\*\\* \\|\\|spoiler\\|\\|",
        "\\- \\`code\\`",
    ]
    assert not page.mention_everyone
    kept = world.env.backend.get_message(world.channel.id, page.id)
    assert (kept.ping_user_ids, kept.ping_role_ids, kept.mention_everyone) == ([], [], False)
