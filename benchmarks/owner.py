"""Measure `ask` through an owner, beside Python alone: python -m benchmarks.owner

What a person waits for is Python starting, the call, and the owner's own answering, which is left
out here: `elapsed_ms` says how long that was.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

TIMES = 30
BARE = ("-c", "import typer, rich")
QUESTION = "Who left the UN's human rights office in New York, and why?"


@contextmanager
def serving(home: Path) -> Iterator[None]:
    """An owner of a home with the sample in it."""
    ask(home)
    command = [sys.executable, "-m", "bot", "serve", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.terminate()


def seconds(*arguments: str) -> tuple[float, str]:
    """Return the seconds that a run of Python takes, and its output."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, *arguments], capture_output=True, check=True, text=True)
    return time.perf_counter() - began, done.stdout


def ask(home: Path) -> float:
    """Seconds that `ask` takes beyond the answering itself."""
    took, printed = seconds("-m", "bot", "ask", QUESTION, "--json", "--home", str(home))
    elapsed: float = json.loads(printed)["elapsed_ms"]
    return took - elapsed / 1000


def main() -> None:
    """Prints the two medians and their ratio; the runs alternate."""
    with TemporaryDirectory() as folder, serving(Path(folder) / "home"):
        pairs = [(seconds(*BARE)[0], ask(Path(folder) / "home")) for _ in range(TIMES)]
    bare, asked = (median(column) for column in zip(*pairs, strict=True))
    print(f"python -c 'import typer, rich': {bare * 1000:.0f} ms")
    print(f"ask through an owner, answering left out: {asked * 1000:.0f} ms, {asked / bare:.2f} ×")


if __name__ == "__main__":
    main()
