"""A process that is killed in the middle of its work, for the tests of what it leaves behind.

Imported by multiprocessing's fork server, which loads the model once; every process to be killed is
forked from there, and opens the home by itself.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.store.vectors.library_index import VectorIndex
from tests.support.homes import note, opened

# Each document as (source, text).
Documents = Sequence[tuple[str, str]]

os.environ["TOKENIZERS_PARALLELISM"] = "false"
EMBEDDER = SentenceEmbedder()
EMBEDDER.embed_query("Load the model now.")


def add_and_die(folder: Path, documents: Documents, journal: Path, steps: int) -> None:
    """Adds documents one by one, writing down each that is reported in; dies at the nth step."""
    with opened(folder, EMBEDDER) as library:
        die_at_step(library, steps)
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
    """Removes a document; dies at the nth step."""
    with opened(folder, EMBEDDER) as library:
        [id] = [document.id for document in library.documents() if document.source == source]
        die_at_step(library, steps)
        library.remove([id])


def reindex_and_die(folder: Path, passages: int) -> None:
    """Makes the indexes anew, and dies when that many passages have been embedded."""
    with opened(folder, EMBEDDER) as library:
        die = dying_after(passages)
        list(library.reindex(progress=die))


def die_at_step(library: Library, steps: int) -> None:
    """The process will be gone before the nth beginning or end of a transaction or of a change to
    the vectors."""
    die = dying_after(steps)
    changes = {VectorIndex.put.__code__, VectorIndex.remove.__code__}

    def on_statement(sql: str) -> None:
        if sql.startswith(("BEGIN", "COMMIT")):
            die(1)

    def on_call(frame: FrameType, event: str, _: object) -> None:
        if event in ("call", "return") and frame.f_code in changes:
            die(1)

    library.home.store("common").catalog.connection.set_trace_callback(on_statement)
    sys.setprofile(on_call)


def dying_after(calls: int) -> Callable[[int], None]:
    """Something to call; the process is gone at once when it has been called that often."""
    left = calls

    def called(_: int) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return called
