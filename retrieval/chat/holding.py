"""The chain's last step where a chat model writes: what it writes is held to its passages."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from langchain_core.runnables.utils import AddableDict

from ..inquiry import Inquiry, passages_of
from ..schema import Answer
from .errors import ChatModelError
from .held import Held
from .notes import UNAVAILABLE, UNHELD
from .options import Unsupported
from .support import Support
from .written import Claim, Writing

if TYPE_CHECKING:
    from ..chain import Steps

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holding:
    """Turns the stream of a model's text into a stream of answers, each a sentence longer.

    Where the model fails, or nothing of what it wrote is supported, `steps` answer instead.
    """

    support: Support
    unsupported: Unsupported
    steps: "Steps"

    async def hold(self, parts: AsyncIterator[dict[str, Any]]) -> AsyncGenerator[Answer, None]:
        """The answer as far as the passages support it; the last one is whole.

        `parts` are an inquiry's, and then the pieces of what is `written`.
        """
        inquiry, writing = AddableDict(), Writing()
        held: Held | None = None
        try:
            async for part in parts:
                if "written" not in part:
                    inquiry += AddableDict(part)
                    continue
                held = held or Held(inquiry["shown"], self.support, self.unsupported)
                if await _take(held, writing.add(part["written"])):
                    yield _partly(inquiry, held)
                if held.enough:
                    # LangChain reads on, for its callbacks, until what it reads comes to an end.
                    inquiry["leave"].over = True
                    break
        except ChatModelError as error:
            log.warning("the chat model failed", extra={"reason": str(error)})
            yield self.steps.quote(inquiry, UNAVAILABLE)
            return
        held = held or Held(inquiry["shown"], self.support, self.unsupported)
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
