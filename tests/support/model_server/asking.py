"""Chat models that follow a script, and a library whose answers they write."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field

from retrieval.answer.chat.budget import Usage
from retrieval.answer.chat.circuit_breaker import Breaker
from retrieval.answer.chat.grounding.support import Support
from retrieval.answer.chat.model import PatientModel
from retrieval.answer.chat.options import ChatOptions
from retrieval.answer.chat.prompt.templates import load_prompts
from retrieval.answer.chat.providers import open_model
from retrieval.answer.chat.reader import ChatReader
from retrieval.answer.chat.rewrite_follow_up import Condenser
from retrieval.library import Library
from retrieval.store.home import Home

SCRIPTED = ChatOptions("scripted:model")


class Scripted(BaseChatModel):
    """Says what stands in its script word by word, one entry a call, and stays with the last.

    It keeps what it was `asked`, and counts the words that it `said`, the calls that it `finished`,
    and those that have begun and not come to an end.
    """

    script: list[str | Exception]
    asked: list[list[BaseMessage]] = Field(default_factory=list)
    said: int = 0
    finished: int = 0
    under_way: int = 0

    @property
    def _llm_type(self) -> str:
        return "scripted"

    @property
    def prompts(self) -> list[str]:
        """The last message of each call, which is the member's."""
        return [messages[-1].text for messages in self.asked]

    def reply(self, prompt: str) -> str:
        """Return its reply to a prompt."""
        said = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(said, Exception):
            raise said
        return said

    async def before(self, number: int) -> None:
        """Run before a word is said, the first of which is 0."""

    async def _astream(
        self, messages: list[BaseMessage], *arguments: Any, **options: Any
    ) -> AsyncIterator[ChatGenerationChunk]:
        self.asked.append(messages)
        self.under_way += 1
        try:
            for number, word in enumerate(re.findall(r"\S+\s*", self.reply(self.prompts[-1]))):
                await self.before(number)
                self.said += 1
                yield ChatGenerationChunk(message=AIMessageChunk(content=word))
            self.finished += 1
        finally:
            self.under_way -= 1

    def _generate(self, *arguments: Any, **options: Any) -> ChatResult:
        raise NotImplementedError("Answers are streamed.")


@dataclass(frozen=True, slots=True)
class House:
    """A home with documents, and where a chat model's use of each test is counted."""

    library: Library
    folder: Path

    @contextmanager
    def answered_by(
        self,
        model: BaseChatModel | None = None,
        options: ChatOptions = SCRIPTED,
        breaker: Breaker | None = None,
    ) -> Iterator[Library]:
        """The same documents, with answers that a model writes: this one, or the options' own."""
        own, usage = self.library, Usage(self.folder / "usage.db", options.budget)
        with closing(usage):
            chat = _reader(own, model, options, breaker or Breaker(), usage)
            with closing(Library(own.home, own.embedder, own.fitted, own.intake, chat)) as library:
                yield library


class LastingHome(Home):
    """A home that goes on when one of the libraries in it is closed."""

    def close(self) -> None:
        """Leaves it as it is."""

    def end(self) -> None:
        """Closes it."""
        super().close()


def _reader(
    library: Library,
    model: BaseChatModel | None,
    options: ChatOptions,
    breaker: Breaker,
    usage: Usage,
) -> ChatReader:
    known, context = (model, options.context) if model is not None else open_model(options)
    patient = PatientModel(known, options.patience, breaker, usage)
    prompts = load_prompts(options.prompts)
    return ChatReader(
        model=patient,
        prompts=prompts,
        condenser=Condenser(patient, prompts.condense, library.keys),
        support=Support(library.embedder, library.keys, library.fitted.support),
        context=context,
        unsupported=options.unsupported,
    )
