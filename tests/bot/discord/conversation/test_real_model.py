"""Discord, with answers that a real small model writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.wiring import open_chat
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.weights.fitted import load_fitted
from tests.support.discord.acting import SOURCES, UNKNOWN, ask, buttons, mention
from tests.support.discord.world import FERRY, World
from tests.support.homes import note, opened, put
from tests.support.models.real import NAME

pytestmark = [
    pytest.mark.model,
    pytest.mark.allow_hosts(["127.0.0.1"]),
    pytest.mark.simcord(shard_count=1),
]

LEAVES = "When does the ferry to Skerry leave?"


@pytest.fixture
def library(tmp_path: Path, embedder: SentenceEmbedder, smollm: str) -> Iterator[Library]:
    """A library about a ferry, whose answers the small model writes."""
    settings = Settings(chat_model=f"openai:{NAME}", chat_url=smollm)
    with (
        opened(tmp_path / "home", embedder) as library,
        open_chat(settings, tmp_path, embedder, load_fitted()) as chat,
    ):
        library.chat = chat
        put(library, [note("ferry.md", FERRY, "The Skerry ferry")])
        yield library


async def test_a_member_is_answered_in_the_models_words_with_footnotes(world: World) -> None:
    answer = await ask(world, LEAVES)
    assert "nine in the morning" in answer.content
    assert "The Skerry ferry" in answer.content
    assert SOURCES in buttons(answer)


async def test_a_reply_is_a_follow_up(world: World) -> None:
    first = await mention(world, "Who ran the ferry?")
    then = await mention(world, "Where was he born?", reply_to=first)
    assert "Holm" in then.content


async def test_what_the_documents_do_not_say_costs_the_model_nothing(
    world: World, library: Library
) -> None:
    answer = await ask(world, UNKNOWN)
    assert "don't say" in answer.content
    assert library.chat is not None
    assert library.chat.model.usage.today().questions == 0
