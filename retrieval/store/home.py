"""A home directory: its lock, its libraries' catalogs, and the Chroma beside them."""

import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from threading import RLock

from filelock import FileLock, Timeout

from retrieval.errors import N_, FootnoteError
from retrieval.store.files.names import library_of_store
from retrieval.store.vectors.embedded_store import FileStore
from retrieval.store.vectors.library_index import VectorIndex
from retrieval.store.vectors.vector_store import VectorsError, VectorStore
from retrieval.types import COMMON, SAMPLE, SAMPLE_LIBRARY

from .catalog import DELETED, Catalog
from .disk import make_folder, sync_folder
from .library_store import (
    CALLED,
    MODEL,
    NAME,
    UNDER_WAY,
    LibraryStore,
    check_name,
    held,
    is_collection,
)
from .lifecycle import sweep
from .sqlite import OLDER

# Seconds to wait for another footnote on the same home before giving up.
PATIENCE = 60.0
# Seconds until it is looked whether the other is done.
LOOK = 0.1
# Older versions added the sample to `common`.
SAMPLE_PLACES = (COMMON, SAMPLE_LIBRARY)
TO_MAKE_ANEW = {
    UNDER_WAY: N_("Making the library {library} anew was cut off. Run: footnote reindex"),
    OLDER: N_("The library {library} was indexed by an older Footnote. Run: footnote reindex"),
}


