"""Mail: decoded, in one alternative, with who wrote, when and about what."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, text_of

ENCODED = b"""From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>
Subject: =?utf-8?b?RsOkaHJl?=
Date: Thu, 5 Mar 2026 23:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=cut

--cut
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Sie f=E4hrt um neun.

> When does it leave?
--cut
Content-Type: text/html

<p>Never shown.</p>
--cut
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--cut--
"""
PAGE = b"""From: a@example.org
Content-Type: text/html

<html><head><style>p { color: red }</style></head><body><p>At <b>nine</b>.</p></body></html>
"""
BOX = b"""From a@example.org Thu Mar  5 10:00:00 2026
From: Ada <a@example.org>
Subject: Boats
Date: Thu, 5 Mar 2026 10:00:00 +0000

Hello.
>From here on.

From b@example.org Fri Mar  6 10:00:00 2026
From: Bo <b@example.org>
Subject: Re: Boats

Yes.
"""


def test_a_letter_says_its_subject_sender_and_day(parsers: Parsers) -> None:
    content = parsers.read(ENCODED, "a.eml")
    assert (content.kind, content.title, content.author, content.date) == (
        *("mail", "Fähre", "Jürgen"),
        "2026-03-05",
    )
    assert text_of(content) == "Fähre\n\nSie fährt um neun.\n\n> When does it leave?"


def test_a_letter_that_is_only_a_page_reads_as_the_page(parsers: Parsers) -> None:
    assert text_of(parsers.read(PAGE, "a.eml")) == "At nine."


def test_letters_of_a_box_are_a_section_each(parsers: Parsers) -> None:
    content = parsers.read(BOX, "a.mbox")
    assert headings_of(content) == [(1, "Boats"), (1, "Re: Boats")]
    assert text_of(content).split("\n\n") == [
        *("Boats", "Ada, 2026-03-05:", "Hello.\nFrom here on.", "Re: Boats", "Bo:", "Yes."),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        b"From: a@b.c\nContent-Type: text/plain; charset=never-heard\n\nAt nine.\n",
        b"From: a@b.c\nDate: never\nContent-Transfer-Encoding: base64\n\n!!!At nine.\n",
        b"From: <<>>,;\nSubject: =?x?y?z?=\nDate: 99 99\n\nAt nine.\n",
        b"From: a@b.c\nContent-Type: multipart/mixed\n\nAt nine.\n",
    ],
)
def test_a_broken_letter_is_read_as_far_as_it_can_be(parsers: Parsers, broken: bytes) -> None:
    assert parsers.read(broken, "a.eml").kind == "mail"


def test_a_note_that_names_a_sender_is_text(parsers: Parsers) -> None:
    assert parsers.read(b"From: Ada\n\nAt nine.", "a.txt").kind == "text"


@pytest.mark.parametrize("time", ["10:00:00999999999999", "1010101010101010101010:00:00"])
def test_a_day_that_no_calendar_has_costs_only_itself(parsers: Parsers, time: str) -> None:
    letter = f"From: a@example.org\nSubject: Tea\nDate: Mon, 6 May 2024 {time} +0000\n\nAt nine.\n"
    content = parsers.read(letter.encode(), "a.eml")
    assert (content.title, content.date) == ("Tea", "")
    assert text_of(content).endswith("At nine.")
