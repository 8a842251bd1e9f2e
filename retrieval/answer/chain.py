"""The one LangChain chain: condense → retrieve → judge → read → cite.

Every step has an explicit run name, by which traces and metrics know it.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from langchain_core.runnables import Runnable, RunnableBranch, RunnableGenerator, RunnableLambda

from retrieval.search.retriever import HybridRetriever
from retrieval.types import Answer
from retrieval.weights.fitted import Fitted

from .steps import Inquiry, Question, Steps

if TYPE_CHECKING:
    from retrieval.answer.chat.reader import ChatReader


def build_chain(
    retriever: HybridRetriever, fitted: Fitted, chat: "ChatReader | None" = None
) -> Runnable[Question, Answer]:
    """Build the chain that answers a question from what the retriever finds.

    With a chat reader it has to be called asynchronously; it streams the answer as it is written.
    """
    steps = Steps(retriever, retriever.keys, fitted)
    chain: Runnable[Question, Answer] = (
        _step("condense", steps.condense if chat is None else chat.condense)
        | _step("retrieve", steps.retrieve)
        | _step("judge", steps.judge)
        | (_step("answer", steps.answer) if chat is None else _chat(steps, chat))
    )
    return chain.with_config(run_name="ask")


def _step(name: str, function: Callable[..., Any]) -> RunnableLambda[Any, Any]:
    return RunnableLambda(function, name=name)


def _chat(steps: Steps, chat: "ChatReader") -> Runnable[Inquiry, Answer]:
    """Read and cite, where one can be sure enough to answer and may ask the model."""
    from retrieval.answer.chat.grounding.stream import Holding

    # Not typed as what it may be: a step that also takes the configuration of its run.
    write: Any = chat.write
    hold: Any = Holding(chat.support, chat.unsupported, steps).hold
    written: Runnable[Inquiry, Answer] = (
        _step("show", chat.show)
        | RunnableGenerator(write, name="read")
        | RunnableGenerator(hold, name="cite")
    )
    asked: Runnable[Inquiry, Answer] = _step("ask the budget", chat.refuse) | RunnableBranch(
        (attrgetter("refusal"), _step("quote instead", steps.quote_instead)), written
    )
    return RunnableBranch((steps.answerable, asked), _step("abstain", steps.abstain))
