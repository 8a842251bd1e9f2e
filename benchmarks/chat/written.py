"""Judge a model sentence by sentence: the documents support it or not, and it is shown or not.

Whether a sentence is supported was judged by reading it beside the passages, without knowing what
became of it: `yes`, `no`, or `none` where it says nothing of the subject (“The answer is:”).
Neither the sentences nor the passages are ours, so that `labels.csv` knows them by their hash.
"""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from retrieval.answer.chat.grounding.claims import Writing
from retrieval.answer.chat.grounding.stream import GroundedAnswer
from retrieval.answer.chat.grounding.support import Support
from retrieval.types import Passage

LABELS = Path(__file__).parent / "labels.csv"


@dataclass(frozen=True)
class Sentence:
    """A sentence that the model wrote, and whether it was kept."""

    question: str
    text: str
    cited: tuple[int, ...]
    passages: tuple[str, ...]
    kept: bool

    @property
    def id(self) -> str:
        """The name that it is known by."""
        return hashlib.sha256(f"{self.question}\n{self.text}".encode()).hexdigest()[:16]


def sentences(
    question: str, text: str, passages: Sequence[Passage], support: Support
) -> Iterator[Sentence]:
    """The sentences of what a model wrote, but for that the documents don't say."""
    held, writing = GroundedAnswer(passages, support, "remove"), Writing()
    shown = tuple(f"{passage.title}: {passage.text}" for passage in passages)
    for claim in (*writing.add(text), *writing.rest()):
        kept = held.take(claim)
        if not held.silent:
            yield Sentence(question, claim.text, claim.cited, shown, kept)


def read_labels() -> dict[str, str]:
    """Read which labelled sentences are supported by the passages that the model was shown."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        return {row["sentence"]: row["supported"] for row in csv.DictReader(file)}


def counted(written: Sequence[Sentence]) -> Iterator[tuple[str, str, str]]:
    """(figure, quote, chat): unsupported sentences before and after, and what that costs."""
    labels = read_labels()
    said = [(one, labels.get(one.id, "unknown")) for one in written]
    known = [(one, label == "yes") for one, label in said if label in {"yes", "no"}]
    shown = [supported for one, supported in known if one.kept]
    lost = [not one.kept for one, supported in known if supported]
    empty = [one for one, label in said if label == "none"]
    yield "sentences written", "–", str(len(written))
    yield "of which not labelled", "–", str(sum(label == "unknown" for _, label in said))
    yield "of which say nothing of the subject", "–", str(len(empty))
    yield "of those, shown", "–", str(sum(one.kept for one in empty))
    yield f"unsupported, of the other {len(known)}", "–", rate([not one for _, one in known])
    yield f"unsupported, of the {len(shown)} of them shown", "–", rate([not one for one in shown])
    yield f"lost, of {len(lost)} supported", "–", rate(lost)


def rate(found: Sequence[bool]) -> str:
    """Return a count as a cell of the table."""
    return f"{sum(found) / len(found):.3f}" if found else "–"


def label_file(written: Sequence[Sentence], path: Path) -> None:
    """Writes sentences without a label, a line of JSON each, not saying which are kept."""
    labels = read_labels()
    unknown = {one.id: asdict(one) for one in written if one.id not in labels}
    lines = (
        json.dumps({"sentence": id, **{k: v for k, v in one.items() if k != "kept"}})
        for id, one in unknown.items()
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
