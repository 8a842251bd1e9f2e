"""Vectors in files of the home: the Chroma that is part of this program."""

import sqlite3
import struct
import time
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path
from shutil import rmtree

from chromadb import Collection
from chromadb.api.rust import RustBindingsAPI
from chromadb.config import Settings, System
from chromadb.errors import ChromaError
from tenacity import retry, retry_if_exception, stop_after_delay, wait_exponential

from retrieval.errors import Sentence
from retrieval.store.disk import ROOM

from .damage import Mark
from .vector_store import VectorsError, VectorStore, logger

LOST = (
    "The vectors in {folder} are given up, for {why}: until they are made anew, answers come from "
    "the full text alone. The bot and `footnote serve` do that by themselves; `footnote reindex` "
    "does it at once."
)
# Seconds: of vectors that fail again so soon after they were opened anew, nothing is kept; and if
# they fail even then, nothing more is tried for as long.
SOON = 3600.0
# Libraries whose indexes are kept in memory, of those used last: each takes three megabytes at
# least. To read that of a small one again takes 20 ms.
IN_MEMORY = 256
DATABASE = "chroma.sqlite3"
# The folders of a library's index.
INDEXES = (
    "SELECT segments.id FROM segments JOIN collections ON collections.id = segments.collection "
    "WHERE collections.name = ?"
)
HEADER = struct.Struct("<iQQQQ")
# Seconds after which its being written to by another thread is no passing thing.
BUSY = 10.0
# Changes after which Chroma writes an index to the disk: the fewest that it takes, and as it comes.
AT_ONCE, USUALLY = 2, 1000


