"""Find the pairs of places in libraries that say different things of the same, for its owner."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from retrieval.answer.citation import cite
from retrieval.answer.quoting.quote import undressed
from retrieval.store.library_store import LibraryStore
from retrieval.store.passages import answering_numbers, read_passages
from retrieval.types import Citation, Passage, SentenceScore

from .compare import Asked, Comparison
from .find import age_of, key_of
from .statement import Statement

# Passages that are read at once, and statements that are compared of those that share a word:
# where more do, the word says too little of what they are about.
AT_ONCE, MOST_ALIKE = 500, 200

Pair = tuple[Citation, Citation]


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement, the store in which its document is, and the comparison of its language."""

    store: LibraryStore
    statement: Statement
    comparison: Comparison


def conflicts_in(stores: Iterable[LibraryStore], comparison: Comparison) -> Iterator[Pair]:
    """Yield pairs of places in different documents, of one store or of two, that say different
    things of the same, the newer first; those of versions of one document are none.

    Each author is told where the document names one.
    """
    alike: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for stated in _stating(stores, comparison):
        told = stated.comparison
        subject = told.wordings.subject(stated.statement.facts.subject)
        keys = [(told.language, word) for word in subject]
        met = {id(other): other for key in keys for other in alike[key][-MOST_ALIKE:]}
        for other in met.values():
            if _disagree(told, stated.statement, other.statement):
                yield _pair(other, stated)
        for key in keys:
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
    for store, passage in ((each, passage) for each in stores for passage in _passages(each)):
        told = comparison.in_language(passage.language)
        if told is None:  # none of the rules holds of its language
            continue
        for sentence in passage.sentences:
            statement = told.statement(passage, sentence.start, sentence.end)
            if statement is None or key_of(statement) in seen or not statement.states_something:
                continue
            seen.add(key_of(statement))
            yield Stated(store, statement, told)


def _passages(store: LibraryStore) -> Iterator[Passage]:
    with store.catalog.lock:
        numbers = answering_numbers(store.catalog.connection)
    for first in range(0, len(numbers), AT_ONCE):
        with store.catalog.lock:
            stored = read_passages(store.catalog.connection, numbers[first : first + AT_ONCE])
        for one in sorted(stored, key=lambda passage: passage.id):
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
