"""A passage stands in its document under headings, on a page, in rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.outline import Outline, read_outline

HANDBOOK = Outline(
    kind="docx",
    headings=(
        (0, 1, "Leave"),
        (50, 2, "Parental"),
        (90, 3, "Twins"),
        (120, 2, "Sick"),
        (150, 1, "Pay"),
    ),
)


@pytest.mark.parametrize(
    ("offset", "section"),
    [
        (0, "Leave"),
        (49, "Leave"),
        (50, "Leave › Parental"),
        (100, "Leave › Parental › Twins"),
        (120, "Leave › Sick"),
        (999, "Pay"),
    ],
)
def test_a_section_is_all_headings_that_are_still_open(offset: int, section: str) -> None:
    assert HANDBOOK.section(offset) == section


def test_what_stands_before_the_first_heading_has_no_section() -> None:
    assert Outline(headings=((10, 1, "Leave"),)).section(9) == ""
    assert Outline().section(0) == ""


def test_a_heading_ends_what_was_deeper_even_where_levels_are_left_out() -> None:
    outline = Outline(headings=((0, 1, "A"), (1, 4, "B"), (2, 3, "C"), (3, 2, "D")))
    assert [outline.section(at) for at in range(4)] == ["A", "A › B", "A › C", "A › D"]


def test_an_endless_heading_is_cut() -> None:
    assert len(Outline(headings=((0, 1, "word " * 1000),)).section(0)) <= 300


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 6), st.text(max_size=5)), max_size=9))
def test_what_is_under_two_headings_names_both(found: list[tuple[int, int, str]]) -> None:
    found.sort(key=lambda heading: heading[0])
    outline = Outline(headings=tuple(found))
    for at in range(51):
        above = [heading for heading in found if heading[0] <= at]
        if above:
            assert outline.section(at).endswith(above[-1][2].rstrip())
        else:
            assert outline.section(at) == ""


def test_an_outline_is_read_back_as_it_was_kept() -> None:
    kept = ("pdf", "[[0, 1], [7, 2]]", '[[0, 1, "A"]]', "[[3, 9]]")
    assert read_outline(*kept) == Outline("pdf", ((0, 1), (7, 2)), ((0, 1, "A"),), ((3, 9),))