class FileStore(VectorStore):
    """The vectors of the home in a folder. One process at a time, by the home's lock."""

    def __init__(self, home: Path) -> None:
        """Open them; those that a power cut or damage may have spoilt are given up first.

        Raises OSError or FootnoteError where the folder can't be used.
        """
        super().__init__()
        # When they were opened anew while they were in use, and when without what they held.
        self._opened: float | None = None
        self._emptied: float | None = None
        self._system: System | None = None
        with ExitStack() as undoing:
            self.mark = Mark(home)
            self.folder = self.mark.vectors
            undoing.callback(self.mark.close)
            if spoilt := self.mark.clear():
                self._say_lost(spoilt)
            self._open()
            undoing.pop_all()

    def _open(self) -> None:
        try:
            self._start()
            if self.mark.interrupted:
                self._settle()
            self._sweep()
        except ChromaError as error:
            self._stop()
            self._give_up(str(error))
            self._open_empty()

    def _start(self) -> None:
        system = System(
            Settings(
                anonymized_telemetry=False, is_persistent=True, persist_directory=str(self.folder)
            )
        )
        self.api = system.instance(RustBindingsAPI)
        self.api.hnsw_cache_size = IN_MEMORY
        system.start()
        self._system = system

    def _settle(self) -> None:
        """Have Chroma do now what it may have left for when it is next asked."""
        with self.changing():
            for model in self.api.list_collections():
                Collection(client=self.api, model=model, embedding_function=None).get(
                    limit=1, include=["embeddings"]
                )

    def _sweep(self) -> None:
        """Remove the files of libraries that were forgotten, which Chroma leaves behind."""
        if left := left_over(self.folder):
            with self.changing():
                for folder in left:
                    rmtree(folder)

    def _stop(self) -> None:
        system, self._system = self._system, None
        if system is not None:
            system.stop()

    def _open_empty(self) -> None:
        try:
            self._start()
        except ChromaError as error:
            raise VectorsError(self.explain(error)) from error

    def _give_up(self, why: str) -> None:
        self.mark.give_up()
        self._say_lost(why)

    def _say_lost(self, why: str) -> None:
        self.lost = LOST.format(folder=self.folder, why=why)
        logger.warning("%s", self.lost)

    def repair(self) -> None:
        """Open them anew; if that was of no help lately, or can't be done, without what they held.

        Raises VectorsError where that was of no help either, FootnoteError where the disk is full,
        and OSError where it is broken.
        """
        if self._lately(self._emptied):
            raise VectorsError(self.failure)
        self._stop()
        if self._lately(self._opened):
            self._give_up(self.failure)
            self._emptied = time.monotonic()
        elif spoilt := self.mark.clear():
            self._say_lost(spoilt)
        self._opened = time.monotonic()
        self._open()
        self.mended()

    def _lately(self, moment: float | None) -> bool:
        return moment is not None and time.monotonic() - moment < SOON

    @property
    def where(self) -> str:
        """The place of the vectors, for people."""
        return f"in files of the home, in {self.folder}"

    def explain(self, error: Exception) -> str:
        """The failure in a sentence."""
        return Sentence(
            "The vectors in {folder} can't be used: {error}.", folder=self.folder, error=str(error)
        )

    def changing(self, room: int = ROOM) -> AbstractContextManager[None]:
        """Make what the block changes safe on the disk by its end."""
        return self.mark.changing(room)

    def forget_deleted(self, library: str) -> bool:
        """Have Chroma write a library's index to the disk, and leave nothing in its database of
        what it took out of that. As `VectorStore` otherwise.

        It does the former by itself after a thousand changes only, and the latter never. How many
        it waits for, it reads when it opens an index (chromadb 1.5.9).
        """
        with self.using(), self.changing():
            try:
                self._write_out(library)
                self._stop()
                with closing(sqlite3.connect(self.folder / DATABASE)) as database:
                    database.execute("VACUUM")
                    written = database.execute(INDEXES, [self.name(library)]).fetchall()
                for (folder,) in written:
                    blank_room(self.folder / folder)
            except (sqlite3.Error, OSError, struct.error) as error:
                logger.warning("what was deleted is still in %s: %s", self.folder, error)
                return False
            finally:
                self._stop()
                self._start()
        self._sweep()
        self.mended()
        return True

    def _write_out(self, library: str) -> None:
        self._write_after(library, AT_ONCE)
        self._stop()
        self._start()
        self.collection(library).get(limit=1, include=["embeddings"])
        self._write_after(library, USUALLY)

    # For what it reads and then writes in one go, Chroma doesn't wait until another of its threads,
    # such as one that tidies up after the last change, has written (chromadb 1.5.9).
    @retry(
        retry=retry_if_exception(lambda error: "database is locked" in str(error)),
        wait=wait_exponential(0.01, max=0.2),
        stop=stop_after_delay(BUSY),
        reraise=True,
    )
    def _write_after(self, library: str, changes: int) -> None:
        # What is public for it warns that there is no embedding function, which is as it should be.
        self.api._modify(
            self.collection(library).id, new_configuration={"hnsw": {"sync_threshold": changes}}
        )

    def check_room(self, room: int = ROOM) -> None:
        """Raises FootnoteError where the disk is too full for a change."""
        self.mark.check_room(room)

    def close(self) -> None:
        """Close all files."""
        self._stop()
        self.mark.close()


def blank_room(index: Path) -> None:
    """Overwrite the room that an index on the disk has for more vectors.

    Chroma writes it as it finds it in memory: often with vectors in it that were there before; of
    an index that has grown it writes none. The header says the version of its form, an offset, the
    room, what is taken of it, and the bytes of a vector with its neighbours (hnswlib's order;
    chromadb 1.5.9).
    """
    header, vectors = index / "header.bin", index / "data_level0.bin"
    if not (header.exists() and vectors.exists()):
        return
    version, _, room, taken, size = HEADER.unpack(header.read_bytes()[: HEADER.size])
    written = vectors.stat().st_size
    if version != 1 or written not in {room * size, taken * size} or taken > room:
        raise OSError(f"{vectors} has another form than is known.")
    with vectors.open("r+b") as file:
        file.truncate(taken * size)
        file.truncate(written)


def left_over(vectors: Path) -> list[Path]:
    """The folders of indexes, among a home's vectors, that belong to no collection.

    Chroma never removes the files of indexes that it no longer knows (chromadb 1.5.9).
    To be called when Chroma has been started there.
    """
    folders = [path for path in vectors.iterdir() if path.is_dir()]
    if not folders:
        return []
    whole = f"{(vectors / DATABASE).absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(whole, uri=True)) as database:
        try:
            known = {row[0] for row in database.execute("SELECT id FROM segments")}
        except sqlite3.DatabaseError:
            return []  # damaged: Chroma will say so when it is used
    return [folder for folder in folders if folder.name not in known]
