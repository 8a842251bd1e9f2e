"""The chain is a LangChain runnable like any other."""

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.runnables import Runnable

from retrieval.answer.chain import build_chain
from retrieval.answer.steps import Question
from retrieval.library import Library
from retrieval.types import Answer, Turn
from tests.support.homes import note, put

ASKED: list[Question] = [
    {"question": "How hot should the water be?", "turns": ()},
    {"question": "When does the ferry leave?", "turns": ()},
    {
        "question": "And what does it cost?",
        "turns": [Turn("When does the Ferry leave?", "At noon.")],
    },
    {"question": "Who won the football championship?", "turns": ()},
]


class Listener(BaseCallbackHandler):
    """Writes down which chains run, what a retriever is asked, and what it finds."""

    def __init__(self) -> None:
        self.chains: list[object] = []
        self.asked: list[str] = []
        self.found: list[Document] = []

    def on_chain_start(
        self, serialized: dict[str, Any] | None, inputs: dict[str, Any], **rest: object
    ) -> None:
        self.chains.append(rest.get("name"))

    def on_retriever_start(
        self, serialized: dict[str, Any] | None, query: str, **rest: object
    ) -> None:
        self.asked.append(query)

    def on_retriever_end(
        self, documents: Sequence[Document], *, run_id: UUID, **rest: object
    ) -> None:
        self.found += documents


@pytest.fixture(scope="module")
def chain(house: Library) -> Runnable[Question, Answer]:
    put(
        house,
        [
            note("tea", "Tea is brewed from leaves. The water should be hot."),
            note("ferry", "The ferry leaves at noon. A ticket costs four crowns."),
            note("bridge", "The bridge was opened in 1912. It has nine arches."),
        ],
        "chain",
    )
    return build_chain(house.retriever(["chain"]), house.fitted)


def test_it_can_be_invoked(chain: Runnable[Question, Answer]) -> None:
    answers = [chain.invoke(asked) for asked in ASKED]
    assert [answer.question for answer in answers] == [asked["question"] for asked in ASKED]
    assert [answer.answered for answer in answers] == [True, True, True, False]
    assert [answer.citations[0].source for answer in answers[:3]] == ["tea", "ferry", "ferry"]


def test_it_answers_the_same_awaited_in_a_batch_or_streamed(
    chain: Runnable[Question, Answer],
) -> None:
    one_by_one = [chain.invoke(asked) for asked in ASKED]
    assert chain.batch(ASKED) == one_by_one
    assert [answer for asked in ASKED for answer in chain.stream(asked)] == one_by_one

    async def together() -> list[Answer]:
        return list(await asyncio.gather(*map(chain.ainvoke, ASKED)))

    assert asyncio.run(together()) == one_by_one


def test_callbacks_see_what_is_retrieved(chain: Runnable[Question, Answer]) -> None:
    listener = Listener()
    answer = chain.invoke(ASKED[2], {"callbacks": [listener]})
    [query] = listener.asked
    assert query.startswith("And what does it cost?")
    assert "Ferry" in query
    assert {document.metadata["source"] for document in listener.found} >= {"ferry"}
    assert answer.citations[0].document in {d.metadata["document"] for d in listener.found}


def test_it_has_a_name_in_traces(chain: Runnable[Question, Answer]) -> None:
    listener = Listener()
    chain.invoke(ASKED[0], {"callbacks": [listener]})
    assert listener.chains[0] == "ask"
