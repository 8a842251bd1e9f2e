"""The providers of chat models: `provider:model` → LangChain's chat model, with this project's
time-outs and retries."""

from typing import Any

from langchain_core.language_models import BaseChatModel
from pydantic import ValidationError

from retrieval.errors import FootnoteError

from .options import ChatOptions

# The providers that are an extra of Footnote's; others have their own LangChain package.
EXTRAS = ("anthropic", "ollama", "openai")
# What Ollama reads where nobody says otherwise, in tokens. By itself it reads less, and cuts off
# the rest without a word.
OLLAMA_CONTEXT = 8192
# Characters shown of what a provider's library says is wrong.
LONGEST_REASON = 300
NEEDS_KEY = "The chat model {} needs a key: set FOOTNOTE_CHAT_API_KEY."
# A server of one's own needs no key, but the library insists on one.
NO_KEY = "none"


def open_model(options: ChatOptions) -> tuple[BaseChatModel, int | None]:
    """Open the model, and tell how many tokens it reads, None where that isn't known.

    Nothing is sent yet. Raises FootnoteError where the provider is unknown, its package or its key
    is missing, or it can't be made for another reason.
    """
    from langchain.chat_models import init_chat_model

    provider = _provider(options)
    try:
        model: Any = init_chat_model(options.model, **_arguments(provider, options))
    except ImportError as error:
        raise FootnoteError(_missing(provider, error)) from error
    except Exception as error:
        raise FootnoteError(_unusable(provider, options, error)) from error
    if provider == "anthropic" and not model.anthropic_api_key.get_secret_value():
        raise FootnoteError(NEEDS_KEY.format(options.model))
    profile = model.profile or {}
    if profile.get("temperature") is False:
        model.temperature = None
    known = OLLAMA_CONTEXT if provider == "ollama" else profile.get("max_input_tokens")
    return model, options.context or known


def _provider(options: ChatOptions) -> str:
    """The model's provider, once the name and the address have the form that they should have."""
    provider, _, name = options.model.partition(":")
    if not (provider and name):
        raise FootnoteError(
            f"FOOTNOTE_CHAT_MODEL is {options.model!r}, and has to be provider:model, as in "
            "ollama:llama3.2."
        )
    if options.url and not options.url.startswith(("http://", "https://")):
        raise FootnoteError(
            f"FOOTNOTE_CHAT_URL is {options.url!r}, and has to begin with http:// or https://."
        )
    return provider


def _arguments(provider: str, options: ChatOptions) -> dict[str, Any]:
    """The arguments for the provider's class: each calls the same by another name."""
    connect, whole = options.patience.connect, options.patience.whole
    retries = options.patience.retries
    own: dict[str, dict[str, Any]] = {
        "openai": {"timeout": (connect, whole), "max_retries": retries, "stream_usage": True},
        # It takes one time for every step of a request, connecting among them.
        "anthropic": {"timeout": whole, "max_retries": retries},
        "ollama": {
            "client_kwargs": {"timeout": (connect, whole)},
            "num_ctx": options.context or OLLAMA_CONTEXT,
        },
    }
    key = options.key or (NO_KEY if provider == "openai" and options.url else None)
    given = {"base_url": options.url, "api_key": None if provider == "ollama" else key}
    return {
        "temperature": 0.0,
        **own.get(provider, {}),
        **{name: value for name, value in given.items() if value is not None},
    }


def _missing(provider: str, error: ImportError) -> str:
    if provider in EXTRAS:
        command = f"pip install 'footnote-bot[{provider}]'"
        return f"The chat model's provider {provider!r} needs a package. Install it with: {command}"
    return f"The chat model's provider {provider!r} needs a package: {error}."


def _unusable(provider: str, options: ChatOptions, error: Exception) -> str:
    if "model provider" in str(error):
        return (
            f"Nobody knows the chat model's provider {provider!r}. It may be {', '.join(EXTRAS)} "
            "or another of LangChain's; what speaks OpenAI's API is openai, with FOOTNOTE_CHAT_URL."
        )
    if "api_key" in str(error) and not options.key:
        return NEEDS_KEY.format(options.model)
    reason = " ".join(_told(error).split())[:LONGEST_REASON].rstrip(".")
    return f"The chat model {options.model} can't be used: {reason}."


def _told(error: Exception) -> str:
    """The text of an error. Pydantic's would show what it was given, the key with it."""
    if isinstance(error, ValidationError):
        found = (detail["msg"] for detail in error.errors(include_input=False))
        return "; ".join(message.removeprefix("Value error, ") for message in found)
    return str(error)
