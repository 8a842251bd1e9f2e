"""A prompt that is too long for a model is asked again with fewer passages, the best ones."""

import re

import pytest

from retrieval.answer.chat.circuit_breaker import FAILURES
from tests.support.model_server.asking import House
from tests.support.model_server.behaviours import (
    TOO_LONG_LLAMA_CPP,
    TOO_LONG_OPENAI,
    Behaviour,
    Refuses,
    Says,
)
from tests.support.model_server.exchange import Asked
from tests.support.model_server.served import quoted, served
from tests.support.model_server.skerry import KEEPER, LIGHTHOUSE, QUESTION
from tests.support.model_server.wire import error

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

GOOD = Says([KEEPER])
TOO_LONG = [TOO_LONG_OPENAI, TOO_LONG_LLAMA_CPP]
in_either_words = pytest.mark.parametrize("refusal", TOO_LONG, ids=["openai", "llama.cpp"])


def passages(asked: Asked) -> list[str]:
    """The titles of the passages in a prompt."""
    prompt = asked.body["messages"][-1]["content"]
    return re.findall(r"^\[\d\] (.*)$", prompt, re.MULTILINE)


@in_either_words
def test_the_last_passages_are_left_out_until_there_is_room(
    house: House, refusal: Behaviour
) -> None:
    with served(house, refusal, refusal, GOOD) as (library, server):
        answer = library.ask(QUESTION)
    assert (answer.reader, answer.note) == ("chat", "")
    assert [passages(asked) for asked in server.asked] == [
        ["lighthouse", "ferry", "bread"],
        ["lighthouse", "ferry"],
        ["lighthouse"],
    ]
    assert LIGHTHOUSE in server.asked[-1].body["messages"][-1]["content"]
    assert len(answer.passages) == 3


@in_either_words
def test_where_even_one_is_too_long_the_documents_words_answer(
    house: House, refusal: Behaviour, caplog: pytest.LogCaptureFixture
) -> None:
    with served(house, refusal) as (library, server):
        assert quoted(library.ask(QUESTION))
    assert len(server.asked) == 3
    said = [(record.getMessage(), record.__dict__.get("passages")) for record in caplog.records]
    assert said[-4:] == [
        *(("too long for the chat model", count) for count in (3, 2, 1)),
        ("the chat model failed", None),
    ]
    assert "even one passage" in caplog.records[-1].__dict__["reason"]


def test_a_prompt_that_is_too_long_is_no_failure_of_the_model(house: House) -> None:
    with served(house, *[TOO_LONG_OPENAI] * 3 * FAILURES, GOOD) as (library, _):
        readers = [library.ask(QUESTION).reader for _ in range(FAILURES + 1)]
    assert readers == [*["quote"] * FAILURES, "chat"]


def test_another_bad_request_is_not_taken_for_one_that_is_too_long(house: House) -> None:
    with served(house, Refuses(400, error("temperature must be 1"))) as (library, server):
        assert quoted(library.ask(QUESTION))
    assert len(server.asked) == 1


def test_what_a_model_is_known_to_have_no_room_for_is_not_sent(house: House) -> None:
    with served(house, GOOD, context=1) as (library, server):
        assert library.ask(QUESTION).reader == "chat"
    [asked] = server.asked
    assert passages(asked) == ["lighthouse"]
