"""A model is named as `provider:model`; what is wrong with it is said in a sentence, at once."""

import sys
from typing import Any

import pytest
from langchain.chat_models import base
from langchain_anthropic import ChatAnthropic
from langchain_ollama import ChatOllama
from langchain_openai import ChatOpenAI

from retrieval.answer.chat.options import ChatOptions, Patience
from retrieval.answer.chat.providers import OLLAMA_CONTEXT, open_model
from retrieval.errors import FootnoteError

KEY = "hush-hush-QX"
PATIENCE = Patience(connect=1.5, first_token=2.0, whole=30.0)
SETTINGS = ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL", "OPENAI_API_BASE")


@pytest.fixture(autouse=True)
def no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key of whoever runs the tests."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)


def refusal(model: str, **options: Any) -> str:
    """Why a model can't be used."""
    with pytest.raises(FootnoteError) as error:
        open_model(ChatOptions(model, **options))
    return str(error.value)


@pytest.mark.parametrize("model", ["llama3.2", "ollama:", ":llama3.2", "", ":"])
def test_a_model_without_its_provider_is_refused_with_an_example(model: str) -> None:
    assert "ollama:llama3.2" in refusal(model)


def test_a_provider_that_nobody_knows_is_named_with_those_that_there_are() -> None:
    told = refusal("nobody:model")
    assert "'nobody'" in told
    assert all(name in told for name in ("anthropic", "ollama", "openai"))


@pytest.mark.parametrize("provider", ["ollama", "openai", "anthropic"])
def test_a_missing_package_is_named_with_the_command_that_installs_it(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    base._get_chat_model_creator.cache_clear()  # it remembers what other tests have opened
    monkeypatch.setitem(sys.modules, f"langchain_{provider}", None)
    assert refusal(f"{provider}:model", key=KEY).endswith(f"pip install 'footnote-bot[{provider}]'")


def test_another_of_langchains_providers_is_told_by_its_own_package() -> None:
    assert "langchain-mistralai" in refusal("mistralai:small")


@pytest.mark.parametrize("model", ["openai:gpt-5-mini", "anthropic:claude-sonnet-4-5"])
@pytest.mark.parametrize("key", [None, ""])
def test_a_missing_key_is_said_before_anything_is_sent(model: str, key: str | None) -> None:
    assert refusal(model, key=key) == (
        f"The chat model {model} needs a key: set FOOTNOTE_CHAT_API_KEY."
    )


@pytest.mark.parametrize("url", ["127.0.0.1:8080/v1", "localhost", "ftp://models.example"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    told = refusal("openai:local", url=url)
    assert "FOOTNOTE_CHAT_URL" in told
    assert url in told


def test_a_server_of_ones_own_needs_no_key() -> None:
    model, _ = open_model(ChatOptions("openai:local", url="http://127.0.0.1:1/v1"))
    assert isinstance(model, ChatOpenAI)
    assert model.openai_api_base == "http://127.0.0.1:1/v1"


@pytest.mark.parametrize("provider", ["anthropic", "ollama"])
def test_each_is_asked_where_the_operator_says(provider: str) -> None:
    url = "https://models.example/api"
    model, _ = open_model(ChatOptions(f"{provider}:model", url=url, key=KEY))
    assert isinstance(model, ChatAnthropic | ChatOllama)
    asked = model.base_url if isinstance(model, ChatOllama) else model.anthropic_api_url
    assert asked == url


def test_openais_is_given_its_time_and_tries_and_counts_tokens() -> None:
    model, _ = open_model(ChatOptions("openai:gpt-4.1-mini", key=KEY, patience=PATIENCE))
    assert isinstance(model, ChatOpenAI)
    assert model.request_timeout == (1.5, 30.0)
    assert (model.max_retries, model.stream_usage, model.temperature) == (2, True, 0.0)


def test_anthropics_is_given_its_time_and_tries() -> None:
    model, _ = open_model(ChatOptions("anthropic:claude-sonnet-4-5", key=KEY, patience=PATIENCE))
    assert isinstance(model, ChatAnthropic)
    assert (model.default_request_timeout, model.max_retries) == (30.0, 2)


def test_ollama_is_given_its_time_and_room_enough_for_the_passages() -> None:
    model, context = open_model(ChatOptions("ollama:llama3.2", patience=PATIENCE))
    assert isinstance(model, ChatOllama)
    assert model.client_kwargs == {"timeout": (1.5, 30.0)}
    assert model.num_ctx == context == OLLAMA_CONTEXT


def test_how_much_it_reads_is_as_the_operator_says_or_as_is_known() -> None:
    model, context = open_model(ChatOptions("ollama:llama3.2", context=2048))
    assert isinstance(model, ChatOllama)
    assert model.num_ctx == context == 2048
    _, known = open_model(ChatOptions("openai:gpt-4.1-mini", key=KEY))
    assert known is not None
    assert known > 100_000
    _, unknown = open_model(ChatOptions("openai:local", url="http://127.0.0.1:1/v1"))
    assert unknown is None


def test_a_model_that_takes_no_temperature_is_given_none() -> None:
    model, _ = open_model(ChatOptions("openai:gpt-5-mini", key=KEY))
    assert isinstance(model, ChatOpenAI)
    assert model.temperature is None


@pytest.mark.parametrize("model", ["openai:gpt-4.1-mini", "anthropic:claude-sonnet-4-5"])
def test_the_key_is_shown_nowhere(model: str) -> None:
    options = ChatOptions(model, key=KEY)
    opened, _ = open_model(options)
    assert KEY not in f"{options!r} {opened!r} {opened}"


@pytest.mark.parametrize(
    "model", ["nobody:model", "model", "mistralai:small", "azure_openai:gpt-4.1", "ollama:model"]
)
def test_no_part_of_the_key_is_in_what_is_said_to_be_wrong(model: str) -> None:
    told = refusal(model, key=KEY, url="https://[::1" if model == "ollama:model" else None)
    assert "hush" not in told
    assert "QX" not in told
    assert "\n" not in told


# What an operator decides has sensible bounds, and keeps its secret


def test_the_first_token_is_waited_for_no_longer_than_all_of_the_answer() -> None:
    assert Patience(first_token=30.0, whole=120.0).until_first == 30.0
    assert Patience(first_token=30.0, whole=10.0).until_first == 10.0


def test_a_key_is_not_written_into_logs() -> None:
    assert "hush" not in repr(ChatOptions("openai:gpt-4.1-mini", key="hush"))


def test_by_itself_a_model_has_no_budget_and_what_it_makes_up_is_removed() -> None:
    options = ChatOptions("ollama:llama3.2")
    assert (options.budget.in_all, options.budget.for_each) == (None, None)
    assert options.unsupported == "remove"
