"""`/settings` shows and changes a server's settings, and names at once what can't work there."""

from typing import Any

import discord
import pytest
import simcord

from bot.discord.forums.settings.form import with_typed
from bot.discord.forums.settings.in_words import read_channel, read_value
from bot.discord.forums.settings.page import settings_page
from bot.discord.forums.sureness import LEVELS
from bot.discord.messages.split import MESSAGE, length
from bot.discord.records.server_settings import ChannelSettings, ServerSettings
from retrieval.errors import FootnoteError
from tests.support.discord.acting import channel_without, restart, shown
from tests.support.discord.helping import choose, set_up_help
from tests.support.discord.world import World

pytestmark = pytest.mark.simcord(shard_count=1)
reading_along = pytest.mark.options(message_content=True)

SETTINGS = "footnote:settings:"


async def opened(world: World) -> discord.Message:
    """The page that `/settings` shows."""
    result = await world.moderator.slash(world.channel, "settings")
    assert result.ephemeral
    return shown(result)


async def chosen(
    world: World, page: discord.Message, menu: str, *values: object
) -> discord.Message:
    """The page after something was chosen in a menu."""
    return shown(await world.moderator.select(page, [*values], custom_id=f"{SETTINGS}{menu}"))


async def pressed(world: World, page: discord.Message, button: str) -> discord.Message:
    """The page after a button was pressed."""
    return shown(await world.moderator.click(page, custom_id=f"{SETTINGS}{button}"))


def guild_of(world: World) -> discord.Guild:
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    return guild


def settings(world: World) -> ServerSettings:
    return world.services.settings.of(world.guild.id)


async def test_members_are_not_offered_it(world: World) -> None:
    assert "settings" not in world.alice.available_commands(world.channel)
    assert "settings" in world.moderator.available_commands(world.channel)


async def test_it_says_what_holds_and_how_to_begin(world: World) -> None:
    page = await opened(world)
    assert "Nothing is answered unasked yet." in page.content
    assert "· how sure: **sure**" in page.content
    assert LEVELS["sure"].meaning in page.content


@reading_along
async def test_a_forum_is_set_and_the_change_is_said(world: World) -> None:
    forum = world.guild.create_forum_channel("help")
    page = await chosen(world, await opened(world), "channel", forum)
    page = await pressed(world, page, f"mode:{forum.id}:sure")
    assert f"Changed: <#{forum.id}>: on mention → when sure (sure)." in page.content
    assert "⚠️" not in page.content
    page = await chosen(world, page, f"sureness:{forum.id}", "certain")
    assert settings(world).channels == {
        forum.id: ChannelSettings("sure", LEVELS["certain"].confidence)
    }
    page = await pressed(world, page, f"mode:{forum.id}:mention")
    assert settings(world) == ServerSettings(world.guild.id)


@reading_along
async def test_its_menus_work_after_a_restart(world: World) -> None:
    page = await opened(world)
    await restart(world)
    page = await chosen(world, page, "sureness:0", "likely")
    assert "Changed: how sure: sure → likely." in page.content
    page = await pressed(world, page, "digest")
    assert settings(world).digest
    page = await pressed(world, page, "answer_in_thread")
    assert settings(world).answer_in_thread
    assert settings(world).sureness == LEVELS["likely"].confidence


async def test_helpers_are_set_and_taken_away(world: World) -> None:
    role = world.guild.create_role("Helpers")
    page = await chosen(world, await opened(world), "role", role)
    assert "· helper role: **@Helpers**" in page.content
    assert "no helper channel: nobody can be asked" in page.content
    channel = channel_without(world, "mention_everyone")
    page = await chosen(world, page, "helpers", channel)
    assert f"I can't ping @Helpers in <#{channel.id}>" in page.content
    assert settings(world).helper_channel == channel.id
    page = await chosen(world, page, "role")
    assert settings(world).helper_role is None
    assert "⚠️" not in page.content


MANNERS = {"pause": "90", "cooldown": "10 s", "hourly_cap": "5", "solved": "Answered"}
SPARING = {"quiet_hours": "22-7", "daily_hand_offs": "2"}


async def test_what_is_typed_is_taken_over_even_after_a_restart_and_fifteen_minutes(
    world: World,
) -> None:
    first = await world.moderator.click(await opened(world), custom_id=f"{SETTINGS}manners")
    second = await world.moderator.click(await opened(world), custom_id=f"{SETTINGS}sparing")
    await restart(world)
    await world.env.advance_time(16 * 60)
    await world.moderator.submit_modal(first, {**MANNERS})
    page = shown(await world.moderator.submit_modal(second, {**SPARING}))
    assert "quiet hours: none → 22–7 UTC; daily questions to helpers: 5 → 2" in page.content
    assert settings(world) == ServerSettings(
        world.guild.id,
        pause=90.0,
        cooldown=10.0,
        hourly_cap=5,
        daily_hand_offs=2,
        quiet_hours=(22, 7),
        solved="Answered",
    )


