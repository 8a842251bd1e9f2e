"""Questions about the library itself are answered from its catalog."""

import pytest

from retrieval.answer.about_library import NAMED
from retrieval.library import Library
from tests.support.homes import note, put


@pytest.fixture
def stocked(library: Library) -> Library:
    """A library with two documents."""
    texts = {"Ferry": "The ferry leaves at nine.", "Pier": "The pier was built in 1851."}
    put(library, [note(name, text, name) for name, text in texts.items()])
    return library


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many documents are there?", "There are 2 documents in the library."),
        ("how many files do you have", "There are 2 documents in the library."),
        ("hey, how many docs are in your library?", "There are 2 documents in the library."),
        ("What do you know about?", "“Ferry” and “Pier”"),
        ("Which documents do you have?", "“Ferry” and “Pier”"),
        ("list all documents", "“Ferry” and “Pier”"),
        ("what can i ask you", "“Ferry” and “Pier”"),
        ("what topics can I ask you about?", "“Ferry” and “Pier”"),
        ("What's in your knowledge base?", "“Ferry” and “Pier”"),
        ("When was this last updated?", "A document was last added or updated on "),
        ("how old are your documents", "A document was last added or updated on "),
    ],
)
def test_the_catalog_answers(stocked: Library, question: str, said: str) -> None:
    answer = stocked.ask(question)
    assert answer.answered
    assert said in answer.text
    assert (answer.reader, answer.citations, answer.confidence) == ("quote", (), 1.0)
    assert answer.question == question


@pytest.mark.parametrize(
    "question",
    [
        "How many documents does a member need to sign?",
        "When was the pier last updated?",
        "What do you know about violins?",
    ],
)
def test_a_question_about_something_else_is_not_the_catalogs(
    stocked: Library, question: str
) -> None:
    answer = stocked.ask(question)
    assert "in the library" not in answer.text
    assert answer.citations or not answer.answered


def test_what_the_documents_say_of_it_goes_first(library: Library) -> None:
    text = "There are four hundred documents in the archive of Holm, and how many more, none knows."
    put(library, [note("archive", text), note("pier", "The pier was built in 1851.")])
    answer = library.ask("How many documents are there?")
    assert answer.answered
    assert ("four hundred" in answer.text) == (len(answer.citations) > 0)


def test_an_empty_library_says_so(library: Library) -> None:
    assert library.ask("How many documents are there?").text == (
        "There are no documents in the library yet."
    )


def test_of_many_documents_some_are_named(library: Library) -> None:
    put(library, [note(f"Note {n}", f"Berth {n} is free.", f"Note {n}") for n in range(NAMED + 3)])
    assert library.ask("what do you know?").text.endswith("“Note 9” and 3 more.")
