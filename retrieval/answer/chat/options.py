"""The chat model's options, as an operator decides them, and the errors of asking it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from retrieval.errors import FootnoteError

Unsupported = Literal["remove", "mark"]


@dataclass(frozen=True, slots=True)
class Patience:
    """The patience with a model: seconds to connect, for its first token, and in all."""

    connect: float = 5.0
    first_token: float = 30.0
    whole: float = 120.0
    # For making a follow-up stand alone: the answer itself still waits.
    condense: float = 15.0
    # Tries beyond the first, by the provider's library: it backs off, and waits as a 429 asks.
    retries: int = 2

    @property
    def until_first(self) -> float:
        """The seconds that the first token may take, which are part of the whole."""
        return min(self.first_token, self.whole)


@dataclass(frozen=True, slots=True)
class DailyBudget:
    """The most questions a day (UTC) that go to the model: in all, and for each asker, which is a
    Discord server or everybody else. None is no limit."""

    in_all: int | None = None
    for_each: int | None = None


@dataclass(frozen=True, slots=True)
class ChatOptions:
    """A model, as LangChain's `provider:model`, and how it is used.

    `url` and `key` are for the model's server where it is not the provider's own; `context` is how
    many tokens the model reads, None what is known of it; `unsupported` is what becomes of
    sentences that the documents don't support; `prompts` a folder whose files replace ours.
    """

    model: str
    url: str | None = None
    key: str | None = field(default=None, repr=False)
    context: int | None = None
    patience: Patience = field(default_factory=Patience)
    budget: DailyBudget = field(default_factory=DailyBudget)
    unsupported: Unsupported = "remove"
    prompts: Path | None = None


class ChatModelError(Exception):
    """A call to the chat model came to nothing; the text says why, for the operator's log."""


class UncountedError(FootnoteError):
    """The model's use can't be counted; the text says why."""
