"""The JSON that the command line promises, a function a form: its keys, their order, rounding.

The forms of `eval` and `calibrate` lie in bot/report/eval_json.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from retrieval.store.files.names import library_of_store
from retrieval.types import Added, Answer, Citation, DocumentInfo, Passage

from .answers import place_of

Json = dict[str, Any]
# The keys of a citation that are there only where there is something to say.
WHERE_KNOWN = frozenset({"link", "date", "hyperlinks", "author", "age", "language"})


def answer_form(answer: Answer) -> Json:
    """`ask --json`; `nearest` holds passages only where the documents don't say, and a `note` or
    what documents say `otherwise` is there only where there is any."""
    note = {"note": answer.note} if answer.note else {}
    otherwise = [citation_form(cited) for cited in answer.otherwise]
    return {
        "question": answer.question,
        "answered": answer.answered,
        "answer": answer.text,
        "confidence": round(answer.confidence, 4),
        "reader": answer.reader,
        **note,
        "citations": [citation_form(citation) for citation in answer.citations],
        **({"otherwise": otherwise} if otherwise else {}),
        "nearest": [passage_form(passage) for passage in answer.nearest],
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }


def citation_form(citation: Citation) -> Json:
    """One of the citations in `ask --json`; a `link` is there only where it isn't the source, a
    `date` only where the document has one, a `language` only where it isn't the question's, and
    `hyperlinks` only where there are any in the quote: offsets into the document's text, as its own
    are, and the address."""
    form = _without_version(asdict(citation))
    return {name: form[name] for name in form if form[name] or name not in WHERE_KNOWN}


def search_form(query: str, passages: Sequence[Passage]) -> Json:
    """`search --json`."""
    return {"query": query, "passages": [passage_form(passage) for passage in passages]}


def passage_form(passage: Passage) -> Json:
    """One of the passages in `search --json`."""
    return {
        "document": passage.document,
        "title": passage.title,
        "source": passage.source,
        "page": passage.page,
        "start": passage.start,
        "end": passage.end,
        "section": passage.section,
        "place": place_of(passage),
        "text": passage.text,
        "score": round(passage.score, 4),
    }


def document_form(document: DocumentInfo) -> Json:
    """One of the documents in `list --json`; `collection` says which set of its library it is in,
    and is there only where that is not everybody's, `language` only where it isn't English."""
    form = _without_version(asdict(document)) | {"library": library_of_store(document.library)}
    usual = {"collection": "", "language": "en"}
    return {name: form[name] for name in form if form[name] != usual.get(name)}


def _without_version(form: Json) -> Json:
    return {name: value for name, value in form.items() if name != "version"}


def added_form(results: Sequence["Added"]) -> Json:
    """`add --json` and `refresh --json`."""
    documents = [result for result in results if result.document is not None]
    return {
        "added": [_brief(r) for r in documents if not r.unchanged],
        "unchanged": [_brief(r) for r in documents if r.unchanged],
        "failed": [{"source": r.source, "error": r.error} for r in results if r.error is not None],
    }


def _brief(result: "Added") -> Mapping[str, Any]:
    document = result.document
    assert document is not None
    return {
        "id": document.id,
        "title": document.title,
        "source": document.source,
        "passages": document.passages,
        "replaced": result.replaced,
        "elsewhere": result.elsewhere,
    }
