"""A message that asks more than a plain question: what is looked up for it, and one answer of all.

`retrieval.text.questions_in_message` finds the questions in it; here each is made to stand alone,
and the answers to them are put together, with their citations numbered on.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.text.questions_in_message import last_clause, questions_in
from retrieval.types import ENGLISH, Answer, Citation, Turn

from .abstention import NOT_SAID
from .follow_up import condense, points_back

MARK = re.compile(r"\[(\d+)\]")
# What `condense` puts behind a question.
CARRIED = re.compile(r" \([^()]*\)$")


def stand_alone(message: str, turns: Sequence[Turn], language: str = ENGLISH) -> list[str]:
    """The questions that a message asks, as each is asked alone; a plain one is itself.

    One that points back is about what the message said just before, or else about earlier turns.
    """
    asked = list[str]()
    for question, before in questions_in(message, language):
        said = before if before in asked or language != ENGLISH else last_clause(before)
        if said and points_back(question, language):
            asked.append(condense(question, [Turn(said, "")], language))
        else:
            asked.append(condense(question, turns if not asked else [], language))
    return asked


def join(message: str, questions: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """The answers to the questions of a message as one, whose citations are numbered through.

    Of a question that the documents don't answer it says so; at least one must be answered.
    """
    texts, citations = list[str](), list[Citation]()
    for question, answer in zip(questions, answers, strict=True):
        if answer.answered:
            new = _numbered_on(answer, citations)
            texts += [new.text] if new.text else []
            citations += new.citations
        else:
            texts.append(f"“{CARRIED.sub('', question).strip(' ?')}”: {NOT_SAID}")
    answered = [answer for answer in answers if answer.answered]
    return replace(
        answered[0],
        question=message,
        text=" ".join(texts),
        confidence=min(answer.confidence for answer in answered),
        citations=tuple(citations),
        passages=tuple(passage for answer in answered for passage in answer.passages),
    )


def _numbered_on(answer: Answer, before: Sequence[Citation]) -> Answer:
    """The answer with its citations numbered behind those before it; empty where it only says
    again what these say."""
    said = {(citation.version, citation.start, citation.end) for citation in before}
    if all((one.version, one.start, one.end) in said for one in answer.citations):
        return replace(answer, text="", citations=())
    first = len(before)
    known = {str(citation.number) for citation in answer.citations}

    def renumber(mark: re.Match[str]) -> str:
        return f"[{int(mark[1]) + first}]" if mark[1] in known else mark[0]

    return replace(
        answer,
        text=MARK.sub(renumber, answer.text),
        citations=tuple(replace(one, number=one.number + first) for one in answer.citations),
    )
