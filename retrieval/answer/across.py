"""Answers in another language than their question: they are told by it, and say which."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.types import ENGLISH, Citation, Passage

# The passages of which one in the question's own language is enough for it to be no such answer.
LOOKED_AT = 3


def is_across(question: str, passages: Sequence[Passage]) -> bool:
    """True where a question is surely in another language than the passages, best first, that were
    found for it."""
    languages = {passage.language or ENGLISH for passage in passages[:LOOKED_AT]}
    return bool(languages) and languages == _others(question, languages)


def with_languages(
    question: str, citations: Sequence[Citation], passages: Sequence[Passage]
) -> tuple[Citation, ...]:
    """The citations, of some of these passages, with the language of each that is in another than
    the question."""
    language_of = {passage.document: passage.language or ENGLISH for passage in passages}
    others = _others(question, {language_of[cited.document] for cited in citations})
    return tuple(
        replace(cited, language=language_of[cited.document])
        if language_of[cited.document] in others
        else cited
        for cited in citations
    )


def _others(question: str, languages: set[str]) -> set[str]:
    """Those languages that the question is surely not in."""
    # Imported here: only a model that knows several languages finds what is across.
    from retrieval.text.languages.detect import is_in_another

    return {language for language in languages if is_in_another(question, language)}
