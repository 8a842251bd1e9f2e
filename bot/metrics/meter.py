"""Count and time what a library does, under the names that Prometheus is asked by."""

import logging
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from langchain_core.messages import AIMessage
from langchain_core.outputs import ChatGeneration, LLMResult
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

from retrieval.answer.streaming import Observer
from retrieval.indexing.sync.change import Change
from retrieval.store.files.names import library_of_store
from retrieval.types import COMMON, Added, Answer

# The runs of the chain that are its steps, and what each is called.
STEPS = {
    "condense": "condense",
    "retrieve": "retrieve",
    "judge": "judge",
    "answer": "answer",
    "read": "read",
    "cite": "cite",
}
WHOLE = "ask"
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)


class Meter(Observer):
    """An observer that counts, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._questions = self._counter("questions", "Questions, by outcome.", "outcome", "reader")
        self._fallbacks = self._counter("fallbacks", "Answers that the chat model did not give.")
        self._documents = self._counter("documents", "Sources, by outcome.", "outcome", "library")
        self._synced = self._counter(
            "synced", "Places looked at again, by what was found.", "outcome", "library"
        )
        self._passages = self._counter("passages_indexed", "Passages indexed.", "library")
        self._tokens = self._counter("chat_tokens", "The chat model's tokens.", "direction")
        self._steps = Histogram(
            "footnote_step_seconds",
            "Seconds that a step of answering takes, or the whole.",
            ["step"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self._logged = self._counter("log_records", "Warnings and errors in the log.", "level")
        self._began: dict[UUID, tuple[str, float]] = {}

    def _counter(self, name: str, what: str, *labels: str) -> Counter:
        return Counter(f"footnote_{name}", what, labels, registry=self.registry)

    def watch(self, name: str, what: str, size: Callable[[], float]) -> None:
        """Read a size at each scrape."""
        Gauge(f"footnote_{name}", what, registry=self.registry).set_function(size)

    def logged(self, record: logging.LogRecord) -> None:
        """Count what is logged as going wrong."""
        self._logged.labels(record.levelname.lower()).inc()

    # The chain's steps

    def on_chain_start(
        self, serialized: dict[str, Any], inputs: Any, *, run_id: UUID, **rest: Any
    ) -> None:
        """Note when a step begins."""
        self._begin(run_id, str(rest.get("name")))

    def on_retriever_start(
        self, serialized: dict[str, Any], query: str, *, run_id: UUID, **rest: Any
    ) -> None:
        """Note when retrieving begins."""
        self._begin(run_id, str(rest.get("name")))

    def on_chain_end(self, outputs: Any, *, run_id: UUID, **rest: Any) -> None:
        """Time a step; of the whole, count what came of it."""
        if self._end(run_id) == WHOLE and isinstance(outputs, Answer):
            outcome = "answered" if outputs.answered else "abstained"
            self._questions.labels(outcome, outputs.reader).inc()
            if outputs.note:
                self._fallbacks.inc()

    def on_retriever_end(self, documents: Any, *, run_id: UUID, **rest: Any) -> None:
        """Time retrieving."""
        self._end(run_id)

    def on_chain_error(self, error: BaseException, *, run_id: UUID, **rest: Any) -> None:
        """Count a question that failed or was cancelled."""
        if self._end(run_id) == WHOLE:
            outcome = "failed" if isinstance(error, Exception) else "cancelled"
            self._questions.labels(outcome, "").inc()

    def on_retriever_error(self, error: BaseException, *, run_id: UUID, **rest: Any) -> None:
        """Time retrieving that failed: the whole will fail, too."""
        self._end(run_id)

    def _begin(self, run: UUID, name: str) -> None:
        if name in STEPS or name == WHOLE:
            self._began[run] = name, time.perf_counter()

    def _end(self, run: UUID) -> str | None:
        """The name of a run that is timed, which has ended."""
        if run not in self._began:
            return None
        name, began = self._began.pop(run)
        self._steps.labels(STEPS.get(name, name)).observe(time.perf_counter() - began)
        return name

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **rest: Any) -> None:
        """Count the tokens that a model says it has read and written."""
        for [generation] in response.generations:
            message = generation.message if isinstance(generation, ChatGeneration) else None
            if isinstance(message, AIMessage) and message.usage_metadata is not None:
                self._tokens.labels("in").inc(message.usage_metadata["input_tokens"])
                self._tokens.labels("out").inc(message.usage_metadata["output_tokens"])

    # Documents

    def added(self, added: Added, library: str) -> None:
        """Count a source, and the passages that it brought."""
        if added.is_whole_archive:  # its documents are counted
            return
        kind = _kind(library)
        self._documents.labels(_outcome(added), kind).inc()
        if added.document is not None and not added.unchanged:
            self._passages.labels(kind).inc(added.document.passages)

    def synced(self, change: Change, library: str) -> None:
        """Count what was found where a source was looked at again."""
        self._synced.labels(change.kind, _kind(library)).inc()


def _kind(library: str) -> str:
    return COMMON if library_of_store(library) == COMMON else "server"


def _outcome(added: Added) -> str:
    if added.error is not None:
        return "failed"
    if added.unchanged:
        return "unchanged"
    return "replaced" if added.replaced else "added"
