"""Read golden questions from SQuAD 2.0's JSON format, with the documents they are about."""

import codecs
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from retrieval.errors import FootnoteError

from .golden import Golden, Kind

# A found passage counts where it holds the gold answer with this much of its paragraph around it:
# the bare answer ("1066") may stand anywhere.
CONTEXT = 20
FORMAT = "SQuAD 2.0's JSON format"

# What pydantic calls an error, as a sentence goes on after the place of it.
WRONG = {
    "missing": "is missing",
    "string_type": "must be a text",
    "string_pattern_mismatch": "holds no text",
    "int_type": "must be a whole number",
    "greater_than_equal": "must not be negative",
    "tuple_type": "must be a list",
    "too_short": "is empty",
    "model_type": "must be an object",
}

Text = Annotated[str, Field(pattern=r"\S")]
Title = Annotated[str, Field(pattern=r"[^\s_]")]  # where a _ stands for a space


class _Part(BaseModel):
    # Strict: "0" is no position. What the format has beyond the fields named here is let pass.
    model_config = ConfigDict(strict=True)


class _Answer(_Part):
    text: Text
    answer_start: Annotated[int, Field(ge=0)]


class _Question(_Part):
    question: Text
    answers: tuple[_Answer, ...]


class _Paragraph(_Part):
    context: Text
    qas: tuple[_Question, ...]


class _Article(_Part):
    title: Title
    paragraphs: Annotated[tuple[_Paragraph, ...], Field(min_length=1)]


class _File(_Part):
    data: tuple[_Article, ...]


@dataclass(frozen=True, slots=True)
class SquadSet:
    """SQuAD 2.0 articles as documents (title, text), and their questions."""

    documents: tuple[tuple[str, str], ...]
    answerable: tuple[Golden, ...]
    impossible: tuple[Golden, ...]


def read_squad(path: Path) -> SquadSet:
    """The articles and questions of a file in SQuAD 2.0's JSON format.

    A question without answers is one of SQuAD's tricks. No two documents have the same title.
    Raises FootnoteError where the file can't be read, is not in that format, or asks nothing; it
    says where in the file that shows.
    """
    articles = _articles(path)
    titles = told_apart(" ".join(a.title.replace("_", " ").split()) for a in articles)
    texts = ("\n\n".join(part.context for part in article.paragraphs) for article in articles)
    named = zip(titles, articles, strict=True)
    asked = [golden for title, article in named for golden in _questions(article, title, path.name)]
    if not asked:
        raise FootnoteError(f"{path} holds no {'questions' if articles else 'articles'}.")
    answerable = tuple(golden for golden in asked if golden.answers)
    impossible = tuple(golden for golden in asked if not golden.answers)
    return SquadSet(tuple(zip(titles, texts, strict=True)), answerable, impossible)


def told_apart(titles: Iterable[str]) -> tuple[str, ...]:
    """The titles in their order, each that was there before with a number: "Title (2)"."""
    taken: dict[str, None] = {}
    for title in titles:
        new, number = title, 2
        while new in taken:
            new, number = f"{title} ({number})", number + 1
        taken[new] = None
    return tuple(taken)


def _articles(path: Path) -> Sequence[_Article]:
    try:
        data = path.read_bytes().removeprefix(codecs.BOM_UTF8)
        articles = _File.model_validate_json(data).data
    except ValidationError as error:
        raise FootnoteError(f"{path} is not {_describe(error)}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FootnoteError(f"{path} can't be read: {reason}.") from error
    for place in _misplaced(articles):
        raise FootnoteError(f"{path}: the text of {place} does not stand at its answer_start.")
    return articles


def _describe(error: ValidationError) -> str:
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return f"JSON: {first['ctx']['error']}"
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"])
    where = "".join(steps).removeprefix(".") or "the whole"
    return f"in {FORMAT}: {where} {WRONG.get(first['type'], first['msg'])}"


def _misplaced(articles: Sequence[_Article]) -> Iterator[str]:
    for a, article in enumerate(articles):
        for p, paragraph in enumerate(article.paragraphs):
            for q, asked in enumerate(paragraph.qas):
                for n, answer in enumerate(asked.answers):
                    if not paragraph.context.startswith(answer.text, answer.answer_start):
                        yield f"data[{a}].paragraphs[{p}].qas[{q}].answers[{n}]"


def _questions(article: _Article, title: str, file: str) -> Iterator[Golden]:
    for paragraph in article.paragraphs:
        for asked in paragraph.qas:
            yield Golden(
                question=asked.question,
                answers=tuple(dict.fromkeys(answer.text for answer in asked.answers)),
                evidence=_evidence(paragraph.context, asked.answers[0]) if asked.answers else "",
                source=title,
                kind=Kind.ANSWERABLE if asked.answers else Kind.TRICK,
                place=f"{file}: {title}",
            )


def _evidence(context: str, answer: _Answer) -> str:
    start = answer.answer_start
    return context[max(0, start - CONTEXT) : start + len(answer.text) + CONTEXT]
