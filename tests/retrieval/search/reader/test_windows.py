"""Windows are parts of passages, to the letter, and those that are read are the ones worth it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search.reader.windows import HEADING, LONGEST, Window, choose, cut
from retrieval.text.segmentation.sentences import sentences
from retrieval.types import Passage, SentenceScore

BEFORE = 1000  # the characters of the document that stand before the passage


def passage(text: str, scores: dict[str, float] | None = None, document: str = "d") -> Passage:
    """A passage of a document; `scores` are of sentences by a part of them, others have 0."""
    scored = tuple(
        SentenceScore(
            BEFORE + start,
            BEFORE + end,
            max(
                (score for part, score in (scores or {}).items() if part in text[start:end]),
                default=0.0,
            ),
        )
        for start, end, _, heading in sentences(text)
        if not heading
    )
    return Passage(
        document,
        "Rules",
        "s",
        None,
        BEFORE,
        BEFORE + len(text),
        text,
        sentences=scored,
        section="Pets",
    )


def sentence(number: int) -> str:
    return f"Sentence {number} says a few words about matter {number * 7} and stops there."


LONG = " ".join(map(sentence, range(30)))


@given(st.text(alphabet="ab. \n#|-é中1A?!", max_size=1500))
def test_every_visible_character_stands_in_a_window(text: str) -> None:
    shown = set[int]()
    for window in cut(passage(text)):
        shown |= set(range(window.start - BEFORE, window.end - BEFORE))
    seen = {at for at, character in enumerate(text) if not character.isspace()}
    assert seen <= shown


def test_a_window_is_the_documents_text_to_the_letter() -> None:
    document = "x" * BEFORE + LONG
    for window in cut(passage(LONG)):
        assert window.text == document[window.start : window.end]
        assert window.shown[window.above :] == window.text


def test_a_window_holds_whole_sentences_and_is_short() -> None:
    windows = cut(passage(LONG))
    assert len(windows) > 1
    for window in windows:
        assert len(window.text) <= LONGEST
        assert window.text.startswith("Sentence")
        assert window.text.endswith("there.")
    assert all(one.end < next_.end for one, next_ in pairwise(windows))


def test_a_sentence_too_long_is_a_window_of_its_own() -> None:
    endless = "word " * 110 + "end."
    assert endless in [window.text for window in cut(passage(f"{endless} Short one."))]


def test_the_line_above_is_the_end_of_the_headings() -> None:
    long = Passage("d", "T" * 200, "s", None, 0, 5, "Text.", section="Part › Chapter 3")
    assert Window(long, 0, 5).heading.endswith("Part › Chapter 3")
    assert len(Window(long, 0, 5).heading) == HEADING
    untitled = Passage("d", "", "s", None, 0, 5, "Text.")
    assert Window(untitled, 0, 5).shown == "Text."


@pytest.mark.parametrize("text", ["", "   \n \n"])
def test_an_empty_passage_has_no_windows(text: str) -> None:
    assert cut(passage(text)) == []
    assert choose([passage(text)]) == []


def test_a_passage_of_markup_alone_is_read_as_it_stands() -> None:
    assert [window.text for window in cut(passage("*** --- ||| ###"))] == ["*** --- ||| ###"]


def test_the_best_sentences_are_read() -> None:
    scores = {"Sentence 3 ": 0.9, "Sentence 17 ": 0.8, "Sentence 28 ": 0.7}
    chosen = choose([passage(LONG, scores)], most=3)
    for part in scores:
        assert any(part in window.text for window in chosen)


def test_the_first_passages_are_read_whatever_their_scores() -> None:
    good = passage(LONG, {"Sentence": 0.9}, "good")
    bad = passage(LONG, document="bad")
    worse = passage(LONG, document="worse")
    documents = [window.passage.document for window in choose([good, bad, worse], most=5, sure=2)]
    assert documents == ["good"] * 4 + ["bad"]


def test_no_more_are_chosen_than_asked_for() -> None:
    many = [passage(LONG, document=str(number)) for number in range(6)]
    assert len(choose(many, most=4, sure=6)) == 4
    assert len(choose(many, most=8, sure=1)) == 8


def test_what_two_passages_share_is_read_once() -> None:
    assert len(choose([passage("One thing. Another."), passage("One thing. Another.")])) == 1
