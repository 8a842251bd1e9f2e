"""The process whose files are recorded: it works in a new home for some operations, and ends."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

from .child import WORKERS, load_tiny_model, opened
from .journal import Journal
from .work import Worker


def main(folder: str, seed: str, operations: str) -> None:
    """Works in the home in a folder, with several workers that do so many operations each."""
    root = Path(folder)
    (root / "files").mkdir()
    embedder, journal = load_tiny_model(), Journal(root / "journal")
    with opened(root, embedder) as library, ThreadPoolExecutor(WORKERS) as pool:
        workers = [
            Worker(f"w{number}", library, journal, root / "files", Random(f"{seed} {number}"))
            for number in range(WORKERS)
        ]
        for done in [pool.submit(worker.work, int(operations)) for worker in workers]:
            done.result()


if __name__ == "__main__":
    main(*sys.argv[1:])
