"""The server of the chat reader's tests does what it is told, as LangChain's client sees it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import openai
import pytest
from langchain_core.exceptions import (
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelNotFoundError,
    ModelRateLimitError,
    ModelTimeoutError,
)
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from tests.support.model_server.behaviours import (
    TOO_LONG_LLAMA_CPP,
    TOO_LONG_OPENAI,
    Behaviour,
    BreaksOff,
    Empty,
    Garbage,
    Refuses,
    Says,
    Stalls,
)
from tests.support.model_server.server import ModelServer
from tests.support.model_server.wire import NAME, error

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def model(server: ModelServer, **chosen: Any) -> ChatOpenAI:
    """The server as a LangChain model, which asks once unless it is told otherwise."""
    known: dict[str, Any] = {"model": NAME, "stream_usage": True, "max_retries": 0}
    return ChatOpenAI(base_url=server.url, api_key=SecretStr("none"), **(known | chosen))


async def words(model: ChatOpenAI) -> list[str]:
    """The pieces of an answer that have words."""
    return [piece.text async for piece in model.astream("Who kept the lamp?") if piece.text]


@asynccontextmanager
async def streaming(server: ModelServer) -> AsyncIterator[str]:
    """The first piece of an answer, which is not read further."""
    stream = model(server).root_async_client.chat.completions.create(
        model=NAME, messages=[{"role": "user", "content": "Who?"}], stream=True
    )
    async with await stream as pieces:
        first = await anext(aiter(pieces))
        yield first.choices[0].delta.content


async def test_an_answer_comes_in_pieces_and_says_what_it_cost() -> None:
    with ModelServer(Says(["Ada ", "Lorne."], usage=(7, 3))).running() as server:
        pieces = [piece async for piece in model(server).astream("Who kept the lamp?")]
    assert [piece.text for piece in pieces if piece.text] == ["Ada ", "Lorne."]
    (usage,) = [usage for piece in pieces if (usage := getattr(piece, "usage_metadata", None))]
    assert (usage["input_tokens"], usage["output_tokens"]) == (7, 3)
    (asked,) = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.body["messages"] == [{"role": "user", "content": "Who kept the lamp?"}]
    assert asked.headers["authorization"] == "Bearer none"


async def test_an_answer_comes_whole_where_no_stream_is_asked_for() -> None:
    with ModelServer(Says(["Ada ", "Lorne."])).running() as server:
        assert (await model(server).ainvoke("Who kept the lamp?")).text == "Ada Lorne."


async def test_an_empty_answer_has_no_words() -> None:
    with ModelServer(Empty()).running() as server:
        assert await words(model(server)) == []


@pytest.mark.parametrize(
    ("behaviour", "raised"),
    [
        (Refuses(401, error("Wrong key.")), ModelAuthenticationError),
        (Refuses(404, error("No such model.")), ModelNotFoundError),
        (Refuses(429, error("Slower, please.")), ModelRateLimitError),
        (Refuses(503, "Loading"), ModelAPIError),
        (BreaksOff(), ModelConnectionError),
        (BreaksOff(["Ada"]), ModelConnectionError),
        (Stalls(), ModelTimeoutError),
        (Stalls(["Ada"]), ModelTimeoutError),
        (Garbage(b'data: {"choices"\n\n'), json.JSONDecodeError),
        (Garbage(b"<p>Please log in", "text/html"), ValueError),
        (Garbage(b'data: {"error": {"message": "Overloaded"}}\n\n'), openai.APIError),
    ],
)
async def test_a_failure_is_what_it_is_elsewhere(
    behaviour: Behaviour, raised: type[Exception]
) -> None:
    patience = 0.3 if isinstance(behaviour, Stalls) else 1200.0
    with ModelServer(behaviour).running() as server, pytest.raises(raised):
        await words(model(server, timeout=(1200.0, patience)))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("behaviour", "name", "value"),
    [
        (TOO_LONG_OPENAI, "code", "context_length_exceeded"),
        (TOO_LONG_LLAMA_CPP, "type", "exceed_context_size_error"),
    ],
)
async def test_a_prompt_that_is_too_long_is_refused_in_the_servers_own_words(
    behaviour: Behaviour, name: str, value: str
) -> None:
    with (
        ModelServer(behaviour).running() as server,
        pytest.raises(openai.BadRequestError) as refused,
    ):
        await words(model(server))
    assert isinstance(refused.value.body, dict)
    assert refused.value.body[name] == value


async def test_the_behaviours_come_in_order_and_the_last_stays() -> None:
    soon = Refuses(429, headers={"Retry-After": "0.01"})
    with ModelServer(soon, soon, Says(["Ada"]), Says(["Ivo"])).running() as server:
        asking = model(server, max_retries=2)
        assert [await words(asking) for _ in range(3)] == [["Ada"], ["Ivo"], ["Ivo"]]
    retries = [asked.headers["x-stainless-retry-count"] for asked in server.asked]
    assert retries == ["0", "1", "2", "0", "0"]


@pytest.mark.parametrize("pings", [False, True])
async def test_it_notices_that_a_client_hangs_up(pings: bool) -> None:
    with ModelServer(Stalls(["Ada"], pings)).running() as server:
        async with streaming(server) as first:
            assert first == "Ada"
            (asked,) = server.asked
            assert not asked.left.is_set()
        assert asked.left.wait(1200)  # seconds: against hanging alone


def test_it_says_which_models_it_has() -> None:
    with ModelServer(Empty()).running() as server:
        with urlopen(f"{server.url}/models") as answer:  # noqa: S310
            assert [known["id"] for known in json.load(answer)["data"]] == [NAME]
        with pytest.raises(HTTPError, match="404") as missing:
            urlopen(f"{server.url}/props")  # noqa: S310
        missing.value.close()
