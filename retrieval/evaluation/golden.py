"""Golden questions, each with the answers that are right, and their outcomes, right or at fault."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from retrieval.types import COMMON, Answer, Citation

from .right_answer import cites, fold, holds


class Kind(StrEnum):
    """The sorts of golden questions, by what answers them rightly."""

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


class Fault(StrEnum):
    """The ways in which an outcome can be wrong."""

    NOT_RETRIEVED = "not retrieved"
    NOT_QUOTED = "retrieved but not quoted"
    ABSTAINED = "abstained"
    ANSWERED = "should have abstained"
    ELSEWHERE = "cited another document"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A golden question and the answer given to it.

    `withheld` is what would have been quoted where it abstained.
    """

    golden: Golden
    answer: Answer
    withheld: tuple[Citation, ...] = ()

    @property
    def rank(self) -> int | None:
        """The place, from 1, of the first passage that holds the evidence; None where none does."""
        evidence, answers = fold(self.golden.evidence), self._answers
        for place, passage in enumerate(self.answer.passages, start=1):
            text = fold(passage.text)
            if evidence in text if evidence else holds(text, answers):
                return place
        return None

    @property
    def quoted(self) -> bool:
        """True where one of the gold answers stands in the answer given or in one of its quotes."""
        return self.answer.answered and self._given(self.answer.text, self.answer.citations)

    @property
    def quotable(self) -> bool:
        """True where it would be so if no question were abstained on."""
        return self.quoted or self._given("", self.withheld)

    @property
    def well_cited(self) -> bool:
        """True where the document that must be cited is, if there is one."""
        return cites(self.answer.citations, self.golden.source)

    @property
    def quoted_length(self) -> int:
        """The number of characters quoted."""
        return sum(citation.end - citation.start for citation in self.answer.citations)

    @property
    def fault(self) -> Fault | None:
        """The fault, or None where the outcome is right."""
        if self.golden.kind is not Kind.ANSWERABLE:
            return Fault.ANSWERED if self.answer.answered else None
        if self.quoted and self.well_cited:
            return None
        if self.rank is None and not self.quoted:
            return Fault.NOT_RETRIEVED
        if not self.answer.answered:
            return Fault.ABSTAINED
        return Fault.ELSEWHERE if self.quoted else Fault.NOT_QUOTED

    def _given(self, text: str, citations: Sequence[Citation]) -> bool:
        shown = (text, *(citation.quote for citation in citations))
        return any(holds(fold(part), self._answers) for part in shown)

    @property
    def _answers(self) -> list[str]:
        return [fold(answer) for answer in self.golden.answers]
