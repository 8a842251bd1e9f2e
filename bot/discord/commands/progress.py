"""How far a long job has come, and how it is made to give up."""

from dataclasses import dataclass
from threading import Event

from retrieval.errors import FootnoteError


class StoppedError(FootnoteError):
    """A long job was cut short because the bot is closing."""


@dataclass(slots=True)
class Progress:
    """How far a long job has come; written by its thread, read by whoever shows it."""

    stopping: Event
    passages: int = 0

    def __call__(self, passages: int) -> None:
        self.passages += passages
        if self.stopping.is_set():
            raise StoppedError("I had to restart before that was done. Please do it again.")
