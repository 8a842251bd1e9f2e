"""Search finds the passages that best answer a question, by meaning and by words."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langchain_core.documents import Document

from retrieval.errors import FootnoteError
from retrieval.library import Library
from retrieval.search.retriever import as_document, as_passage
from retrieval.types import Passage, SentenceScore
from tests.support.homes import note, put
from tests.support.texts.any_text import QUESTIONS

TEXTS = {
    "tea": "Tea is brewed from dried leaves. The water should be hot but not boiling.",
    "ferry": "The ferry to the island leaves at noon. A ticket costs four crowns.",
    "bridge": "The bridge was opened in 1912. Its architect was Oda Krall, a citizen of Holm.",
    "part": "Spare part XK-4471-B fits the older pump, and nothing else does.",
    "library": "The reading room is closed on Mondays. Bicycles may be left in the yard.",
}
SENTENCES = st.builds(
    SentenceScore, st.integers(0), st.integers(0), st.floats(-1, 3), st.floats(0, 1)
)
PASSAGES = st.builds(
    Passage,
    document=st.text(), title=st.text(), source=st.text(),
    page=st.none() | st.integers(1), start=st.integers(0), end=st.integers(0), text=st.text(),
    score=st.floats(-1, 3), dense=st.floats(-1, 1), bm25=st.floats(0, 50),
    sentences=st.lists(SENTENCES, max_size=3).map(tuple),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(house: Library) -> Library:
    """A home with a library of five short documents, `search`."""
    put(house, [note(source, text) for source, text in TEXTS.items()], "search")
    return house


@pytest.mark.parametrize(
    ("query", "source"),
    [
        ("How do I make a hot drink?", "tea"),
        ("When does the boat go?", "ferry"),
        ("Who designed the bridge?", "bridge"),
        ("XK-4471-B", "part"),
        ("Where can I park my bike?", "library"),
        ("WHO WAS ODA KRALL", "bridge"),
        ("1912", "bridge"),
        ("wat cost ticket iland", "ferry"),
    ],
)
def test_meaning_and_words_both_find(query: str, source: str, store: Library) -> None:
    assert store.search(query, libraries=["search"])[0].source == source


@pytest.mark.parametrize("k", [1, 2, 5, 50])
def test_no_more_than_k_are_found_the_best_first(k: int, store: Library) -> None:
    found = store.search("When does the ferry leave?", k, ["search"])
    assert len(found) == min(k, len(TEXTS))
    assert [p.score for p in found] == sorted((p.score for p in found), reverse=True)
    assert found == store.search("When does the ferry leave?", 50, ["search"])[:k]


@given(question=QUESTIONS)
def test_no_question_is_an_error(question: str, store: Library) -> None:
    found = store.search(question, libraries=["search"])
    assert len(found) == 5
    assert all(p.text == TEXTS[p.source][p.start : p.end] for p in found)
    answer = store.ask(question, libraries=["search"])
    assert 0.0 <= answer.confidence <= 1.0
    assert bool(answer.citations) == answer.answered
    assert answer.question == question


@pytest.mark.parametrize(
    "question",
    [
        "where is boat go when",
        "WHEN DOES THE FERRY LEAVE?",
        "ferry",
        "Когда отходит паром?",
        "フェリーはいつ出発しますか",
        "🙂",
        "When does the ferry leave? " * 180,
        "Which of these is it: " + " ".join(map(str, range(1900))),
        " ".join(f"Did Person{number} leave?" for number in range(350)),
        "caf\udce9 or ferry?",  # what a terminal in Latin-1 sends where UTF-8 is expected
        "the ferry\x00 leaves",
    ],
    ids=lambda question: ascii(question[:30]),
)
def test_an_odd_question_gets_an_answer_or_a_clear_refusal(question: str, store: Library) -> None:
    with suppress(FootnoteError):
        answer = store.ask(question, libraries=["search"])
        assert 0.0 <= answer.confidence <= 1.0
        assert answer.text


SCRIPTS = [
    "cafés naïves à Łódź", "Straße", "чай и ёлка", "안녕하세요", "がくせい", "Ελλάδα", "हिन्दी",
    "שלום", "القاهرة", "東京", "Việt Nam", "İstanbul",
]  # fmt: skip


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_word_of_any_script_is_matched_as_a_word(text: str, library: Library) -> None:
    put(library, [note("a", f"{text}."), note("b", "Nothing of the sort.")])
    for word in text.split():
        retriever = library.retriever(["common"])
        found = retriever.matches(retriever.parse(word))
        matches = {match.candidate.stored.source: match for match in found}
        assert (matches["a"].bm25, matches["b"].bm25) == (1.0, 0.0)
        assert matches["a"].whole > matches["b"].whole


# The model's own tokenizer cuts Devanagari at other places than the full text index does.
@pytest.mark.parametrize("text", [text for text in SCRIPTS if text != "हिन्दी"])
def test_a_word_of_any_script_is_wholly_like_itself(text: str, library: Library) -> None:
    put(library, [note("a", f"{text}.")])
    for word in text.split():
        retriever = library.retriever(["common"])
        [match] = retriever.matches(retriever.parse(word))
        assert match.whole == pytest.approx(1.0)
        assert match.likeness.tolist() == pytest.approx([1.0])


def test_langchain_sees_documents(store: Library) -> None:
    [document] = store.retriever(["search"], k=1).invoke("When does the ferry leave?")
    assert isinstance(document, Document)
    assert document.page_content == TEXTS["ferry"]
    assert document.metadata["source"] == "ferry"
    assert document.metadata["start"] == 0
    assert as_passage(document) == store.search("When does the ferry leave?", 1, ["search"])[0]


@given(PASSAGES)
def test_a_passage_survives_being_a_document(passage: Passage) -> None:
    assert as_passage(as_document(passage)) == passage


@given(PASSAGES)
def test_a_document_keeps_no_second_copy_of_the_text(passage: Passage) -> None:
    assert "text" not in as_document(passage).metadata
