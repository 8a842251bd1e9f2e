"""Passages as a prompt shows them: numbered, in a frame that no document can close or imitate."""

from collections.abc import Sequence

from retrieval.text.outline import headed
from retrieval.types import Passage

from .passages import neutral


def numbered(passages: Sequence[Passage]) -> str:
    """The passages with their titles and headings, numbered from 1; empty where there are none.

    A line of ours begins with the number in brackets, a line of a document with “> ”: however
    many lines it has, none begins as ours do. And nothing else in it looks like a number of ours.
    """
    return "\n\n".join(_framed(number, passage) for number, passage in enumerate(passages, 1))


def _framed(number: int, passage: Passage) -> str:
    title = " ".join(neutral(headed(passage.title, passage.section)).split())
    lines = neutral(passage.text).strip("\n").split("\n")
    return "\n".join([f"[{number}] {title}".rstrip(), *(f"> {line}".rstrip() for line in lines)])
