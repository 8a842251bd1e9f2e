"""The JSON of `eval` and `calibrate`, key by key, as the design promises it."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.output.json_forms import citation_form
from bot.report.baseline import Comparison
from bot.report.eval_json import eval_form, refit_form
from bot.report.report import Report
from retrieval.evaluation.calibrate import Refit, Standing
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.golden import Golden, Kind, Outcome
from retrieval.evaluation.run import Evaluation
from retrieval.types import Answer, Citation, Passage, SentenceScore
from retrieval.weights.fitted import load_fitted

PASSAGE = Passage(
    "d1", "T", "/t", None, 0, 8, "The gate", 0.81234567, 0.5, 7.25, (SentenceScore(0, 8, 1),)
)


def report(*outcomes: Outcome, comparison: Comparison | None = None) -> Report:
    figures = (
        Figure("questions", "", 2, "count"),
        Figure("hit@1", "", 2 / 3),
        Figure("abstention.recall", "", None),
        Figure("abstention.answered_at_1%", "", 0.5),
        Figure("ask_ms.p50", "", 12.345678, "ms"),
    )
    evaluation = Evaluation(outcomes)
    return Report("c.yaml", datetime.now(UTC), (), evaluation, figures, 0.45, comparison)


def outcomes() -> tuple[Outcome, Outcome]:
    """A question that came out right, and one that did not."""
    right = Answer("Who?", False, "Not said.", 0.1, "quote")
    citation = Citation(1, "d1", "T", "/t", None, 0, 8, "The gate")
    wrong = Answer("What?", True, "The gate [1]", 0.98765432, "quote", (citation,), (PASSAGE,))
    return (
        Outcome(Golden("Who?", kind=Kind.ABSENT, place="c.yaml:4"), right),
        Outcome(Golden("What?", ("a gap", "gate"), source="/u", place="c.yaml:1"), wrong),
    )


def test_an_evaluation_in_json() -> None:
    right, wrong = outcomes()
    cases = [
        {"question": "Who?", "library": "common", "kind": "absent", "passed": True},
        {"question": "What?", "library": "common", "kind": "answerable", "passed": False},
    ]
    form = {
        "questions": 2,
        "hit@1": 0.6667,
        "abstention": {"recall": None, "answered_at_1%": 0.5},
        "ask_ms": {"p50": 12.3457},
        "threshold": 0.45,
        "failures": [
            {
                "question": "What?",
                "place": "c.yaml:1",
                "why": "cited another document",
                "expected": ["a gap", "gate"],
                "source": "/u",
                "answer": "The gate [1]",
                "confidence": 0.9877,
                "rank": 1,
                "citations": [citation_form(citation) for citation in wrong.answer.citations],
            }
        ],
        "cases": cases,
    }
    assert eval_form(report(right, wrong)) == form
    sides = {"mended": cases[:1], "broken": cases[1:]}
    comparison = Comparison({}, (right,), (wrong,))
    assert eval_form(report(right, wrong, comparison=comparison)) == form | sides


def test_a_failure_to_abstain_in_json() -> None:
    right, wrong = outcomes()
    (failure,) = eval_form(report(Outcome(right.golden, wrong.answer)))["failures"]
    assert failure["why"] == "should have abstained"
    assert (failure["expected"], failure["source"], failure["rank"]) == ("abstain", None, None)


def test_a_refit_in_json() -> None:
    calibration = replace(load_fitted().confidence, date=date(2026, 1, 2), data="c.yaml")
    refit = Refit(calibration, Standing(0.9, 0.5, 0.75, 0.1), Standing(1.0, 0.25, 1.0, 0.0))
    form = refit_form(refit, 40, kept=True)
    assert form["before"] == {
        "auroc": 0.9,
        "threshold": 0.5,
        "answered": 0.75,
        "false_answers": 0.1,
    }
    assert form["after"]["threshold"] == 0.25
    assert form["calibration"]["date"] == "2026-01-02"
    assert form["calibration"]["threshold"] == calibration.threshold
    assert (form["questions"], form["kept"]) == (40, True)


def test_every_form_can_be_written_as_json() -> None:
    standing = Standing(0.9, 0.5, 0.75, 0.1)
    forms = [
        eval_form(report(*outcomes())),
        refit_form(Refit(load_fitted().confidence, standing, standing), 40, kept=False),
    ]
    assert json.loads(json.dumps(forms)) == forms
