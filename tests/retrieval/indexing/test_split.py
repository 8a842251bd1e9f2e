"""A document's text is cut into passages at sentence ends, and nothing of it is lost."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.indexing.split import LONGEST, split
from retrieval.text.segmentation.sentences import sentences
from retrieval.types import PassageSpan
from tests.support.texts.any_text import ARTICLES, TEXTS

WINDOWS = st.sampled_from([5, 20, 62, 254])
LONG_PARAGRAPH = " ".join(
    f"In the year {1900 + number} the ferry over the river carried {number * 37} people in all."
    for number in range(40)
)


def cut(text: str, embedder: SentenceEmbedder, window: int = 254) -> list[PassageSpan]:
    return split(text, embedder.count_tokens, window)


def cut_texts(text: str, embedder: SentenceEmbedder) -> list[str]:
    return [text[passage.start : passage.end] for passage in cut(text, embedder)]


@given(text=TEXTS, window=WINDOWS)
@example(text="x" * 5000, window=254)
@example(text="你好" * 1500, window=20)
@example(text="word " * 3000, window=62)
def test_every_visible_character_is_in_a_passage(
    text: str, window: int, embedder: SentenceEmbedder
) -> None:
    seen = [False] * len(text)
    for passage in cut(text, embedder, window):
        seen[passage.start : passage.end] = [True] * (passage.end - passage.start)
    assert "".join(c for c, s in zip(text, seen, strict=True) if not s).strip() == ""


@given(text=TEXTS, window=WINDOWS)
@example(text="x" * 5000, window=254)
@example(text="你好" * 1500, window=20)
@example(text="a.b" * 900, window=62)
def test_a_passage_fits_a_thousand_characters_and_the_window(
    text: str, window: int, embedder: SentenceEmbedder
) -> None:
    passages = cut(text, embedder, window)
    assert all(0 < passage.end - passage.start <= LONGEST for passage in passages)
    counts = embedder.count_tokens([text[p.start : p.end] for p in passages])
    assert max(counts, default=0) <= window


@given(text=TEXTS, window=WINDOWS)
def test_offsets_are_of_the_text_in_its_order(
    text: str, window: int, embedder: SentenceEmbedder
) -> None:
    passages = cut(text, embedder, window)
    for passage in passages:
        piece = text[passage.start : passage.end]
        assert piece == piece.strip() != ""
        assert passage.sentences
        assert passage.start <= passage.sentences[0][0]
        assert passage.sentences[-1][1] <= passage.end
        assert all(end <= start for (_, end), (start, _) in pairwise(passage.sentences))
        assert all(text[start:end].strip() for start, end in passage.sentences)
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(passages))


@given(text=TEXTS, window=WINDOWS)
def test_a_sentence_that_fits_the_window_stands_whole_in_a_passage(
    text: str, window: int, embedder: SentenceEmbedder
) -> None:
    passages = cut(text, embedder, window)
    found = sentences(text)
    counts = embedder.count_tokens([text[s.start : s.end] for s in found])
    for sentence, tokens in zip(found, counts, strict=True):
        if tokens <= window:
            assert any(p.start <= sentence.start and sentence.end <= p.end for p in passages)


@given(text=ARTICLES)
def test_passages_begin_and_end_where_sentences_do(text: str, embedder: SentenceEmbedder) -> None:
    found = sentences(text)
    begins, ends = {s.start for s in found}, {s.end for s in found}
    counts = embedder.count_tokens([text[s.start : s.end] for s in found])
    if max(counts) <= 254:
        for passage in cut(text, embedder):
            assert passage.start in begins
            assert passage.end in ends


def test_a_long_paragraph_is_cut_at_sentence_ends(embedder: SentenceEmbedder) -> None:
    passages = cut_texts(LONG_PARAGRAPH, embedder)
    assert len(passages) > 2
    assert all(p.startswith("In the year") and p.endswith("in all.") for p in passages)


def test_what_is_said_across_a_cut_stands_whole_in_one_passage(embedder: SentenceEmbedder) -> None:
    passages = cut(LONG_PARAGRAPH, embedder)
    for earlier, later in pairwise(passages):
        assert earlier.sentences[-1] == later.sentences[0]


def test_a_paragraph_that_fits_is_one_passage(embedder: SentenceEmbedder) -> None:
    paragraphs = [
        "The ferry crosses the river twice an hour. " * 8 + f"It is line {n}." for n in "123"
    ]
    assert cut_texts("\n\n".join(paragraphs), embedder) == paragraphs


def test_short_paragraphs_are_put_together(embedder: SentenceEmbedder) -> None:
    text = "\n\n".join(f"The ferry leaves from pier {number}." for number in range(6))
    assert cut_texts(text, embedder) == [text]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@pytest.mark.parametrize("length", [1, 2, 5, 7, 9, 12, 15])
def test_a_heading_stays_with_what_it_heads(
    gap: str, length: int, embedder: SentenceEmbedder
) -> None:
    body = " ".join(["The ferry crosses the wide river twice an hour, all year round."] * length)
    headings = [f"## Ferry line {number}, which is one of several lines" for number in range(6)]
    passages = cut_texts(gap.join(f"{heading}{gap}{body}" for heading in headings), embedder)
    for heading in headings:
        assert any(f"{heading}{gap}The ferry crosses" in passage for passage in passages)


def test_a_heading_of_headings_stays_with_them(embedder: SentenceEmbedder) -> None:
    text = "# Ferries\n\n## In winter\n\nThe river freezes, and nothing crosses it."
    assert cut_texts("Before that. " * 30 + "\n\n" + text, embedder)[-1] == text


def test_a_heading_is_not_a_sentence_to_quote(embedder: SentenceEmbedder) -> None:
    text = "# Ferries\n\nThey cross the river."
    [passage] = cut(text, embedder)
    assert [text[start:end] for start, end in passage.sentences] == ["They cross the river."]


def test_a_heading_that_stands_alone_can_still_be_found(embedder: SentenceEmbedder) -> None:
    text = "# Ferries cross the river"
    [passage] = cut(text, embedder)
    assert [text[start:end] for start, end in passage.sentences] == [text]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t\n"])
def test_a_text_without_words_has_no_passages(text: str, embedder: SentenceEmbedder) -> None:
    assert cut(text, embedder) == []
