"""Grounding, the chain's last step where a chat model writes: its text is held to its passages.

The answer grows sentence by sentence, out of what the passages support.
"""

import asyncio
import logging
import string
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from retrieval.answer.abstention import SENTINEL, UNAVAILABLE, UNHELD, UNSUPPORTED
from retrieval.answer.chat.options import Unsupported
from retrieval.answer.citation import cite
from retrieval.answer.steps import Inquiry, Steps, Written, permit_of
from retrieval.text.duplicates import SaidBefore
from retrieval.types import Answer, Citation, Passage

from .claims import Claim, Writing
from .refusals import is_aside, strange_links
from .support import Evidence, Support, Verdict

# Enough of a model: what it is asked for is a few sentences, and one that says the same again and
# again goes in circles.
MOST_SENTENCES, MOST_REPEATED = 12, 2


@dataclass(slots=True)
class GroundedAnswer:
    """The part of an answer that is kept so far. Nothing unsupported is ever in its text, unless
    it is to be shown with a mark."""

    passages: Sequence[Passage]
    support: Support
    unsupported: Unsupported
    supported: int = field(default=0, init=False)
    dropped: int = field(default=0, init=False)
    repeated: int = field(default=0, init=False)
    silent: bool = field(default=False, init=False)
    _shown: list[str] = field(default_factory=list, init=False)
    _citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict, init=False)
    _said: SaidBefore = field(default_factory=SaidBefore, init=False)
    _heard: set[str] = field(default_factory=set, init=False)

    @property
    def text(self) -> str:
        """The sentences kept, each with the numbers of its footnotes behind it."""
        return " ".join(self._shown)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The footnotes, by their numbers."""
        return tuple(self._citations.values())

    @property
    def enough(self) -> bool:
        """True once the model need not be listened to any longer."""
        many = self.supported + self.dropped >= MOST_SENTENCES
        return self.silent or many or self.repeated >= MOST_REPEATED

    def take(self, claim: Claim) -> bool:
        """Judges a sentence; whether there is more to show now."""
        if _is_sentinel(claim.text):
            self.silent = not self.supported
            return False
        if claim.text in self._heard:
            self.repeated += 1
            return False
        self._heard.add(claim.text)
        if is_aside(claim.text) or self._leads_elsewhere(claim):
            self.dropped += 1
            return False
        verdict = self._judge(claim)
        if verdict.supported and self._said.anew(claim.text):
            self.supported += 1
            marks = "".join(f"[{self._number(place)}]" for place in verdict.places)
            self._shown.append(f"{claim.text} {marks}")
            return True
        self.dropped += 1
        if verdict.supported or self.unsupported == "remove":
            return False
        self._shown.append(f"{claim.text} {UNSUPPORTED}")
        return True

    def _leads_elsewhere(self, claim: Claim) -> bool:
        """True where a link stands in it that no passage has: no mark keeps that from a click."""
        return bool(strange_links(claim.text, [passage.text for passage in self.passages]))

    def _judge(self, claim: Claim) -> Verdict:
        """Judge a sentence by the passages that it cites, or by each of all where it cites none."""
        cited = [self.passages[n - 1] for n in claim.cited if 1 <= n <= len(self.passages)]
        if cited:
            return self._check(claim.text, cited)
        verdicts = [self._check(claim.text, [passage]) for passage in self.passages]
        return max(verdicts, key=lambda verdict: (verdict.supported, verdict.probability))

    def _check(self, text: str, cited: Sequence[Passage]) -> Verdict:
        verdict = self.support.check(text, cited)
        strange = strange_links(text, [passage.text for passage in cited])
        return replace(verdict, supported=False, missing=strange) if strange else verdict

    def _number(self, place: Evidence) -> int:
        """The footnote of a place: each place has one, however many sentences rest on it."""
        key = (place.passage.document, place.start, place.end)
        if key not in self._citations:
            number = len(self._citations) + 1
            self._citations[key] = cite(number, place.passage, place.start, place.end)
        return self._citations[key].number


def _is_sentinel(text: str) -> bool:
    said = text.strip(string.punctuation + string.whitespace)
    return said.upper() == SENTINEL or said.startswith(SENTINEL)


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holding:
    """Turns the stream of a model's text into a stream of answers, each a sentence longer.

    Where the model fails, or nothing of what it wrote is supported, `steps` answer instead.
    """

    support: Support
    unsupported: Unsupported
    steps: Steps

    async def hold(self, parts: AsyncIterator[Written]) -> AsyncGenerator[Answer, None]:
        """The answer as far as the passages support it; the last one is whole."""
        part: Written | None = await anext(parts)
        assert part is not None  # the first piece always comes
        inquiry = part.inquiry
        held, writing = GroundedAnswer(inquiry.shown, self.support, self.unsupported), Writing()
        while part is not None:
            if part.failure:
                log.warning("the chat model failed", extra={"reason": part.failure})
                yield self.steps.quote(inquiry, UNAVAILABLE)
                return
            if await _take(held, writing.add(part.text)):
                yield _partly(inquiry, held)
            if held.enough:
                # LangChain reads on, for its callbacks, until what it reads comes to an end.
                permit_of(inquiry).over = True
                break
            part = await anext(parts, None)
        await _take(held, writing.rest())
        log.info("held", extra={"kept": held.supported, "dropped": held.dropped})
        yield self._outcome(inquiry, held)

    def _outcome(self, inquiry: Inquiry, held: GroundedAnswer) -> Answer:
        if held.supported:
            cited = self.steps.with_languages(inquiry, held.citations)
            return replace(_partly(inquiry, held), citations=cited, whole=True)
        if held.silent:
            return self.steps.abstain(inquiry, "chat")
        return self.steps.quote(inquiry, UNHELD)


async def _take(held: GroundedAnswer, claims: Iterator[Claim]) -> bool:
    """Return whether any of the sentences is shown. Judging is work for the processor."""
    shown = [await asyncio.to_thread(held.take, claim) for claim in claims]
    return any(shown)


def _partly(inquiry: Inquiry, held: GroundedAnswer) -> Answer:
    return Answer(
        question=inquiry.question,
        answered=True,
        text=held.text,
        confidence=inquiry.confidence,
        reader="chat",
        passages=inquiry.passages,
        whole=False,
    )
