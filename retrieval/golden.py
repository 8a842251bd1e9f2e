"""Golden questions: what is asked, and what must be found, quoted, or refused."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import FootnoteError

# A found passage counts where it holds the gold answer with this much of its paragraph around it:
# the bare answer ("1066") may stand anywhere.
CONTEXT = 20


@dataclass(frozen=True, slots=True)
class Golden:
    """A question and its gold: any one of `answers` is right, none means that it must abstain.

    `evidence` is the text that a passage must hold to count as found, "" where any one of the
    answers will do; `document` is the title of the document that the question is about.
    """

    question: str
    answers: tuple[str, ...] = ()
    evidence: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class SquadSet:
    """SQuAD 2.0 articles as documents (title, text), and their questions."""

    documents: tuple[tuple[str, str], ...]
    answerable: tuple[Golden, ...]
    impossible: tuple[Golden, ...]


def read_squad(path: Path) -> SquadSet:
    """A file in SQuAD 2.0's JSON format. Raises FootnoteError where it isn't one."""
    try:
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        documents = [
            (_title(a), "\n\n".join(p["context"] for p in a["paragraphs"])) for a in articles
        ]
        asked = [golden for article in articles for golden in _questions(article)]
    except OSError as error:
        raise FootnoteError(f"{path} can't be read: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise FootnoteError(f"{path} is not in SQuAD 2.0's JSON format: {error!r}.") from error
    return SquadSet(
        documents=tuple(documents),
        answerable=tuple(golden for golden in asked if golden.answers),
        impossible=tuple(golden for golden in asked if not golden.answers),
    )


def _title(article: Mapping[str, Any]) -> str:
    return str(article["title"]).replace("_", " ")


def _questions(article: Mapping[str, Any]) -> Iterator[Golden]:
    for paragraph in article["paragraphs"]:
        for asked in paragraph["qas"]:
            answers = asked["answers"]
            yield Golden(
                question=asked["question"],
                answers=tuple(dict.fromkeys(answer["text"] for answer in answers)),
                evidence=_evidence(paragraph["context"], answers[0]) if answers else "",
                document=_title(article),
            )


def _evidence(context: str, answer: Mapping[str, Any]) -> str:
    start = answer["answer_start"]
    return context[max(0, start - CONTEXT) : start + len(answer["text"]) + CONTEXT]


def spread(golden: Sequence[Golden], most: int) -> list[Golden]:
    """A fixed sample of about `most` questions, spread evenly over all of them."""
    return list(golden[:: max(1, len(golden) // most)])
