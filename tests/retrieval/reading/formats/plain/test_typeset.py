"""A word is the same however it is typeset, in every format."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from retrieval.text.terms import words
from tests.support.formats.reading import text_of


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.rst"])
def test_ligatures_and_soft_hyphens_are_the_words_that_are_read(
    parsers: Parsers, name: str
) -> None:
    data = "The \ufb01re of\ufb01ce is e\ufb03cient, pass\xadword zero\u200bwidth.".encode()
    text = "The fire office is efficient, password zerowidth."
    assert text_of(parsers.read(data, name)) == text


def test_words_of_a_question_are_folded_alike() -> None:
    assert words("\ufb01eld o\ufb03ce \uff37\uff49\uff44\uff45 10\u00b2") == [
        *("field", "office", "wide", "10\u00b2"),
    ]
