"""Rights are looked at anew at each press on a page that is open, and when a form is sent."""

from collections.abc import Awaitable, Callable

import discord
import pytest
import simcord

from bot.discord.records.server_settings import ServerSettings
from tests.support.discord.acting import ask, shown
from tests.support.discord.helping import choices, fill
from tests.support.discord.moderating import call, documents, stock
from tests.support.discord.world import World
from tests.support.homes import note

pytestmark = pytest.mark.simcord(shard_count=1)

SAUNA = "How hot is the sauna?"
Act = Callable[[], Awaitable[simcord.InteractionResult]]


def demote(world: World) -> None:
    """Take the right to manage the server away from the moderator."""
    world.env.backend.delete_role(world.guild.id, world.guild.roles["Mods"].id)


def told(result: simcord.InteractionResult) -> str:
    """The last that somebody was told."""
    *_, said = [message for message in (result.response, *result.followups) if message]
    return said.content


async def page_of(world: World, command: str) -> discord.Message:
    """The page that a command opens for the moderator."""
    return shown(await world.moderator.slash(world.channel, command))


async def presses(world: World) -> dict[str, tuple[str, Act]]:
    """A press on each kind of page, with the command that opened it."""
    await ask(world, SAUNA)
    [rule] = stock(world, [note("rule.txt", "Be quiet.", "Rule")])
    settings, gaps = await page_of(world, "settings"), await page_of(world, "gaps")
    look = choices(gaps)[SAUNA]
    gap = shown(await world.moderator.select(await page_of(world, "gaps"), [look]))
    form = await world.moderator.click(settings, custom_id="footnote:settings:sparing")
    answer = await world.moderator.click(gap, label="Answer")
    removal = shown(await call(world, "remove", title=rule.id))
    boxes = {"quiet_hours": "22-7", "daily_hand_offs": "1"}
    mo = world.moderator
    return {
        "switch": ("settings", lambda: mo.click(settings, custom_id="footnote:settings:digest")),
        "form": ("settings", lambda: mo.submit_modal(form, {**boxes})),
        "look": ("gaps", lambda: mo.select(gaps, [look])),
        "not ours": ("gaps", lambda: mo.click(gap, label="Not ours")),
        "answer": ("gaps", lambda: mo.submit_modal(answer, {"question": SAUNA, "answer": "Hot."})),
        "remove": ("documents", lambda: mo.click(removal, label="Remove")),
    }


async def test_whoever_may_manage_the_server_no_longer_can_do_nothing_on_open_pages(
    world: World,
) -> None:
    acts = await presses(world)
    demote(world)
    for command, act in acts.values():
        assert told(await act()) == f"Only those who may use /{command} here can do that."
    assert world.services.settings.of(world.guild.id) == ServerSettings(world.guild.id)
    assert [document.title for document in documents(world)] == ["Rule"]
    assert [gap.title for gap in world.services.libraries.gaps.of(world.guild.id)] == [SAUNA]


async def grant(world: World, command: str, to: simcord.RoleHandle, allowed: bool = True) -> None:
    """Give a command to a role, as the owner does under *Integrations*."""
    known = {each.name: each.id for each in await world.bot.tree.fetch_commands()}
    application = world.bot.application_id
    assert application is not None
    number = known.get(command, application)
    world.guild.set_command_permissions(number, {to: allowed})


@pytest.mark.parametrize("command", ["gaps", "all commands of the bot"])
async def test_those_whom_the_owner_gave_a_command_can_go_on(world: World, command: str) -> None:
    await ask(world, SAUNA)
    gaps = await page_of(world, "gaps")
    members = world.guild.create_role("Librarians")
    demote(world)
    world.env.backend.add_member_role(world.guild.id, world.moderator.id, members.id)
    await grant(world, command, members)
    gap = shown(await world.moderator.select(gaps, [choices(gaps)[SAUNA]]))
    opened = await world.moderator.click(gap, label="Answer")
    done = await fill(opened, world.moderator, question=SAUNA, answer="The sauna is at 90 degrees.")
    assert done.content.startswith("Added")
    await grant(world, command, members, allowed=False)
    refused = await world.moderator.click(done, label="Back to the list")
    assert told(refused) == "Only those who may use /gaps here can do that."
