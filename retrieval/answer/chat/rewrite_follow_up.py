"""A follow-up → a question that stands alone, written by the chat model."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from langchain_core.exceptions import ContextOverflowError
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import RunnableConfig

from retrieval.answer.chat.prompt.passages import neutral
from retrieval.answer.follow_up import TURNS_SHOWN, condense
from retrieval.text.terms import Keys, content_words
from retrieval.types import Turn

from .budget import Permit
from .model import PatientModel
from .options import ChatModelError

log = logging.getLogger(__name__)

# Characters of each answer that the model is shown, and that may come of what it writes.
LONGEST_ANSWER, LONGEST = 600, 400


@dataclass(frozen=True, slots=True)
class Condenser:
    """Asks the model, and believes it only where the question is still the member's own."""

    model: PatientModel
    prompt: ChatPromptTemplate
    keys: Keys

    async def condense(
        self, question: str, turns: Sequence[Turn], permit: Permit, config: RunnableConfig
    ) -> str:
        """The question as it stands alone. Where the model may not be asked, fails, or writes
        something else, the salient words of earlier turns are carried over instead."""
        carried = condense(question, turns)
        refused = await asyncio.to_thread(permit.refusal) if turns else ""
        if refused or not turns:
            return carried
        try:
            async with asyncio.timeout(self.model.patience.condense):
                written = await self._written(question, turns, permit, config)
        except (ChatModelError, ContextOverflowError, TimeoutError) as error:
            log.warning("could not condense", extra={"reason": f"{type(error).__name__}: {error}"})
            return carried
        return written if self._believable(written, question, turns) else carried

    async def _written(
        self, question: str, turns: Sequence[Turn], permit: Permit, config: RunnableConfig
    ) -> str:
        values = {"conversation": spoken(turns), "question": neutral(question)}
        prompt = await self.prompt.ainvoke(values, config)
        called, written = self.model.stream(prompt, permit.asker, config), ""
        async with aclosing(permit.listen(called)) as pieces:
            async for piece in pieces:
                written += piece
                if len(written) > _longest(question):
                    break
        return " ".join(written.split()).strip("\"“”'")

    def _believable(self, written: str, question: str, turns: Sequence[Turn]) -> bool:
        """Return whether it is one question about the same, with no name that is new."""
        if not written or len(written) > _longest(question):
            return False
        known = self.keys.set_of(" ".join([question, *(f"{t.question} {t.answer}" for t in turns)]))
        asked = set(self.keys.of(content_words(question)))
        return self.keys.names(written) <= known and bool(asked & self.keys.set_of(written))


def _longest(question: str) -> int:
    return max(LONGEST, 2 * len(question))


def spoken(turns: Sequence[Turn]) -> str:
    """The last turns as a prompt shows them: no line of theirs can pass for another speaker's."""
    lines = (
        line
        for turn in turns[-TURNS_SHOWN:]
        for line in (f"Member: {_line(turn.question)}", f"Footnote: {_line(turn.answer)}")
    )
    return "\n".join(lines)


def _line(text: str) -> str:
    return " ".join(neutral(text[:LONGEST_ANSWER]).split())
