"""A real model answers over HTTP, as the ones that operators choose do."""

import json
from urllib.request import urlopen

import pytest
from langchain_core.messages import AIMessageChunk
from langchain_openai import ChatOpenAI
from openai import BadRequestError
from pydantic import SecretStr

from tests.support.models.real import CONTEXT, NAME

pytestmark = [pytest.mark.model, pytest.mark.allow_hosts(["127.0.0.1"])]


@pytest.fixture
def model(smollm: str) -> ChatOpenAI:
    """The model as LangChain knows it."""
    return ChatOpenAI(
        base_url=smollm,
        api_key=SecretStr("none"),
        model=NAME,
        temperature=0,
        max_completion_tokens=40,
        stream_usage=True,
        # LangChain keeps connections by URL, and so beyond the event loop of one test.
        default_headers={"Connection": "close"},
    )


async def written(model: ChatOpenAI, question: str) -> list[AIMessageChunk]:
    """The pieces of an answer, in order."""
    pieces = [piece async for piece in model.astream(question)]
    assert all(isinstance(piece, AIMessageChunk) for piece in pieces)
    return [piece for piece in pieces if isinstance(piece, AIMessageChunk)]


async def test_the_answer_comes_in_pieces_and_says_what_it_cost(model: ChatOpenAI) -> None:
    pieces = await written(model, "The lighthouse was built in 1851. When was it built?")
    texts = [piece.text for piece in pieces if piece.text]
    assert len(texts) > 1
    assert "1851" in "".join(texts)
    (usage,) = [piece.usage_metadata for piece in pieces if piece.usage_metadata]
    assert usage["input_tokens"] > 13
    assert usage["output_tokens"] >= len(texts)


async def test_the_same_question_gets_the_same_words(model: ChatOpenAI) -> None:
    first, other, again = [
        "".join(piece.text for piece in await written(model, question))
        for question in ("Name a fruit.", "Name a fruit and a fish.", "Name a fruit.")
    ]
    assert first == again != other


async def test_a_prompt_longer_than_the_context_is_refused(model: ChatOpenAI) -> None:
    with pytest.raises(BadRequestError) as refused:
        await written(model, "ferry " * CONTEXT)
    assert isinstance(refused.value.body, dict)
    assert refused.value.body["type"] == "exceed_context_size_error"
    assert refused.value.body["n_ctx"] == CONTEXT < refused.value.body["n_prompt_tokens"]


def test_it_says_how_much_it_can_read(smollm: str) -> None:
    with urlopen(f"{smollm}/models") as answer:  # noqa: S310
        (known,) = json.load(answer)["data"]
    assert (known["id"], known["meta"]["n_ctx"]) == (NAME, CONTEXT)
