"""A small trial: what the documents answer is answered, what they don't is let be, nothing twice,
nothing after staff spoke, and over restarts it is the same."""

import pytest

from tests.support.discord.acting import restart
from tests.support.discord.forum_trial import Post, try_posts
from tests.support.discord.world import World

pytestmark = [
    pytest.mark.simcord(shard_count=1),
    pytest.mark.options(message_content=True),
]

POSTS = [
    Post("answerable", "ferry times", "hey when does the ferry leave in the morning?", "at nine"),
    Post("answerable", "Ticket", "How much does a ticket for the ferry cost?", "four crowns"),
    Post("foreign", "pizza", "what is the best topping on a pizza?", ""),
    Post("near", "ferry captain", "What is the ferry's captain called today?", ""),
    Post("answerable", "rye bread", "how long do you bake rye bread", "an hour"),
    Post("answerable", "lighthouse", "When was the lighthouse at Skerry Point built?", "1851"),
    Post("foreign", "homework", "can someone explain how to solve a quadratic equation", ""),
    Post("near", "Lamp", "What colour is the lamp of the lighthouse?", ""),
]


async def test_a_forum_is_answered_where_the_documents_say_so(world: World) -> None:
    found = await try_posts(world, POSTS, restart)
    assert found.answered("answerable") == found.right == 4
    assert found.answered("foreign") == found.answered("near") == 0
    assert found.twice == found.after_staff == 0
