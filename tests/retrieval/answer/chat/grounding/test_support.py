"""A claim is supported by passages that say so, and by none that say something else."""

from dataclasses import replace

import pytest

from retrieval.answer.chat.grounding.support import Support, Verdict
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.text.segmentation.sentences import sentences
from retrieval.text.terms import Keys
from retrieval.types import Passage
from retrieval.weights.fitted import load_fitted
from tests.support.model_server.skerry import BREAD, FERRY, LIGHTHOUSE

OFFSET = 700  # of each passage in its document


@pytest.fixture(scope="session")
def support(embedder: SentenceEmbedder) -> Support:
    """Support by the numbers that ship."""
    return Support(embedder, Keys(), load_fitted().support)


def passage(text: str) -> Passage:
    """A text that stands further back in a document."""
    return Passage("id", "", "notes.txt", None, OFFSET, OFFSET + len(text), text)


def check(support: Support, claim: str, *texts: str) -> Verdict:
    """A claim that cites some texts."""
    return support.check(claim, [passage(text) for text in texts])


def quoted(verdict: Verdict) -> list[str]:
    """The words at a claim's places."""
    return [place.passage.slice(place.start, place.end) for place in verdict.places]


SENTENCES = [
    (text[one.start : one.end], text)
    for text in (LIGHTHOUSE, FERRY, BREAD)
    for one in sentences(text)
]


@pytest.mark.parametrize(("sentence", "text"), SENTENCES)
def test_a_sentence_of_a_passage_is_supported_where_it_stands(
    support: Support, sentence: str, text: str
) -> None:
    verdict = check(support, sentence, text)
    assert verdict.supported
    assert quoted(verdict) == [sentence]


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Ada Lorne was the first keeper of the lighthouse at Skerry Point.", LIGHTHOUSE),
        ("The lighthouse was built in 1871.", LIGHTHOUSE),
        ("Ada Lorne kept the lamp for 30 years.", LIGHTHOUSE),
        ("Ada Lorne came from the village of Tarn.", LIGHTHOUSE),
        ("For ten summers the ferry was run by Ivo Brand.", FERRY),
        ("A ferry ticket costs 4 crowns.", FERRY),
        ("The ferry leaves for Holm at 9 in the morning.", FERRY),
        ("The dough has to rest overnight.", BREAD),
    ],
)
def test_what_a_passage_says_in_other_words_is_supported(
    support: Support, claim: str, text: str
) -> None:
    assert check(support, claim, text).supported


@pytest.mark.parametrize(
    ("claim", "text", "lacking"),
    [
        ("The lighthouse at Skerry Point was built in 1872.", LIGHTHOUSE, ("1872",)),
        ("Its first keeper was Ada Brand.", LIGHTHOUSE, ("Brand",)),
        ("A ticket for the ferry costs five crowns.", FERRY, ("five",)),
        ("The ferry to Tarn leaves at nine in the morning.", FERRY, ("Tarn",)),
    ],
)
def test_a_claim_with_another_number_or_name_is_not_supported(
    support: Support, claim: str, text: str, lacking: tuple[str, ...]
) -> None:
    verdict = check(support, claim, text)
    assert not verdict.supported
    assert verdict.missing == lacking


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("A giant squid sings opera under the ice every winter.", LIGHTHOUSE),
        ("The lighthouse was painted red by sailors after a storm.", LIGHTHOUSE),
        ("Dogs travel for free if they are on a lead.", FERRY),
        ("The dough rests overnight.", FERRY),
    ],
)
def test_a_claim_about_something_else_is_not_supported(
    support: Support, claim: str, text: str
) -> None:
    assert not check(support, claim, text).supported


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Ada Lorne was not born in the village of Tarn.", LIGHTHOUSE),
        ("Ada Lorne was never born in the village of Tarn.", LIGHTHOUSE),
        ("The dough doesn't rest overnight.", BREAD),
        ("A ticket for the ferry costs four crowns.", "A ticket for the ferry never costs four."),
        ("Dogs are allowed on the ferry.", "Dogs are not allowed on the ferry."),
    ],
)
def test_a_claim_that_turns_a_sentence_round_is_not_supported(
    support: Support, claim: str, text: str
) -> None:
    assert not check(support, claim, text).supported


def test_what_a_passage_denies_may_be_denied(support: Support) -> None:
    text = "Dogs are not allowed on the ferry to Holm."
    assert check(support, "Dogs are not allowed on the ferry.", text).supported


def test_what_two_passages_say_together_is_supported_by_both(support: Support) -> None:
    claim = "Ada Lorne kept the lamp of the lighthouse and Ivo Brand ran the ferry."
    verdict = check(support, claim, LIGHTHOUSE, FERRY)
    assert verdict.supported
    assert {place.passage.text for place in verdict.places} == {LIGHTHOUSE, FERRY}
    assert not check(support, claim, LIGHTHOUSE).supported
    assert not check(support, claim, FERRY).supported


@pytest.mark.parametrize("texts", [(LIGHTHOUSE, FERRY), (FERRY, LIGHTHOUSE)])
def test_the_best_place_comes_first_whichever_is_cited_first(
    support: Support, texts: tuple[str, str]
) -> None:
    verdict = check(support, "A ticket for the ferry costs four crowns.", *texts)
    assert quoted(verdict)[0] == "A ticket for the ferry costs four crowns."


def test_a_passage_that_adds_nothing_is_no_place(support: Support) -> None:
    verdict = check(support, "The dough rests overnight.", BREAD, LIGHTHOUSE)
    assert quoted(verdict) == ["The dough rests overnight."]


def test_a_claim_that_two_sentences_carry_has_both_for_its_place(support: Support) -> None:
    claim = "Rye bread is baked for an hour after the dough has rested overnight."
    verdict = check(support, claim, BREAD)
    assert verdict.supported
    assert quoted(verdict) == [BREAD]


@pytest.mark.parametrize("claim", ["", "?", "…", "[]", "1", "\u200b", "a" * 3000])
def test_no_claim_is_too_odd(support: Support, claim: str) -> None:
    verdict = check(support, claim, LIGHTHOUSE)
    assert 0 <= verdict.probability <= 1
    assert verdict.places


def test_a_passage_without_a_word_supports_nothing_that_is_said(support: Support) -> None:
    assert not check(support, "The dough rests overnight.", "—").supported


@pytest.mark.parametrize(
    ("language", "source", "turned", "same"),
    [
        ("de", "Hunde dürfen in den Garten.", "Hunde dürfen nicht in den Garten.", ""),
        (
            "de",
            "Rauchen ist im Hof verboten.",
            "Rauchen ist im Hof erlaubt.",
            "Rauchen ist im Hof nicht erlaubt.",
        ),
        ("fr", "L'atelier est ouvert le lundi.", "L'atelier est fermé le lundi.", ""),
        ("ru", "Для курса нужна запись.", "Для курса запись не нужна.", ""),
        ("ja", "スタジオの予約は必要です。", "スタジオの予約は必要ありません。", ""),
        ("zh", "可以带狗进入花园。", "不可以带狗进入花园。", ""),
    ],
)
def test_a_claim_that_is_turned_round_in_another_language_is_told(
    language: str, source: str, turned: str, same: str, support: Support
) -> None:
    cited = [replace(passage(source), language=language)]
    assert support.likeness(turned, cited).negated
    assert not support.likeness(same or source, cited).negated
