"""Find the pairs of places in libraries that say different things of the same, for its owner."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.answer.citation import cite
from retrieval.answer.quoting.quote import undressed
from retrieval.store.library_store import LibraryStore
from retrieval.store.passages import answering_numbers, read_passages
from retrieval.types import ENGLISH, Citation, Passage, SentenceScore

from .compare import Asked, Comparison
from .facts import may_state
from .find import age_of
from .statement import Statement, statements_of

# Passages that are read at once, and statements that are compared of those that share a word:
# where more do, the word says too little of what they are about.
AT_ONCE, MOST_ALIKE = 500, 200

Pair = tuple[Citation, Citation]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, and the store in which its document is."""

    store: LibraryStore
    statement: Statement


def conflicts_in(stores: Iterable[LibraryStore], comparison: Comparison) -> Iterator[Pair]:
    """Yield pairs of places in different documents, of one store or of two, that say different
    things of the same, the newer first; those of versions of one document are none.

    Each author is told where the document names one.
    """
    alike: dict[str, list[Stated]] = defaultdict(list)
    for stated in _stating(stores, comparison):
        subject = comparison.wordings.subject(stated.statement.facts.subject)
        met = {id(other): other for key in subject for other in alike[key][-MOST_ALIKE:]}
        for other in met.values():
            if _disagree(comparison, stated.statement, other.statement):
                yield _pair(other, stated)
        for key in subject:
            alike[key].append(stated)


def _disagree(comparison: Comparison, one: Statement, other: Statement) -> bool:
    return (
        one.passage.document != other.passage.document
        and not age_of(one.passage, other.passage)
        and comparison.differ(one, other, Asked())
    )


def _stating(stores: Iterable[LibraryStore], comparison: Comparison) -> Iterator[Stated]:
    """Yield the statements that hold facts, each once: passages share sentences."""
    seen = set[tuple[str, int]]()
    found = ((store, passage) for store in stores for passage in _passages(store))
    for of, passage in found:
        for statement in statements_of(passage, comparison.keys):
            key = (passage.version, statement.start)
            if key not in seen and may_state(statement.text):
                seen.add(key)
                yield Stated(of, statement)


def _passages(store: LibraryStore) -> Iterator[Passage]:
    with store.catalog.lock:
        numbers = answering_numbers(store.catalog.connection)
    for first in range(0, len(numbers), AT_ONCE):
        with store.catalog.lock:
            stored = read_passages(store.catalog.connection, numbers[first : first + AT_ONCE])
        # Of other languages none of the rules holds.
        english = (passage for passage in stored if passage.language == ENGLISH)
        for one in sorted(english, key=lambda passage: passage.id):
            spans = tuple(SentenceScore(start, end, 0.0) for start, end in one.sentences.tolist())
            yield one.as_found(spans)


def _pair(one: Stated, other: Stated) -> Pair:
    newest = other.statement.passage.date > one.statement.passage.date
    newer, older = (other, one) if newest else (one, other)
    return _cited(1, newer), _cited(2, older)


def _cited(number: int, stated: Stated) -> Citation:
    statement, passage = stated.statement, stated.statement.passage
    begin, stop = undressed(passage.slice(statement.start, statement.end))
    cited = cite(number, passage, statement.start + begin, statement.start + stop)
    info = stated.store.catalog.with_version(passage.version)
    return replace(cited, author=info.author if info else "")
