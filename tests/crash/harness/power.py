"""The power cut, played: a recorded process's disk is laid out as it may be found after any moment,
and what stands there is held against what had been acknowledged by then."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from shutil import rmtree

import retrieval.store.vectors.damage
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library

from .checking import check
from .child import opened
from .disk import Disk, after_power_cut
from .journal import Expected, read_journal
from .recording import read_log, record


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of one power cut: what is `broken`, or ""; passages whose vectors were `missing`
    and vectors whose passages were; whether all vectors were given up as `torn`."""

    broken: str = ""
    missing: int = 0
    stray: int = 0
    torn: bool = False


def record_work(root: Path, log: Path, seed: int, operations: int) -> None:
    """Lets a process work in a home, and records it. Raises ValueError if it missed anything."""
    root.mkdir()
    record(root, log, ["-m", "tests.crash.harness.recorded", str(root), str(seed), str(operations)])
    disk = Disk(journalled=True)
    for entry in read_log(log):
        disk.take(entry)
    _, files = disk.found(len(disk.names))
    there = {str(path): path for path in root.rglob("*") if path.is_file()}
    for path in sorted(files.keys() | there.keys()):
        if path not in files or there[path].read_bytes() != files[path].content():
            raise ValueError(f"What was recorded is not what is there: {path}")


def cut_power(
    root: Path, log: Path, embedder: SentenceEmbedder, times: int, seed: int, onto: Path
) -> Iterator[Found]:
    """Return what is found after cuts at so many moments; broken homes are left in `onto`."""
    random = Random(seed)
    total = sum(1 for _ in read_log(log))
    # A home is a person's to keep: the folder is there and safe before anything is added.
    moments = sorted(random.randrange(1, total) for _ in range(times))
    for number, disk in enumerate(_disks(log, moments, random)):
        place = onto / f"cut-{number}"
        place.mkdir(parents=True)
        after_power_cut(disk, root, place, random, "journal")
        found = _look(place, embedder)
        yield found
        if not found.broken:
            rmtree(place)


def _disks(log: Path, moments: list[int], random: Random) -> Iterator[Disk]:
    disks = {journalled: Disk(journalled) for journalled in (True, False)}
    left = list(moments)
    for number, entry in enumerate(read_log(log)):
        while left and left[0] == number:
            left.pop(0)
            yield disks[random.random() < 0.5]
        for disk in disks.values():
            disk.take(entry)


def _look(root: Path, embedder: SentenceEmbedder) -> Found:
    """Opens a home in a process of its own: Chroma is never open where processes are forked."""
    answer, telling = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(telling, json.dumps(asdict(_found(root, embedder))).encode())
        finally:
            os._exit(0)
    os.close(telling)
    with os.fdopen(answer, "rb") as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    return Found(**json.loads(said)) if said else Found(broken=f"it ended with status {status}")


def _found(root: Path, embedder: SentenceEmbedder) -> Found:
    missing = stray = 0
    torn = False
    # This machine was not started anew, as that one was.
    retrieval.store.vectors.damage.BOOT = root / "boot"
    retrieval.store.vectors.damage.BOOT.write_text("another time")
    try:
        with opened(root, embedder) as library:
            torn = bool(library.home.vectors.lost)
            missing, stray = _count(library)
            check(library, _acknowledged(root / "journal"))
    except BaseException as error:  # noqa: BLE001 -- whatever it is, it is what was found
        return Found(f"{type(error).__name__}: {error}"[:2000], missing, stray, torn)
    return Found("", missing, stray, torn)


def _count(library: Library) -> tuple[int, int]:
    counts = [library.census(name) for name in library.home.names()]
    return sum(count.missing for count in counts), sum(count.stray for count in counts)


def _acknowledged(journal: Path) -> Expected:
    return read_journal(journal) if journal.exists() else Expected()
