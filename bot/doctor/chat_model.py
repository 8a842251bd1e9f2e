"""Check that the chat model answers, and count its use."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import aclosing, closing
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from bot.wiring import USAGE, chat_options, open_chat
from retrieval.errors import FootnoteError

from .check_result import Check

if TYPE_CHECKING:
    from retrieval.answer.chat.budget import Usage, Used
    from retrieval.answer.chat.model import PatientModel
    from retrieval.library import Library

# What it is asked, and the days that are counted.
GREETING = "Say: well."
DAYS = 30


def check_chat(library: "Library", settings: Settings) -> Check:
    """Ask the chat model for a word. That is the one check that may cost something."""
    name = "chat model"
    if settings.chat_model is None:
        return Check(name, True, "none set; answers are the documents' own words")
    # Only who has a chat model needs what it takes.
    from retrieval.answer.chat.options import ChatModelError

    try:
        with open_chat(settings, library.home.folder, library.embedder, library.fitted) as chat:
            assert chat is not None  # a model is set
            seconds, context = asyncio.run(_first_word(chat.model)), chat.context
    except FootnoteError as error:
        return Check(name, False, str(error))
    except ChatModelError as error:
        found = f"{settings.chat_model} does not answer: {error}"
        return Check(name, False, found, "Until it does, answers are the documents' own words.")
    reads = f"it reads {context:,} tokens" if context else "how much it reads is not known"
    advice = "" if context else "Passages may be too long for it: set FOOTNOTE_CHAT_CONTEXT."
    found = f"{settings.chat_model} answers, with a first word after {seconds:.1f} s; {reads}"
    return Check(name, True, found, advice)


async def _first_word(model: "PatientModel") -> float:
    """Seconds until the model says something. Raises ChatModelError where it doesn't."""
    from langchain_core.prompt_values import StringPromptValue

    began = time.perf_counter()
    async with aclosing(model.stream(StringPromptValue(text=GREETING), "doctor")) as pieces:
        async for piece in pieces:
            if piece:
                break
    return time.perf_counter() - began


def check_usage(home: Path, settings: Settings) -> Iterator[Check]:
    """The chat model's questions and tokens, today and lately; nothing where it was never asked."""
    from retrieval.answer.chat.budget import Usage
    from retrieval.answer.chat.options import DailyBudget

    if not (home / USAGE).exists():
        return
    options = chat_options(settings)
    budget = options.budget if options else DailyBudget()
    try:
        with closing(Usage(home / USAGE, budget)) as usage:
            found = _used(usage)
    except FootnoteError as error:
        yield Check("chat use", False, str(error))
        return
    yield Check("chat use", True, found)


def _used(usage: "Usage") -> str:
    most = usage.budget.in_all
    of = f" of {most:,}" if most is not None else ""
    today, lately = usage.today(), usage.lately(DAYS)
    return (
        f"today (UTC) {today.questions:,}{of} questions, {_tokens(today)}; "
        f"in {DAYS} days {lately.questions:,} questions, {_tokens(lately)}"
    )


def _tokens(used: "Used") -> str:
    return f"{used.tokens_in:,} tokens read and {used.tokens_out:,} written"
