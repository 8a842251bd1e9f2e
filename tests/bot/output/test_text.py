"""Text that is printed steers no terminal, and is cut between words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.output.text import age, dated, printable, shortened
from tests.support.shell import STEERING


@given(st.text())
def test_printable_text_steers_no_terminal_and_loses_nothing_else(text: str) -> None:
    assert not STEERING.search(printable(text))
    assert printable(text) == STEERING.sub("", text)


def test_a_glimpse_of_a_long_text_ends_between_words() -> None:
    assert shortened("one two three", 8) == "one …"
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", None) == "one two three"


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01T09:30:00Z", "2024-03-01"),
        ("March\n2024", "March 2024"),
        ("", ""),
    ],
)
def test_a_documents_own_date_is_told_by_its_day(date: str, shown: str) -> None:
    assert dated(date, "Notes") == shown


def test_a_date_that_the_title_says_is_not_said_twice() -> None:
    assert dated("2024-03-01", "Minutes of 2024-03-01") == ""


@pytest.mark.parametrize(
    ("days", "told"),
    [
        *((0, "today"), (1, "1 day ago"), (13, "13 days ago"), (14, "2 weeks ago")),
        *((60, "2 months ago"), (729, "24 months ago"), (730, "2 years ago"), (-3, "today")),
    ],
)
def test_an_age_is_told_in_words(days: int, told: str) -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert age((now - timedelta(days=days)).isoformat(), now) == told
