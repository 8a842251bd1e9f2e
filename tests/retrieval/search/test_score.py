"""Passages match a question by meaning, by words and their like, by phrases, and by BM25."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.embedding.word_vectors import unit
from retrieval.library import Library
from retrieval.search.candidates import LISTED, Candidate
from retrieval.search.query import ParsedQuery, parse_query
from retrieval.search.score import Match, match_all, scored
from retrieval.store.passages import StoredPassage
from retrieval.text.segmentation.sentences import sentences
from retrieval.text.terms import Keys
from retrieval.weights.fitted import Ranking, load_fitted
from tests.support.homes import note, put
from tests.support.texts.any_text import NOTES
from tests.support.texts.outcomes import changed
from tests.support.texts.queries import all_alike

KEYS = Keys()
RANKING = load_fitted().ranking
WEIGHTS = (
    "sentence_likeness", "sentence_words", "passage_dense", "passage_bm25", "passage_phrases",
    "passage_likeness",
)  # fmt: skip
NO_WEIGHT = changed(RANKING, **dict.fromkeys(WEIGHTS, 0.0))


def asked(embedder: SentenceEmbedder, question: str) -> ParsedQuery:
    """A question whose words, but for the stop words, all say the same."""
    return parse_query(question, embedder, KEYS, all_alike)


def candidate(
    embedder: SentenceEmbedder,
    text: str,
    title: str = "",
    cosine: float | None = 0.0,
    bm25: float = 0.0,
) -> Candidate:
    """A passage that was brought up; its sentences are those that are no headings, if any."""
    found = sentences(text)
    spans = [(s.start, s.end) for s in found if not s.heading] or [(s.start, s.end) for s in found]
    [(pieces, places)] = embedder.words.spelled([text], [spans])
    # Any unit vectors will do for whatever is not about them.
    vectors = unit(np.eye(len(spans), 384, dtype=np.float32))
    passage = StoredPassage(
        1, "a", title, "a.md", 3, 100, 100 + len(text), text, np.array(spans, dtype=np.int32) + 100,
        vectors, pieces, places,
    )  # fmt: skip
    return Candidate(passage, cosine, bm25)


def match(embedder: SentenceEmbedder, question: str, text: str, title: str = "") -> Match:
    """Return how well one passage matches a question."""
    found = match_all([candidate(embedder, text, title)], asked(embedder, question), embedder.words)
    [only] = found
    return only


# Words


@settings(max_examples=25)
@given(text=NOTES, before=NOTES, after=NOTES)
def test_a_text_matches_its_own_words_wholly_and_more_of_it_no_less(
    text: str, before: str, after: str, embedder: SentenceEmbedder
) -> None:
    question = asked(embedder, text)
    texts = [text, f"{before}\n{text}\n{after}", before]
    candidates = [candidate(embedder, text) for text in texts]
    own, longer, other = match_all(candidates, question, embedder.words)
    full = 1.0 if question.weights.any() else 0.0
    assert own.whole == pytest.approx(full)
    assert longer.whole == pytest.approx(full)
    assert other.whole <= longer.whole + 1e-6
    for found in (own, longer, other):
        assert -1e-6 <= found.phrases <= 1.0
        for shares in (found.likeness, found.words):
            assert shares.shape == (len(found.candidate.stored.sentences),)
            assert ((shares >= -1e-6) & (shares <= 1.0 + 1e-5)).all()
        assert found.likeness.max() <= found.whole + 1e-6


def test_a_word_of_like_meaning_counts_for_some_of_it(embedder: SentenceEmbedder) -> None:
    same, near, far = (
        match(embedder, "finished", text).whole
        for text in ("It finished.", "It ended.", "It is purple.")
    )
    assert same == pytest.approx(1.0)
    assert same > near > far + 0.05


def test_each_sentence_is_matched_by_its_own_words(embedder: SentenceEmbedder) -> None:
    found = match(embedder, "copper kettle", "A copper roof. A kettle of copper. A green door.")
    assert found.likeness.argmax() == found.words.argmax() == 1
    assert found.likeness[1] == pytest.approx(1.0)
    assert found.likeness[0] > found.likeness[2]


def test_stop_words_count_among_all_words_only(embedder: SentenceEmbedder) -> None:
    found = match(embedder, "where is the kettle", "Where is the door? A kettle!")
    assert found.likeness[1] == pytest.approx(1.0)
    assert found.likeness[0] < 0.5
    assert found.words[0] > found.words[1]


def test_a_question_of_symbols_has_no_words_to_match(embedder: SentenceEmbedder) -> None:
    found = match(embedder, "?!", "Tea is hot.", "Tea")
    assert (found.likeness.tolist(), found.words.tolist()) == ([0.0], [0.0])
    assert (found.phrases, found.whole) == (0.0, 0.0)


def test_a_passage_of_symbols_has_no_words_to_be_matched(embedder: SentenceEmbedder) -> None:
    found = match(embedder, "tea", "🙂 🙃")
    assert (found.likeness.tolist(), found.words.tolist()) == ([0.0], [0.0])
    assert (found.phrases, found.whole) == (0.0, 0.0)


# Context


HOURS = "It begins at nine. Everybody is welcome."


def test_what_a_sentence_is_about_may_be_said_in_the_heading_above_it(
    embedder: SentenceEmbedder,
) -> None:
    question = "When does the market begin?"
    plain = match(embedder, question, HOURS)
    headed = match(embedder, question, f"# Market\n\n{HOURS}")
    assert (headed.likeness > plain.likeness + 0.1).all()
    assert headed.whole > plain.whole + 0.1
    assert headed.words == pytest.approx(plain.words)


def test_what_a_sentence_is_about_may_be_said_in_the_title(embedder: SentenceEmbedder) -> None:
    question = "When does the market begin?"
    plain, titled = (match(embedder, question, HOURS, title) for title in ("Visitors", "Market"))
    assert (titled.likeness > plain.likeness + 0.1).all()
    assert titled.whole > plain.whole + 0.1
    assert titled.words == pytest.approx(plain.words)
    assert titled.phrases == plain.phrases


def test_what_another_sentence_says_is_no_context(embedder: SentenceEmbedder) -> None:
    found = match(embedder, "market", "Everybody is welcome. The market is here.")
    assert found.likeness[0] < found.likeness[1] == pytest.approx(1.0)


def test_each_passage_has_the_title_of_its_own_document(embedder: SentenceEmbedder) -> None:
    passages = [candidate(embedder, HOURS, title) for title in ("Market", "Door", "Market")]
    question = asked(embedder, "market")
    first, second, third = match_all(passages, question, embedder.words)
    assert first.whole == pytest.approx(1.0) == third.whole
    assert second.whole < 0.9


# Phrases


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("hot water", "Hot water is here.", 1.0),
        ("hot water", "HOT-WATER", 0.0),
        ("hot water", "The water is hot.", 0.0),
        ("hot water tap", "A tap of hot water.", 0.5),
        ("who is the head of state", "Who is it? The head of state.", 1.0),
        ("who is the head of state", "The head of the house. Who is the state?", 2 / 3),
        ("who is it", "Who is it?", 0.0),
        ("water", "Water.", 0.0),
    ],
)
def test_phrases_are_the_share_of_neighbours_that_stand_side_by_side(
    question: str, text: str, share: float, embedder: SentenceEmbedder
) -> None:
    assert match(embedder, question, text).phrases == pytest.approx(share)


# The two lists


def test_bm25_is_a_share_of_the_strongest(embedder: SentenceEmbedder) -> None:
    passages = [candidate(embedder, "Tea.", bm25=value) for value in (1.0, 4.0, 0.0)]
    found = match_all(passages, asked(embedder, "tea"), embedder.words)
    assert [one.bm25 for one in found] == [0.25, 1.0, 0.0]
    assert match(embedder, "tea", "Tea.").bm25 == 0.0


def test_a_passage_that_only_its_words_brought_up_has_the_mean_of_its_sentences_for_a_vector(
    embedder: SentenceEmbedder,
) -> None:
    question = asked(embedder, "tea")
    passage = candidate(embedder, "Tea is hot. It is brewed.", cosine=None)
    near = np.stack([question.vector, unit(np.roll(question.vector, 1))])
    passage = replace(passage, stored=replace(passage.stored, vectors=near))
    [found] = match_all([passage], question, embedder.words)
    assert found.cosines[0] == pytest.approx(1.0, abs=1e-5)
    assert found.dense == pytest.approx(float(unit(near.mean(axis=0)) @ question.vector))
    [given] = match_all([replace(passage, cosine=0.25)], question, embedder.words)
    assert given.dense == 0.25


def test_both_lists_bring_up_what_is_matched(library: Library) -> None:
    put(library, [note(f"{n}", f"Ferry number {n} carried {n * 7} people.") for n in range(80)])
    retriever = library.retriever(["common"])
    found = list(retriever.matches(retriever.parse("How many people did Ferry 77 carry?")))
    assert LISTED <= len(found) <= 2 * LISTED
    assert len({one.candidate.stored.id for one in found}) == len(found)
    assert max(found, key=lambda one: one.bm25).candidate.stored.source in ("77", "11")
    assert sum(one.candidate.cosine is not None for one in found) == LISTED
    [of_number] = [one for one in found if one.candidate.stored.source == "77"]
    assert of_number.candidate.bm25 > 0


# Scores


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("passage_dense", lambda found: found.dense),
        ("passage_bm25", lambda found: found.bm25),
        ("passage_phrases", lambda found: found.phrases),
        ("passage_likeness", lambda found: found.whole),
        ("sentence_likeness", lambda found: found.likeness.tolist()),
        ("sentence_words", lambda found: found.words.tolist()),
    ],
)  # fmt: skip
def test_every_weight_multiplies_what_it_is_named_for(
    name: str, part: object, embedder: SentenceEmbedder
) -> None:
    assert callable(part)
    passage = candidate(embedder, "A copper roof. Copper kettles!", "Tea", cosine=0.3, bm25=2.0)
    question = asked(embedder, "where is the copper kettle")
    [found] = match_all([passage], question, embedder.words)
    bare, weighed = scored(found, NO_WEIGHT), scored(found, changed(NO_WEIGHT, **{name: 0.5}))
    if name.startswith("passage"):
        assert weighed.score == pytest.approx(bare.score + 0.5 * part(found))
        assert weighed.sentences == bare.sentences
    else:
        added = [a.score - b.score for a, b in zip(weighed.sentences, bare.sentences, strict=True)]
        assert added == pytest.approx([0.5 * share for share in part(found)], abs=1e-6)
        assert weighed.score == max(sentence.score for sentence in weighed.sentences)


@pytest.mark.parametrize("ranking", [RANKING, NO_WEIGHT])
def test_a_passage_is_where_and_what_it_was(ranking: Ranking, embedder: SentenceEmbedder) -> None:
    text = "# Tea\n\nIt is hot. It is brewed."
    passage = candidate(embedder, text, "About tea", cosine=0.3, bm25=2.5)
    [found] = match_all([passage], asked(embedder, "hot tea"), embedder.words)
    made = scored(found, ranking)
    assert (made.document, made.title, made.source, made.page) == ("a", "About tea", "a.md", 3)
    assert (made.start, made.end, made.text) == (100, 100 + len(text), text)
    assert (made.dense, made.bm25) == (0.3, 2.5)
    assert [made.slice(s.start, s.end) for s in made.sentences] == ["It is hot.", "It is brewed."]
    assert [s.words for s in made.sentences] == found.words.tolist()
