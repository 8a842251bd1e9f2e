"""The JSON forms, key by key, as the design promises them."""

import json

from bot.forms import added_form, answer_form, document_form, search_form
from retrieval.adding import Added
from retrieval.schema import Answer, Citation, DocumentInfo, Passage, SentenceScore

PASSAGE = Passage(
    "d1", "T", "/t", None, 0, 8, "The gate", 0.81234567, 0.5, (SentenceScore(0, 8, 1),)
)
INFO = DocumentInfo("d1", "common", "T", "/t", 12, 4711, "2026-11-23T10:00:00Z", "cli", "ready")


def test_an_answer_in_json() -> None:
    citation = Citation(1, "d1", "T", "/t", 3, 120, 214, "quote")
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
            }
        ],
        "nearest": search_form("Q?", [PASSAGE])["passages"],
        "elapsed_ms": 41.0,
    }


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
                "text": "The gate",
                "score": 0.8123,
            }
        ],
    }


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
    }


def test_what_was_added_in_json() -> None:
    brief = {"id": "d1", "title": "T", "source": "/t", "passages": 12}
    results = [
        Added("/t", INFO),
        Added("/t", INFO, replaced=True),
        Added("/t", INFO, unchanged=True),
        Added("/no", error="It is not there."),
    ]
    assert added_form(results) == {
        "added": [brief | {"replaced": False}, brief | {"replaced": True}],
        "unchanged": [brief | {"replaced": False}],
        "failed": [{"source": "/no", "error": "It is not there."}],
    }


def test_every_form_can_be_written_as_json() -> None:
    forms = [search_form("q", [PASSAGE]), document_form(INFO), added_form([Added("/t", INFO)])]
    assert json.loads(json.dumps(forms)) == forms
