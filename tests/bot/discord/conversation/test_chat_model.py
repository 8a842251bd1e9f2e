"""Discord, with answers that a chat model writes: who pays for them, and what is logged."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.answer.abstention import SPENT
from retrieval.answer.chat.options import ChatOptions, DailyBudget
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from tests.support.discord.acting import ask, mention, write
from tests.support.discord.world import LIGHTHOUSE, World
from tests.support.homes import note, opened, put
from tests.support.model_server.asking import House, Scripted

pytestmark = pytest.mark.simcord(shard_count=1)

KEEPER, WRITTEN = (
    "Who was the first keeper of the lighthouse?",
    "Ada Lorne was the first keeper. [1]",
)
ONE_EACH = ChatOptions("scripted:model", budget=DailyBudget(for_each=1))


@pytest.fixture
def model() -> Scripted:
    """A model that is always right."""
    return Scripted(script=[WRITTEN])


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder, model: Scripted) -> Iterator[Library]:
    """A library about a lighthouse; each server has one answer a day from the model."""
    with opened(tmp_path / "home", embedder) as documents:
        put(documents, [note("lighthouse.txt", LIGHTHOUSE, "Lighthouses")])
        with House(documents, tmp_path).answered_by(model, ONE_EACH) as library:
            yield library


async def test_an_answer_is_the_models_with_its_footnotes(world: World) -> None:
    answer = await ask(world, KEEPER)
    assert "Ada Lorne was the first keeper." in answer.content
    assert "Lighthouses" in answer.content


async def test_a_servers_budget_is_its_own_and_direct_messages_have_theirs(
    world: World, model: Scripted
) -> None:
    first, second, direct = [
        (await ask(world, KEEPER)).content,
        (await mention(world, KEEPER)).content,
        (await write(world, KEEPER)).content,
    ]
    assert "Ada Lorne was the first keeper." in first
    assert SPENT in second
    assert "Its first keeper was Ada Lorne" in second
    assert "Ada Lorne was the first keeper." in direct
    assert len(model.asked) == 2


async def test_the_log_says_what_an_answer_cost_and_what_became_of_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "retrieval"):
        await ask(world, KEEPER)
    by_event = {record.getMessage(): vars(record) for record in caplog.records}
    spent, held = by_event["chat model"], by_event["held"]
    assert spent["asker"] == f"guild-{world.guild.id}"
    assert spent["tokens_in"] > spent["tokens_out"] > 0
    assert (held["kept"], held["dropped"]) == (1, 0)
