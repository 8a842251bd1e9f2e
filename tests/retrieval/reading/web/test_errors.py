"""Whatever a server answers, people are told what it means and what to do, in a line of ours."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.web.errors import failure, in_words, refusal, wait_after

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (204, "came without its content (204). Check the address."),
        (206, "came without its content (206). Check the address."),
        (300, "is sent on to nowhere (300). Check the address."),
        (301, "is sent on to nowhere (301). Check the address."),
        (
            401,
            "needs a login (401), and Footnote reads what everybody can. Save it and add the file.",
        ),
        (403, "is not shown to programs (403). Save it and add the file."),
        (404, "is not there (404). Check the address."),
        (
            407,
            "needs a login (407), and Footnote reads what everybody can. Save it and add the file.",
        ),
        (408, "took its server too long (408). Try again later."),
        (410, "is gone for good (410). Check the address."),
        (415, "is refused by its server (415). Check the address."),
        (451, "is withheld for legal reasons (451). Look for it elsewhere."),
        (500, "can’t be fetched: its server has a problem (500). Try again later."),
        (503, "can’t be fetched: its server has a problem (503). Try again later."),
        (504, "took its server too long (504). Try again later."),
        (
            999,
            "can’t be fetched: its server doesn’t answer as a web server should. Try again later.",
        ),
    ],
)
def test_every_status_has_its_sentence(status: int, says: str) -> None:
    assert refusal(status) == says


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (TimeoutError(), "took longer than 30 seconds. Try again later."),
        (ConnectionRefusedError(), "can’t be fetched: x.com doesn’t answer. Try again later."),
        (ConnectionResetError(), "can’t be fetched: x.com doesn’t answer. Try again later."),
        (OSError(101, "unreachable"), "can’t be fetched: x.com doesn’t answer. Try again later."),
    ],
)
def test_every_failure_has_its_sentence(error: Exception, says: str) -> None:
    assert failure(error, "x.com", 30.0) == says


@pytest.mark.parametrize(
    ("status", "header", "seconds"),
    [
        (429, "120", 120),
        (429, " 0 ", 1),
        (429, None, 60),
        (429, "soon", 60),
        (429, "-5", 60),
        (429, "Tue, 24 Nov 2026 12:01:30 GMT", 90),
        (429, "Tue, 24 Nov 2026 13:01:30 +0100", 90),
        (429, "Tue, 24 Nov 2026 12:01:30 -0000", 90),
        (429, "Mon, 23 Nov 2026 12:00:00 GMT", 1),
        (429, "Fri, 31 Dec 9999 23:59:59 GMT", 24 * 3600),
        (429, "999999999", 24 * 3600),
        (429, "9" * 5000, 60),
        (429, "Tue, 99 Nov 2026 12:01:30 GMT", 60),
        (503, "30", 30),
        (503, None, None),
        (503, "٣", None),
        (404, "30", None),
        (200, "30", None),
    ],
)
def test_a_server_says_how_long_to_wait(
    status: int, header: str | None, seconds: float | None
) -> None:
    assert wait_after(status, header, NOW) == seconds


@given(st.text(max_size=60) | st.text("0123456789 :,+-aefMonTuNvGT", max_size=40))
def test_no_header_keeps_a_server_out_for_ever(header: str) -> None:
    wait = wait_after(429, header, NOW)
    assert wait is not None
    assert 1 <= wait <= 24 * 3600


@pytest.mark.parametrize(
    ("seconds", "says"),
    [
        (0.2, "1 second"),
        (59.5, "60 seconds"),
        (60, "60 seconds"),
        (61, "2 minutes"),
        (3600, "60 minutes"),
        (24 * 3600, "24 hours"),
    ],
)
def test_a_wait_is_said_in_words(seconds: float, says: str) -> None:
    assert in_words(seconds) == says
