"""The chat reader's steps: whether the model may be asked, with what, and what it writes."""

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from langchain_core.exceptions import ContextOverflowError
from langchain_core.runnables import RunnableConfig

from retrieval.answer.chat.grounding.support import Support
from retrieval.answer.chat.prompt.passages import neutral, numbered
from retrieval.answer.chat.prompt.templates import Prompts
from retrieval.answer.steps import Condensed, Inquiry, Question, Written, permit_of
from retrieval.answer.streaming import SyncBridge
from retrieval.types import COMMON, Passage

from .budget import Permit
from .model import PatientModel
from .options import ChatModelError, Unsupported
from .rewrite_follow_up import Condenser
from .thinking import Thoughts

log = logging.getLogger(__name__)

# Tokens of the context that are left for the answer.
ROOM_TO_ANSWER = 512
# Characters that are listened to, thoughts not counted: what is asked for is a few sentences.
LONGEST_ANSWER = 3000


@dataclass(frozen=True, slots=True)
class ChatReader:
    """A model that writes answers, and what holds it to the documents.

    `context` is how many tokens the model reads and writes in all, None where nobody knows.
    Synchronous code goes over the `bridge`.
    """

    model: PatientModel
    prompts: Prompts
    condenser: Condenser
    support: Support
    context: int | None
    unsupported: Unsupported
    bridge: SyncBridge = field(default_factory=SyncBridge)

    def permit(self, question: Question) -> Permit:
        """The permit of one question to use the model: that which it came with, else a new one."""
        asker = question.get("asker", COMMON)
        return question.get("permit") or Permit(self.model.usage, self.model.breaker, asker)

    async def condense(self, question: Question, config: RunnableConfig) -> Condensed:
        """Make a question that stands alone of one that leans on earlier turns."""
        asked, permit = question["question"], self.permit(question)
        alone = await self.condenser.condense(asked, question["turns"], permit, config)
        return Condensed(asked, alone, permit)

    def refuse(self, inquiry: Inquiry) -> Inquiry:
        """Find out why the model may not be asked, in words for members; nothing where it may."""
        return replace(inquiry, refusal=permit_of(inquiry).refusal())

    def show(self, inquiry: Inquiry) -> Inquiry:
        """Choose the passages that the model has room for: of too many, the last are left out."""
        passages = inquiry.passages
        while len(passages) > 1 and not self._has_room(passages, inquiry.query.text):
            passages = passages[:-1]
        return replace(inquiry, shown=passages)

    def _has_room(self, passages: Sequence[Passage], question: str) -> bool:
        if self.context is None:
            return True
        prompt = self.prompts.answer.invoke(_values(passages, question))
        characters = sum(len(message.text) for message in prompt.to_messages())
        return self.model.rate.tokens(characters) + ROOM_TO_ANSWER <= self.context

    async def write(
        self, inquiries: AsyncIterator[Inquiry], config: RunnableConfig
    ) -> AsyncGenerator[Written, None]:
        """Have the model write, piece by piece, until that is enough; the first piece is empty.
        Where it can't or won't, the last one says why."""
        [inquiry] = [inquiry async for inquiry in inquiries]
        yield Written(inquiry)
        try:
            async with aclosing(self._written(inquiry, config)) as pieces:
                async for piece in pieces:
                    yield Written(inquiry, piece)
        except ChatModelError as error:
            yield Written(inquiry, failure=str(error))

    async def _written(self, inquiry: Inquiry, config: RunnableConfig) -> AsyncGenerator[str, None]:
        """Asked once more with a passage less, as long as they are too many for the model."""
        passages, permit = inquiry.shown, permit_of(inquiry)
        for count in range(len(passages), 0, -1):
            values = _values(passages[:count], inquiry.query.text)
            prompt = await self.prompts.answer.ainvoke(values, config)
            try:
                written = self.model.stream(prompt, permit.asker, config)
                async with aclosing(permit.listen(written)) as pieces:
                    async for piece in _not_too_long(pieces):
                        yield piece
                return
            except ContextOverflowError:
                log.warning("too long for the chat model", extra={"passages": count})
        raise ChatModelError("even one passage is too long for it")


async def _not_too_long(pieces: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    heard, thoughts = 0, Thoughts()
    async for piece in pieces:
        yield piece
        heard += len(thoughts.left_out(piece))
        if heard > LONGEST_ANSWER:
            return


def _values(passages: Sequence[Passage], question: str) -> dict[str, str]:
    return {"passages": numbered(passages), "question": neutral(question)}
