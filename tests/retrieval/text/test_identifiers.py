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
        ("who may use /moor?", ("/moor",)),
        ("oars and/or sails, or either /gen", ()),
        ("is it in /etc/boats or at https://boats.example/moor", ()),
        ("notes of patch 7.3", ("7.3",)),
        ("what does § 8a say", ("§ 8a",)),
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
        ("Type /moor at the pier.", "/moor", True),
        ("Type /moorings, or /unmoor.", "/moor", False),
        ("The I²C bus is slow.", "i2c", True),
        ("Fault H-31 means fog.", "h31", True),
        ("Fault H31 means fog.", "H-31", True),
        ("Fault H 31 means fog.", "H31", False),
        ("Fault GH-31 means fog.", "H31", False),
        ("§8 Boats", "§ 8", True),
        ("§ 81 Boats", "§ 8", False),
        ("§ 8.2 Boats", "§ 8", False),
        ("CO₂ is heavier.", "co2", True),
        ("10⁶ is a million.", "106", False),
    ],
)
def test_an_identifier_stands_in_a_text_only_by_itself(text: str, name: str, there: bool) -> None:
    assert holds(text, name) is there
