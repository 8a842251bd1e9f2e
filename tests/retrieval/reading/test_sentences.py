"""Errors say in English what is wrong, and keep what they were made of for other languages."""

import copy
import pickle

import pytest

from retrieval.errors import Counted, FootnoteError, LoadError, Sentence, in_a_row

WHY = Sentence("is larger than {limit}.", limit=Sentence("{size} MiB", size=20.0))
FILES = Counted("{count} file of {place}", "{count} files of {place}", 1234, place="a")


def test_a_sentence_is_its_english_text_and_keeps_its_template_and_values() -> None:
    assert WHY == "is larger than 20 MiB."
    assert WHY.template == "is larger than {limit}."
    assert isinstance(WHY.values["limit"], Sentence)
    assert Sentence("{a} {b}", a=2048, b=0.25) == "2048 0.25"


def test_a_template_without_values_is_taken_to_the_letter() -> None:
    assert Sentence("{not a field}") == "{not a field}"
    assert Sentence(WHY) is WHY


@pytest.mark.parametrize(
    ("count", "told"),
    [(1, "1 file of a"), (2, "2 files of a"), (0.5, "0.5 files of a"), (60.0, "60 files of a")],
)
def test_a_number_calls_for_its_form(count: float, told: str) -> None:
    assert Counted("{count} file of {place}", "{count} files of {place}", count, place="a") == told


def test_a_large_number_is_written_in_thousands() -> None:
    assert FILES == "1,234 files of a"


def test_parts_stand_in_a_row() -> None:
    assert in_a_row(["a", WHY]) == "a, is larger than 20 MiB."
    assert in_a_row([WHY]) is WHY


@pytest.mark.parametrize("sentence", [WHY, FILES])
def test_a_copy_knows_what_the_sentence_knows(sentence: Sentence) -> None:
    for other in (copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):  # noqa: S301
        assert other == sentence
        assert vars(other) == vars(sentence)


def test_an_error_says_its_sentence_and_keeps_one_that_it_is_given() -> None:
    error = LoadError("{file} {why}", file="a.txt", why=WHY)
    assert str(error) == "a.txt is larger than 20 MiB."
    assert FootnoteError(error.sentence).sentence is error.sentence
    assert FootnoteError(FILES).sentence is FILES
