"""A day reads the same whatever order of day and month an export shows it in."""

import pytest

from retrieval.reading.formats.plain.data.shown_dates import ShownDates

# A message of 1 May 2026, as Discord numbers it.
NUMBER = str(357_600_000_000 << 22)


@pytest.mark.parametrize(
    ("shown", "days"),
    [
        (["5/1/2026 9:12 AM"], ["2026-05-01"]),
        (["01/05/2026 09:12"], ["2026-05-01"]),
        (["5/1/2026 09:12", "5/13/2026 09:12"], ["2026-05-01", "2026-05-13"]),
        (["5/1/2026 9:12 AM", "13/1/2026 9:12 AM"], ["2026-01-05", "2026-01-13"]),
        (
            ["1/12/2026 09:12", "2/1/2026 10:00", "3/1/2026 10:00"],
            ["2026-01-12", "2026-02-01", "2026-03-01"],
        ),
        (["30/11/2025 09:12", "1/12/2025 10:00"], ["2025-11-30", "2025-12-01"]),
        (["01.05.2026 17:04"], ["2026-05-01"]),
        (["2026-05-01 17:04"], ["2026-05-01"]),
        (["2026/5/1 17:04"], ["2026-05-01"]),
        (["01-May-26 05:04 PM"], ["2026-05-01"]),
        (["Friday, May 1, 2026 5:04 PM"], ["2026-05-01"]),
        (["yesterday"], [""]),
        (["99/99/2026"], [""]),
    ],
)
def test_the_order_is_that_of_the_whole_export(shown: list[str], days: list[str]) -> None:
    dates = ShownDates((each, "") for each in shown)
    assert [dates.day(each) for each in shown] == days


@pytest.mark.parametrize("shown", ["5/1/2026 9:12 AM", "1/5/2026 9:12 AM", "01/05/2026 09:12"])
def test_the_number_of_a_message_tells_the_order(shown: str) -> None:
    assert ShownDates([(shown, NUMBER)]).day(shown) == "2026-05-01"
