"""The one LangChain chain: condense → retrieve → judge → read → cite."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from langchain_core.documents import Document
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from .condense import condense
from .confidence import judge
from .fitted import Fitted
from .quote import read
from .schema import Answer, Turn
from .search import HybridRetriever, as_passage

NOT_SAID = "The documents don't say."
# How many of the passages are shown where the documents don't say.
NEAREST = 3


class Question(TypedDict):
    """What goes into the chain."""

    question: str
    turns: Sequence[Turn]


class Retrieved(Question):
    """A question on its way: as it stands alone, with what was found for it, and how sure one is."""

    query: str
    documents: list[Document]
    confidence: float


@dataclass(frozen=True, slots=True)
class Steps:
    """The chain's own steps, with what they need."""

    retriever: HybridRetriever
    fitted: Fitted

    def condense(self, asked: Question) -> str:
        """The question as it stands alone."""
        return condense(asked["question"], asked["turns"])

    def judge(self, retrieved: Retrieved) -> float:
        """How sure one can be that what was found holds the answer."""
        passages = [as_passage(document) for document in retrieved["documents"]]
        return judge(
            retrieved["query"], passages, self.retriever.keys, self.fitted.confidence
        )

    def answer(self, retrieved: Retrieved) -> Answer:
        """The answer with its citations, or the nearest passages where one can't be sure."""
        passages = tuple(as_passage(document) for document in retrieved["documents"])
        question, confidence = retrieved["question"], retrieved["confidence"]
        if not passages or confidence < self.fitted.confidence.threshold:
            return Answer(
                question, False, NOT_SAID, confidence, "quote", nearest=passages[:NEAREST]
            )
        text, citations = read(passages, self.fitted.ranking)
        return Answer(question, True, text, confidence, "quote", citations)


def build_chain(retriever: HybridRetriever, fitted: Fitted) -> Runnable[Question, Answer]:
    """The chain that answers a question, with earlier turns or none, from the retriever's shelves."""
    steps = Steps(retriever, fitted)
    return (
        RunnablePassthrough.assign(query=RunnableLambda(steps.condense))
        | RunnablePassthrough.assign(documents=RunnableLambda(lambda q: q["query"]) | retriever)
        | RunnablePassthrough.assign(confidence=RunnableLambda(steps.judge))
        | RunnableLambda(steps.answer)
    ).with_config(run_name="ask")
