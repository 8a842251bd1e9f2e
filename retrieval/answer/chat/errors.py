"""What keeps a chat model from answering, or from being asked."""

from retrieval.errors import FootnoteError


class ChatModelError(Exception):
    """A call to the chat model came to nothing; the text says why, for the operator's log."""


class UncountedError(FootnoteError):
    """What a model was asked can't be counted; the text says why."""
