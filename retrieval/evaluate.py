"""Golden questions in, figures out: asked of a library's own `search` and `ask`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from .fitted import Fitted
from .golden import Golden
from .library import Library
from .schema import Answer, Passage


@dataclass(frozen=True, slots=True)
class Outcome:
    """A golden question, the passages found for it, and the answer given."""

    golden: Golden
    passages: tuple[Passage, ...]
    answer: Answer

    @property
    def rank(self) -> int | None:
        """The place, from 1, of the first passage that holds the evidence; None where none does."""
        wanted = [fold(self.golden.evidence)] if self.golden.evidence else self._answers
        places = (
            place
            for place, passage in enumerate(self.passages, start=1)
            if any(text in fold(passage.text) for text in wanted)
        )
        return next(places, None)

    @property
    def quoted(self) -> bool:
        """Whether one of the gold answers stands in the quotes."""
        quotes = [fold(citation.quote) for citation in self.answer.citations]
        return any(answer in quote for answer in self._answers for quote in quotes)

    @property
    def quoted_length(self) -> int:
        """How many characters are quoted."""
        return sum(citation.end - citation.start for citation in self.answer.citations)

    @property
    def _answers(self) -> list[str]:
        return [fold(answer) for answer in self.golden.answers]


def never_abstaining(fitted: Fitted) -> Fitted:
    """The same numbers with a threshold that every answer passes."""
    return replace(fitted, confidence=replace(fitted.confidence, threshold=0.0))


def run(library: Library, questions: Sequence[Golden], k: int = 5) -> Iterator[Outcome]:
    """Asks every question, yielding what came of each."""
    for golden in questions:
        passages = tuple(library.search(golden.question, k))
        yield Outcome(golden, passages, library.ask(golden.question))


def hit_at(outcomes: Sequence[Outcome], k: int) -> float:
    """The share of questions with the evidence in one of the first k passages."""
    return float(np.mean([o.rank is not None and o.rank <= k for o in outcomes]))


def answer_in_quote(outcomes: Sequence[Outcome]) -> float:
    """The share of questions with a gold answer within the quoted sentences."""
    return float(np.mean([outcome.quoted for outcome in outcomes]))


def mean_quoted_length(outcomes: Sequence[Outcome]) -> float:
    """The mean number of characters quoted."""
    return float(np.mean([outcome.quoted_length for outcome in outcomes]))


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """The area under the ROC curve of confidences: the chance that a question whose answer is in
    the library is given more of it than one whose answer is not."""
    # Imported here: a second's work that no answer needs.
    from sklearn.metrics import roc_auc_score

    truth = [1] * len(inside) + [0] * len(outside)
    return float(roc_auc_score(truth, [*inside, *outside]))


def answered_share(inside: Sequence[float], outside: Sequence[float], false_share: float) -> float:
    """The share of `inside` still answered at the threshold that answers `false_share` of
    `outside`."""
    threshold = np.quantile(outside, 1.0 - false_share)
    return float(np.mean(np.asarray(inside) > threshold))


def fold(text: str) -> str:
    """Text with every run of white space made one space."""
    return " ".join(text.split())
