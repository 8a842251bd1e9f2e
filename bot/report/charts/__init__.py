"""The charts of an evaluation: hits, answers against false answers, confidence, and time."""

from bot.report.report import Report

from .certainty import certainty
from .drawing import Chart
from .hits import hits
from .times import times
from .trade import trade

__all__ = ["Chart", "make_charts"]


def make_charts(report: Report) -> tuple[Chart, ...]:
    """All charts of a report, in the order in which they are read."""
    return hits(report), trade(report), certainty(report), times(report)
