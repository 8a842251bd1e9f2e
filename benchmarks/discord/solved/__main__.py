"""Measure what becomes of solved threads.

    python -m benchmarks.discord.solved find [1000]
    python -m benchmarks.discord.solved history [POSTS MESSAGES SOLVED KILLS]
    python -m benchmarks.discord.solved forget [CHANGED]

`history` has the bot read a forum and kills it now and then; `forget` edits and deletes answers
while it is away, and kills it while it compares.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .find import find
from .grammar import threads
from .play import CHANGED_TO

PROGRAM = [sys.executable, "-m", "benchmarks.discord.solved.play"]


def run(home: str, sizes: tuple[int, ...], kill_at: int | None = None) -> Iterator[dict[str, Any]]:
    """Play once, and yield what is told; killed when so many posts are read."""
    child = subprocess.Popen(
        [*PROGRAM, home, *map(str, sizes)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert child.stdout is not None
    for line in child.stdout:
        told = json.loads(line)
        yield told
        if kill_at is not None and told.get("read", 0) >= kill_at:
            child.kill()
            break
    child.wait()


def history(posts: int, messages: int, solved: int, kills: int) -> list[tuple[str, str]]:
    """The figures of a long history, read with a number of kills."""
    with tempfile.TemporaryDirectory() as folder:
        home, sizes = str(Path(folder) / "home"), (posts, messages, solved, 0)
        for kill in range(1, kills + 1):
            list(run(home, sizes, kill * posts // (kills + 1)))
        told = list(run(home, sizes))
    memory = next(each for each in told if "peak" in each)
    ended = told[-1]
    answers = {made.answer for made in threads(solved)}
    found = [answer for answer in answers if any(answer in text for text in ended["texts"])]
    twice = len(ended["sources"]) - len(answers & set(found))
    return [
        (f"{posts * messages:,} messages, {solved} solved posts, killed {kills} times", ""),
        ("documents more than solved posts", str(twice)),
        ("solved posts without a document", str(solved - len(found))),
        ("memory, most / before", f"{memory['peak'] / memory['before']:.3f}"),
    ]


def forget(changed: int) -> list[tuple[str, str]]:
    """The old words that are left after answers were edited and deleted while the bot was away, and
    it was killed while it compared."""
    with tempfile.TemporaryDirectory() as folder:
        home, sizes = str(Path(folder) / "home"), (2 * changed, 6, 2 * changed)
        list(run(home, (*sizes, 0)))
        list(run(home, (*sizes, changed), kill_at=0))
        told = list(run(home, (*sizes, changed)))
        old = [made.answer for made in list(threads(2 * changed))[:changed]]
        bytes_left = sum(
            answer.encode() in file.read_bytes()
            for file in Path(home).rglob("*")
            if file.is_file()
            for answer in old
        )
    texts = told[-1]["texts"]
    left = sum(any(answer in text for text in texts) for answer in old)
    now = sum(CHANGED_TO in text for text in texts)
    return [
        (f"{changed} of {2 * changed} answers edited or deleted: old words to be had", str(left)),
        ("edited answers that say what they say now", f"{now} of {changed // 2}"),
        ("files of the home with an old answer's bytes, each counted", str(bytes_left)),
    ]


def main(what: str, *numbers: str) -> None:
    """Print the figures."""
    sizes = tuple(map(int, numbers))
    if what == "find":
        told = find(*(sizes or (1000,)))
    elif what == "history":
        told = history(*(sizes or (2000, 50, 300, 3)))
    else:
        told = forget(*(sizes or (50,)))
    for name, figure in told:
        print(f"{name:72} {figure}")


if __name__ == "__main__":
    main(*sys.argv[1:])
