"""The collections of a library: named sets of its documents that not everybody may read.

Each is a store of its own, with its own full text, vectors and counts of words. A question is asked
of the stores that its reader may see, so nothing of another can show in what it finds, in how it
weighs words, or in how it mends a slip of the keys.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import Counted, FootnoteError
from retrieval.indexing.embed_passages import Progress, ignore
from retrieval.indexing.remove import find_document
from retrieval.store.home import Home
from retrieval.store.library_store import CALLED, LibraryStore
from retrieval.types import COMMON, DocumentInfo

if TYPE_CHECKING:
    from retrieval.indexing.sync.move_to import Moved

# The documents of a library that belong to no named collection, and what nothing else is called.
EVERYBODY = "everybody"
TAKEN = frozenset({EVERYBODY, "everyone", "all", "@everyone", "@here"})
# The characters of a name, and the collections of a library: as many as one menu of Discord holds.
LONGEST, MOST = 50, 25
# Emoji are put together by joiners and variation selectors; all else unseen has no place in a name.
JOINERS = frozenset({"\u200d", "\ufe0f", "\ufe0e"})


@dataclass(frozen=True, slots=True)
class CollectionInfo:
    """A named set of a library's documents, which not everybody may read.

    A question draws on it by its `store`, beside the library's own name.
    """

    library: str
    name: str
    store: str
    documents: int


class Collections:
    """The collections of a home's libraries. Any thread may use it."""

    def __init__(self, home: Home, embedder: SentenceEmbedder) -> None:
        self.home, self.embedder = home, embedder

    def of(self, library: str = COMMON) -> list[CollectionInfo]:
        """The named collections of a library, by their names."""
        stores = map(self.home.store_of_any_model, self.home.collections(library))
        return sorted(map(_info, stores), key=lambda one: one.name.casefold())

    def stores(self, library: str = COMMON) -> list[str]:
        """All that a library holds: itself, and its collections. A question that is asked of these
        sees every document."""
        return [library, *self.home.collections(library)]

    def store_called(self, name: str | None, library: str = COMMON) -> str:
        """The store of a collection by its name; the library itself for `everybody` or None.

        Raises FootnoteError where there is none.
        """
        found = self.store_if_there(name, library)
        if found is None:
            names = ", ".join([EVERYBODY, *(one.name for one in self.of(library))])
            raise FootnoteError(
                "There is no collection called “{name}”. There are: {names}.",
                name=name,
                names=names,
            )
        return found

    def store_if_there(self, name: str | None, library: str = COMMON) -> str | None:
        """As `store_called`, but None where there is no such collection."""
        if name is None or _folded(name) == EVERYBODY:
            return library
        stores = (one.store for one in self.of(library) if _folded(one.name) == _folded(name))
        return next(stores, None)

    # Change

    def create(self, name: str, library: str = COMMON) -> CollectionInfo:
        """A new, empty collection. Raises FootnoteError for a name that can't be one."""
        called = self._checked(name, library)
        if len(self.home.collections(library)) >= MOST:
            raise FootnoteError(
                Counted(
                    "There is {count} collection already, which is the most.",
                    "There are {count} collections already, which is the most.",
                    MOST,
                )
            )
        return _info(self.home.make_collection(library, called))

    def rename(self, name: str, new: str, library: str = COMMON) -> CollectionInfo:
        """Call a collection something else. Raises FootnoteError where that can't be."""
        store = self._named(name, library)
        store.catalog.remember(CALLED, self._checked(new, library, besides=store.name))
        return _info(store)

    def delete(self, name: str, library: str = COMMON) -> CollectionInfo:
        """Delete an empty collection. Raises FootnoteError where it holds documents."""
        store = self._named(name, library)
        with store.catalog.lock:
            if count := (found := _info(store)).documents:
                raise FootnoteError(
                    Counted(
                        "“{name}” holds {count} document, and only an empty collection can be "
                        "deleted. Move or remove what is in it first.",
                        "“{name}” holds {count} documents, and only an empty collection can be "
                        "deleted. Move or remove what is in it first.",
                        count,
                        name=found.name,
                    )
                )
            self.home.delete_collection(store.name)
        return found

    def _named(self, name: str, library: str) -> LibraryStore:
        if _folded(name) == EVERYBODY:
            raise FootnoteError("“{name}” is always there, and called so.", name=EVERYBODY)
        return self.home.store_of_any_model(self.store_called(name, library))

    def _checked(self, name: str, library: str, besides: str = "") -> str:
        """The name as it is kept. Raises FootnoteError where none can be called that."""
        called = check_called(name)
        others = (one for one in self.of(library) if one.store != besides)
        if alike := next((one for one in others if _folded(one.name) == _folded(called)), None):
            raise FootnoteError("There is a collection called “{name}” already.", name=alike.name)
        return called

    # Documents, wherever in a library they are

    def documents(self, library: str = COMMON) -> list[DocumentInfo]:
        """The documents of a library, collection by collection, the oldest of each first."""
        stores = map(self.home.store_of_any_model, filter(self.home.has, self.stores(library)))
        return [document for store in stores for document in store.catalog.documents()]

    def holding(self, ids: Iterable[str], stores: Sequence[str]) -> Mapping[str, list[str]]:
        """The ids of documents by the one store, of some, that each is in.

        Raises FootnoteError where one is in none of them, or in several.
        """
        placed: dict[str, list[str]] = {}
        opened = [self.home.store_of_any_model(name) for name in stores if self.home.has(name)]
        for id in ids:
            having = [store for store in opened if store.catalog.beginning(id)] if id else []
            if len(having) > 1:
                names = ", ".join(called(store) for store in having)
                raise FootnoteError(f"{id!r} is in {names}: say which with --collection.")
            store = (having or opened or [self.home.store(stores[0])])[0]
            placed.setdefault(store.name, []).append(find_document(store, id).id)
        return placed

    def knowing(self, ids: Sequence[str], library: str = COMMON) -> Mapping[str, list[str]]:
        """The ids of sources by the stores that know them; all stores where none is named."""
        from retrieval.indexing.sync.known import sources_of

        stores = self.stores(library)
        if not ids or len(stores) == 1:
            return {name: list(ids) for name in stores}
        known = {name: sources_of(self.home.store(name)) for name in stores}
        placed: dict[str, list[str]] = {}
        for id in ids:
            having = [name for name in stores if any(s.id.startswith(id) for s in known[name])]
            for name in having or stores[:1]:  # where there is none, a sync says so
                placed.setdefault(name, []).append(id)
        return placed

    def move(
        self,
        ids: Sequence[str],
        to: str,
        library: str = COMMON,
        come_from: str | None = None,
        progress: Progress = ignore,
    ) -> Iterator["Moved"]:
        """Move documents, or all of a source that was added, to a collection of their library.

        Raises FootnoteError where one isn't there; what was moved before that stays moved.
        """
        from retrieval.indexing.sync.move_to import move_all

        target = self.home.store(self.store_called(to, library))
        names = self.stores(library) if come_from is None else [come_from]
        stores = [self.home.store(name) for name in names if self.home.has(name)]
        moved = move_all(stores, target, ids, self.embedder.twin, progress)
        return self._forgetting(stores, moved)

    def _forgetting(
        self, stores: Sequence[LibraryStore], moved: Iterator["Moved"]
    ) -> Iterator["Moved"]:
        """The same, and at last nothing of it is left in the files where it was."""
        yield from moved
        for store in stores:
            self.home.forget_deleted(store)


