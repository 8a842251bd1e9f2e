"""Words as people type them find what they mean, and plain questions stay to the letter."""

from dataclasses import replace

import pytest

from retrieval.library import Library
from retrieval.search.spelling import word_meant
from retrieval.search.typed import TypedWords
from retrieval.text.terms import Keys
from retrieval.text.typed_words import WordTable, load_word_table
from tests.support.homes import note, put

KEYS = Keys()
TEXTS = [
    "A ticket for the ferry to Skerry costs four crowns. Members cancel it at the counter.",
    "The library of Holm lends five books. Its membership is free for children.",
    "The maximum weight on the bridge is nine tonnes. The max height is four metres.",
    "The office is shut in December. Bicycles are left behind the harbour wall.",
]


@pytest.fixture
def stocked(library: Library) -> Library:
    """A library with some texts."""
    put(library, [note(f"text {n}", text) for n, text in enumerate(TEXTS)])
    return library


def meant(library: Library, question: str, table: WordTable | None = None) -> str:
    """The question as it is looked up."""
    retriever = library.retriever(["common"])
    typed = TypedWords(
        table or load_word_table(),
        library.keys,
        library.embedder.words,
        retriever.stores,
        retriever._look_up,
    )
    return typed.meant(question)


@pytest.mark.parametrize(
    "question",
    [
        "What does a ticket for the ferry cost?",
        "How many books does the library of Holm lend?",
        "Are the tickets for children free?",  # "tickets" and "ticket" have one stem
        "What colour is the moon?",  # known words that no text holds are no slips
        "Who is Ada?",
        "What does X12-libary do?",
        "set mebership.lvl to 3",
        "see https://libary.example/cancle",
        "Wann öffnet die Bücherei?",
        "",
        "?!",
    ],
)
def test_a_plain_question_stays_to_the_letter(stocked: Library, question: str) -> None:
    assert meant(stocked, question) == question


@pytest.mark.parametrize(
    ("typed", "looked_up"),
    [
        ("how do i cancle it", "how do i cancel it"),
        ("is the libary open", "is the library open"),
        ("is the harbourwall open", "is the harbour wall open"),
        ("where is the bi-cycle", "where is the bicycle"),
        ("whats the mem bership", "what is the membership"),
        ("the ilbrary?", "the library?"),
        ("what is a membreshpi", "what is a membership"),
        ("where are bycicles left", "where are bicycles left"),
        ("u open on xmas", "you open on christmas"),
        ("Whats the LVL", "what is the level"),
        ("does a buss cost more", "does a buss cost more"),
    ],
)
def test_a_word_that_no_passage_holds_gives_way_to_what_it_stands_for(
    stocked: Library, typed: str, looked_up: str
) -> None:
    assert meant(stocked, typed) == looked_up


def test_a_word_that_passages_hold_stays_and_what_it_stands_for_is_added(stocked: Library) -> None:
    assert meant(stocked, "max weight?") == "max weight? (maximum)"


def test_a_word_gives_way_to_another_that_is_held(stocked: Library) -> None:
    table = replace(WordTable(), alike={"biro": ("pen", "ferry")})
    assert meant(stocked, "where is the biro", table) == "where is the ferry"


def test_an_operators_words_are_always_looked_up_beside(stocked: Library) -> None:
    table = WordTable().with_own([["old tub", "ferry"], ["bridge", "span"]])
    assert meant(stocked, "What does the Old Tub cost?", table).endswith("cost? (ferry)")
    assert meant(stocked, "the bridge", table) == "the bridge (span)"


def test_what_is_shown_is_the_question_as_it_was_typed(stocked: Library) -> None:
    answer = stocked.ask("how do members cancle a ferry tiket")
    assert answer.question == "how do members cancle a ferry tiket"
    assert "at the counter" in answer.text


def test_one_slip_is_forgiven_in_a_short_word_and_two_in_a_long_one(stocked: Library) -> None:
    connections = [stocked.existing("common").catalog.connection]
    assert word_meant(connections, "boks", 4, KEYS) == "books"
    assert word_meant(connections, "bks", 4, KEYS) is None
    assert word_meant(connections, "tkcet", 4, KEYS) is None
    assert word_meant(connections, "memborshop", 4, KEYS) == "membership"
    assert word_meant(connections, "nembership", 4, KEYS) is None  # the first letter is right


def test_of_a_words_forms_the_nearest_is_meant(stocked: Library) -> None:
    put(stocked, [note("a", "Cancellations."), note("b", "Cancelling takes a day.")])
    connections = [stocked.existing("common").catalog.connection]
    assert word_meant(connections, "cancle", 6, KEYS) == "cancel"


def test_a_word_is_meant_as_passages_spell_it_where_its_stem_is_the_stem_of_another(
    stocked: Library,
) -> None:
    put(stocked, [note("a", "The committee meets on Mondays."), note("b", "The next release.")])
    connections = [stocked.existing("common").catalog.connection]
    assert word_meant(connections, "comittee", 6, KEYS) == "committee"
    assert word_meant(connections, "comitee", 6, KEYS) == "committee"
    assert word_meant(connections, "relase", 6, KEYS) == "release"


def test_in_a_large_library_the_second_letter_is_right_as_well(stocked: Library) -> None:
    connections = [stocked.existing("common").catalog.connection]
    assert word_meant(connections, "harbuor", 1_000_000, KEYS) == "harbour"
    assert word_meant(connections, "hbrbour", 1_000_000, KEYS) is None


def test_the_table_that_is_shipped_holds_what_people_type() -> None:
    table = load_word_table()
    assert {"u", "r", "ur", "cant", "whats", "lvl", "dmg", "max", "min", "temp", "pw"} <= set(
        table.short
    )
    assert "fee" in table.alike["cost"]
    assert not table.own
