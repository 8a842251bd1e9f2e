"""The JSON forms, key by key, as the design promises them."""

import json
from dataclasses import replace

from bot.output.json_forms import (
    added_form,
    answer_form,
    document_form,
    search_form,
)
from retrieval.types import Added, Answer, Citation, DocumentInfo, Passage, SentenceScore

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


def test_every_form_can_be_written_as_json() -> None:
    forms = [
        search_form("q", [PASSAGE]),
        document_form(INFO),
        added_form([Added("/t", INFO)]),
    ]
    assert json.loads(json.dumps(forms)) == forms
