"""The chat reader, put together from the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .settings import Settings

if TYPE_CHECKING:
    from retrieval.answer.chat.options import ChatOptions
    from retrieval.answer.chat.reader import ChatReader
    from retrieval.embedding.embedder import SentenceEmbedder
    from retrieval.weights.fitted import Fitted

# The count of the chat model's use, in the home.
USAGE = "usage.db"


def chat_options(settings: Settings) -> "ChatOptions | None":
    """What the settings say of the chat model; None where they name none."""
    from retrieval.answer.chat.options import ChatOptions, DailyBudget, Patience

    if settings.chat_model is None:
        return None
    key = settings.chat_api_key
    return ChatOptions(
        model=settings.chat_model,
        url=settings.chat_url,
        key=key.get_secret_value() if key else None,
        context=settings.chat_context,
        patience=Patience(
            settings.chat_connect_timeout, settings.chat_first_timeout, settings.chat_timeout
        ),
        budget=DailyBudget(settings.chat_daily_questions, settings.chat_daily_questions_per_server),
        unsupported=settings.unsupported,
        prompts=settings.prompts_dir,
    )


@contextmanager
def open_chat(
    settings: Settings, home: Path, embedder: "SentenceEmbedder", fitted: "Fitted"
) -> Iterator["ChatReader | None"]:
    """The reader that the settings ask for, None where they ask for none.

    Raises FootnoteError where its model, its prompts or its count can't be used.
    """
    options = chat_options(settings)
    if options is None:
        yield None
        return
    from retrieval.answer.chat.budget import Usage
    from retrieval.answer.chat.circuit_breaker import Breaker
    from retrieval.answer.chat.follow_up import Condenser
    from retrieval.answer.chat.grounding.support import Support
    from retrieval.answer.chat.model import PatientModel
    from retrieval.answer.chat.open_model import open_model
    from retrieval.answer.chat.prompt.templates import load_prompts
    from retrieval.answer.chat.reader import ChatReader
    from retrieval.text.terms import Keys

    prompts, (model, context), keys = load_prompts(options.prompts), open_model(options), Keys()
    usage = Usage(home / USAGE, options.budget)
    try:
        patient = PatientModel(model, options.patience, Breaker(), usage)
        yield ChatReader(
            model=patient,
            prompts=prompts,
            condenser=Condenser(patient, prompts.condense, keys),
            support=Support(embedder, keys, fitted.support),
            context=context,
            unsupported=options.unsupported,
        )
    finally:
        usage.close()
