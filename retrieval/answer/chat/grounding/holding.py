"""The chain's last step where a chat model writes: what it writes is held to its passages."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retrieval.answer.chat.notices import UNAVAILABLE, UNHELD
from retrieval.answer.chat.options import Unsupported
from retrieval.answer.steps import Inquiry, passages_of
from retrieval.types import Answer

from .stream import Held
from .support import Support
from .written import Claim, Writing

if TYPE_CHECKING:
    from retrieval.answer.chain import Steps

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holding:
    """Turns the stream of a model's text into a stream of answers, each a sentence longer.

    Where the model fails, or nothing of what it wrote is supported, `steps` answer instead.
    """

    support: Support
    unsupported: Unsupported
    steps: "Steps"

    async def hold(self, parts: AsyncIterator[Inquiry]) -> AsyncGenerator[Answer, None]:
        """The answer as far as the passages support it; the last one is whole.

        `parts` are an inquiry, and then pieces of what is `written`, or that the model `failed`.
        """
        inquiry = await anext(parts)
        held, writing = Held(inquiry["shown"], self.support, self.unsupported), Writing()
        part: Inquiry | None = inquiry
        while part is not None:
            if "failed" in part:
                log.warning("the chat model failed", extra={"reason": part["failed"]})
                yield self.steps.quote(inquiry, UNAVAILABLE)
                return
            if await _take(held, writing.add(part.get("written", ""))):
                yield _partly(inquiry, held)
            if held.enough:
                # LangChain reads on, for its callbacks, until what it reads comes to an end.
                inquiry["leave"].over = True
                break
            part = await anext(parts, None)
        await _take(held, writing.rest())
        log.info("held", extra={"kept": held.supported, "dropped": held.dropped})
        yield self._outcome(inquiry, held)

    def _outcome(self, inquiry: Inquiry, held: Held) -> Answer:
        if held.supported:
            return replace(_partly(inquiry, held), citations=held.citations, whole=True)
        if held.silent:
            return self.steps.abstain(inquiry, "chat")
        return self.steps.quote(inquiry, UNHELD)


async def _take(held: Held, claims: Iterator[Claim]) -> bool:
    """Whether any of the sentences is shown. Judging is work for the processor."""
    shown = [await asyncio.to_thread(held.take, claim) for claim in claims]
    return any(shown)


def _partly(inquiry: Inquiry, held: Held) -> Answer:
    return Answer(
        question=inquiry["question"],
        answered=True,
        text=held.text,
        confidence=inquiry["confidence"],
        reader="chat",
        passages=tuple(passages_of(inquiry)),
        whole=False,
    )
