"""Golden questions: what is asked, and what must be found, quoted, or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.types import COMMON


class Kind(StrEnum):
    """What a right answer to a golden question would be, and why."""

    ANSWERABLE = "answerable"  # the documents hold the answer
    ABSENT = "absent"  # the documents have nothing on it: it must abstain
    TRICK = "unanswerable"  # SQuAD's own: written to look answerable, and must abstain


@dataclass(frozen=True, slots=True)
class Golden:
    """A question and its gold: any one of `answers` is right, none means that it must abstain.

    `evidence` is the text that a passage must hold to count as found, "" where any one of the
    answers will do. `source` is the title of the document that must be cited, or the end of where
    it came from; "" where any will do. `place` says where the question was written down.
    """

    question: str
    answers: tuple[str, ...] = ()
    evidence: str = ""
    source: str = ""
    library: str = COMMON
    kind: Kind = Kind.ANSWERABLE
    place: str = ""


def spread(golden: Sequence[Golden], most: int) -> list[Golden]:
    """A fixed sample of at most `most` questions, spread evenly over all of them."""
    count = min(most, len(golden))
    return [golden[number * len(golden) // count] for number in range(count)]
