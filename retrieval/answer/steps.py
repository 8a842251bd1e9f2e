"""The chain's own steps, and what they hand on: a question on its way to its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NotRequired, TypedDict

from langchain_core.runnables import RunnableConfig

from retrieval.search.identifiers import only_exact
from retrieval.search.literal import literal_confidence
from retrieval.search.query import ParsedQuery
from retrieval.search.retriever import HybridRetriever, as_passage
from retrieval.text.terms import Keys
from retrieval.types import Answer, Citation, Passage, Turn
from retrieval.weights.fitted import Calibration, Fitted

from .about_library import SURE, about_library, is_own, tell
from .abstention import abstain, abstains, unnamed
from .citation import with_languages
from .confidence import calibration_for, judge
from .quoting.quote import read
from .several_questions import join, stand_alone

if TYPE_CHECKING:
    from retrieval.answer.chat.budget import Permit


class Question(TypedDict):
    """The question as it goes into the chain.

    `asker` is whose share of a day's budget it takes, if any, and `permit` what can end the chat
    model's work on it.
    """

    question: str
    turns: Sequence[Turn]
    asker: NotRequired[str]
    permit: "NotRequired[Permit]"


@dataclass(frozen=True, slots=True)
class Condensed:
    """A question as it was asked, and as it stands alone; `permit` is to ask the chat model.

    `others` are what else the same message asks, each as it stands alone.
    """

    question: str
    alone: str
    permit: "Permit | None" = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question with what was found for it, best first, and how sure one can be of that.

    Where a chat model answers, `permit` is to ask it, `refusal` says why it may not be asked, and
    `shown` are the passages that it has room for.
    """

    question: str
    query: ParsedQuery
    passages: tuple[Passage, ...]
    confidence: float = 0.0
    permit: "Permit | None" = None
    refusal: str = ""
    shown: tuple[Passage, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of what a chat model writes to an inquiry; `failure` says why it doesn't go on."""

    inquiry: Inquiry
    text: str = ""
    failure: str = ""

    def __add__(self, later: "Written") -> "Written":
        """Both together, as LangChain adds up what is streamed."""
        return Written(self.inquiry, self.text + later.text, self.failure or later.failure)


def permit_of(inquiry: Inquiry) -> "Permit":
    """The permit to ask the chat model: every question that a chat reader condensed has one."""
    assert inquiry.permit is not None
    return inquiry.permit


@dataclass(frozen=True, slots=True)
class Steps:
    """The chain's own steps, with what they need."""

    retriever: HybridRetriever
    keys: Keys
    fitted: Fitted

    def condense(self, asked: Question) -> Condensed:
        """Make a question that stands alone of one that leans on earlier turns."""
        language = self.retriever.language_of(asked["question"])
        first, *others = stand_alone(asked["question"], asked["turns"], language)
        return Condensed(asked["question"], first, others=tuple(others))

    def retrieve(self, asked: Condensed, config: RunnableConfig) -> Inquiry:
        """Parse the question, and find the passages that best answer it."""
        query = self.retriever.parse(asked.alone)
        documents = self.retriever.invoke(asked.alone, config, parsed=query)
        found = [as_passage(document) for document in documents]
        passages = only_exact(found, query.identifiers)
        return Inquiry(asked.question, query, passages, permit=asked.permit, others=asked.others)

    def judge(self, inquiry: Inquiry) -> Inquiry:
        """Judge how sure one can be that what was found holds the answer."""
        calibration = self._calibration(inquiry)
        if inquiry.query.literal:
            language = inquiry.query.language
            sure = literal_confidence(inquiry.passages, calibration.threshold, language)
            return replace(inquiry, confidence=sure)
        if self.missing(inquiry):
            return inquiry
        confidence = judge(inquiry.query, inquiry.passages, self.keys, calibration)
        return replace(inquiry, confidence=confidence)

    def answerable(self, inquiry: Inquiry) -> bool:
        """Return whether one can be sure enough to answer."""
        if inquiry.confidence < SURE and self._of_library(inquiry) is not None:
            return False  # the catalog says it
        return not abstains(inquiry.passages, inquiry.confidence, self._calibration(inquiry))

    def _calibration(self, inquiry: Inquiry) -> Calibration:
        return calibration_for(inquiry.query, inquiry.passages, self.fitted)

    def _of_library(self, inquiry: Inquiry) -> str | None:
        return about_library(inquiry.query.text, self.retriever.stores)

    def answer(self, inquiry: Inquiry) -> Answer:
        """Answer in the documents' own words, or abstain where one can't be sure."""
        if not inquiry.others:
            return self._answer(inquiry)
        parts = [self._answer(inquiry), *map(self._ask, inquiry.others)]
        if not any(part.answered for part in parts):
            return self._ask(inquiry.question)
        return join(inquiry.question, [inquiry.query.text, *inquiry.others], parts)

    def _answer(self, inquiry: Inquiry) -> Answer:
        if not self.answerable(inquiry):
            return self.abstain(inquiry)
        answer, told = self.quote(inquiry), self._of_library(inquiry)
        if told is None or is_own(answer, inquiry.query.text, self.keys):
            return answer
        return tell(inquiry.question, told)

    def _ask(self, question: str) -> Answer:
        """Answer a question that stands alone, from its beginning."""
        query = self.retriever.parse(question)
        passages = only_exact(self.retriever.search(query), query.identifiers)
        return self._answer(self.judge(Inquiry(question, query, passages)))

    def abstain(self, inquiry: Inquiry, reader: str = "quote") -> Answer:
        """Say that the documents don't say; of the library itself, what its catalog says."""
        if (told := self._of_library(inquiry)) is not None:
            return tell(inquiry.question, told)
        passages, confidence = inquiry.passages, inquiry.confidence
        return abstain(inquiry.question, passages, confidence, reader, self.missing(inquiry))

    def missing(self, inquiry: Inquiry) -> tuple[str, ...]:
        """The identifiers of a question, where none of them stands in what was found for it."""
        return unnamed(inquiry.query, inquiry.passages)

    def quote(self, inquiry: Inquiry, note: str = "") -> Answer:
        """Answer in the documents' own words, with their citations."""
        text, citations = read(inquiry.passages, self.fitted.ranking, inquiry.query)
        if not citations:  # only questions like it were found
            return self.abstain(inquiry)
        return Answer(
            question=inquiry.question,
            answered=True,
            text=text,
            confidence=inquiry.confidence,
            reader="quote",
            citations=self.with_languages(inquiry, citations),
            passages=inquiry.passages,
            note=note,
        )

    def with_languages(
        self, inquiry: Inquiry, citations: tuple[Citation, ...]
    ) -> tuple[Citation, ...]:
        """The citations, with the language of those that are in another than the question."""
        if not self.retriever.embedder.multilingual:
            return citations
        return with_languages(inquiry.query.text, citations, inquiry.passages)

    def quote_instead(self, inquiry: Inquiry) -> Answer:
        """Answer in the documents' own words, saying why it isn't the chat model that answers."""
        return self.quote(inquiry, inquiry.refusal)
