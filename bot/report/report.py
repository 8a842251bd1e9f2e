"""The report of an evaluation: what the page and the terminal show."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from .baseline import Comparison

# Both bring the whole library along, and are here for their types alone.
if TYPE_CHECKING:
    from retrieval.evaluation.figures import Figure
    from retrieval.evaluation.run import Evaluation


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluation and its figures, what they are about, and an earlier run to compare with.

    `title` names what was asked, `facts` are what else a reader must know, each with its label.
    `threshold` is the confidence below which questions are not answered.
    """

    title: str
    made_at: datetime
    facts: tuple[tuple[str, str], ...]
    evaluation: "Evaluation"
    figures: tuple["Figure", ...]
    threshold: float
    comparison: Comparison | None = None
