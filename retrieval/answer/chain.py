"""The one LangChain chain: condense → retrieve → judge → read → cite."""

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import (
    Runnable,
    RunnableBranch,
    RunnableGenerator,
    RunnableLambda,
    RunnablePassthrough,
)

from retrieval.search.retriever import HybridRetriever
from retrieval.types import NOT_SAID, Answer
from retrieval.weights.fitted import Fitted

from .confidence import judge
from .follow_up import condense
from .quote import read
from .steps import Inquiry, Question, passages_of

if TYPE_CHECKING:
    from retrieval.answer.chat.budget import Permit
    from retrieval.answer.chat.reader import ChatReader

assign = RunnablePassthrough.assign


@dataclass(frozen=True, slots=True)
class Steps:
    """The chain's own steps, with what they need."""

    retriever: HybridRetriever
    fitted: Fitted

    def condense(self, inquiry: Inquiry) -> str:
        """The question as it stands alone."""
        return condense(inquiry["question"], inquiry["turns"])

    def judge(self, inquiry: Inquiry) -> float:
        """How sure one can be that what was found holds the answer."""
        query, retriever = inquiry["query"], self.retriever
        lexicon = retriever.lexicon(query)
        passages = passages_of(inquiry)
        return judge(query, passages, lexicon, retriever.keys, self.fitted.confidence)

    def answerable(self, inquiry: Inquiry) -> bool:
        """Whether one can be sure enough to answer."""
        return bool(inquiry["documents"]) and not (
            inquiry["confidence"] < self.fitted.confidence.threshold
        )

    def answer(self, inquiry: Inquiry) -> Answer:
        """The answer in the documents' own words, or none where one can't be sure."""
        return self.quote(inquiry) if self.answerable(inquiry) else self.abstain(inquiry)

    def abstain(self, inquiry: Inquiry, reader: str = "quote") -> Answer:
        """That the documents don't say."""
        passages, confidence = tuple(passages_of(inquiry)), inquiry["confidence"]
        return Answer(inquiry["question"], False, NOT_SAID, confidence, reader, passages=passages)

    def quote(self, inquiry: Inquiry, note: str = "") -> Answer:
        """The documents' own words, with their citations."""
        passages, confidence = tuple(passages_of(inquiry)), inquiry["confidence"]
        text, citations = read(passages, self.fitted.ranking)
        question = inquiry["question"]
        return Answer(question, True, text, confidence, "quote", citations, passages, note=note)

    def refused(self, inquiry: Inquiry) -> bool:
        """Whether the chat model may not be asked."""
        return bool(inquiry["refusal"])

    def quote_instead(self, inquiry: Inquiry) -> Answer:
        """The documents' own words, saying why it isn't the chat model that answers."""
        return self.quote(inquiry, inquiry["refusal"])


def build_chain(
    retriever: HybridRetriever, fitted: Fitted, chat: "ChatReader | None" = None
) -> Runnable[Question, Answer]:
    """The chain that answers a question from what the retriever finds.

    With a chat reader it has to be called asynchronously; it streams the answer as it is written.
    """
    steps = Steps(retriever, fitted)
    chain: Runnable[Any, Answer] = (
        _condensed(steps, chat)
        | assign(documents=itemgetter("query") | retriever)
        | assign(confidence=RunnableLambda(steps.judge))
        | (RunnableLambda(steps.answer) if chat is None else _chat(steps, chat))
    )
    return chain.with_config(run_name="ask")


def _condensed(steps: Steps, chat: "ChatReader | None") -> Runnable[Any, Inquiry]:
    if chat is None:
        return assign(query=RunnableLambda(steps.condense))
    leave: RunnableLambda[Any, Permit] = RunnableLambda(chat.leave)
    return assign(leave=leave) | assign(query=RunnableLambda(chat.condense))


def _chat(steps: Steps, chat: "ChatReader") -> Runnable[Inquiry, Answer]:
    """Read and cite, where one can be sure enough to answer and may ask the model."""
    from retrieval.answer.chat.grounding.stream import Holding

    # Not typed as what it may be: a step that also takes the configuration of its run.
    write: Any = chat.write
    read = RunnableGenerator[Inquiry, Inquiry](write).with_config(run_name="read")
    cite = RunnableGenerator(Holding(chat.support, chat.unsupported, steps).hold)
    # Not `assign(written=read)`: it would go on reading when nobody listens any longer.
    written: Runnable[Inquiry, Answer] = (
        assign(shown=RunnableLambda(chat.shown)) | read | cite.with_config(run_name="cite")
    )
    asked: Runnable[Inquiry, Answer] = assign(
        refusal=RunnableLambda(chat.refusal)
    ) | RunnableBranch((steps.refused, RunnableLambda(steps.quote_instead)), written)
    return RunnableBranch((steps.answerable, asked), RunnableLambda(steps.abstain))
