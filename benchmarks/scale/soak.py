"""Many at once, for long: python -m benchmarks.scale.soak [--seconds 600]

One process has a home. Askers ask it without a pause; each adder keeps a store of documents of its
own, adds, replaces and removes them, and asks after each step for what it has just done: an update
that is lost, an error, or a question that is answered from what is gone ends the soak. The memory
of the process is looked at meanwhile.
"""

import argparse
import random
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Event, Lock

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.source import from_memory, sample
from retrieval.types import DocumentInfo
from tests.support.homes import opened
from tests.support.processes.memory import resident

ASKERS, ADDERS = 50, 4
# Documents that each adder keeps at a time.
SHELF = 12
# Seconds after which the memory should no longer grow, and between two looks at it.
WARM, LOOK = 60.0, 5.0
QUESTIONS = (
    "Who left the UN's human rights office in New York, and why?",
    "Which post did Mokhiber hold in New York?",
    "Who put the text of the letter on X?",
    "What is the boiling point of mercury?",
)


class LostError(Exception):
    """A library did not say what it had been told."""


@dataclass(slots=True)
class Soak:
    """The findings so far."""

    library: Library
    over: Event = field(default_factory=Event)
    asked_ms: list[float] = field(default_factory=list)
    updates: int = 0
    memory: list[tuple[float, int]] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def ask(self, number: int) -> None:
        """An asker: one question after the other."""
        chance = random.Random(number)
        while not self.over.is_set():
            question = chance.choice(QUESTIONS)
            began = time.perf_counter()
            answer = self.library.ask(question)
            took = (time.perf_counter() - began) * 1000
            if answer.answered != (question != QUESTIONS[-1]):
                raise LostError(f"{question!r} was answered otherwise: {answer.text!r}")
            with self._lock:
                self.asked_ms.append(took)

    def add(self, number: int) -> None:
        """An adder: adds, replaces and removes, and looks each time whether that is so."""
        chance, kept = random.Random(1000 + number), dict[str, tuple[DocumentInfo, str]]()
        for serial in count():
            if self.over.is_set():
                return
            name = f"ship-{number}-{chance.randrange(SHELF)}"
            if name in kept and chance.random() < 0.3:
                self._remove(name, *kept.pop(name))
            else:
                kept[name] = self._put(
                    name, f"{chance.choice('BCDFGKLMNPRST')}{serial:05}X{number}"
                )
            with self._lock:
                self.updates += 1

    def _put(self, name: str, cargo: str) -> tuple[DocumentInfo, str]:
        text = f"The {name} sails under the code {cargo}.\n\nHer crew has {len(cargo)} hands."
        [added] = self.library.add([from_memory(f"soak:{name}", text, f"The {name}")])
        if added.document is None or added.error is not None:
            raise LostError(f"{name} was not added: {added.error}")
        self._expect(name, cargo, there=True)
        return added.document, cargo

    def _remove(self, name: str, document: DocumentInfo, cargo: str) -> None:
        self.library.remove([document.id])
        self._expect(name, cargo, there=False)

    def _expect(self, name: str, cargo: str, there: bool) -> None:
        found = self.library.search(f"Under which code does the {name} sail?", k=5)
        texts = [passage.text for passage in found if passage.source == f"soak:{name}"]
        if there != any(cargo in text for text in texts) or len(texts) > 1:
            raise LostError(f"{name} with {cargo} should {'' if there else 'not '}be in {texts}")

    def watch(self, seconds: float) -> None:
        """Looks at the memory until the time is over."""
        began = time.monotonic()
        while (elapsed := time.monotonic() - began) < seconds and not self.over.is_set():
            self.memory.append((elapsed, resident()))
            self.over.wait(LOOK)
        self.over.set()

    def growth(self) -> float:
        """The growth of memory from the first minute to the end, as a share."""
        warm = median([size for at, size in self.memory if WARM <= at < 2 * WARM] or [resident()])
        last = median([size for _, size in self.memory][-6:])
        return last / warm - 1


def soak(library: Library, seconds: float) -> Soak:
    """Lets all of them at a library for so long. Raises what the first of them ran into."""
    soaked = Soak(library)
    with ThreadPoolExecutor(ASKERS + ADDERS + 1) as pool:
        work: list[tuple[Callable[..., None], float]] = [
            *((soaked.ask, number) for number in range(ASKERS)),
            *((soaked.add, number) for number in range(ADDERS)),
            (soaked.watch, seconds),
        ]
        running = [pool.submit(function, argument) for function, argument in work]
        done, _ = wait(running, return_when=FIRST_EXCEPTION)
        soaked.over.set()
        for future in done:
            future.result()
    return soaked


def main() -> None:
    """Prints what it came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0)
    seconds: float = parser.parse_args().seconds
    with TemporaryDirectory() as folder, opened(Path(folder), SentenceEmbedder()) as library:
        list(library.add([sample()]))
        soaked = soak(library, seconds)
        census = library.census()
    cuts = quantiles(soaked.asked_ms, n=20)
    print(f"{len(soaked.asked_ms):,} questions by {ASKERS} askers, no error")
    print(f"ask: p50 {median(soaked.asked_ms):.0f} ms, p95 {cuts[-1]:.0f} ms")
    print(f"{soaked.updates:,} updates by {ADDERS} adders, none lost")
    print(f"memory after the first minute and in the end: {soaked.growth():+.1%}")
    print(f"catalog and vectors: {census.missing} missing, {census.stray} stray")


if __name__ == "__main__":
    main()
