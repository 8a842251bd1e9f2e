"""How it went, in a sentence or two."""

from collections import Counter
from collections.abc import Iterator

from .cases import RIGHT, verdict
from .contents import Report


def summarise(report: Report) -> str:
    """How many cases came out right, what went wrong with the others, and what changed."""
    return " ".join(_sentences(report))


def _sentences(report: Report) -> Iterator[str]:
    verdicts = Counter(verdict(outcome) for outcome in report.evaluation.outcomes)
    if not verdicts:
        yield "No question was asked."
        return
    yield f"{verdicts.pop(RIGHT, 0):,} of {len(report.evaluation.outcomes):,} cases came out right."
    if verdicts:
        faults = (f"{count:,} {fault}" for fault, count in verdicts.most_common())
        yield f"The others: {', '.join(faults)}."
    if report.comparison:
        mended, broken = len(report.comparison.mended), len(report.comparison.broken)
        yield f"Since the earlier run: {mended:,} mended, {broken:,} broken."
