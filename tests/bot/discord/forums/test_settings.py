"""`/settings` shows and changes a server's settings, and names at once what can't work there."""

import discord
import pytest
import simcord

from bot.discord.forums.sureness import LEVELS
from bot.discord.records.server_settings import ChannelSettings, ServerSettings
from tests.support.discord.acting import channel_without, restart, shown
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


async def test_what_is_typed_is_taken_over_even_after_a_restart(world: World) -> None:
    form = await world.moderator.click(await opened(world), custom_id=f"{SETTINGS}manners")
    await restart(world)
    values = {
        "pause": "90",
        "cooldown": "10 s",
        "hourly_cap": "5",
        "quiet_hours": "22-7",
        "solved": "Answered",
    }
    page = shown(await world.moderator.submit_modal(form, values))
    assert "quiet hours: none → 22–7 UTC" in page.content
    assert settings(world) == ServerSettings(
        world.guild.id,
        pause=90.0,
        cooldown=10.0,
        hourly_cap=5,
        quiet_hours=(22, 7),
        solved="Answered",
    )


@pytest.mark.parametrize(
    ("box", "text", "told"),
    [
        ("pause", "soon", "“soon” is no pause. Write a number from 0 to 3,600."),
        ("hourly_cap", "-1", "“-1” is no answers an hour."),
        ("quiet_hours", "25-7", "“25-7” are no quiet hours."),
    ],
)
async def test_what_can_not_be_is_refused_and_changes_nothing(
    world: World, box: str, text: str, told: str
) -> None:
    form = await world.moderator.click(await opened(world), custom_id=f"{SETTINGS}manners")
    values = {
        "pause": "90",
        "cooldown": "10",
        "hourly_cap": "5",
        "quiet_hours": "none",
        "solved": "solved",
    }
    result = await world.moderator.submit_modal(form, values | {box: text})
    said = [message for message in (result.response, *result.followups) if message]
    assert told in said[-1].content
    assert settings(world) == ServerSettings(world.guild.id)


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
        f"To answer in <#{channel.id}> I lack *Read Message History, Send Messages*: allow it in "
        "the channel's settings"
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
