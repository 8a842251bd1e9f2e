"""Measure what becomes of solved threads.

    python -m benchmarks.discord.solved find [1000]
    python -m benchmarks.discord.solved history [POSTS MESSAGES SOLVED KILLS]
    python -m benchmarks.discord.solved forget [CHANGED THREADS]

`history` has the bot read a forum and kills it now and then; `forget` edits and deletes answers
before its eyes, while it is away, and kills it before it is done with that.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .find import find
from .grammar import threads
from .play import CHANGED_TO

PROGRAM = [sys.executable, "-m", "benchmarks.discord.solved.play"]


def run(
    home: str,
    sizes: tuple[int, ...],
    kill_at: int | None = None,
    there: bool = False,
) -> Iterator[dict[str, Any]]:
    """Play once, and yield what is told; killed when so many posts are read, or, where answers are
    changed before the bot's eyes, so soon after that."""
    more = ["there"] if there else []
    child = subprocess.Popen(
        [*PROGRAM, home, *map(str, sizes), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdout is not None
    for line in child.stdout:
        told = json.loads(line)
        yield told
        if there and kill_at is not None and "changed" in told:
            time.sleep(IN_THE_MIDST)
            child.kill()
            break
        if not there and kill_at is not None and told.get("read", -1) >= kill_at:
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


# Seconds after 50 answers were changed, at which the bot is far from done with them.
IN_THE_MIDST = 1.0
WAYS = ("there", "away", "killed")


def forget(changed: int, threads_of_it: int) -> list[tuple[str, str]]:
    """The old words that are left after answers were edited and deleted while the bot looked on, or
    was away, or was killed before it was done with them."""
    figures = list[tuple[str, str]]()
    with tempfile.TemporaryDirectory() as folder:
        read = Path(folder) / "read"
        sizes = (threads_of_it, 6, threads_of_it)
        list(run(str(read), (*sizes, 0)))
        for way in WAYS:
            home = shutil.copytree(read, Path(folder) / way)
            if way == "killed":
                list(run(str(home), (*sizes, changed), 0, there=True))
                list(run(str(home), (*sizes, changed), 0))
            told = list(run(str(home), (*sizes, changed), there=way == "there"))
            figures += left_of(way, home, changed, threads_of_it, told[-1]["texts"])
    return figures


def left_of(
    way: str, home: Path, changed: int, of: int, texts: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield the figures of what is left."""
    made = [made.answer for made in threads(of)]
    old = [answer for answer in made[:changed] if any(answer in text for text in texts)]
    now = sum(CHANGED_TO in text for text in texts)
    kept = sum(any(answer in text for text in texts) for answer in made[changed:])
    files = [file for file in home.rglob("*") if file.is_file()]
    held = [(file, file.read_bytes()) for file in files]
    left = [file.name for file, data in held if any(a.encode() in data for a in made[:changed])]
    yield f"{way}: {changed} of {of} answers changed: old words to be had", str(len(old))
    yield f"{way}: files of the home with an old answer's bytes", str(len(left)) + "".join(left)
    yield f"{way}: edited answers that say what they say now", f"{now} of {changed // 2}"
    yield f"{way}: answers that nobody changed, still there", f"{kept} of {of - changed}"


def main(what: str, *numbers: str) -> None:
    """Print the figures."""
    sizes = tuple(map(int, numbers))
    if what == "find":
        told = find(*(sizes or (1000,)))
    elif what == "history":
        told = history(*(sizes or (2000, 50, 300, 3)))
    else:
        told = forget(*(sizes or (50, 1000)))
    for name, figure in told:
        print(f"{name:72} {figure}")


if __name__ == "__main__":
    main(*sys.argv[1:])