class Home:
    """A directory that holds libraries. One process has it at a time, by a lock.

    Chroma's embedded store is not safe to share between processes.
    """

    def __init__(
        self,
        folder: Path,
        model: str,
        on_wait: Callable[[], None],
        open_store: Callable[[Path], VectorStore] = FileStore,
        patience: float | None = None,
    ) -> None:
        """Takes the home, making it where it is missing; `model` is the embedding model's name,
        `open_store` gives the place for the home's vectors.

        Calls `on_wait` now and then while another process has it, which may raise what ends the
        waiting; raises FootnoteError if that process keeps it for more than `patience` seconds.
        """
        self.folder = folder
        self.model = model
        with ExitStack() as undoing:
            try:
                if not (folder / "libraries").is_dir():
                    make_folder(folder / "libraries")
                # Whichever thread closes the home gives it back.
                self.lock = FileLock(folder / "lock", thread_local=False)
                self._acquire(on_wait, PATIENCE if patience is None else patience)
                undoing.callback(self.lock.release)
                self.vectors = open_store(folder)
            except OSError as error:
                raise FootnoteError(
                    f"The home {folder} can't be used: {error.strerror or error}. "
                    "Choose another with --home or FOOTNOTE_HOME."
                ) from error
            undoing.pop_all()
        self._stores: dict[str, LibraryStore] = {}
        # The collections of each library, once they were looked for; and those that were deleted,
        # which a question may still be reading.
        self._collections: dict[str, tuple[str, ...]] | None = None
        self._deleted: list[LibraryStore] = []
        self._opening = RLock()
        self._closed = False

    def _acquire(self, on_wait: Callable[[], None], patience: float) -> None:
        until = time.monotonic() + patience
        while True:
            try:
                self.lock.acquire(timeout=0)
                return
            except Timeout:
                on_wait()
                if time.monotonic() > until:
                    raise FootnoteError(
                        f"Another footnote has been using the home {self.folder} for more than "
                        f"{patience:.0f} seconds. Wait until it is done, or choose another with "
                        "--home."
                    ) from None
            time.sleep(LOOK)

    def close(self) -> None:
        """Close all files and gives the home back; what is still at work in it will fail."""
        with self._opening:
            if self._closed:
                return
            self._closed = True
            for store in (*self._stores.values(), *self._deleted):
                store.catalog.close()
            self._stores.clear()
            self.vectors.close()
            self.lock.release()

    def names(self) -> list[str]:
        """The stores that exist: libraries, and their collections."""
        stems = (path.stem for path in (self.folder / "libraries").glob("*.db"))
        return sorted(stem for stem in stems if NAME.fullmatch(stem) or is_collection(stem))

    def collections(self, library: str) -> tuple[str, ...]:
        """The stores of a library's collections, but for the one that everybody may read."""
        known = self._collections
        if known is None:
            with self._opening:
                found: dict[str, tuple[str, ...]] = {}
                for name in filter(is_collection, self.names()):
                    of = library_of_store(name)
                    found[of] = (*found.get(of, ()), name)
                known = self._collections = found
        return known.get(library, ())

    def make_collection(self, library: str, called: str) -> LibraryStore:
        """A new, empty collection of a library, called so by people."""
        with self._opening:
            self.store(library)  # which every collection has beside it
            name = f"{library}.{secrets.token_hex(4)}"
            with closing(Catalog(self._path(name), name)) as catalog:
                catalog.remember(CALLED, called)
            self._collections = None
            return self.store(name)

    def delete_collection(self, name: str) -> None:
        """Delete a collection's files and vectors. Raises FootnoteError for a library's own."""
        if not is_collection(name):
            raise FootnoteError(f"{name!r} is a library, which can't be deleted.")
        with self._opening:
            store = self.store_of_any_model(name)
            with store.catalog.lock:
                store.index.clear()
                # A document that is on its way in has nowhere to go.
                store.catalog.remember(MODEL, UNDER_WAY)
                for path in self._path(name).parent.glob(f"{name}.db*"):
                    path.unlink(missing_ok=True)
            self._deleted.append(self._stores.pop(name))
            self._collections = None

    def has(self, name: str) -> bool:
        """True if a library exists."""
        return self._path(name).exists()

    def has_own_documents(self) -> bool:
        """True where any library holds a document that did not come with Footnote."""
        names = sorted(self.names(), key=lambda name: name != COMMON)  # where most homes have them
        return any(self.store_of_any_model(name).catalog.has_own() for name in names)

    def has_sample(self, places: Sequence[str] = SAMPLE_PLACES) -> bool:
        """True where one of some libraries holds the built-in sample."""
        stores = map(self.store_of_any_model, filter(self.has, places))
        return any(store.catalog.built_in(SAMPLE) for store in stores)

    def store(self, name: str) -> LibraryStore:
        """A library, made where it is missing. Raises FootnoteError if another model made it."""
        store = self.store_of_any_model(name)
        made_with = store.catalog.settle(MODEL, self.model)
        if made_with != self.model:
            raise _mismatch(name, made_with, self.model)
        return store

    def store_of_any_model(self, name: str) -> LibraryStore:
        """A library whichever model made it, only for reading its texts and making it anew."""
        # Those that are open are had without waiting for another that is being opened.
        return self._stores.get(name) or self._open(name)

    def is_current(self, store: LibraryStore) -> bool:
        """True if a library was made by the model that is chosen now."""
        return store.catalog.setting(MODEL) in (None, self.model)

    def _open(self, name: str) -> LibraryStore:
        with self._opening:
            if self._closed:
                raise FootnoteError("The home {home} has been closed.", home=self.folder)
            if name not in self._stores:
                if is_collection(name) and not self._path(name).exists():
                    raise FootnoteError("That collection has been deleted.")
                catalog = Catalog(self._path(name), name)
                store = LibraryStore(name, catalog, VectorIndex(self.vectors, name))
                if catalog.unfinished():
                    sweep(store)
                self._stores[name] = store
                self.forget_deleted(store)
            return self._stores[name]

    def repair(self) -> None:
        """Put the place for the vectors in order; no thread reads or changes any meanwhile.

        Raises FootnoteError where that can't be done yet.
        """
        with self._opening, held(list(self._stores.values())):
            if self._closed:
                raise FootnoteError("The home {home} has been closed.", home=self.folder)
            self.vectors.repair()

    def forget_deleted(self, store: LibraryStore) -> None:
        """Leave no byte in the home's files of what was deleted from a library.

        Nobody can be answered for a moment of it, a second or two with many passages. What can't be
        done now is done when the library is opened next, or something else is deleted.
        """
        if store.catalog.setting(DELETED) is None or not store.catalog.forget_deleted():
            return
        with self._opening, held(list(self._stores.values())), suppress(VectorsError):
            if not self._closed and self.vectors.forget_deleted(store.name):
                store.catalog.forget(DELETED)
                store.catalog.empty_log()

    def take_libraries(self, folder: Path) -> None:
        """Make the catalogs in a folder of this home its libraries, in one step.

        What it had before is gone: only for a home that holds no documents.
        """
        with self._opening:
            for store in self._stores.values():
                store.catalog.close()
            self._stores.clear()
            self._collections = None
            shutil.rmtree(self.folder / "libraries")
            folder.rename(self.folder / "libraries")
            sync_folder(self.folder)

    def _path(self, name: str) -> Path:
        return self.folder / "libraries" / f"{check_name(name)}.db"


def _mismatch(library: str, made_with: str, chosen: str) -> FootnoteError:
    if made_with in TO_MAKE_ANEW:
        return FootnoteError(TO_MAKE_ANEW[made_with], library=repr(library))
    return FootnoteError(
        "The library {library} was made with the embedding model {made_with}, and {chosen} is "
        "chosen now. Run `footnote reindex` to change over, or set FOOTNOTE_EMBEDDING_MODEL back.",
        library=repr(library),
        made_with=made_with,
        chosen=chosen,
    )
