"""The cases of a report: as JSON for the page's script, each passage once, and in a sentence."""

import json
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import Any, Generic, TypeVar

from bot.output.text import escaped
from retrieval.evaluation.golden import Fault, Kind, Outcome
from retrieval.types import Citation, Passage

from .report import Report

Json = dict[str, Any]
Thing = TypeVar("Thing", bound=Hashable)

RIGHT = "right"
# Within a script element, these could end it or begin a comment.
MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


class Numbering(Generic[Thing]):
    """Things that occur many times, each with a number to name it by."""

    def __init__(self) -> None:
        self.numbers: dict[Thing, int] = {}

    def number(self, thing: Thing) -> int:
        """The number of a thing, which it keeps."""
        return self.numbers.setdefault(thing, len(self.numbers))


Documents = Numbering[tuple[str, str, str]]  # id, title, source
Passages = Numbering[tuple[int, int | None, int, int, str]]  # document, page, start, end, text


def make_data(outcomes: Sequence[Outcome]) -> Json:
    """All cases in their order, and the passages and documents that they name by number."""
    documents, passages = Documents(), Passages()
    cases = [
        _form(number, outcome)
        | {
            "found": [_found(passage, passages, documents) for passage in outcome.answer.passages],
            "quotes": [_quote(citation, documents) for citation in outcome.answer.citations],
        }
        for number, outcome in enumerate(outcomes, start=1)
    ]
    return {
        "verdicts": [RIGHT, *(fault.value for fault in Fault)],
        "kinds": [kind.value for kind in Kind],
        "cases": cases,
        "passages": list(passages.numbers),
        "documents": [[title, source] for _, title, source in documents.numbers],
    }


def _form(number: int, outcome: Outcome) -> Json:
    """The row of a case and its details, but for passages and quotes."""
    golden, answer = outcome.golden, outcome.answer
    return {
        "number": number,
        "verdict": verdict(outcome),
        "kind": golden.kind.value,
        "library": golden.library,
        "place": golden.place,
        "question": golden.question,
        "expected": list(golden.answers),
        "source": golden.source,
        "evidence": golden.evidence,
        "answered": answer.answered,
        "answer": answer.text,
        "confidence": f"{answer.confidence:.3f}",
        "rank": outcome.rank,
        "ms": f"{answer.elapsed_ms:,.1f}",
    }


def verdict(outcome: Outcome) -> str:
    """The fault of an outcome, or "right"."""
    fault = outcome.fault
    return RIGHT if fault is None else fault.value


def as_script(data: Json) -> str:
    """JSON to stand in a script element, whatever the texts in it are."""
    return escaped(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).translate(MARKUP)


def _found(passage: Passage, passages: Passages, documents: Documents) -> tuple[int, str]:
    document = documents.number((passage.document, passage.title, passage.source))
    place = passage.page, passage.start, passage.end
    return passages.number((document, *place, passage.text)), f"{passage.score:.2f}"


def _quote(citation: Citation, documents: Documents) -> tuple[int, int, int | None, int, int, str]:
    document = documents.number((citation.document, citation.title, citation.source))
    place = citation.page, citation.start, citation.end
    return citation.number, document, *place, citation.quote


def summarise(report: Report) -> str:
    """A sentence or two: the cases that came out right, the faults of others, and what changed."""
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
