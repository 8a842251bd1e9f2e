"""Made-up documents into a library, on the program's own way but for the model."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import numpy as np

from retrieval.embedding.model import Span
from retrieval.store.inventory import measure_size
from retrieval.store.library_store import LibraryStore
from retrieval.store.lifecycle import NewDocument, add_passages, add_pending, make_ready
from retrieval.store.passages import Indexed, passage_numbers, store_index
from retrieval.types import PassageSpan

from .synthetic import MadeDocument, MadePassage, World

# Passages that are written at once.
AT_ONCE = 1000


def fill(store: LibraryStore, world: World, documents: Iterable[MadeDocument]) -> Iterator[int]:
    """Brings in those of the documents that aren't there yet, where the first of them may be.

    Yields how many passages are there after each step.
    """
    there = measure_size(store).passages
    for some in _gathered(_after(documents, there)):
        written = [_written(world, document) for document in some]
        add_pending(store.catalog, [new for new, _ in written])
        add_passages(store.catalog, [(new, span) for new, spans in written for span in spans])
        passages = [passage for document in some for passage in document.passages]
        _index(store, world, [new.version for new, _ in written], passages)
        make_ready(store.catalog, [new.version for new, _ in written])
        there += len(passages)
        yield there


def _after(documents: Iterable[MadeDocument], passages: int) -> Iterator[MadeDocument]:
    for document in documents:
        if passages <= 0:
            yield document
        passages -= len(document.passages)


def _gathered(documents: Iterable[MadeDocument]) -> Iterator[list[MadeDocument]]:
    some, passages = list[MadeDocument](), 0
    for document in documents:
        some.append(document)
        passages += len(document.passages)
        if passages >= AT_ONCE:
            yield some
            some, passages = [], 0
    if some:
        yield some


def _index(
    store: LibraryStore, world: World, documents: Sequence[str], passages: Sequence[MadePassage]
) -> None:
    """Keeps the vectors and the word pieces, as `retrieval.indexing` does."""
    with store.catalog.transaction() as connection:
        # A passage's number says where it comes: they were written in this order.
        numbers = passage_numbers(connection, documents)
        store.index.put(numbers, np.stack([passage.vector for passage in passages]))
        store_index(
            connection,
            (
                _indexed(world, number, passage)
                for number, passage in zip(numbers, passages, strict=True)
            ),
        )


def _indexed(world: World, number: int, passage: MadePassage) -> Indexed:
    pieces = [world.spelled_pieces(sentence) for sentence in passage.sentences]
    after = np.cumsum([0, *map(len, pieces)], dtype=np.int32)
    places = np.stack([after[:-1], after[1:]], axis=1)
    return Indexed(number, passage.sentence_vectors, np.concatenate(pieces), places)


def _written(world: World, document: MadeDocument) -> tuple[NewDocument, list[PassageSpan]]:
    """A document as it stands in the catalog, and where its passages do."""
    texts = [[world.written(words) for words in p.sentences] for p in document.passages]
    lengths = (sum(map(len, text)) + len(text) + 1 for text in texts)
    starts = accumulate(lengths, initial=0)
    spans = [_span(text, start) for text, start in zip(texts, starts, strict=False)]
    return _new(world, document, "\n\n".join(" ".join(text) for text in texts)), spans


def _span(sentences: Sequence[str], start: int) -> PassageSpan:
    starts = accumulate((len(sentence) + 1 for sentence in sentences), initial=start)
    found: tuple[Span, ...] = tuple(
        (first, first + len(sentence)) for first, sentence in zip(starts, sentences, strict=False)
    )
    return PassageSpan(start, found[-1][1], found)


def _new(world: World, document: MadeDocument, text: str) -> NewDocument:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return NewDocument(
        version=digest[:12],
        title=world.spelled(document.title).title(),
        title_given=False,
        source=f"scale:{digest}",
        sha256=digest,
        bytes=len(text),
        text=text,
        parts="[[0, null]]",
        added_at="2026-01-01T00:00:00Z",
        added_by="bench",
        kind="text",
        author="",
        date="",
        headings="[]",
        rows="[]",
        validators=None,
    )
