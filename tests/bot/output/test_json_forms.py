"""The JSON forms, key by key, as the design promises them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.output.json_forms import (
    added_form,
    answer_form,
    citation_form,
    document_form,
    eval_form,
    refit_form,
    search_form,
)
from bot.report.report import Comparison
from bot.report.write import Report
from retrieval.evaluation.calibrate import Refit, Standing
from retrieval.evaluation.figures import Figure
from retrieval.evaluation.golden import Golden, Kind, Outcome
from retrieval.evaluation.run import Evaluation
from retrieval.types import Added, Answer, Citation, DocumentInfo, Passage, SentenceScore
from retrieval.weights.fitted import load_fitted

PASSAGE = Passage(
    "d1", "T", "/t", None, 0, 8, "The gate", 0.81234567, 0.5, 7.25, (SentenceScore(0, 8, 1),)
)
INFO = DocumentInfo("d1", "common", "T", "/t", 12, 4711, "2026-11-23T10:00:00Z", "cli", "ready")


def test_an_answer_in_json() -> None:
    citation = Citation(1, "d1", "T", "/t", 3, 120, 214, "quote", "Leave › Notice", "page 3")
    answer = Answer("Q?", True, "A [1]", 0.97123456, "quote", (citation,), (PASSAGE,), 41.0123)
    assert answer_form(answer) == {
        "question": "Q?",
        "answered": True,
        "answer": "A [1]",
        "confidence": 0.9712,
        "reader": "quote",
        "citations": [
            {
                "number": 1,
                "document": "d1",
                "title": "T",
                "source": "/t",
                "page": 3,
                "start": 120,
                "end": 214,
                "quote": "quote",
                "section": "Leave › Notice",
                "place": "page 3",
            }
        ],
        "nearest": [],
        "elapsed_ms": 41.0,
    }


def test_what_came_nearest_in_json_where_there_is_no_answer() -> None:
    passages = tuple(replace(PASSAGE, document=f"d{number}") for number in range(1, 6))
    answer = Answer("Q?", False, "Not said.", 0.123456, "quote", passages=passages)
    form = answer_form(answer)
    assert (form["answered"], form["citations"]) == (False, [])
    assert form["nearest"] == search_form("Q?", passages[:3])["passages"]


def test_a_search_in_json() -> None:
    assert search_form("gate", [PASSAGE]) == {
        "query": "gate",
        "passages": [
            {
                "document": "d1",
                "title": "T",
                "source": "/t",
                "page": None,
                "start": 0,
                "end": 8,
                "section": "",
                "place": "",
                "text": "The gate",
                "score": 0.8123,
            }
        ],
    }


def test_a_passage_in_json_tells_its_section_and_its_rows_or_its_page() -> None:
    sheet = replace(PASSAGE, section="Staff", rows=((0, 2), (4, 3)), kind="xlsx")
    slide = replace(PASSAGE, section="Leave", page=4, kind="pptx")
    forms = search_form("gate", [sheet, slide])["passages"]
    assert [(form["section"], form["place"]) for form in forms] == [
        ("Staff", "rows 2–3"),
        ("Leave", "slide 4"),
    ]


def test_a_document_in_json() -> None:
    assert document_form(INFO) == {
        "id": "d1",
        "library": "common",
        "title": "T",
        "source": "/t",
        "passages": 12,
        "bytes": 4711,
        "added_at": "2026-11-23T10:00:00Z",
        "added_by": "cli",
        "state": "ready",
        "kind": "text",
        "author": "",
        "date": "",
    }


def test_what_was_added_in_json() -> None:
    brief, here = {"id": "d1", "title": "T", "source": "/t", "passages": 12}, {"elsewhere": False}
    results = [
        Added("/t", INFO),
        Added("/t", INFO, replaced=True),
        Added("/t", INFO, unchanged=True),
        Added("/u", INFO, unchanged=True, elsewhere=True),
        Added("/no", error="It is not there."),
    ]
    assert added_form(results) == {
        "added": [brief | {"replaced": replaced, **here} for replaced in (False, True)],
        "unchanged": [brief | {"replaced": False, "elsewhere": known} for known in (False, True)],
        "failed": [{"source": "/no", "error": "It is not there."}],
    }


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
        search_form("q", [PASSAGE]),
        document_form(INFO),
        added_form([Added("/t", INFO)]),
        eval_form(report(*outcomes())),
        refit_form(Refit(load_fitted().confidence, standing, standing), 40, kept=False),
    ]
    assert json.loads(json.dumps(forms)) == forms
