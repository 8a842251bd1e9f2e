"""Workers that don't start, or are given up at once: nothing of them is left."""

import subprocess
import sys
from collections.abc import Sequence
from threading import Timer
from unittest.mock import Mock, PropertyMock

import pytest

from retrieval.reading.formats.sandbox import process
from retrieval.reading.formats.sandbox.process import Worker
from retrieval.reading.formats.sandbox.process_pool import Parsers, Pool
from retrieval.reading.limits import ReadLimits
from tests.support.formats.reading import refusal

Processes = list[subprocess.Popen[bytes]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Processes:
    """The processes that are started, in order."""
    processes: Processes = []
    spawn = process._spawned

    def spawned(limits: ReadLimits, command: Sequence[str]) -> subprocess.Popen[bytes]:
        processes.append(spawn(limits, command))
        return processes[-1]

    monkeypatch.setattr(process, "_spawned", spawned)
    return processes


def assert_nothing_is_left(processes: Processes) -> None:
    """Fail where a process was not waited for, or a pipe to one is open."""
    assert processes
    for each in processes:
        assert each.returncode is not None
        assert all(pipe is not None and pipe.closed for pipe in (each.stdin, each.stdout))


def test_a_broken_installation_is_not_a_damaged_file(started: Processes) -> None:
    command = (sys.executable, "-c", "raise SystemExit(1)")
    with (
        Parsers(command=command) as parsers,
        pytest.raises(RuntimeError, match="Install Footnote anew"),
    ):
        parsers.read(b"Hello there.")
    assert_nothing_is_left(started)


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, RuntimeError, OSError, EOFError])
def test_a_worker_that_does_not_start_leaves_nothing_open(
    monkeypatch: pytest.MonkeyPatch, started: Processes, error: type[BaseException]
) -> None:
    monkeypatch.setattr(process, "receive", Mock(side_effect=error))
    with Parsers() as parsers, pytest.raises((error, RuntimeError)):
        parsers.read(b"Hello there.")
    assert_nothing_is_left(started)


def test_a_worker_that_nobody_can_time_leaves_nothing_open(
    monkeypatch: pytest.MonkeyPatch, started: Processes
) -> None:
    monkeypatch.setattr(Timer, "start", Mock(side_effect=RuntimeError("no more threads")))
    with Parsers() as parsers:
        assert "can start no more programs" in refusal(parsers, b"Hello there.")
        assert_nothing_is_left(started)


def test_a_worker_that_is_interrupted_leaves_nothing_open(started: Processes) -> None:
    pool = Pool(1, ReadLimits())
    with pytest.raises(KeyboardInterrupt), pool.worker():
        raise KeyboardInterrupt
    assert_nothing_is_left(started)


def test_a_worker_that_can_not_be_put_back_leaves_nothing_open(
    monkeypatch: pytest.MonkeyPatch, started: Processes
) -> None:
    monkeypatch.setattr(Worker, "fit", PropertyMock(side_effect=KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt), Parsers() as parsers:
        parsers.read(b"Hello there.")
    assert_nothing_is_left(started)
