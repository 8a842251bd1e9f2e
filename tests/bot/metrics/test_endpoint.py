"""Whoever watches the bot sees what is asked, how long it takes, and whether all is well."""

import json
import logging
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.metrics.endpoint import HERE, Health, health, metered, page
from bot.metrics.meter import Meter
from bot.settings import Settings, read_settings
from bot.wiring import open_library
from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.reading.source import from_memory, from_paths
from tests.bot.conftest import NOTES, Stock

QUESTION = "Who was the first keeper of the lighthouse at Skerry Point?"
UNSAID = "What is the boiling point of mercury?"
STEPS = ("condense", "retrieve", "judge", "answer", "ask")


@pytest.fixture
def library(stock: Stock) -> Iterator[Library]:
    """A library with the notes in it."""
    with open_library(read_settings(stock.home)) as library:
        yield library


@pytest.fixture
def meter(library: Library) -> Meter:
    """Return what looks on at it."""
    library.observer = meter = Meter()
    return meter


def value(meter: Meter, name: str, **labels: str) -> float | None:
    return meter.registry.get_sample_value(f"footnote_{name}", labels)


def read(port: int, path: str) -> tuple[int, str]:
    """Return what stands at a path of the page, with its status."""
    try:
        with urllib.request.urlopen(f"http://{HERE}:{port}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_a_question_is_counted_by_what_came_of_it(library: Library, meter: Meter) -> None:
    for question in (QUESTION, QUESTION, UNSAID):
        library.ask(question)
    assert value(meter, "questions_total", outcome="answered", reader="quote") == 2
    assert value(meter, "questions_total", outcome="abstained", reader="quote") == 1
    assert value(meter, "fallbacks_total") == 0


def test_every_step_of_a_question_is_timed(library: Library, meter: Meter) -> None:
    library.ask(QUESTION)
    assert {step: value(meter, "step_seconds_count", step=step) for step in STEPS} == dict.fromkeys(
        STEPS, 1.0
    )
    whole = value(meter, "step_seconds_sum", step="ask")
    parts = [value(meter, "step_seconds_sum", step=step) for step in STEPS[:-1]]
    assert whole is not None
    assert 0 < sum(filter(None, parts)) < whole


def test_a_question_that_fails_is_counted_as_such(
    library: Library, meter: Meter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise FootnoteError("It is broken.")

    monkeypatch.setattr("retrieval.answer.steps.judge", fail)
    with pytest.raises(FootnoteError):
        library.ask(QUESTION)
    assert value(meter, "questions_total", outcome="failed", reader="") == 1


def test_documents_are_counted_by_what_became_of_them(library: Library, meter: Meter) -> None:
    tide = from_memory("tide", "High tide comes an hour later every day.", "Tide")
    list(library.add([tide]))
    list(library.add([tide, *from_paths(["no-such-file"])]))
    list(library.add([tide], "guild-77"))
    outcomes = ("added", "unchanged", "failed")
    assert [
        value(meter, "documents_total", outcome=outcome, library="common") for outcome in outcomes
    ] == [1, 1, 1]
    assert value(meter, "documents_total", outcome="added", library="server") == 1
    assert value(meter, "passages_indexed_total", library="common") == 1


def test_what_a_sync_finds_is_counted(library: Library, meter: Meter, tmp_path: Path) -> None:
    (tmp_path / "tide.txt").write_text("High tide comes an hour later every day.")
    (tmp_path / "wind.txt").write_text("The wind blows from the west.")
    list(library.add(from_paths([str(tmp_path)]), "guild-77"))
    (tmp_path / "wind.txt").unlink()
    list(library.sync((), "guild-77", dry_run=True))
    list(library.sync((), "guild-77"))
    outcomes = ("unchanged", "removed", "failed")
    found = [value(meter, "synced_total", outcome=each, library="server") for each in outcomes]
    assert found == [1, 1, None]


def test_a_server_is_never_named(library: Library, meter: Meter) -> None:
    list(library.add([from_memory("tide", "High tide comes later.", "Tide")], "guild-77"))
    samples = [sample for metric in meter.registry.collect() for sample in metric.samples]
    kinds = {sample.labels["library"] for sample in samples if "library" in sample.labels}
    assert kinds == {"server"}


def test_without_a_port_nothing_is_counted(library: Library, stock: Stock) -> None:
    with metered(read_settings(stock.home), library) as port:
        assert (port, library.observer) == (None, None)


def a_port() -> int:
    """One that nobody has."""
    with closing(socket.create_server((HERE, 0))) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture
def settings(stock: Stock) -> Settings:
    """The settings of somebody who watches."""
    return read_settings(stock.home).model_copy(update={"metrics_port": a_port()})


@pytest.mark.allow_hosts([HERE])
def test_the_page_shows_what_was_counted(library: Library, settings: Settings) -> None:
    with metered(settings, library) as port:
        assert port is not None
        library.ask(QUESTION)
        status, shown = read(port, "/metrics")
    assert status == 200
    assert 'footnote_questions_total{outcome="answered",reader="quote"} 1.0' in shown
    assert "process_resident_memory_bytes" in shown
    assert library.observer is None


@pytest.mark.allow_hosts([HERE])
def test_what_goes_wrong_is_counted_by_how_bad_it_is(library: Library, settings: Settings) -> None:
    log = logging.getLogger("retrieval.example")
    with metered(settings, library) as port:
        assert port is not None
        log.warning("odd")
        log.error("bad")
        log.error("worse")
        _, shown = read(port, "/metrics")
    log.error("nobody counts any more")
    assert 'footnote_log_records_total{level="warning"} 1.0' in shown
    assert 'footnote_log_records_total{level="error"} 2.0' in shown


@pytest.mark.allow_hosts([HERE])
def test_health_is_well_while_the_library_can_be_read(library: Library, settings: Settings) -> None:
    with metered(settings, library) as port:
        assert port is not None
        status, shown = read(port, "/health")
        assert (status, json.loads(shown)) == (200, {"ok": True, "wrong": [], "worse": []})
        library.home.close()
        status, shown = read(port, "/health")
    assert (status, json.loads(shown)["ok"]) == (503, False)
    assert "has been closed" in shown


@pytest.mark.allow_hosts([HERE])
def test_without_vectors_it_goes_on_and_says_so(
    library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library.home.vectors, "failure", "They can't be had.")
    with metered(settings, library) as port:
        assert port is not None
        status, shown = read(port, "/health")
        assert (status, json.loads(shown)["ok"]) == (200, True)
        assert "full text alone: They can't be had." in shown
        assert "footnote_full_text_alone 1.0" in read(port, "/metrics")[1]


@pytest.mark.allow_hosts([HERE])
def test_there_is_nothing_else_on_the_page() -> None:
    with page(Meter(), lambda: Health(True), 0) as port:
        assert read(port, "/secrets")[0] == 404


@pytest.mark.allow_hosts([HERE])
def test_a_port_that_is_taken_is_said(library: Library, settings: Settings) -> None:
    assert settings.metrics_port is not None
    with (
        socket.create_server((HERE, settings.metrics_port)),
        pytest.raises(FootnoteError, match=r"FOOTNOTE_METRICS_PORT .* can't be used"),
        metered(settings, library),
    ):
        pass


def test_a_library_with_all_its_notes_is_healthy(library: Library) -> None:
    assert len(library.documents()) == len(NOTES)
    assert health(library) == Health(True)
