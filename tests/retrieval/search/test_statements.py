"""One question runs few SQL statements: each thing is looked up once, whatever it is used for."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

import pytest

from retrieval.library import Library
from tests.support.homes import note, put

NOTES = {
    "first": "The lighthouse at Skerry was built in 1851. Its first keeper was Ada Lorne.",
    "second": "The ferry to Skerry leaves at nine. A ticket costs four crowns.",
}
# What is run in each library: the model it was made with, which words passages hold as they were
# typed, how rare those are that are looked up, what is on its way in or out, the BM25 list, the
# passages themselves; and, of an answer, where what it cites can be opened. Before a question was
# parsed once and carried, it was seven, and two more for each of its words: 13 a library for the
# first question below, 15 for the second, 17 for the third.
STATEMENTS = 6


@contextmanager
def traced(library: Library, names: Sequence[str]) -> Iterator[list[str]]:
    """The statements that are run in some libraries, but for those that FTS5 runs within one."""
    run = list[str]()

    def note_down(statement: str) -> None:
        if not statement.startswith("--"):
            run.append(statement)

    with ExitStack() as undoing:
        for name in names:
            connection = library.home.store(name).catalog.connection
            connection.set_trace_callback(note_down)
            undoing.callback(connection.set_trace_callback, None)
        yield run


@pytest.mark.parametrize("names", [["first"], ["first", "second"]], ids=len)
@pytest.mark.parametrize(
    ("question", "more"),
    [
        # Of a word that the model doesn't know: whether it stands there as it was typed.
        ("When was the lighthouse at Skerry built?", 1),
        ("Who was the first keeper of the lighthouse, Ada?", 0),
        # What no passage holds may be a slip, which is looked for among the library's words, or one
        # word in two, or two in one.
        ("How many crowns has the purple elephant of Zanzibar paid?", 8),
    ],
)
def test_one_question_runs_few_statements_a_library(
    question: str, more: int, names: list[str], library: Library
) -> None:
    for name in names:
        put(library, [note(name, NOTES[name])], name)
    asked = library.ask(question, libraries=names)  # the first one looks whether vectors are lost
    with traced(library, names) as run:
        assert library.ask(question, libraries=names).text == asked.text
    each = STATEMENTS + more + asked.answered
    assert len(run) <= each * len(names), "\n".join(run)
