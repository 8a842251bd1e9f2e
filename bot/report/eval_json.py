"""The JSON that `eval` and `calibrate` print, a function a form."""

from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.output.json_forms import Json, citation_form

if TYPE_CHECKING:
    from retrieval.evaluation.calibrate import Refit
    from retrieval.evaluation.golden import Outcome

    from .report import Report


def eval_form(report: "Report") -> Json:
    """`eval --json`: the figures, a dot in a name making a level, then the failures, then the
    verdict on every case, for a later --baseline."""
    outcomes = report.evaluation.outcomes
    form: Json = {}
    for figure in report.figures:
        *levels, name = figure.name.split(".")
        place = form
        for level in levels:
            place = place.setdefault(level, {})
        place[name] = figure.value if figure.value is None else round(figure.value, 4)
    form["threshold"] = report.threshold
    form["failures"] = [failure_form(o) for o in outcomes if o.fault is not None]
    form["cases"] = [case_form(outcome) for outcome in outcomes]
    if report.comparison is not None:
        form["mended"] = [case_form(outcome) for outcome in report.comparison.mended]
        form["broken"] = [case_form(outcome) for outcome in report.comparison.broken]
    return form


def case_form(outcome: "Outcome") -> Json:
    """One of the cases in `eval --json`."""
    golden = outcome.golden
    return {
        "question": golden.question,
        "library": golden.library,
        "kind": golden.kind.value,
        "passed": outcome.fault is None,
    }


def failure_form(outcome: "Outcome") -> Json:
    """One of the failures in `eval --json`."""
    golden, answer = outcome.golden, outcome.answer
    return {
        "question": golden.question,
        "place": golden.place,
        "why": str(outcome.fault),
        "expected": list(golden.answers) or "abstain",
        "source": golden.source or None,
        "answer": answer.text,
        "confidence": round(answer.confidence, 4),
        "rank": outcome.rank,
        "citations": [citation_form(citation) for citation in answer.citations],
    }


def refit_form(refit: "Refit", questions: int, kept: bool) -> Json:
    """`calibrate --json`; `after` is by cross-validation."""
    calibration = asdict(refit.calibration)
    return {
        "questions": questions,
        "before": asdict(refit.before),
        "after": asdict(refit.after),
        "calibration": {**calibration, "date": calibration["date"].isoformat()},
        "kept": kept,
    }
