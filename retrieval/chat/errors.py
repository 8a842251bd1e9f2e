"""The one exception for whatever keeps a chat model from answering."""


class ChatModelError(Exception):
    """A call to the chat model came to nothing; the text says why, for the operator's log."""
