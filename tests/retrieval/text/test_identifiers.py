"""Error codes, versions, options and names of settings are one thing each, found to the letter."""

import pytest

from retrieval.text.identifiers import holds, identifiers


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("what is error F2040?", ("F2040",)),
        ("Is CVE-2031-1234 fixed in 4.2.1?", ("CVE-2031-1234", "4.2.1")),
        ("what changed in version 4.2", ("4.2",)),
        ("does v3 have it", ("v3",)),
        ("what does --dry-run do", ("--dry-run",)),
        ("what is MAX_BOATS for", ("MAX_BOATS",)),
        ("Who was Ada in 1851?", ()),
        ("is it open 24 hours, or from 10.30?", ()),
        ("what about covid-19 in Q3", ()),
        ("well-known keepers", ()),
    ],
)
def test_identifiers_are_told_from_words_and_numbers(question: str, names: tuple[str, ...]) -> None:
    assert identifiers(question) == names


@pytest.mark.parametrize(
    ("text", "name", "there"),
    [
        ("Error F2040 means rain.", "f2040", True),
        ("Error F20401 means rain.", "F2040", False),
        ("Release 4.2.1 is out.", "4.2.1", True),
        ("Release 4.2.10 is out.", "4.2.1", False),
        ("Release 14.2.1 is out.", "4.2.1", False),
        ("Release 4.2.1.5 is out.", "4.2.1", False),
        ("Release v4.2.1.", "4.2.1", True),
        ("Use --dry-run first.", "--dry-run", True),
        ("Use --dry-runs first.", "--dry-run", False),
        ("Set MAX_BOATS_ASHORE.", "MAX_BOATS", False),
        ("The I²C bus is slow.", "i2c", True),
        ("CO₂ is heavier.", "co2", True),
        ("10⁶ is a million.", "106", False),
    ],
)
def test_an_identifier_stands_in_a_text_only_by_itself(text: str, name: str, there: bool) -> None:
    assert holds(text, name) is there
