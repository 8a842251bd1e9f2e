"""What documents come in by: the processes that read files, and the one visitor of web pages."""

from dataclasses import dataclass, field

from retrieval.reading.formats.sandbox.parsing import Parsers
from retrieval.reading.web.client import Visitor


@dataclass(frozen=True, slots=True)
class Intake:
    """Shared by all that is added in a process, so that limits and politeness hold for all."""

    parsers: Parsers = field(default_factory=Parsers)
    visitor: Visitor = field(default_factory=Visitor)

    def close(self) -> None:
        """Ends what is under way, which then fails with a FootnoteError."""
        self.visitor.close()
        self.parsers.close()
