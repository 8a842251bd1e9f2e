"""The one LangChain chain: condense → retrieve → judge → read → cite."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypedDict

from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from .condense import condense
from .confidence import judge
from .fitted import Fitted
from .quote import read
from .schema import Answer, Turn
from .search import HybridRetriever, as_passage

NOT_SAID = "The documents don't say."


class Question(TypedDict):
    """What goes into the chain."""

    question: str
    turns: Sequence[Turn]


# A question on its way: besides what went in, `query` (as it stands alone), then `documents` (what
# was found for that), then `confidence` (how sure one can be that they hold the answer).
Inquiry = dict[str, Any]


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
        passages = [as_passage(document) for document in inquiry["documents"]]
        query, retriever = inquiry["query"], self.retriever
        lexicon = retriever.lexicon(query)
        return judge(query, passages, lexicon, retriever.keys, self.fitted.confidence)

    def answer(self, inquiry: Inquiry) -> Answer:
        """The answer with its citations, or none where one can't be sure."""
        passages = tuple(as_passage(document) for document in inquiry["documents"])
        question, confidence = inquiry["question"], inquiry["confidence"]
        if not passages or confidence < self.fitted.confidence.threshold:
            return Answer(question, False, NOT_SAID, confidence, "quote", passages=passages)
        text, citations = read(passages, self.fitted.ranking)
        return Answer(question, True, text, confidence, "quote", citations, passages)


def build_chain(retriever: HybridRetriever, fitted: Fitted) -> Runnable[Question, Answer]:
    """The chain that answers a question from what the retriever finds."""
    steps = Steps(retriever, fitted)
    chain: Runnable[Any, Answer] = (
        RunnablePassthrough.assign(query=RunnableLambda(steps.condense))
        | RunnablePassthrough.assign(documents=itemgetter("query") | retriever)
        | RunnablePassthrough.assign(confidence=RunnableLambda(steps.judge))
        | RunnableLambda(steps.answer)
    )
    return chain.with_config(run_name="ask")
