"""A bot that is killed while it reads a channel, or erases what was deleted there, ends that at its
next start."""

from pathlib import Path
from shutil import copytree

import pytest

from bot.discord.services.libraries import library_of
from retrieval.embedding.embedder import SentenceEmbedder
from tests.support.discord.long_forum import SERVER
from tests.support.homes import opened
from tests.support.processes.killed import Killed, processes_for
from tests.support.texts.traces import files_with, files_with_vector

LIBRARY = library_of(SERVER)
# Words of the first answer alone, and of the others.
GONE = ("vermilljon", "quokkamats")
OTHERS = ("ottokarina", "brindled")
TAKEN_BACK = "I was wrong, and take that back."


@pytest.fixture(scope="module")
def killed() -> Killed:
    """Runs a function of `following` in a process of its own; whether that was killed."""
    return processes_for("tests.crash.following")


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, killed: Killed) -> Path:
    """A home for which the forum was read."""
    folder = tmp_path_factory.mktemp("read") / "home"
    assert not killed("follow", folder)
    return folder


def contents(folder: Path, embedder: SentenceEmbedder) -> list[str]:
    """The texts of the documents of a home."""
    with opened(folder, embedder) as library:
        return [library.text(each.id, LIBRARY) for each in library.documents(LIBRARY)]


@pytest.mark.parametrize("step", [2, 4, 5, 7, 9, 11, 14])
def test_of_a_history_nothing_comes_twice_and_nothing_is_lost(
    step: int, tmp_path: Path, killed: Killed, embedder: SentenceEmbedder
) -> None:
    assert killed("follow", tmp_path / "home", step)
    assert not killed("follow", tmp_path / "home")
    texts = contents(tmp_path / "home", embedder)
    assert len(texts) == 3
    for word in (GONE[0], *OTHERS):
        assert sum(word in text for text in texts) == 1


@pytest.mark.parametrize("to", ["", TAKEN_BACK], ids=["deleted", "edited"])
@pytest.mark.parametrize("step", [1, 3, 4, 6, 7, 8, 10, 12, 13])
def test_an_erasure_that_was_cut_short_is_ended_at_the_next_start(
    step: int,
    to: str,
    read: Path,
    tmp_path: Path,
    killed: Killed,
    embedder: SentenceEmbedder,
) -> None:
    home = Path(copytree(read, tmp_path / "home"))
    with opened(home, embedder) as library:
        [gone] = [
            each.version
            for each in library.documents(LIBRARY)
            if GONE[0] in library.text(each.id, LIBRARY)
        ]
        store = library.home.store(LIBRARY)
        [(number,)] = store.catalog.rows("SELECT id FROM passages WHERE document = ?", [gone])
        [vector] = store.index.vectors([number])[1]
    assert files_with(home, GONE)
    assert files_with_vector(home, vector)
    assert killed("follow_then_change", home, to, step)
    assert not killed("follow_changed", home, to)
    assert not files_with(home, GONE)
    assert not files_with_vector(home, vector)
    texts = contents(home, embedder)
    assert sum(TAKEN_BACK in text for text in texts) == bool(to)
    for word in OTHERS:
        assert sum(word in text for text in texts) == 1
