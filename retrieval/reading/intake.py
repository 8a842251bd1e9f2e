"""The intake: the readers of files and the visitor of pages, made when they are first needed."""

from collections.abc import Callable
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

# What reads files and pages is imported where it is used: a question passes it by.
if TYPE_CHECKING:
    from retrieval.reading.formats.sandbox.process_pool import Parsers
    from retrieval.reading.web.visitor import Visitor
    from retrieval.text.languages.detect import LanguageTeller


class Closable(Protocol):
    """Anything that ends when it is closed."""

    def close(self) -> None:
        """End it."""


Made = TypeVar("Made", bound=Closable)


class OnDemand(Generic[Made]):
    """Something that is made when it is first needed, by one thread, and may be closed before."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make: Callable[[], Made] = make
        self._lock = Lock()
        self._made: Made | None = None
        self._closed = False

    def get(self) -> Made:
        """The thing, made if it is the first time; after `close`, it is closed."""
        with self._lock:
            if self._made is None:
                self._made = self._make()
                if self._closed:
                    self._made.close()
            return self._made

    def close(self) -> None:
        """Close the thing, if it was made."""
        with self._lock:
            self._closed = True
            made = self._made
        # Not while the lock is held: a thread that this waits for may want the thing once more.
        if made is not None:
            made.close()


class Intake:
    """The readers of files and the visitor of pages, for all that is added in a process.

    Each is made when it is first needed, and only once, so that limits and politeness hold for all.
    `languages` tells what the texts are written in.
    """

    def __init__(
        self,
        make_parsers: "Callable[[], Parsers] | None" = None,
        make_visitor: "Callable[[], Visitor] | None" = None,
        language: str = "",
    ) -> None:
        """`language` is that of all texts, "" where each is told."""
        self.language = language
        self._parsers = OnDemand(make_parsers or _usual_parsers)
        self._visitor = OnDemand(make_visitor or _usual_visitor)
        self._closed = False

    @property
    def parsers(self) -> "Parsers":
        """The readers of files."""
        return self._parsers.get()

    @property
    def visitor(self) -> "Visitor":
        """The visitor of pages."""
        return self._visitor.get()

    @cached_property
    def languages(self) -> "LanguageTeller":
        """Tells the language of a text."""
        from retrieval.text.languages.detect import LanguageTeller

        return LanguageTeller(self.language)

    @property
    def closed(self) -> bool:
        """True once it is being closed: what fails from then on is no fault of its source."""
        return self._closed

    def close(self) -> None:
        """End what is under way, which then fails with a FootnoteError."""
        self._closed = True
        self._visitor.close()
        self._parsers.close()


def _usual_parsers() -> "Parsers":
    from retrieval.reading.formats.sandbox.process_pool import Parsers

    return Parsers()


def _usual_visitor() -> "Visitor":
    from retrieval.reading.web.visitor import Visitor

    return Visitor()
