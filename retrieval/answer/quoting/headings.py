"""The headings right above a unit, where they say what it doesn't of what is asked."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from retrieval.text.numbers import MONTHS
from retrieval.text.terms import PREFIX, words
from retrieval.types import Passage

from .blocks import Kind, blocks
from .units import MOST, Unit

# Questions for a date and for a version, which often stand over what happened then.
WHEN = re.compile(r"\bwhen\b|\b(?:what|which) (?:day|date|month|year)\b", re.IGNORECASE)
WHICH_VERSION = re.compile(r"\b(?:what|which) (?:version|release|patch|update)\b", re.IGNORECASE)
DATE = re.compile(rf"\d{{4}}-\d\d-\d\d|\b(?:{'|'.join(MONTHS)}|(?:19|20)\d\d)\b", re.IGNORECASE)
VERSION = re.compile(r"\d+(?:\.\d+)+")


def with_heading(passage: Passage, unit: Unit, telling: frozenset[str], question: str = "") -> Unit:
    """The unit, with the headings right above it where they say what it doesn't of the question:
    its `telling` words, or the date or version that it asks for."""
    above = [block for block in blocks(passage) if block.end <= unit.start]
    heads = list(takewhile(lambda block: block.kind is Kind.HEADING, reversed(above)))
    if not heads or unit.end - heads[0].start > MOST:
        return unit
    text = passage.slice(unit.start, unit.end)
    missing, wanted = _roots(telling) - _roots(words(text)), _wanted(question)
    lacking = wanted is not None and not _told(wanted, text, question)

    def says(head: str) -> bool:
        told = bool(missing & _roots(words(head)))
        return told or bool(lacking and wanted and _told(wanted, head, question))

    said = (head for head in heads if says(passage.slice(head.start, head.end)))
    return replace(unit, start=min((head.start for head in said), default=unit.start))


def _wanted(question: str) -> re.Pattern[str] | None:
    """The form of what a question asks for, if it asks for a date or a version."""
    if WHICH_VERSION.search(question):
        return VERSION
    return DATE if WHEN.search(question) else None


def _told(wanted: re.Pattern[str], text: str, question: str) -> bool:
    """Return whether a text tells what is asked for, beyond what the question says itself."""
    return not set(wanted.findall(text)) <= set(wanted.findall(question))


def _roots(spelled: Iterable[str]) -> set[str]:
    """The beginnings of words, by which "leave" and "leaves" are one."""
    return {word[:PREFIX] for word in spelled}
