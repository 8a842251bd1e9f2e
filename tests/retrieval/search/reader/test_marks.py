"""A word's mark says how it stands to the other text."""

import pytest

from retrieval.search.reader.marks import Mark, Marker


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker()


def marks(marker: Marker, text: str, other: str) -> dict[str, Mark]:
    found = marker.mark(marker.words(text), marker.words(other))
    return {text[start:end]: mark for start, end, mark in found}


@pytest.mark.parametrize(
    ("text", "other", "word", "mark"),
    [
        ("Who won the cup?", "They won it.", "the", Mark.ELSE),
        ("When do servers restart?", "A server restarts at 4.", "servers", Mark.HELD),
        ("Who won the cup?", "They won it.", "cup", Mark.MISSING),
        ("Was it in 1999?", "It was in 1998.", "1999", Mark.NUMBER_MISSING),
        ("Is 1.7.2 out?", "1.7.1 is out.", "2", Mark.NUMBER_MISSING),
        ("Are there seven?", "There are 7.", "seven", Mark.HELD),
        ("Are there seven?", "There are 8.", "seven", Mark.NUMBER_MISSING),
        ("What isn't covered?", "Theft is covered.", "isn't", Mark.NEGATION),
        ("What isn’t covered?", "Theft is covered.", "isn’t", Mark.NEGATION),
        ("Which is never paid?", "Rent is paid.", "never", Mark.NEGATION),
        ("What is the maximum?", "The minimum is 3.", "maximum", Mark.OPPOSITE_HELD),
        ("Is it cold there?", "It is hot there.", "cold", Mark.OPPOSITE_HELD),
        ("Is it open on Monday?", "It is open on Tuesday.", "Monday", Mark.OPPOSITE_HELD),
        ("Is it cold there?", "It is hot and cold there.", "cold", Mark.HELD),
    ],
)
def test_a_word_is_marked(marker: Marker, text: str, other: str, word: str, mark: Mark) -> None:
    assert marks(marker, text, other)[word] is mark


def test_marks_stand_where_their_words_do(marker: Marker) -> None:
    text = "Größe:  5 € — «naïve» rock’n’roll"
    found = list(marker.mark(marker.words(text), []))
    assert [text[word.start : word.end] for word in found] == [
        *("Größe", "5", "€", "naïve", "rock’n’roll")
    ]


@pytest.mark.parametrize("text", ["", "   ", "*** --- |||", "\n"])
def test_a_text_without_words_has_no_marks(marker: Marker, text: str) -> None:
    assert not marks(marker, text, "A word.")
    assert set(marks(marker, "A word.", text).values()) == {Mark.ELSE, Mark.MISSING}
