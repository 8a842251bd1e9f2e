"""In the background sources are synced when they are due, and nothing is lost at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from retrieval.indexing.sync.known import schedule
from retrieval.indexing.sync.refresher import Refresher
from retrieval.library import Library
from retrieval.reading.source import from_file, from_paths
from tests.support.homes import PATIENCE, put

TEA, COFFEE = "Tea is brewed from leaves.", "Coffee is brewed from beans."


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that goes right at first."""
    return Clock(datetime.now(UTC))


@pytest.fixture
def drinks(library: Library, tmp_path: Path) -> Path:
    """A folder that was added, and that has changed since."""
    folder = tmp_path / "drinks"
    folder.mkdir()
    (folder / "tea.txt").write_text(TEA)
    put(library, from_paths([str(folder)]))
    (folder / "coffee.txt").write_text(COFFEE)
    return folder


def names(library: Library) -> list[str]:
    """The names of the files that are documents."""
    return sorted(Path(document.source).name for document in library.documents())


def test_a_source_is_synced_when_it_is_due_and_not_before(
    library: Library, drinks: Path, clock: Clock
) -> None:
    refresher = Refresher(library, "daily", clock)
    clock.now += timedelta(hours=23)
    refresher.look()
    assert names(library) == ["tea.txt"]
    clock.now += timedelta(hours=4)
    refresher.look()
    assert names(library) == ["coffee.txt", "tea.txt"]


def test_without_a_schedule_nothing_is_looked_at(
    library: Library, drinks: Path, clock: Clock
) -> None:
    refresher = Refresher(library, "never", clock)
    clock.now += timedelta(days=365)
    refresher.look()
    assert names(library) == ["tea.txt"]


def test_one_source_may_be_looked_at_though_others_never_are(
    library: Library, drinks: Path, clock: Clock, tmp_path: Path
) -> None:
    soup = tmp_path / "soup.txt"
    soup.write_text("Boil the soup for one hour.")
    put(library, [from_file(soup)])
    soup.write_text("Boil the soup for two hours.")
    folder, single = library.sources()
    schedule(library.home.store("common"), folder, "weekly")
    clock.now += timedelta(days=8)
    Refresher(library, "never", clock).look()
    assert names(library) == ["coffee.txt", "soup.txt", "tea.txt"]
    assert library.search("soup")[0].text == "Boil the soup for one hour."
    schedule(library.home.store("common"), single, "daily")
    Refresher(library, "never", clock).look()
    assert library.search("soup")[0].text == "Boil the soup for two hours."


def test_a_source_that_fails_is_noted_and_does_not_keep_others_waiting(
    library: Library, drinks: Path, clock: Clock, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    (gone / "soup.txt").write_text("Boil the soup for one hour.")
    put(library, from_paths([str(gone)]))
    (gone / "soup.txt").unlink()
    clock.now += timedelta(days=2)
    Refresher(library, "daily", clock).look()
    assert names(library) == ["coffee.txt", "soup.txt", "tea.txt"]
    failures = {Path(source.place).name: source.failures for source in library.sources()}
    assert failures == {"drinks": 0, "gone": 1}


def test_what_is_stopped_in_the_middle_removes_nothing_and_finds_no_fault(
    library: Library, drinks: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now += timedelta(days=2)
    refresher = Refresher(library, "daily", clock)
    (drinks / "tea.txt").unlink()
    usual = refresher._progress

    def stop_meanwhile(passages: int) -> None:
        """It is told to stop while the new file's passages are embedded."""
        refresher.close()
        usual(passages)

    monkeypatch.setattr(refresher, "_progress", stop_meanwhile)
    refresher.look()
    assert names(library) == ["tea.txt"]
    assert [source.failures for source in library.sources()] == [0]


def test_it_runs_in_a_thread_of_its_own_until_it_is_closed(
    library: Library, drinks: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now += timedelta(days=2)
    synced, real = Event(), library.sync

    def watched(*arguments: object, **options: object) -> Iterator[object]:
        yield from real(*arguments, **options)  # type: ignore[arg-type]
        synced.set()

    monkeypatch.setattr(library, "sync", watched)
    refresher = Refresher(library, "daily", clock, pause=0.0)
    refresher.start()
    assert synced.wait(PATIENCE)
    refresher.close()
    assert names(library) == ["coffee.txt", "tea.txt"]
