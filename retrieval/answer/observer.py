"""An observer of questions that are answered and documents that come in; it changes nothing."""

from collections.abc import Iterator

from langchain_core.callbacks import BaseCallbackHandler

from retrieval.types import Added


class Observer(BaseCallbackHandler):
    """A LangChain handler of the chain's steps, which is told of documents as well.

    Several threads call it at once.
    """

    def told(self, results: Iterator[Added], library: str) -> Iterator[Added]:
        """The same results, each after it was told."""
        for added in results:
            self.added(added, library)
            yield added

    def added(self, added: Added, library: str) -> None:
        """Hear what became of one source."""
