"""Discord never answers from the built-in sample, and the first document added there ends it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.discord.services.libraries import ServerLibraries
from bot.wiring import open_server_libraries
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.indexing.embed_passages import ignore
from retrieval.library import Library
from retrieval.reading.source import from_upload, sample
from retrieval.types import COMMON, SAMPLE_LIBRARY, Answer
from tests.support.homes import opened

SERVER = 7
QUESTION = "Who left the UN's human rights office in New York, and why?"


@pytest.fixture
def empty(tmp_path: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """A home with no documents."""
    with opened(tmp_path / "empty", embedder) as library:
        yield library


async def answer(libraries: ServerLibraries, guild: int | None) -> Answer:
    *_, last = [answer async for answer in libraries.answers(1, guild, QUESTION)]
    return last


@pytest.mark.parametrize("guild", [None, SERVER])
async def test_a_sample_in_a_library_of_its_own_is_not_asked(
    guild: int | None, empty: Library
) -> None:
    empty.add_sample()
    with open_server_libraries(empty) as libraries:
        assert (await answer(libraries, guild)).passages == ()


@pytest.mark.parametrize("guild", [None, SERVER])
async def test_one_from_before_goes_from_common_when_the_bot_starts(
    guild: int | None, empty: Library, caplog: pytest.LogCaptureFixture
) -> None:
    list(empty._add([sample()], COMMON, "footnote", ignore))
    with caplog.at_level(logging.INFO), open_server_libraries(empty) as libraries:
        assert (await answer(libraries, guild)).passages == ()
    assert "sample removed" in caplog.messages
    assert empty.documents() == []


async def test_the_first_document_of_a_server_ends_the_sample_and_logs_it(
    empty: Library, caplog: pytest.LogCaptureFixture
) -> None:
    empty.add_sample()
    with caplog.at_level(logging.INFO), open_server_libraries(empty) as libraries:
        source = from_upload("tea.txt", b"Tea is brewed with water of ninety degrees.")
        [added] = await libraries.add(SERVER, [source], "discord:1", libraries.begin())
    assert added.ended_sample
    assert caplog.messages.count("sample removed") == 1
    assert empty.documents(SAMPLE_LIBRARY) == []
