"""The quote reader answers in the documents' own words, each quote cited to the letter."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from retrieval.answer.quoting.quote import MOST_CHARACTERS, MOST_PLACES, read, undressed
from retrieval.answer.quoting.units import ENOUGH, MOST
from retrieval.indexing.split import split
from retrieval.library import Library
from retrieval.types import Citation, Passage, SentenceScore
from retrieval.weights.fitted import load_fitted
from tests.support.homes import never_abstaining, note
from tests.support.texts.any_text import ARTICLES, DOCUMENTS, QUESTIONS

RANKING = load_fitted().ranking


def rough_count(texts: Sequence[str]) -> list[int]:
    """Tokens, near enough where no model will read them."""
    return [len(text) // 4 + 1 for text in texts]


def scored(text: str, document: str, chance: random.Random) -> list[Passage]:
    """The passages of a text, with whatever scores chance gives them."""
    return [
        Passage(
            document, document, document, None, span.start, span.end, text[span.start : span.end],
            score=chance.uniform(0, 2), dense=chance.uniform(0, 1),
            sentences=tuple(
                SentenceScore(*sentence, chance.uniform(0, 2), chance.random())
                for sentence in span.sentences
            ),
        )
        for span in split(text, rough_count, 254)
    ]  # fmt: skip


@st.composite
def found(draw: st.DrawFn) -> tuple[dict[str, str], list[Passage]]:
    """Texts by the name of their document, and some of their passages, best first."""
    texts = dict(
        zip("abc", draw(st.lists(st.one_of(ARTICLES, DOCUMENTS), max_size=3)), strict=False)
    )
    chance = random.Random(draw(st.integers(0, 1000)))
    passages = [p for name, text in texts.items() for p in scored(text, name, chance)]
    best = sorted(passages, key=lambda passage: -passage.score)[: draw(st.integers(1, 5))]
    return texts, best


def passage(text: str, *scores: tuple[str, float], document: str = "a", start: int = 0) -> Passage:
    """A passage that stands at an offset in its document, with the scores of its sentences."""
    sentences = tuple(
        SentenceScore(start + text.index(s), start + text.index(s) + len(s), score)
        for s, score in scores
    )
    return Passage(
        document, document, document, None, start, start + len(text), text, 1.0, 0.5,
        sentences=sentences,
    )  # fmt: skip


def sentences_in(citation: Citation, passages: Sequence[Passage]) -> set[tuple[int, int]]:
    """The sentences that a quote is made of."""
    return {
        (sentence.start, sentence.end)
        for passage in passages
        for sentence in passage.sentences
        if passage.document == citation.document
        and citation.start < sentence.end <= citation.end
    }  # fmt: skip


@given(given_texts=found())
def test_a_quote_is_the_text_between_its_offsets(
    given_texts: tuple[dict[str, str], list[Passage]],
) -> None:
    texts, passages = given_texts
    _, citations = read(passages, RANKING)
    for citation in citations:
        assert texts[citation.document][citation.start : citation.end] == citation.quote
        assert citation.quote == citation.quote.strip() != ""


@given(given_texts=found())
def test_an_answer_is_short_and_says_nothing_twice(
    given_texts: tuple[dict[str, str], list[Passage]],
) -> None:
    _, citations = read(given_texts[1], RANKING)
    assert len(citations) <= MOST_PLACES
    assert len(citations) <= 1 or sum(len(c.quote) for c in citations) <= MOST + MOST_CHARACTERS
    for one, other in combinations(citations, 2):
        if one.document == other.document:
            assert one.end <= other.start or other.end <= one.start


@given(given_texts=found())
def test_marks_point_at_the_citations_in_their_order(
    given_texts: tuple[dict[str, str], list[Passage]],
) -> None:
    text, citations = read(given_texts[1], RANKING)
    assert [citation.number for citation in citations] == [*range(1, len(citations) + 1)]
    shown = " ".join(f"{' '.join(c.quote.split())} [{c.number}]" for c in citations)
    assert " ".join(text.split()) == shown


@given(text=ARTICLES, seed=st.integers(0, 1000))
def test_neighbours_become_one_quote(text: str, seed: int) -> None:
    passages = scored(text, "a", random.Random(seed))[:1]
    _, citations = read(passages, RANKING)
    for one, other in combinations(sorted(citations, key=lambda c: c.start), 2):
        assert text[one.end : other.start].strip() != ""


@given(text=ARTICLES, seed=st.integers(0, 1000))
def test_the_best_sentence_comes_first(text: str, seed: int) -> None:
    [first, *_] = passages = scored(text, "a", random.Random(seed))[:1]
    best = max(first.sentences, key=lambda s: s.score + RANKING.answer_words * s.words)
    _, citations = read(passages, RANKING)
    if not first.slice(best.start, best.end).rstrip('"”’»)*_ ').endswith("?"):
        assert (best.start, best.end) in sentences_in(citations[0], passages)


@settings(max_examples=10)
@given(texts=st.lists(DOCUMENTS, min_size=1, max_size=2), question=QUESTIONS)
def test_quotes_and_passages_are_the_stored_text_to_the_letter(
    texts: list[str], question: str, house: Library, unused_name: Callable[[], str]
) -> None:
    name = unused_name()
    added = list(house.add([note(f"{i}.md", text) for i, text in enumerate(texts)], name))
    assume(all(one.error is None for one in added))  # "-" alone is a list with nothing in it
    library = Library(
        house.home,
        house.embedder,
        never_abstaining(house.fitted),
        house.intake,
        reader=house.reader,
    )
    passages = library.search(question, k=10, libraries=[name])
    assert passages
    for found in passages:
        assert library.text(found.document, name)[found.start : found.end] == found.text
    answer = library.ask(question, libraries=[name])
    # Where nothing but questions is found, or what it names stands nowhere, even this one abstains.
    assert answer.answered == bool(answer.citations)
    for cited in answer.citations:
        assert library.text(cited.document, name)[cited.start : cited.end] == cited.quote


def test_two_sentences_side_by_side_are_one_quote() -> None:
    text = "Tea is hot.\n\nIt is brewed. Coffee is not tea."
    found = passage(text, ("Tea is hot.", 0.9), ("It is brewed.", 1.0), start=70)
    answer, [citation] = read([found], RANKING)
    assert answer == "Tea is hot. It is brewed. [1]"
    assert (citation.start, citation.end) == (70, 70 + 26)
    assert citation.quote == "Tea is hot.\n\nIt is brewed."


FAR = "Nobody knows why. " * (ENOUGH // 18 + 2)


def test_sentences_apart_are_quoted_by_their_worth() -> None:
    text = f"Tea is hot. {FAR}Leaves are brewed."
    answer, _ = read([passage(text, ("Tea is hot.", 0.9), ("Leaves are brewed.", 1.0))], RANKING)
    assert answer == "Leaves are brewed. [1] Tea is hot. [2]"


def test_of_two_that_match_alike_the_one_with_more_of_the_questions_words_is_quoted_first() -> None:
    text = f"Tea is hot. {FAR}Leaves are brewed."
    found = passage(text, ("Tea is hot.", 1.0), ("Leaves are brewed.", 1.0))
    first, second = found.sentences
    answer, _ = read([replace(found, sentences=(first, replace(second, words=0.5)))], RANKING)
    assert answer == "Leaves are brewed. [1] Tea is hot. [2]"


def test_of_two_that_match_alike_the_one_of_the_better_passage_is_quoted_first() -> None:
    found = [
        passage("Tea is hot.", ("Tea is hot.", 1.0), document="a"),
        replace(passage("It is brewed.", ("It is brewed.", 1.0), document="b"), score=1.25),
    ]
    answer, _ = read(found, RANKING)
    assert answer == "It is brewed. [1] Tea is hot. [2]"


def test_a_sentence_that_two_documents_share_is_quoted_once() -> None:
    found = [passage("Tea is hot.", ("Tea is hot.", 1.0), document=name) for name in "ab"]
    answer, _ = read(found, RANKING)
    assert answer == "Tea is hot. [1]"


def test_a_sentence_that_two_passages_share_is_quoted_once() -> None:
    sentence = ("It is brewed.", 1.0)
    first = passage("Tea is hot. It is brewed.", sentence)
    second = passage("It is brewed. Leaves are dried.", sentence, start=12)
    answer, _ = read([first, second], RANKING)
    assert answer == "It is brewed. [1]"


def test_a_sentence_far_below_the_best_is_left_out() -> None:
    text = f"Tea is hot. {FAR}Leaves are brewed."
    far = 1.0 - RANKING.answer_margin - 0.01
    answer, _ = read([passage(text, ("Tea is hot.", 1.0), ("Leaves are brewed.", far))], RANKING)
    assert answer == "Tea is hot. [1]"


def test_one_long_sentence_is_quoted_whole_and_alone() -> None:
    long = "Tea is " + "very " * (ENOUGH // 5) + "hot."
    answer, _ = read([passage(f"{long} It is.", (long, 1.0), ("It is.", 0.9))], RANKING)
    assert answer == f"{long} [1]"


@pytest.mark.parametrize(
    "marker", ["- ", "* ", "+ ", "• ", "1. ", "12) ", "a) ", "> ", "# ", "### "]
)
def test_what_opens_a_list_item_is_not_quoted(marker: str) -> None:
    text = f"{marker}Tea is hot."
    answer, [citation] = read([passage(text, (text, 1.0), start=5)], RANKING)
    assert answer == "Tea is hot. [1]"
    assert citation.start == 5 + len(marker)


@pytest.mark.parametrize("text", ["-5 degrees is cold.", "1.5 litres is a lot.", "#tea is hot."])
def test_what_only_looks_like_a_list_item_is_quoted_whole(text: str) -> None:
    answer, _ = read([passage(text, (text, 1.0))], RANKING)
    assert answer == f"{text} [1]"


def test_code_among_prose_keeps_its_lines() -> None:
    text = "Pumping\n\n```sh\npump --start 5\n```\n\nThis runs the pump for five minutes."
    answer, [cited] = read([passage(text, ("This runs the pump for five minutes.", 2.0))], RANKING)
    assert "```sh\npump --start 5\n```\n\nThis runs" in answer
    assert cited.quote in text


def test_a_quote_over_lines_is_one_line_of_the_answer_and_itself_in_the_citation() -> None:
    text = "Tea is\n  hot."
    answer, [citation] = read([passage(text, (text, 1.0))], RANKING)
    assert answer == "Tea is hot. [1]"
    assert citation.quote == text


def test_a_citation_says_where_its_quote_stands() -> None:
    found = replace(
        passage("Tea is hot.", ("Tea is hot.", 1.0)), title="Tea", source="tea.pdf", page=7
    )
    _, [citation] = read([found], RANKING)
    assert (citation.title, citation.source, citation.page) == ("Tea", "tea.pdf", 7)


def test_no_passages_make_no_answer() -> None:
    assert read([], RANKING) == ("", ())


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("| buttons | 5 a row |", "buttons | 5 a row"),
        ("| buttons | 5 a row", "buttons | 5 a row"),
        ("- Tea is hot.", "Tea is hot."),
        ("2) Tea is hot.", "Tea is hot."),
        ("> Tea is hot.", "Tea is hot."),
        ("Tea | coffee.", "Tea | coffee."),
        ("|", "|"),
        ("- ", "- "),
    ],
)
def test_a_quote_leaves_out_what_only_lays_it_out(written: str, words: str) -> None:
    start, end = undressed(written)
    assert written[start:end] == words


def test_a_sentence_that_only_its_line_ends_tell_apart_is_quoted_once() -> None:
    found = [
        passage("Tea is best hot.", ("Tea is best hot.", 1.0), document="a"),
        passage("Tea is\nbest hot.", ("Tea is\nbest hot.", 0.9), document="b"),
    ]
    answer, _ = read(found, RANKING)
    assert answer == "Tea is best hot. [1]"


def test_a_question_like_the_one_asked_makes_no_other_sentence_an_answer() -> None:
    asked = passage("- Who pays?\n- Who swims?", ("- Who pays?", 3.0), ("- Who swims?", 1.0))
    other = passage("The pier is long.", ("The pier is long.", 0.5), document="b")
    assert read([asked, replace(other, answered=-2.0)], RANKING) == ("", ())
    text, citations = read([asked, replace(other, answered=2.0)], RANKING)
    assert text == "The pier is long. [1]"
    assert len(citations) == 1
