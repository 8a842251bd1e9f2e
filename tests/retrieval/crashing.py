"""A process that is killed in the middle of its work, for the tests of what it leaves behind.

Imported by multiprocessing's fork server, which loads the model once; every process to be killed is
forked from there, and opens the home by itself.
"""

import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import torch

from retrieval.embed import SentenceEmbedder
from retrieval.library import Library

from .places import note, opened

# Each document as (source, text).
Documents = Sequence[tuple[str, str]]

torch.set_num_threads(1)  # a process forked from one with more threads would have none of them
os.environ["TOKENIZERS_PARALLELISM"] = "false"
EMBEDDER = SentenceEmbedder()
EMBEDDER.embed_query("Load the model now.")


def add_and_die(folder: Path, documents: Documents, journal: Path, steps: int) -> None:
    """Adds documents one by one, writing down each that is reported in, and dies before the nth
    beginning or end of a transaction."""
    with opened(folder, EMBEDDER) as library:
        die_at_transactions(library, steps)
        for source, text in documents:
            list(library.add([note(source, text)]))
            with journal.open("a") as file:
                print(source, file=file)


def add_and_die_embedding(folder: Path, documents: Documents, passages: int) -> None:
    """Adds documents in one call, and dies when that many passages have been embedded."""
    with opened(folder, EMBEDDER) as library:
        die = dying_after(passages)
        list(library.add([note(*document) for document in documents], progress=die))


def remove_and_die(folder: Path, source: str, steps: int) -> None:
    """Removes a document, and dies before the nth beginning or end of a transaction."""
    with opened(folder, EMBEDDER) as library:
        [id] = [document.id for document in library.documents() if document.source == source]
        die_at_transactions(library, steps)
        library.remove([id])


def reindex_and_die(folder: Path, passages: int) -> None:
    """Makes the indexes anew, and dies when that many passages have been embedded."""
    with opened(folder, EMBEDDER) as library:
        die = dying_after(passages)
        list(library.reindex(progress=die))


def die_at_transactions(library: Library, steps: int) -> None:
    """The process will be gone before the nth beginning or end of a transaction."""
    die = dying_after(steps)

    def statement(sql: str) -> None:
        if sql.startswith(("BEGIN", "COMMIT")):
            die(1)

    library.home.shelf("common").catalog.connection.set_trace_callback(statement)


def dying_after(calls: int) -> Callable[[int], None]:
    """Something to call; the process is gone at once when it has been called that often."""
    left = calls

    def called(_: int) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return called
