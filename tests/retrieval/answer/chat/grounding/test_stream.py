"""Of what a model writes, an answer keeps what the passages that it cites support."""

import pytest

from retrieval.answer.abstention import SENTINEL, UNHELD, UNSUPPORTED
from retrieval.answer.chat.grounding.stream import MOST_SENTENCES
from retrieval.answer.chat.options import ChatOptions
from retrieval.types import Answer
from tests.support.model_server.asking import SCRIPTED, House, Scripted
from tests.support.model_server.skerry import (
    BORN,
    BREAD,
    FERRY,
    KEEPER,
    LAMP,
    LIGHTHOUSE,
    QUESTION,
    TICKET,
)

MARKING = ChatOptions("scripted:model", unsupported="mark")
KEPT = "The first keeper of the lighthouse was Ada Lorne. [1]"
# Nothing like it stands anywhere.
SQUID = "Giant squid sing opera in Antarctica every winter"


def written(house: House, text: str, options: ChatOptions = SCRIPTED) -> Answer:
    """The answer where a model writes that."""
    with house.answered_by(Scripted(script=[text]), options) as library:
        return library.ask(QUESTION)


def test_what_is_cited_is_what_the_tests_believe(house: House) -> None:
    passages = written(house, KEEPER).passages
    assert [passage.text for passage in passages] == [LIGHTHOUSE, FERRY, BREAD]


@pytest.mark.parametrize("number", ["0", "4", "9", "99", "123"])
def test_a_number_that_is_no_passages_is_dropped(house: House, number: str) -> None:
    answer = written(house, KEEPER.replace("[1]", f"[{number}]"))
    assert answer.text == KEPT
    [citation] = answer.citations
    assert (citation.number, citation.source) == (1, "lighthouse")


def test_a_sentence_without_a_number_is_looked_for_in_all_passages(house: House) -> None:
    answer = written(house, TICKET.replace(" [2]", ""))
    assert answer.text == "A ticket for the ferry costs four crowns. [1]"
    assert [citation.source for citation in answer.citations] == ["ferry"]


def test_footnotes_are_numbered_as_they_come(house: House) -> None:
    answer = written(house, f"{TICKET} {BORN} {TICKET.replace('costs', 'is')}")
    assert answer.text.startswith("A ticket for the ferry costs four crowns. [1] Ada Lorne was")
    sources = {citation.number: citation.source for citation in answer.citations}
    assert sources == {1: "ferry", 2: "lighthouse"}


@pytest.mark.parametrize(
    "claim",
    [
        f"{SQUID} [1].",
        f"{SQUID}.",
        "She kept the lamp for forty years [1].",
        "The lighthouse at Skerry Point was built in 1872 [1].",
        "The lighthouse at Skerry Point was built on 3 May 1871 [1].",
        "The first keeper of the lighthouse was Ivo Lorne [1].",
        "Ada Lorne was born in the village of Zell [1].",
        "Ada Lorne kept the lamp for thirty years [3].",
        "A ticket for the ferry costs four crowns [1].",
    ],
)
def test_what_no_cited_passage_supports_is_left_out(house: House, claim: str) -> None:
    answer = written(house, f"{KEEPER} {claim}")
    assert (answer.text, len(answer.citations)) == (KEPT, 1)
    assert (answer.reader, answer.note) == ("chat", "")


def test_what_two_cited_passages_hold_together_is_kept(house: House) -> None:
    both = "Ada Lorne kept the lamp of the lighthouse and Ivo Brand ran the ferry [1][2]."
    answer = written(house, both)
    assert answer.text == f"{both[:-8].strip()}. [1][2]"
    assert {citation.source for citation in answer.citations} == {"lighthouse", "ferry"}


def test_what_is_not_supported_is_shown_with_a_mark_where_the_operator_says_so(
    house: House,
) -> None:
    answer = written(house, f"{KEEPER} {SQUID} [1]. {BORN}", MARKING)
    assert f"{KEPT} {SQUID}. {UNSUPPORTED} Ada Lorne" in answer.text
    assert {citation.source for citation in answer.citations} == {"lighthouse"}


@pytest.mark.parametrize("options", [SCRIPTED, MARKING])
def test_an_answer_of_which_nothing_is_left_is_given_in_the_documents_words(
    house: House, options: ChatOptions
) -> None:
    answer = written(house, f"{SQUID} [1].", options)
    assert (answer.answered, answer.reader, answer.note) == (True, "quote", UNHELD)
    assert "Its first keeper was Ada Lorne" in answer.text
    assert answer.citations


@pytest.mark.parametrize(
    "text",
    [
        SENTINEL,
        f"**{SENTINEL}**",
        f"{SENTINEL}. [1]",
        "Not in the documents.",
        f"{SENTINEL}: the passages tell of a lighthouse.",
        f"{SQUID}. {SENTINEL}",
        f"{SENTINEL}. {KEEPER}",
    ],
)
@pytest.mark.parametrize("options", [SCRIPTED, MARKING])
def test_a_model_that_finds_no_answer_abstains(
    house: House, text: str, options: ChatOptions
) -> None:
    answer = written(house, text, options)
    assert (answer.answered, answer.reader, answer.citations) == (False, "chat", ())
    assert answer.nearest


@pytest.mark.parametrize("options", [SCRIPTED, MARKING])
def test_that_there_is_no_answer_is_not_believed_after_one(
    house: House, options: ChatOptions
) -> None:
    assert written(house, f"{KEEPER} {SENTINEL}", options).text == KEPT
    assert written(house, f"{KEEPER} {SENTINEL}. {BORN}", options).text.count("[") == 2


def test_what_is_said_again_is_kept_once(house: House) -> None:
    assert written(house, f"{KEEPER} {KEEPER} {KEEPER}").text == KEPT


@pytest.mark.parametrize("going_on", [f"{LAMP} ", f"{SQUID} [1]. "])
def test_a_model_that_does_not_come_to_an_end_is_not_listened_to(
    house: House, going_on: str
) -> None:
    model = Scripted(script=[f"{KEEPER} {going_on * 10 * MOST_SENTENCES}"])
    with house.answered_by(model) as library:
        answer = library.ask(QUESTION)
    assert answer.text.startswith(KEPT)
    assert (model.finished, model.under_way) == (0, 0)
    assert model.said <= len(f"{KEEPER} {going_on * (MOST_SENTENCES + 1)}".split())


def test_a_model_that_goes_in_circles_is_not_listened_to(house: House) -> None:
    model = Scripted(script=[" ".join([KEEPER] * 50)])
    with house.answered_by(model) as library:
        assert library.ask(QUESTION).text.count("Ada") == 1
    assert model.said <= len(" ".join([KEEPER] * 4).split())
