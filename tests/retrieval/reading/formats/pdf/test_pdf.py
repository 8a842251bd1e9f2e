"""PDFs: pages, headings, running lines, words cut at line ends, scans and passwords."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.drawn import laid_out, pdfs
from tests.support.formats.reading import (
    assert_headings_stand_where_they_say,
    headings_of,
    refusal,
    text_of,
)
from tests.support.formats.specimens import AUTHOR, BLOCKS, HEADINGS, SENTENCE, TITLE

LONG = "Water the plants on Monday and feed the cat of the house twice a day. " * 3


def test_every_page_is_a_part_and_pages_without_text_are_left_out(parsers: Parsers) -> None:
    content = parsers.read(pdfs.pdf([["One."], [], ["Three."]]))
    assert content.kind == "pdf"
    assert [(part.page, part.text.strip()) for part in content.parts] == [
        (1, "One."),
        (3, "Three."),
    ]


def test_a_pdf_says_its_title_its_author_and_its_day(parsers: Parsers) -> None:
    content = parsers.read(pdfs.pdf([["Text."]], TITLE, AUTHOR))
    assert (content.title, content.author) == (TITLE, AUTHOR)
    assert content.date.startswith("2024-05-06")


def test_what_a_program_writes_where_it_was_told_none_is_no_title(parsers: Parsers) -> None:
    content = parsers.read(pdfs.pdf([["Tea is free."]], title="untitled", author="(anonymous)"))
    assert (content.title, content.author) == ("", "")


def test_a_sentence_goes_on_over_the_gap_that_raised_signs_make(parsers: Parsers) -> None:
    rows = ["The lamp of the old tower is as strong as the other two, and shines over the",
            "bay by night.", "It is lit at dusk."]  # fmt: skip
    places = ((700, rows[0]), (680, rows[1]), (660, rows[2]))
    lines = [(50.0, 800 - 14.0 * n, f"A line of the text before it, number {n}.") for n in range(5)]
    data = laid_out.drawn([*lines, *((50, y, row) for y, row in places)])
    blocks = text_of(parsers.read(data)).split("\n\n")
    assert blocks[-2:] == [f"{rows[0]}\n{rows[1]}", rows[2]]


def test_an_absurd_date_costs_nothing_but_the_date(parsers: Parsers) -> None:
    data = pdfs.pdf([["Text."]], TITLE).replace(b"D:20240506", b"D:99Z9!x06")
    content = parsers.read(data)
    assert (content.title, content.date) == (TITLE, "")


def test_the_outline_gives_headings_of_every_level(parsers: Parsers) -> None:
    content = parsers.read(pdfs.pdf([BLOCKS[:5], BLOCKS[5:]]))
    assert headings_of(content) == HEADINGS
    assert_headings_stand_where_they_say(content)
    assert "Pay" in content.parts[1].text


def test_a_title_of_the_outline_that_is_not_in_the_text_heads_its_page(parsers: Parsers) -> None:
    data = pdfs.by_hand(
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>",
        pdfs.PAGES,
        pdfs.PAGE,
        pdfs.stream(b"BT /F 12 Tf 50 500 Td (Hello there.) Tj ET"),
        pdfs.FONT,
        b"<</First 7 0 R/Last 7 0 R/Count 1>>",
        b"<</Title(Welcome)/Parent 6 0 R/Dest[3 0 R/Fit]>>",
    )
    (part,) = parsers.read(data).parts
    assert [(each.start, each.title) for each in part.headings] == [(0, "Welcome")]


def test_a_line_that_repeats_on_every_page_is_left_out_with_its_numbers(parsers: Parsers) -> None:
    pages = [[f"This is what page {word} tells."] for word in ("one", "two", "three", "four")]
    text = text_of(parsers.read(pdfs.pdf(pages, running="House of Tea, 2024 edition")))
    assert "page three tells" in text
    assert "House of Tea" not in text
    assert "Page 3" not in text


def test_what_repeats_on_two_pages_may_be_text(parsers: Parsers) -> None:
    pages = [["Dear guest,", "one."], ["Dear guest,", "two."]]
    assert text_of(parsers.read(pdfs.pdf(pages))).count("Dear guest") == 2


def test_a_word_cut_at_a_line_end_is_whole_again(parsers: Parsers) -> None:
    text = text_of(parsers.read(pdfs.pdf([["We answer every ques-\ntion by letter."]])))
    assert "question" in text


def test_a_hyphen_of_its_own_stays(parsers: Parsers) -> None:
    blocks = ["A well-known tea.", "It is well-\nknown here, and so is Anglo-\nSaxon."]
    text = text_of(parsers.read(pdfs.pdf([blocks])))
    assert "wellknown" not in text
    assert "AngloSaxon" not in text


def test_a_sentence_over_several_lines_is_in_one_paragraph(parsers: Parsers) -> None:
    text = text_of(parsers.read(pdfs.pdf([[LONG, LONG]], outlined=False)))
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    assert all("Water the plants on Monday and feed" in paragraph for paragraph in paragraphs)


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_with_a_password_says_what_to_do(parsers: Parsers, algorithm: str) -> None:
    data = pdfs.locked(pdfs.pdf([[SENTENCE]]), "secret", algorithm)
    assert refusal(parsers, data) == (
        "is protected with a password. Save it without one and add it again."
    )


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_pdf_that_only_forbids_printing_is_read(parsers: Parsers, algorithm: str) -> None:
    data = pdfs.locked(pdfs.pdf([[SENTENCE]]), "", algorithm)
    assert SENTENCE in text_of(parsers.read(data))


def test_a_scanned_pdf_says_that_it_has_no_text(parsers: Parsers) -> None:
    assert refusal(parsers, pdfs.scanned()).startswith("is a scanned PDF without text. ")


def test_a_pdf_of_empty_pages_is_not_called_a_scan(parsers: Parsers) -> None:
    assert refusal(parsers, pdfs.pdf([[], []])).startswith("is a PDF without text.")


def test_a_broken_page_costs_only_itself(parsers: Parsers) -> None:
    data = pdfs.by_hand(
        pdfs.CATALOG,
        b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
        pdfs.PAGE,
        pdfs.stream(b"BT /F 12 Tf 50 500 Td (Good page.) Tj ET"),
        pdfs.FONT,
        b"null",
    )
    content = parsers.read(data)
    assert [part.page for part in content.parts] == [1]
    assert content.unread == (2,)


def test_junk_before_a_pdf_is_passed_over(parsers: Parsers) -> None:
    content = parsers.read(b"junk\r\n" * 50 + pdfs.pdf([[SENTENCE]]), "mail.eml")
    assert content.kind == "pdf"
    assert SENTENCE in text_of(content)
