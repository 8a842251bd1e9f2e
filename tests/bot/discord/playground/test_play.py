"""`footnote playground` in processes of its own: its page, its end, and why it may not begin.

Using the page is not tested here: that takes a browser.
"""

import asyncio
import re
import signal
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
import pytest_asyncio

from bot.discord.playground.furnishing import SERVER, TRIED
from bot.discord.playground.play import MISSING, add_handbook
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.types import SAMPLE_LIBRARY
from tests.support.fake_discord.process import started
from tests.support.homes import note, opened, put
from tests.support.shell import Outcome, assert_refused

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.allow_hosts(["127.0.0.1"])]

PROGRAM = "from bot.cli import main; main()"
WITHOUT_SIMCORD = f"import sys; sys.modules['simcord'] = None; {PROGRAM}"
ADDRESS = re.compile(r"The playground is at (http://127\.0\.0\.1:\d+/\S*)\n")


@dataclass(frozen=True, slots=True)
class Played:
    """A playground that was ended by a signal: what its address answered, and how it ended.

    `second` is how another one ended that was told to be at the same port meanwhile.
    """

    status: int
    kind: str
    page: str
    outcome: Outcome
    second: Outcome | None


async def refused(home: Path, *options: str, program: str = PROGRAM, cold: bool = False) -> Outcome:
    arguments: tuple[str | Path, ...] = ("playground", "--no-browser", "--home", home, *options)
    async with started(program, *arguments, cold=cold) as other:
        return await other.ended()


async def play(home: Path, end: signal.Signals, again: bool = False) -> Played:
    async with started(PROGRAM, "playground", "--no-browser", "--home", home) as playing:
        await playing.until(lambda: bool(playing.out))
        (address,) = ADDRESS.findall(playing.out[0])
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session,
            session.get(address) as response,
        ):
            status, kind, page = response.status, response.content_type, await response.text()
        port = str(urlsplit(address).port)
        second = await refused(home.with_name("second"), "--port", port) if again else None
        playing.tell(end)
        return Played(status, kind, page, await playing.ended(), second)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def played(tmp_path_factory: pytest.TempPathFactory) -> dict[signal.Signals, Played]:
    """One that was ended by Ctrl-C, and one by a service manager."""
    folder = tmp_path_factory.mktemp("playground")
    ends = (signal.SIGINT, signal.SIGTERM)
    plays = [play(folder / end.name, end, again=end is signal.SIGTERM) for end in ends]
    return dict(zip(ends, await asyncio.gather(*plays), strict=True))


@pytest.fixture(params=[signal.SIGINT, signal.SIGTERM])
def one(request: pytest.FixtureRequest, played: dict[signal.Signals, Played]) -> Played:
    """Each of them."""
    return played[request.param]


async def test_it_says_where_it_is_and_serves_a_page_there(one: Played) -> None:
    assert ADDRESS.fullmatch(one.outcome.out)
    assert (one.status, one.kind) == (200, "text/html")
    assert "<script" in one.page


async def test_it_says_what_it_did_and_how_to_end_it(one: Played) -> None:
    assert one.outcome.err.splitlines() == [
        "Added the handbook of a lending library, for you to ask about.",
        "Open that address in a browser.",
        "Ctrl-C ends it.",
    ]


async def test_a_signal_ends_it_with_0(one: Played) -> None:
    assert one.outcome.code == 0


async def test_a_port_that_is_taken_is_refused(played: dict[signal.Signals, Played]) -> None:
    second = played[signal.SIGTERM].second
    assert second is not None
    assert_refused(second, "Port", "Address already in use.", "--port")


async def test_without_simcord_it_says_what_to_install(tmp_path: Path) -> None:
    outcome = await refused(tmp_path / "home", program=WITHOUT_SIMCORD, cold=True)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == f"footnote: {MISSING}\n"
    assert not (tmp_path / "home").exists()


# --- The handbook that it starts with

GUILD = f"guild-{SERVER}"


async def test_the_question_to_try_is_answered_from_the_handbook(library: Library) -> None:
    assert add_handbook(library)
    answer = library.ask(TRIED, libraries=[GUILD])
    assert "six books" in answer.text
    assert not library.ask("Is there parking?", libraries=[GUILD]).answered
    assert {document.source for document in library.documents(GUILD)} == {"footnote:handbook"}


async def test_the_handbook_stays_away_from_a_server_with_documents(library: Library) -> None:
    put(library, [note("tea", "Tea is brewed hot.")], GUILD)
    assert not add_handbook(library)
    assert [document.source for document in library.documents(GUILD)] == ["tea"]


async def test_the_handbook_comes_once_and_again_when_it_was_removed(library: Library) -> None:
    assert add_handbook(library)
    assert not add_handbook(library)
    library.remove([document.id for document in library.documents(GUILD)], GUILD)
    assert add_handbook(library)


async def test_a_home_with_the_handbook_alone_still_has_no_documents_of_its_own(
    tmp_path: Path, embedder: SentenceEmbedder
) -> None:
    with opened(tmp_path, embedder) as library:
        library.add_sample()
        assert add_handbook(library)
        assert not library.has_own_documents()
        assert len(library.documents(SAMPLE_LIBRARY)) == 1
        [refreshed] = library.refresh(library=GUILD)
        assert refreshed.unchanged
