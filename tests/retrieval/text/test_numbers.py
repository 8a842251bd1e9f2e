"""Numbers are the same whichever way they are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.numbers import numbers


def values(text: str) -> set[Decimal]:
    """All numbers of a text."""
    return {value for number in numbers(text) for value in number.values}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4", "4"),
        ("0", "0"),
        ("007", "7"),
        ("4.50 crowns", "4.5"),
        ("4,50 Kronen", "4.5"),
        ("3.14159", "3.14159"),
        ("1,000", "1000"),
        ("1 000", "1000"),
        ("1’000", "1000"),
        ("1,234,567", "1234567"),
        ("1,000.5", "1000.5"),
        ("$1.2 million", "1200000"),
        ("1.2m", "1200000"),
        ("€5bn", "5000000000"),
        ("£250k", "250000"),
        ("10K", "10000"),
        ("3 hundred", "300"),
        ("28th", "28"),
        ("1st", "1"),
        ("the 1990s", "1990"),
        ("50%", "50"),
        ("50 percent", "50"),
        ("in 1851.", "1851"),
        ("(1851)", "1851"),
        ("room 101, please", "101"),
        ("two", "2"),
        ("Twelve", "12"),
        ("twenty-one", "21"),
        ("twenty one", "21"),
        ("thirty", "30"),
        ("one hundred", "100"),
        ("a hundred", "100"),
        ("two hundred and five", "205"),
        ("two hundred and five thousand", "205000"),
        ("three million", "3000000"),
        ("one thousand nine hundred", "1900"),
        ("third", "3"),
        ("twentieth", "20"),
        ("twenty-first", "21"),
        ("a dozen", "12"),
        ("two dozen", "24"),
        ("nine o'clock", "9"),
    ],
)
def test_a_number_is_its_value(text: str, value: str) -> None:
    assert Decimal(value) in values(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,000", "one thousand"),
        ("$1.5 million", "1,500,000"),
        ("28 October", "28th October"),
        ("3 pm", "15:00"),
        ("9 a.m.", "9:00"),
        ("12.0", "12"),
        ("thirty years", "30 years"),
    ],
)
def test_two_ways_to_write_a_number_are_the_same(one: str, other: str) -> None:
    assert values(one) & values(other)


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("the fourth and eighth", {"4", "8"}),
        ("twenty-first and thirty two", {"21", "32"}),
        ("boxes 1,2,3, and 5", {"1", "2", "3", "5"}),
        ("two hundred and five, six", {"205", "6"}),
        ("2018–19", {"2018", "19", "2019"}),
    ],
)
def test_numbers_side_by_side_are_several(text: str, several: set[str]) -> None:
    assert values(text) == {Decimal(value) for value in several}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1851", "1852"),
        ("30", "13"),
        ("1.5", "15"),
        ("1,5", "15"),
        ("3 million", "3"),
        ("$5", "50"),
    ],
)
def test_numbers_that_differ_are_not_the_same(one: str, other: str) -> None:
    assert not values(one) & values(other)


@pytest.mark.parametrize(
    "text", ["", "No number here.", "someone", "tenor", "weight", "B2B", "often"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert not values(text)


@pytest.mark.parametrize("word", ["one", "ones", "first", "second", "dozens"])
def test_words_that_hardly_ever_count_are_vague(word: str) -> None:
    [number] = numbers(f"the {word} of them")
    assert number.vague


@given(st.integers(0, 10**12))
def test_digits_are_read_with_and_without_commas(value: int) -> None:
    assert Decimal(value) in values(f"There are {value} of them.")
    assert Decimal(value) in values(f"There are {value:,} of them.")


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    for number in numbers(text):
        assert number.written
        assert number.values