def check_called(name: str) -> str:
    """The name of a collection, if it can be one, in its shortest form. Raises FootnoteError."""
    called = unicodedata.normalize("NFC", " ".join(name.split()))
    if not called:
        raise FootnoteError("A collection needs a name.")
    if len(called) > LONGEST:
        raise FootnoteError(
            Counted(
                "A collection's name has at most {count} character.",
                "A collection's name has at most {count} characters.",
                LONGEST,
            )
        )
    if any(unicodedata.category(sign)[0] == "C" and sign not in JOINERS for sign in called):
        raise FootnoteError("A collection's name can't hold signs that nobody sees.")
    if _folded(called) in TAKEN or not any(_is_seen(sign) for sign in called):
        raise FootnoteError(
            "A collection can't be called “{name}”. Choose another name.", name=called
        )
    return called


def full_name(store: LibraryStore) -> str:
    """The name of a store for people: its library, and the collection where it is one."""
    library = store.library
    return library if store.name == library else f"{library} · {called(store)}"


def called(store: LibraryStore) -> str:
    """The name of the collection that a store is, for people."""
    return store.catalog.setting(CALLED) or (EVERYBODY if store.name == store.library else "?")


def reference_to(document: DocumentInfo) -> str:
    """The id by which a document is chosen from all of a library, with the number of its
    collection, as the same may be in several."""
    _, _, collection = document.library.partition(".")
    return f"{document.id}_{collection}" if collection else document.id


def same_name(one: str, other: str) -> bool:
    """Tell whether two names are the same to people."""
    return _folded(one) == _folded(other)


def _is_seen(sign: str) -> bool:
    return sign not in JOINERS and unicodedata.category(sign)[0] in "LNSP"


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def _info(store: LibraryStore) -> CollectionInfo:
    return CollectionInfo(store.library, called(store), store.name, store.catalog.count())
