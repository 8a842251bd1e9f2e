"""`make crash`: kills a process at work time and again, and cuts the power of a recorded one, and
tells what every next process found."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from retrieval.embedding.embedder import SentenceEmbedder
from tests.crash.harness.checking import BrokenError
from tests.crash.harness.child import load_tiny_model
from tests.crash.harness.killing import Tally, kill_time_and_again
from tests.crash.harness.power import Found, cut_power, record_work
from tests.crash.harness.recording import can_record

# What a worker does while it is recorded: enough for Chroma to write its index several times.
OPERATIONS = 40


def main() -> int:
    """0 where all was well; 1, with the home left to be looked at, where something was not."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--times", type=int, default=300, help="how many processes are killed")
    parser.add_argument("--cuts", type=int, default=100, help="how often the power is cut")
    parser.add_argument("--operations", type=int, default=OPERATIONS, help="recorded for that")
    parser.add_argument("--seed", type=int, default=0, help="another one takes other moments")
    parser.add_argument("--folder", type=Path, help="where that happens")
    chosen = parser.parse_args()
    embedder = load_tiny_model()
    root = Path(mkdtemp(prefix="footnote-crash-", dir=chosen.folder))
    try:
        if chosen.times:
            _kill(root, embedder, chosen.times, chosen.seed)
        if chosen.cuts and can_record():
            _cut(root, embedder, chosen.cuts, chosen.operations, chosen.seed)
        elif chosen.cuts:
            print("The power was not cut: that takes Linux and a C compiler called cc.")
    except BrokenError as error:
        print(f"Something is broken in {root}: {error}", file=sys.stderr)
        return 1
    return 0


def _kill(root: Path, embedder: SentenceEmbedder, times: int, seed: int) -> None:
    (root / "killed").mkdir()
    tally = kill_time_and_again(root / "killed", embedder, times, seed)
    print(_killed(tally), flush=True)


def _cut(root: Path, embedder: SentenceEmbedder, times: int, operations: int, seed: int) -> None:
    with TemporaryDirectory() as scratch:
        log = Path(scratch) / "log"
        record_work(root / "recorded", log, seed, operations)
        found = list(cut_power(root / "recorded", log, embedder, times, seed, root / "cuts"))
    if broken := [cut.broken for cut in found if cut.broken]:
        raise BrokenError(f"{len(broken)} power cuts of {times}: {broken[0]}")
    print(_cuts(found))


def _killed(tally: Tally) -> str:
    a_minute = tally.kills / max(tally.seconds, 1e-9) * 60
    return (
        f"{tally.kills} processes killed ({tally.early} of them while they opened the home) in "
        f"{tally.seconds:.0f} s, {a_minute:.0f} a minute; {tally.acknowledged} changes "
        f"acknowledged, {tally.cut_off} operations cut off; after {tally.lost} kills all vectors "
        "were made anew; nothing lost, nothing by half."
    )


def _cuts(found: list[Found]) -> str:
    torn = sum(cut.torn for cut in found)
    return (
        f"{len(found)} power cuts; after {torn} of them all vectors were made anew; nothing "
        "acknowledged lost, nothing by half."
    )


if __name__ == "__main__":
    sys.exit(main())
