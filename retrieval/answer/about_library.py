"""Questions about the library itself, answered from its catalog in a sentence.

"How many documents are there?", "What do you know about?", "When was this last updated?": no
document says so, but the catalog does. Where the documents themselves speak of it, they answer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from retrieval.store.library_store import LibraryStore
from retrieval.text.terms import Keys, content_words
from retrieval.types import Answer

# Titles that are named; of more documents, the rest is counted.
NAMED = 10
# From this confidence on, an answer that holds the question's words is the documents' own.
SURE = 0.9

DOCUMENTS = r"(?:documents?|docs|files?|sources?|texts?)"
HAVE = (
    r"(?:are there|are (?:available|loaded|indexed|added|stored|in here)|have been added"
    r"|(?:are )?(?:there )?(?:in|of) (?:the|this|your) (?:library|collection|knowledge base)"
    r"|do you (?:have|know|use|read|hold|search)|can you (?:read|search|see|use)"
    r"|have you (?:got|read)|did you read|does (?:the|this|your) library (?:have|hold|contain)"
    r"|do i have|do we have)(?: (?:in|here|now|access to|so far)\b[\w ]*)?"
)
LAST = r"(?:last |recently |most recently )?(?:updated?|changed|refreshed|modified|added)"
YOURS = rf"(?:this|it|the library|this library|your library|(?:the|your|these) {DOCUMENTS}"
YOURS += r"|your (?:knowledge|data|information|knowledge base)|the (?:data|knowledge base)|you)"
HOW_MANY = re.compile(rf"how many {DOCUMENTS} {HAVE}", re.IGNORECASE)
WHICH = re.compile(
    rf"(?:(?:what|which) {DOCUMENTS} {HAVE}"
    rf"|(?:list|show|name)(?: me)?(?: all)?(?: of)? (?:the|your|all) {DOCUMENTS}"
    r"|what(?:'s| is| do you have) in (?:the|this|your) (?:library|knowledge base|collection|docs)"
    r"|what (?:do|can) you (?:know|answer|tell (?:me|us)|help (?:me |us )?with)(?: about)?"
    r"|what (?:topics |subjects |things |questions )?can (?:i|we) ask(?: you)?(?: about)?"
    r"|what are you(?:r documents)? about|what (?:topics|subjects|things) (?:do|can) you"
    r" (?:know|cover|answer|have)(?: about)?)",
    re.IGNORECASE,
)
WHEN = re.compile(
    rf"(?:when (?:was|were|did) {YOURS} {LAST}|how (?:old|recent|current|fresh|up[ -]to[ -]date)"
    rf" (?:is|are) {YOURS}|when was the last (?:update|change|refresh))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents of some libraries: how many documents, and the titles of the first of them."""

    number: int
    titles: tuple[str, ...]


def contents(stores: Sequence[LibraryStore]) -> Contents:
    """The contents of some libraries, the oldest documents of each first."""
    query = "SELECT title FROM documents WHERE state = 'ready' ORDER BY rowid LIMIT ?"
    titles = [row[0] for store in stores for row in store.catalog.rows(query, [NAMED])]
    return Contents(_number(stores), tuple(titles[:NAMED]))


def about_library(question: str, stores: Sequence[LibraryStore]) -> str | None:
    """The sentence that answers a question about some libraries; None where it is about more."""
    asked = " ".join(question.split()).strip(" ?!.").lower()
    if HOW_MANY.fullmatch(asked):
        return f"{_count(stores)}."
    if WHICH.fullmatch(asked):
        return _listed(stores)
    return _updated(stores) if WHEN.fullmatch(asked) else None


def is_own(answer: Answer, question: str, keys: Keys) -> bool:
    """Return whether an answer is the documents' own word on what a question is about."""
    quoted = keys.set_of(" ".join(citation.quote for citation in answer.citations))
    return answer.confidence >= SURE and set(keys.of(content_words(question))) <= quoted


def tell(question: str, text: str) -> Answer:
    """The answer that the catalog gives: it cites no document, as it quotes none."""
    return Answer(question, True, text, 1.0, "quote")


def _number(stores: Sequence[LibraryStore]) -> int:
    return sum(_numbers(stores))


def _numbers(stores: Sequence[LibraryStore]) -> list[int]:
    query = "SELECT count(*) FROM documents WHERE state = 'ready'"
    return [int(store.catalog.row(query)[0]) for store in stores]


def _count(stores: Sequence[LibraryStore]) -> str:
    numbers = _numbers(stores)
    number = sum(numbers)
    # One that is empty, or a collection of another, tells nobody anything.
    held = {store.library for store, some in zip(stores, numbers, strict=True) if some}
    where = "the library" if len(held) <= 1 else f"the {len(held)} libraries"
    if not number:
        return f"There are no documents in {where} yet"
    return f"There {'is 1 document' if number == 1 else f'are {number:,} documents'} in {where}"


def _listed(stores: Sequence[LibraryStore]) -> str:
    held = contents(stores)
    if not held.titles:
        return f"{_count(stores)}."
    named = [f"“{' '.join(title.split())}”" for title in held.titles]
    if more := held.number - len(named):
        named.append(f"{more:,} more")
    together = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    return f"{_count(stores)}: {together}."


def _updated(stores: Sequence[LibraryStore]) -> str:
    times = [time for store in stores if (time := store.catalog.newest())]
    if not times:
        return f"{_count(stores)}."
    latest = datetime.fromisoformat(max(times))
    return f"A document was last added or updated on {latest.day} {latest:%B %Y}. {_count(stores)}."
