"""A new post that the bot doesn't answer is told of solved ones like it, where that is wanted."""

import pytest

from bot.discord.forums.settings.problems import problems
from bot.discord.records.server_settings import ServerSettings
from tests.support.discord.forum import post, said_by_bot, wait, watch
from tests.support.discord.solving import asked_and_answered, forum_with_tag, mark
from tests.support.discord.world import World

pytestmark = [pytest.mark.simcord(shard_count=1), pytest.mark.options(message_content=True)]

LIKE_IT = "The pump in my garden makes a humming noise and no water comes"


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_post_like_a_solved_one_is_told_of_it(world: World, wanted: bool) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    await mark(world, thread, answer)
    watch(world, forum, similar_posts=wanted, sureness=1.0)
    new = await post(world, forum, LIKE_IT, "Has anybody seen that?", by=world.moderator)
    await wait(world)
    told = [message.content for message in said_by_bot(world, new)]
    assert len(told) == wanted
    if wanted:
        assert f"/{thread.id}/{answer.id}>" in told[0]
        assert "answered by Ada" in told[0]


async def test_a_post_unlike_all_that_is_solved_is_told_nothing(world: World) -> None:
    forum = forum_with_tag(world)
    thread, answer = await asked_and_answered(world, forum)
    await mark(world, thread, answer)
    watch(world, forum, similar_posts=True, sureness=1.0)
    new = await post(world, forum, "Which bread is baked on Fridays?", "Rye?", by=world.moderator)
    await wait(world)
    assert not said_by_bot(world, new)


async def test_settings_say_that_a_forum_has_to_be_watched_for_it(world: World) -> None:
    guild = world.bot.get_guild(world.guild.id)
    assert guild is not None
    settings = ServerSettings(guild.id, similar_posts=True)
    [told] = problems(guild, settings, world.bot.intents)
    assert "choose a forum, and *When sure*" in told
    watch(world, forum_with_tag(world), similar_posts=True)
    watching = world.services.settings.of(guild.id)
    assert not [*problems(guild, watching, world.bot.intents)]
