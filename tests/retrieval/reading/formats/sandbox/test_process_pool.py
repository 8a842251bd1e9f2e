"""The processes that read files: whatever happens in one, the next file is read."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.process_pool import Parsers
from retrieval.reading.limits import MIB, ReadLimits
from tests.support.formats.hostile.archives import in_body
from tests.support.formats.misbehaving import MISBEHAVING
from tests.support.formats.reading import refusal, text_of
from tests.support.formats.specimens import SENTENCE, specimens

DAMAGED = "is damaged and can't be read."
# Seconds; only a test that fails waits that long.
PATIENCE = 1200  # seconds until a thread is taken to wait for ever
Readers = Callable[..., Parsers]


@pytest.fixture
def tricked() -> Iterator[Readers]:
    """Make parsers whose workers do what a file says."""
    with ExitStack() as stack:

        def make(processes: int = 2, seconds: float = 60) -> Parsers:
            return stack.enter_context(Parsers(processes, ReadLimits(seconds), MISBEHAVING))

        yield make


@pytest.fixture
def pipe(tmp_path: Path) -> str:
    """A named pipe, at whose ends processes wait for one another."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return str(path)


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Threads to read from at the same time."""
    with ThreadPoolExecutor(4) as pool:
        yield pool


def told(parsers: Parsers, behaviour: str) -> str:
    """The text of a file in which a worker does this."""
    return text_of(parsers.read(behaviour.encode()))


def refused(parsers: Parsers, behaviour: str) -> str:
    """The refusal of a file in which a worker does this."""
    return refusal(parsers, behaviour.encode())


def refusal_of(future: Future[str]) -> str:
    """The refusal of a file that another thread is reading."""
    error = future.exception(PATIENCE)
    assert isinstance(error, UnreadableError)
    return str(error)


# --- Death


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGILL, signal.SIGBUS])
def test_a_file_that_kills_its_worker_is_damaged_and_the_next_is_read(
    tricked: Readers, number: signal.Signals
) -> None:
    parsers = tricked()
    assert refused(parsers, f"die {number:d}").startswith(DAMAGED)
    assert told(parsers, "nothing") == "Done."


@pytest.mark.parametrize("status", [0, 1, 3])
def test_a_worker_that_ends_by_itself_is_no_trouble(tricked: Readers, status: int) -> None:
    parsers = tricked()
    assert refused(parsers, f"exit {status}").startswith(DAMAGED)
    assert told(parsers, "nothing") == "Done."


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGABRT])
def test_a_worker_ended_for_memory_says_so_and_the_next_is_read(
    tricked: Readers, number: signal.Signals
) -> None:
    parsers = tricked()
    assert refused(parsers, f"die {number:d}").startswith("needs more than 1 GiB")
    assert told(parsers, "nothing") == "Done."


def test_no_file_is_blamed_for_the_one_before_it(tricked: Readers, tmp_path: Path) -> None:
    parsers = tricked(processes=1)
    told(parsers, "nothing")
    assert told(parsers, f"die_once {tmp_path / 'mark'}") == "Done."


def test_a_worker_that_died_between_two_files_is_replaced(tricked: Readers) -> None:
    parsers = tricked(processes=1)
    os.kill(int(told(parsers, "pid")), signal.SIGKILL)
    assert told(parsers, "nothing") == "Done."


def test_what_a_worker_leaves_behind_is_ended_with_it(tricked: Readers, pipe: str) -> None:
    parsers = tricked(seconds=1)
    refused(parsers, f"fork {pipe}")
    # It opened the pipe before, or never will; where it lives on, this never ends.
    with open(os.open(pipe, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # noqa: PTH123
        assert file.read() == b""
    assert told(parsers, "nothing") == "Done."


# --- Limits


def test_a_file_that_takes_too_long_is_given_up(tricked: Readers) -> None:
    parsers = tricked(seconds=0.5)
    assert refused(parsers, "spin") == (
        "took longer than 0.5 seconds to read. Split it into smaller files."
    )
    assert told(parsers, "nothing") == "Done."


def test_a_file_that_needs_too_much_memory_is_given_up(tricked: Readers) -> None:
    parsers = tricked()
    assert refused(parsers, "hoard 2048") == (
        "needs more than 1 GiB of memory to read. Split it into smaller files."
    )
    assert told(parsers, "nothing") == "Done."


def test_a_document_that_needs_too_much_memory_is_given_up() -> None:
    # All different, or it would be taken for a trap.
    paragraphs = "".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(2_000))
    data = in_body(paragraphs.encode(), 150)
    with Parsers(1, ReadLimits(memory=128 * MIB)) as parsers:
        assert refusal(parsers, data).startswith("needs more than 128 MiB of memory to read.")
        good = specimens()["text"]
        assert SENTENCE in text_of(parsers.read(good.data, good.name))


def test_a_worker_that_grew_large_is_not_used_again(tricked: Readers) -> None:
    parsers = tricked(processes=1)
    first = told(parsers, "pid")
    assert told(parsers, "hoard 10") == "Done."
    assert told(parsers, "pid") == first
    assert told(parsers, "hoard 700") == "Done."
    assert told(parsers, "pid") != first


def test_text_has_a_limit() -> None:
    with Parsers(1, ReadLimits(output=MIB)) as parsers:
        text = "All work and no play. " * 60_000
        assert refusal(parsers, text.encode()) == (
            "holds more than 1 MiB of text. Split it into smaller files."
        )
        assert SENTENCE in text_of(parsers.read(SENTENCE.encode()))


def test_what_nests_without_end_is_given_up(tricked: Readers) -> None:
    parsers = tricked(processes=1)
    assert refused(parsers, "recurse").startswith("is nested too deeply to read.")
    assert told(parsers, "nothing") == "Done."


# --- What a file can't reach


def test_nothing_that_a_library_prints_passes_for_a_reply(tricked: Readers) -> None:
    parsers = tricked(processes=1)
    assert told(parsers, "print") == "Done."
    assert told(parsers, "complain 1000") == "Done."
    assert told(parsers, "nothing") == "Done."


def test_nothing_is_written_to_disk(tricked: Readers, tmp_path: Path) -> None:
    parsers = tricked()
    refused(parsers, f"write {tmp_path / 'file'}")
    assert (tmp_path / "file").read_bytes() == b""
    assert told(parsers, "nothing") == "Done."


def test_secrets_of_the_bot_are_out_of_reach(
    tricked: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "a secret")
    monkeypatch.setenv("PYTHONPATH", "/srv/elsewhere")
    environment = told(tricked(), "environment")
    assert "secret" not in environment
    assert "elsewhere" not in environment


def test_open_files_of_the_bot_are_out_of_reach(tricked: Readers, tmp_path: Path) -> None:
    (tmp_path / "catalog.db").touch()
    with (tmp_path / "catalog.db").open() as file:
        os.set_inheritable(file.fileno(), True)
        descriptors = told(tricked(), "descriptors")
    kinds = {each.partition(":")[0] for each in descriptors.splitlines()}
    assert kinds == {"/dev/null", "pipe"}


def test_a_worker_starts_without_what_it_does_not_need(tricked: Readers) -> None:
    loaded = told(tricked(), "modules").splitlines()
    assert "retrieval" in loaded
    heavy = {"torch", "numpy", "chromadb", "langchain_core", "docx", "lxml", "trafilatura"}
    heavy |= {"pypdfium2", "cv2", "onnxruntime"}
    assert not heavy & set(loaded)


# --- Several at once


def test_two_files_are_read_at_once(
    tricked: Readers, threads: ThreadPoolExecutor, pipe: str
) -> None:
    parsers = tricked(processes=2)
    # Each waits for the other.
    writing = threads.submit(told, parsers, f"wait_for_reader {pipe}")
    reading = threads.submit(told, parsers, f"wait_for_writer {pipe}")
    assert (writing.result(PATIENCE), reading.result(PATIENCE)) == ("Done.", "Done.")


def test_no_more_files_are_read_at_once_than_there_are_processes(
    tricked: Readers, threads: ThreadPoolExecutor, pipe: str
) -> None:
    parsers = tricked(processes=1, seconds=0.5)
    first = threads.submit(told, parsers, f"wait_for_reader {pipe}")
    second = threads.submit(told, parsers, f"wait_for_writer {pipe}")
    # They would meet if both were read at once. The wait for a process is not part of the time.
    assert refusal_of(first).startswith("took longer")
    assert refusal_of(second).startswith("took longer")


def test_many_threads_get_each_their_own_text(parsers: Parsers) -> None:
    texts = [f"Text number {number}." for number in range(60)]
    with ThreadPoolExecutor(8) as pool:
        contents = pool.map(lambda text: parsers.read(text.encode(), "a.txt"), texts)
    assert [text_of(content) for content in contents] == texts


def test_a_worker_is_used_again_and_renewed_in_time(tricked: Readers) -> None:
    parsers = tricked(processes=1)
    pids = [told(parsers, "pid") for _ in range(101)]
    assert len(set(pids[:50])) == 1
    assert len(set(pids)) == 3


# --- Beginning and end


def test_no_process_is_started_before_it_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("it was started"))
    with Parsers():
        pass


def test_closing_ends_what_is_under_way(
    tricked: Readers, threads: ThreadPoolExecutor, pipe: str
) -> None:
    parsers = tricked(processes=1)
    running = threads.submit(told, parsers, f"wait_for_writer {pipe}")
    with open(pipe, "wb"):  # noqa: PTH123 -- once this is open, the worker waits for its end
        waiting = threads.submit(told, parsers, "nothing")
        parsers.close()
        assert refusal_of(running)
        assert refusal_of(waiting)


def test_nothing_is_read_after_the_end() -> None:
    with Parsers() as closed:
        closed.read(b"Hello there.")
    closed.close()
    assert "stopping" in refusal(closed, b"Hello there.")


def test_workers_end_with_the_program_that_started_them(pipe: str) -> None:
    code = (
        "import os\nfrom retrieval.reading.formats.sandbox.process_pool import Parsers\n"
        f"Parsers(command={MISBEHAVING!r}).read(b'keep {pipe}')\n"
        "os.kill(os.getpid(), 9)"
    )
    program = subprocess.Popen([sys.executable, "-c", code])
    with open(pipe, "rb") as file:  # noqa: PTH123
        assert program.wait(PATIENCE) == -signal.SIGKILL
        # It only ends when no process holds the other end any more.
        assert file.read() == b""
