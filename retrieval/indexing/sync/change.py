"""A change: what a sync found at one place of a source, and what it did about that."""

from dataclasses import dataclass
from typing import Literal

from retrieval.types import DocumentInfo


@dataclass(frozen=True, slots=True)
class Change:
    """The finding of a sync at one place of a source, and what it did about that.

    `before` is where a document stood that was moved, `called_before` an earlier title. A source
    that could not be looked at is `failed` at its own place; `error` says why."""

    kind: Literal["added", "replaced", "moved", "removed", "unchanged", "failed"]
    source: str
    place: str
    document: DocumentInfo | None = None
    before: str = ""
    error: str = ""
    called_before: str = ""
