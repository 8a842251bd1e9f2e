"""A LangChain chat model, asked with time-outs, a circuit breaker, and a count of its tokens.

The tokens of a prompt are estimated, for a model's tokenizer is seldom at hand.
"""

import asyncio
import logging
import math
import re
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import cast

from langchain_core.exceptions import ContextOverflowError
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessageChunk
from langchain_core.messages.ai import UsageMetadata, add_usage
from langchain_core.prompt_values import PromptValue
from langchain_core.runnables import RunnableConfig

from .budget import Usage
from .circuit_breaker import Breaker
from .options import ChatModelError, Patience, UncountedError


@dataclass(slots=True)
class TokenRate:
    """Characters to a token: as the model itself last counted, and before that a cautious guess.

    Models rarely bring their tokenizer along, but most report what they were charged with, so
    the first answer tells the rate. English has about four characters to a token, other languages
    fewer.
    """

    characters: float = 3.0

    def tokens(self, characters: int) -> int:
        """About how many tokens a text of so many characters has."""
        return math.ceil(characters / self.characters)

    def learn(self, characters: int, tokens: int) -> None:
        """Takes note that a prompt of so many characters had so many tokens."""
        if characters > 0 and tokens > 0:
            self.characters = characters / tokens


log = logging.getLogger(__name__)

# Characters shown of what a provider's library says went wrong.
LONGEST_REASON = 300
# What servers that speak OpenAI's API, llama.cpp's among them, and Anthropic say of long prompts.
TOO_LONG = re.compile(
    r"context_length_exceeded|exceed_context_size|maximum context length|context (?:size|limit)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Heard:
    """The outcome of one call."""

    asked: int  # characters of the prompt
    said: int = 0  # characters
    blank: bool = True  # whether all of them are white space
    usage: UsageMetadata | None = None

    def add(self, chunk: BaseMessageChunk) -> None:
        self.said += len(chunk.text)
        self.blank = self.blank and not chunk.text.strip()
        if isinstance(chunk, AIMessageChunk) and chunk.usage_metadata:
            self.usage = add_usage(self.usage, chunk.usage_metadata)


@dataclass(frozen=True, slots=True)
class PatientModel:
    """A model with its time-outs, its circuit breaker, and the count of its tokens."""

    model: BaseChatModel
    patience: Patience
    breaker: Breaker
    usage: Usage
    rate: TokenRate = field(default_factory=TokenRate)

    async def stream(
        self, prompt: PromptValue, asker: str, config: RunnableConfig | None = None
    ) -> AsyncGenerator[str, None]:
        """Yield the model's text as it comes.

        Raises ContextOverflowError where the prompt is too long for it, and ChatModelError for
        whatever else keeps it from answering, or from going on.
        """
        heard = _Heard(sum(len(message.text) for message in prompt.to_messages()))
        try:
            with self.breaker.watching():
                async with aclosing(self._chunks(prompt, config)) as chunks:
                    async for chunk in chunks:
                        heard.add(chunk)
                        yield str(chunk.text)
                if heard.blank:
                    raise ChatModelError("it said nothing")
        finally:
            await self._record(asker, heard)

    async def _chunks(
        self, prompt: PromptValue, config: RunnableConfig | None
    ) -> AsyncGenerator[BaseMessageChunk, None]:
        """The model's stream. Its provider's errors become ChatModelError: which they are depends
        on the provider, and none of them is a member's concern."""
        loop = asyncio.get_running_loop()
        began, spoken = loop.time(), False
        async with aclosing(_generator(self.model.astream(prompt, config))) as stream:
            while True:
                seconds = self.patience.whole if spoken else self.patience.until_first
                until = asyncio.timeout_at(began + seconds)
                try:
                    async with until:
                        chunk = await anext(stream, None)
                except Exception as error:
                    if _is_too_long(error):
                        raise ContextOverflowError(str(error)) from error
                    too_late = until.expired()
                    raise ChatModelError(_reason(error, too_late, spoken, seconds)) from error
                if chunk is None:
                    return
                spoken = spoken or _says_something(chunk)
                yield chunk

    async def _record(self, asker: str, heard: _Heard) -> None:
        """Counts the tokens; of a call that was cut short the model reports none."""
        if heard.usage is not None:
            self.rate.learn(heard.asked, heard.usage["input_tokens"])
            used = heard.usage["input_tokens"], heard.usage["output_tokens"]
        elif heard.said:
            used = self.rate.tokens(heard.asked), self.rate.tokens(heard.said)
        else:
            return
        log.info("chat model", extra={"asker": asker, "tokens_in": used[0], "tokens_out": used[1]})
        try:
            await asyncio.to_thread(self.usage.record, asker, *used)
        except UncountedError as error:
            # What was written can be read all the same.
            log.error("tokens not counted", extra={"reason": str(error)})


def _is_too_long(error: Exception) -> bool:
    """Return whether a prompt was too long: LangChain has an exception for it, but not for all the
    words in which servers say so."""
    return (
        isinstance(error, ContextOverflowError)
        or TOO_LONG.search(f"{getattr(error, 'code', '')} {getattr(error, 'type', '')} {error}")
        is not None
    )


def _says_something(chunk: BaseMessageChunk) -> bool:
    """Return whether a chunk is more than the announcement that there will be others."""
    return bool(chunk.content) or bool(chunk.additional_kwargs)


def _reason(error: Exception, too_late: bool, spoken: bool, seconds: float) -> str:
    if too_late:
        return f"it {'was not done' if spoken else 'said nothing'} after {seconds:g} seconds"
    return f"{type(error).__name__}: {' '.join(str(error).split())[:LONGEST_REASON]}"


def _generator(stream: AsyncIterator[BaseMessageChunk]) -> AsyncGenerator[BaseMessageChunk, None]:
    """LangChain's `astream` as what it is, and isn't typed as: something that can be closed."""
    return cast(AsyncGenerator[BaseMessageChunk, None], stream)
