"""The cost of a question, a new document or a removal does not grow with the catalog."""

from collections.abc import Callable
from itertools import count

import pytest

from retrieval.library import Library
from tests.support.homes import note, put

SOME, MANY = 40, 2000
# Tens of steps that may be more: far fewer than going through all documents would take.
SLACK = 200
TEXT = "The ferry number {} leaves at noon. It carries no bicycles, and the water is cold."
# Other documents, which none of the questions is about, as `put` would write them.
COPIES = """
WITH numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :copies)
INSERT INTO documents
    (version, id, title, title_given, source, sha256, bytes, text, parts, added_at, added_by,
     state)
SELECT 'copy' || n, 'copy' || n, title, title_given, 'copy' || n, 'copy' || n, bytes, text, parts,
       added_at, added_by, state
FROM numbers, (SELECT * FROM documents LIMIT 1)
"""
COPIED = """
INSERT INTO passages (document, start, "end", text, sentences, vectors, pieces, piece_spans)
SELECT copies.version, start, "end", 'Nothing of the sort.', sentences, vectors, pieces, piece_spans
FROM documents AS copies, (SELECT * FROM passages LIMIT 1)
WHERE copies.version LIKE 'copy%'
"""

Counted = Callable[[Callable[[], object]], int]


@pytest.fixture
def counted(library: Library) -> Counted:
    """Counts the tens of steps that SQLite takes while something is done."""
    put(library, [note(f"ferry-{n}", TEXT.format(n)) for n in range(SOME)])
    connection = library.home.store("common").catalog.connection

    def steps(action: Callable[[], object]) -> int:
        taken = count()

        def step() -> int:
            next(taken)
            return 0

        connection.set_progress_handler(step, 10)
        action()
        connection.set_progress_handler(None, 0)
        return next(taken)

    return steps


@pytest.fixture
def grow(library: Library) -> Callable[[], None]:
    """Makes the library fifty times as large."""

    def copied() -> None:
        with library.home.store("common").catalog.transaction() as connection:
            connection.execute(COPIES, {"copies": MANY})
            connection.execute(COPIED)

    return copied


@pytest.mark.parametrize("verb", ["search", "ask"])
def test_a_question_takes_no_more_steps_in_a_larger_library(
    verb: str, library: Library, counted: Counted, grow: Callable[[], None]
) -> None:
    def asked() -> None:
        getattr(library, verb)("When does the ferry number 7 leave?")

    before = counted(asked)
    grow()
    assert counted(asked) <= before + SLACK


def test_a_document_is_added_and_removed_in_no_more_steps_in_a_larger_library(
    library: Library, counted: Counted, grow: Callable[[], None]
) -> None:
    def come_and_go(text: str) -> None:
        [added] = put(library, [note("tea", text)])
        assert added.document is not None
        library.remove([added.document.id])

    before = counted(lambda: come_and_go("Tea is hot."))
    grow()
    assert counted(lambda: come_and_go("Tea is brewed.")) <= before + SLACK


def test_a_document_is_replaced_in_no_more_steps_in_a_larger_library(
    library: Library, counted: Counted, grow: Callable[[], None]
) -> None:
    put(library, [note("tea", "Tea is hot.")])
    before = counted(lambda: put(library, [note("tea", "Tea is warm.")]))
    grow()
    after = counted(lambda: put(library, [note("tea", "Tea is cold.")]))
    assert after <= before + SLACK


def test_what_stands_around_a_quote_is_found_in_no_more_steps_in_a_larger_library(
    library: Library, counted: Counted, grow: Callable[[], None]
) -> None:
    [first, *_] = library.documents()
    before = counted(lambda: library.around(first.id, 0, 10, ["common"]))
    grow()
    assert counted(lambda: library.around(first.id, 0, 10, ["common"])) <= before + SLACK
