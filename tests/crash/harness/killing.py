"""The killer: forks a process, lets it work for a random moment, and kills it; time and again."""

import os
import signal
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from random import Random
from select import select

from retrieval.embedding.embedder import SentenceEmbedder

from .checking import BrokenError, check
from .child import check_and_work, opened
from .journal import read_journal

# Seconds that a process works before it is killed, at most, and those it has to open its home.
WORKING, OPENING = 1.0, 120.0
# How many are killed already while they open and look at what the last one left, and the seconds
# within which that happens.
EARLY, EARLY_WITHIN = 0.2, 1.0


@dataclass(slots=True)
class Tally:
    """The work done: processes killed, how many of them `early`, while they opened the home;
    operations acknowledged; those under way when the process was killed; the seconds it took; how
    often all vectors were `lost`, and made anew."""

    kills: int = 0
    early: int = 0
    acknowledged: int = 0
    cut_off: int = 0
    seconds: float = 0.0
    lost: int = 0


def kill_time_and_again(root: Path, embedder: SentenceEmbedder, times: int, seed: int) -> Tally:
    """Kills so many processes at work in one home, in a folder that is empty.

    Each one checks what those before it left. Raises BrokenError where one found it wrong.
    """
    (root / "files").mkdir()
    (root / "journal").touch()
    random, tally, began = Random(seed), Tally(), time.monotonic()
    for number in range(times):
        early = random.random() < EARLY
        _kill_one(root, embedder, random, early, seed + number)
        tally.kills += 1
        tally.early += early
        _count(root, tally)
    tally.seconds = time.monotonic() - began
    if (root / "lost").exists():
        tally.lost = len((root / "lost").read_text().splitlines())
    _look(root, embedder)
    return tally


def _count(root: Path, tally: Tally) -> None:
    expected = read_journal(root / "journal")
    tally.acknowledged = expected.acknowledged
    tally.cut_off += len(expected.under_way)


def _kill_one(
    root: Path, embedder: SentenceEmbedder, random: Random, early: bool, seed: int
) -> None:
    checked, child = _forked(root, embedder, seed)
    try:
        if early:
            time.sleep(random.uniform(0.0, EARLY_WITHIN))
        else:
            # It says when it has looked at everything; where it ends before that, the pipe does.
            select([checked], [], [], OPENING)
            time.sleep(random.uniform(0.0, WORKING))
        os.kill(child, signal.SIGKILL)
    finally:
        os.close(checked)
        _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise BrokenError(f"A process ended by itself, with {(root / 'failed').read_text()}")


def _forked(root: Path, embedder: SentenceEmbedder, seed: int) -> tuple[int, int]:
    """A process at work, by what it writes to when it has checked the home, and its number."""
    checked, checking = os.pipe()
    child = os.fork()
    if child:
        os.close(checking)
        return checked, child
    try:
        check_and_work(root, embedder, seed, lambda: _tell(checking))
    except BaseException:  # noqa: BLE001 -- a process that was forked must go no further than this
        (root / "failed").write_text(traceback.format_exc())
    os._exit(1)


def _tell(pipe: int) -> None:
    os.write(pipe, b"!")


def _look(root: Path, embedder: SentenceEmbedder) -> None:
    """A last look at what the last one left, by a process that ends by itself."""
    child = os.fork()
    if not child:
        try:
            with opened(root, embedder) as library:
                check(library, read_journal(root / "journal"))
            os._exit(0)
        except BaseException:  # noqa: BLE001 -- as above
            (root / "failed").write_text(traceback.format_exc())
        os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        raise BrokenError((root / "failed").read_text())
