"""The process that is killed: it opens a home, holds it against the journal, and works in it."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.formats.content import Content, Part
from retrieval.reading.formats.sandbox.process_pool import Parsers
from retrieval.reading.intake import Intake
from retrieval.store.home import Home
from retrieval.weights.fitted import load_fitted
from tests.support.homes import never_abstaining
from tests.support.models.tiny import save_tiny_model

from .checking import check
from .journal import Journal, read_journal
from .work import Worker

WORKERS = 2


class InProcess(Parsers):
    """Takes all files for plain text, without a process that would have to start each time."""

    def read(
        self, data: bytes, name: str = "", charset: str | None = None, kind: str | None = None
    ) -> Content:
        """The text, as it is."""
        return Content("text", (Part(data.decode()),))


def load_tiny_model() -> SentenceEmbedder:
    """An embedder whose model is loaded, and whose threads are all still to come: processes may be
    forked from the one that has it."""
    import torch
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.set_num_threads(1)
    torch.manual_seed(0)  # the same weights every time, as the homes that are made with them last
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with TemporaryDirectory() as folder:
        embedder = SentenceEmbedder(str(save_tiny_model(Path(folder), "mean")), "cpu")
        embedder.embed_query("Load the model now.")
    embedder.name = "tiny"
    return embedder


@contextmanager
def opened(root: Path, embedder: SentenceEmbedder) -> Iterator[Library]:
    """The library of the home in a folder, closed when the block ends."""
    home = Home(root / "home", embedder.identity, lambda: None)
    fitted = never_abstaining(load_fitted())
    library = Library(home, embedder, fitted, Intake(InProcess))
    try:
        yield library
    finally:
        library.close()


def check_and_work(
    root: Path, embedder: SentenceEmbedder, seed: int, checked: Callable[[], None]
) -> None:
    """Opens the home of a folder, calls `checked` once it was found well, and works until killed.

    Raises BrokenError where the home is not what its journal says.
    """
    with opened(root, embedder) as library:
        journal = Journal(root / "journal")
        if library.home.vectors.lost:
            with (root / "lost").open("a") as lost:
                print(library.home.vectors.lost, file=lost)
        journal.find(check(library, read_journal(root / "journal")))
        checked()
        work_for_ever(library, journal, root / "files", seed)


def work_for_ever(library: Library, journal: Journal, files: Path, seed: int) -> None:
    """Several workers at once, until the process ends. Raises what one of them does."""
    workers = [
        Worker(f"w{number}", library, journal, files, Random(f"{seed} {number}"))
        for number in range(WORKERS)
    ]
    with ThreadPoolExecutor(WORKERS) as pool:
        for done in as_completed([pool.submit(worker.work) for worker in workers]):
            done.result()
