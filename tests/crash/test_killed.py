"""A process may be killed at any point: the next one finds every document whole or not at all."""

from pathlib import Path
from shutil import copytree

import pytest

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from tests.support.homes import contents, note, opened, put
from tests.support.processes.killed import Killed, processes_for

TEA = "Tea is brewed from leaves. The water should be hot."
OLD = "The ferry leaves at noon. It carries no bicycles.\n\n" + "It is an old boat. " * 60
NEW = "The ferry leaves at seven. It carries bicycles now.\n\n" + "It is a new boat. " * 20
BRIDGE = "The bridge was opened in 1912.\n\n" + "It has nine arches of red stone. " * 20
BEFORE = {"tea": TEA, "ferry": OLD}


@pytest.fixture(scope="module")
def killed() -> Killed:
    """Runs a function of `crashing` in a process of its own; whether that was killed."""
    return processes_for("tests.crash.harness.crashing")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, embedder: SentenceEmbedder) -> Path:
    """A home that holds two documents, to copy."""
    folder = tmp_path_factory.mktemp("filled") / "home"
    with opened(folder, embedder) as library:
        put(library, [note(source, text) for source, text in BEFORE.items()])
    return folder


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A copy of that home."""
    return Path(copytree(filled, tmp_path / "home"))


@pytest.mark.parametrize("steps", range(1, 23))
def test_what_was_reported_in_answers_and_nothing_is_there_by_half(
    steps: int, home: Path, tmp_path: Path, killed: Killed, embedder: SentenceEmbedder
) -> None:
    journal = tmp_path / "journal"
    journal.touch()
    news = [("ferry", NEW), ("bridge", BRIDGE)]
    assert killed("add_and_die", home, news, journal, steps)
    reported = journal.read_text().split()
    with opened(home, embedder) as library:
        held = contents(library).texts
        assert held["tea"] == TEA
        assert held["ferry"] in ((NEW,) if "ferry" in reported else (OLD, NEW))
        assert held.get("bridge") in ((BRIDGE,) if "bridge" in reported else (None, BRIDGE))
        for source, text in held.items():
            assert library.search(text[:60], k=1)[0].source == source
        put(library, [note(*document) for document in news])
        assert contents(library).texts == {"tea": TEA, "bridge": BRIDGE, "ferry": NEW}


@pytest.mark.parametrize("passages", [1, 2])
def test_what_was_killed_while_embedding_leaves_what_was_there(
    passages: int, home: Path, killed: Killed, embedder: SentenceEmbedder
) -> None:
    news = [("ferry", NEW), ("bridge", BRIDGE)]
    assert killed("add_and_die_embedding", home, news, passages)
    with opened(home, embedder) as library:
        assert contents(library).texts == BEFORE


@pytest.mark.parametrize("steps", range(1, 7))
def test_a_removal_that_was_killed_is_done_or_was_never_begun(
    steps: int, home: Path, killed: Killed, embedder: SentenceEmbedder
) -> None:
    assert killed("remove_and_die", home, "ferry", steps)
    with opened(home, embedder) as library:
        assert contents(library).texts in (BEFORE, {"tea": TEA})


def test_a_reindex_that_was_killed_is_refused_to_readers_and_healed(
    home: Path, killed: Killed, embedder: SentenceEmbedder
) -> None:
    assert killed("reindex_and_die", home, 2)
    with opened(home, embedder) as library:
        with pytest.raises(FootnoteError, match="footnote reindex"):
            library.ask("How should the water be?")
        assert len(list(library.reindex())) == 2
        assert contents(library).texts == BEFORE
        assert library.ask("How should the water be?").answered
