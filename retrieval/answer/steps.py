"""What goes through the chain: a question on its way to its answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict

from retrieval.search.retriever import as_passage
from retrieval.types import Passage, Turn

if TYPE_CHECKING:
    from retrieval.answer.chat.budget import Permit


class Question(TypedDict):
    """What goes into the chain; `asker` is whose share of a day's budget it takes, if any, and
    `leave` what can end the chat model's work on it."""

    question: str
    turns: Sequence[Turn]
    asker: NotRequired[str]
    leave: "NotRequired[Permit]"


# A question on its way: besides what went in, `query` (as it stands alone), then `documents` (what
# was found for that), then `confidence` (how sure one can be that they hold the answer). Where a
# chat model answers, also `leave` (to ask it), `refusal` (why not), `shown` (the passages that it
# has room for), and in pieces `written` (what it writes), or `failed` (why it doesn't).
Inquiry = dict[str, Any]


def passages_of(inquiry: Inquiry) -> list[Passage]:
    """The passages that were found, best first."""
    return [as_passage(document) for document in inquiry["documents"]]
