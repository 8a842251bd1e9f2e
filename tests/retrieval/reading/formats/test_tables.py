"""The first row of a table heads it only if it is unlike what stands under it."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import rows_of


def rows(parsers: Parsers, *lines: str) -> list[str]:
    return rows_of(parsers.read("\n".join(lines).encode(), "table.csv"))


@pytest.mark.parametrize(
    "lines",
    [
        ("Kai Dorn,cook,2025-03-01", "Una Pell,mate,2025-04-11", "Bo Ray,pilot,2024-01-30"),
        ("Dory Lane,Boat 4,£12", "Pike Road,Boat 7,£15"),
        ("Kai,kai@quay.example", "Una,una@quay.example"),
        ("Monday,07:30,Quay", "Tuesday,08:15,Mole"),
        ("Kai Dorn,cook,Quay", "Una Pell,mate,Mole", "Bo Ray,pilot,Spit"),
        ("gate,open", "shed,open", "quay,shut"),
        ("Alma,1987", "Corvus,1990", "Borealis,2003"),
    ],
)
def test_a_first_row_that_is_like_those_below_is_data(
    parsers: Parsers, lines: tuple[str, ...]
) -> None:
    assert rows(parsers, *lines) == [line.replace(",", " · ") for line in lines]


@pytest.mark.parametrize(
    "lines",
    [
        ("Name,Since", "Kai,2025-03-01", "Una,2025-04-11"),
        ("name,email", "kai,kai@quay.example", "una,una@quay.example"),
        ("Boat,2023,2024", "Alma,12,15", "Corvus,3,4"),
        ("Name,Duty", "Kai,cook", "Una,mate"),
        ("Boat,Berth", "Boat 1,Berth 4", "Boat 2,Berth 5"),
        ("Item,Price", "Tea,4"),
    ],
)
def test_a_first_row_that_names_what_stands_below_is_a_header(
    parsers: Parsers, lines: tuple[str, ...]
) -> None:
    names, first = lines[0].split(","), lines[1].split(",")
    told = " · ".join(f"{name}: {cell}" for name, cell in zip(names, first, strict=True))
    assert rows(parsers, *lines)[0] == told


def test_a_space_behind_a_comma_is_no_part_of_a_cell(parsers: Parsers) -> None:
    text = 'Name, Duty, Note\nKai, cook, "late, as a rule"\nUna, mate, "a ""b"""'
    assert rows(parsers, text) == [
        "Name: Kai · Duty: cook · Note: late, as a rule",
        'Name: Una · Duty: mate · Note: a "b"',
    ]


def test_a_header_that_is_repeated_is_no_row(parsers: Parsers) -> None:
    lines = ("Boat,Berth", "Alma,four", "Boat,Berth", "Corvus,five")
    assert rows(parsers, *lines) == ["Boat: Alma · Berth: four", "Boat: Corvus · Berth: five"]