def test_a_form_of_an_older_version_is_taken_as_it_is() -> None:
    boxes = {"pause": "5", "cooldown": "0", "hourly_cap": "1", "quiet_hours": "none", "solved": "x"}
    typed = with_typed(ServerSettings(1, quiet_hours=(22, 7)), boxes)
    assert typed == ServerSettings(1, pause=5.0, cooldown=0.0, hourly_cap=1, solved="x")


@pytest.mark.parametrize(
    ("form", "box", "text", "told"),
    [
        ("manners", "pause", "soon", "“soon” can't be the pause. Write a number from 0 to 3,600."),
        ("manners", "hourly_cap", "-1", "“-1” can't be the answers an hour."),
        ("sparing", "daily_hand_offs", "1001", "“1001” can't be the daily questions to helpers."),
        ("sparing", "quiet_hours", "25-7", "“25-7” are no quiet hours."),
    ],
)
async def test_what_can_not_be_is_refused_and_changes_nothing(
    world: World, form: str, box: str, text: str, told: str
) -> None:
    opened_form = await world.moderator.click(await opened(world), custom_id=f"{SETTINGS}{form}")
    values = MANNERS if form == "manners" else SPARING
    result = await world.moderator.submit_modal(opened_form, values | {box: text})
    said = [message for message in (result.response, *result.followups) if message]
    assert told in said[-1].content
    assert settings(world) == ServerSettings(world.guild.id)


def test_a_number_that_is_far_too_long_is_refused_in_a_short_sentence() -> None:
    long = "9" * 5000
    for read in (
        lambda: read_value("pause", long),
        lambda: read_value("helper_role", long),
        lambda: read_channel(f"{long}=sure"),
        lambda: read_value("sureness", long),
    ):
        with pytest.raises(FootnoteError) as refused:
            read()
        assert len(str(refused.value)) < 250


async def test_what_is_chosen_for_helpers_is_shown_in_the_menus_so_that_it_can_be_taken_away(
    world: World,
) -> None:
    help = set_up_help(world)
    page = await opened(world)
    menus: list[Any] = [item for row in page.components for item in getattr(row, "children", [])]
    chosen = [each.id for menu in menus for each in getattr(menu, "default_values", [])]
    assert chosen == [help.role.id, help.channel.id]
    choose(world, helper_role=5, helper_channel=6)  # Discord takes no menu that shows those
    assert "The helper role is gone" in (await opened(world)).content


async def test_however_many_forums_are_chosen_the_page_says_how_many_it_has_no_room_for(
    world: World,
) -> None:
    many = {10**18 + n: ChannelSettings("off") for n in range(100)}
    many |= {10**18 + 500 + n: ChannelSettings("sure") for n in range(100)}
    choose(world, channels=many)
    page = (await opened(world)).content
    assert length(page) <= MESSAGE
    for what in ("⚠️", "· <#", "more that can't work", "more forums and channels", "weekly digest"):
        assert what in page
    last = 10**18 + 599
    one = settings_page(guild_of(world), settings(world), world.bot.intents, channel=last)
    assert f"➡️ <#{last}>: **when sure (sure)**" in one


# What can't work


async def test_without_the_intent_it_says_what_it_can_not_see(world: World) -> None:
    forum = world.guild.create_forum_channel("help")
    page = await opened(world)
    page = await pressed(
        world, await chosen(world, page, "channel", forum), f"mode:{forum.id}:sure"
    )
    assert f"In <#{forum.id}> I see only the titles of posts" in page.content
    channel = world.channel
    page = await pressed(
        world, await chosen(world, page, "channel", channel), f"mode:{channel.id}:sure"
    )
    assert f"In <#{channel.id}> I can't see what members write." in page.content
    assert "*Message Content Intent*" in page.content


@reading_along
async def test_a_missing_permission_is_named_with_the_place(world: World) -> None:
    assert world.bot.user is not None
    lacking = discord.PermissionOverwrite(send_messages=False, read_message_history=False)
    channel = world.guild.create_text_channel("quiet", overwrites={world.bot.user: lacking})
    page = await chosen(world, await opened(world), "channel", channel)
    page = await pressed(world, page, f"mode:{channel.id}:sure")
    assert (
        f"To answer in <#{channel.id}> I lack *Read Message History* and *Send Messages*: allow "
        "it in the channel's settings"
    ) in page.content


@reading_along
async def test_a_channel_that_is_gone_is_said(world: World) -> None:
    world.services.settings.save(ServerSettings(world.guild.id, {5: ChannelSettings("sure")}))
    assert "The channel 5 is gone" in (await opened(world)).content


async def test_everybody_is_no_helper_role(world: World) -> None:
    everyone = world.guild.roles["@everyone"]
    menu = f"{SETTINGS}role"
    result: simcord.InteractionResult = await world.moderator.select(
        await opened(world), [everyone], custom_id=menu
    )
    said = [message for message in (result.response, *result.followups) if message]
    assert said[-1].content.startswith("Everybody can't be the helper role.")
    assert settings(world).helper_role is None
