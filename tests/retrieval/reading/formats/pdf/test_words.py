"""The words of a PDF: as a reader sees them, in order, whatever program drew them."""

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.drawn import laid_out, pdfs
from tests.support.formats.reading import text_of

TURNED_CATALOG = b"<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</Direction/R2L>>>>"
HEBREW = "שלום 09:30"
# Character codes 1, 2, … of a font, and what they stand for.
MAP = b"""/CIDInit /ProcSet findresource begin begincmap
1 begincodespacerange <00> <ff> endcodespacerange
%d beginbfchar
%b
endbfchar endcmap end"""


def words_of(parsers: Parsers, data: bytes) -> list[str]:
    """The words of a PDF, in order."""
    return text_of(parsers.read(data)).split()


def shown(content: bytes) -> bytes:
    """A page of text drawn by some operators, in Helvetica of 12 points."""
    return pdfs.page_of(b"BT /F 12 Tf 50 500 Td " + content + b" ET", page=LATIN)


LATIN = pdfs.PAGE.replace(
    b"5 0 R", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
)


def mapped(glyphs: list[str]) -> bytes:
    """A page of glyphs, each drawn 12 points right of the one before, that stand for some text."""
    pairs = b"\n".join(
        b"<%02x> <%b>" % (code, text.encode("utf-16-be").hex().encode())
        for code, text in enumerate(glyphs, 1)
    )
    font = (
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R"
        b"/FirstChar 1/LastChar %d/Widths[%b]>>"
    )
    widths = b" ".join([b"1000"] * len(glyphs))
    drawn = bytes(range(1, len(glyphs) + 1)).hex().encode()
    return pdfs.by_hand(
        *(pdfs.CATALOG, pdfs.PAGES, pdfs.PAGE),
        pdfs.stream(b"BT /F 12 Tf 50 500 Td <%b> Tj ET" % drawn),
        font % (len(glyphs), widths),
        pdfs.stream(MAP % (len(glyphs), pairs)),
    )


def test_words_without_a_space_between_them_stand_apart_by_their_places(parsers: Parsers) -> None:
    assert words_of(parsers, shown(b"[(Open) -278 (at) -220 (nine)] TJ")) == ["Open", "at", "nine"]


def test_a_line_of_nothing_but_spaces_is_passed_over(parsers: Parsers) -> None:
    assert words_of(parsers, shown(b"(Open) Tj 0 -30 Td (   ) Tj 0 -30 Td (at nine) Tj")) == [
        *("Open", "at", "nine")
    ]


def test_letters_that_are_set_wide_are_one_word(parsers: Parsers) -> None:
    data = shown(b"3 Tc (OPENING) Tj 0 -30 Td (HOURS) Tj")
    assert words_of(parsers, data) == ["OPENING", "HOURS"]


def test_what_is_drawn_twice_to_look_bold_is_read_once(parsers: Parsers) -> None:
    data = shown(b"(Notice) Tj 0.3 0 Td (Notice) Tj -0.3 0 Td (Notice) Tj")
    assert words_of(parsers, data) == ["Notice"]


def test_doubled_letters_stay(parsers: Parsers) -> None:
    assert words_of(parsers, shown(b"(All bookkeepers) Tj")) == ["All", "bookkeepers"]


def test_a_letter_and_its_accent_drawn_one_by_one_are_one_letter(parsers: Parsers) -> None:
    # As TeX sets them: the accent is moved over the letter that comes after it.
    data = shown(rb"[(Caf\264) 445 (e at the B\250) 445 (uro)] TJ")
    assert words_of(parsers, data) == ["Café", "at", "the", "Büro"]


def test_an_accent_that_stands_alone_stays_alone(parsers: Parsers) -> None:
    assert words_of(parsers, shown(rb"(the key ` and 2^8) Tj")) == ["the", "key", "`", "and", "2^8"]


def test_raised_and_lowered_digits_are_read_as_such(parsers: Parsers) -> None:
    data = shown(
        b"(10) Tj /F 8 Tf 5 Ts (6) Tj /F 12 Tf 0 Ts ( m) Tj /F 8 Tf 5 Ts (2) Tj "
        b"/F 12 Tf 0 Ts ( of H) Tj /F 8 Tf -3 Ts (2) Tj /F 12 Tf 0 Ts (O, on the 1) Tj "
        b"/F 8 Tf 5 Ts (st) Tj"
    )
    assert words_of(parsers, data) == "10⁶ m² of H₂O, on the 1st".split()


@pytest.mark.parametrize("glyphs", [["ﬁ", "v", "e"], ["fi", "v", "e"]])
def test_letters_joined_to_one_are_letters_again(parsers: Parsers, glyphs: list[str]) -> None:
    assert words_of(parsers, mapped(glyphs)) == ["five"]


@pytest.mark.parametrize("codes", [b"o\x1ece, \x1cve \x15 \x1bt", b"o\x0ece, \x0cve \x0bt"])
def test_letters_joined_in_fonts_of_dots_are_letters_again(parsers: Parsers, codes: bytes) -> None:
    """In both encodings that TeX has."""
    words = words_of(parsers, pdfs.in_dots(codes))
    assert [word for word in words if word != "–"] == ["office,", "five", "fft"]


def test_hebrew_is_read_from_the_right_and_its_numbers_from_the_left(parsers: Parsers) -> None:
    assert text_of(parsers.read(mapped([*"09:30", " ", *"םולש"]))).strip() == HEBREW


def test_arabic_in_the_forms_it_is_drawn_in_is_plain_arabic(parsers: Parsers) -> None:
    # From left to right: the last letter first.
    forms = [*"\ufe8e\ufea3\ufe8e\ufe92\ufebb"]
    assert words_of(parsers, mapped(forms)) == ["صباحا"]


def test_english_is_not_turned_around_in_a_book_that_is_bound_on_the_right(
    parsers: Parsers,
) -> None:
    data = pdfs.by_hand(
        *(TURNED_CATALOG, pdfs.PAGES, pdfs.PAGE),
        pdfs.stream(b"BT /F 12 Tf 50 500 Td (Open from nine to five.) Tj ET"),
        pdfs.FONT,
    )
    assert words_of(parsers, data) == "Open from nine to five.".split()


def test_words_are_read_in_order_whatever_order_they_are_drawn_in(parsers: Parsers) -> None:
    lines = ["Water the plants on Monday", "and feed the cat twice", "before you go home."]
    words = []
    for row, line in enumerate(lines):
        left = 60.0
        for word in line.split():
            words.append((left, 700.0 - 14 * row, word))
            left += stringWidth(f"{word} ", "Helvetica", 11)
    # Everything with an "e" first, as if it were in another font, and the last line before others.
    mixed = sorted(words, reverse=True, key=lambda each: "e" in each[2])
    assert words_of(parsers, laid_out.drawn(mixed)) == " ".join(lines).split()


def test_a_page_that_lies_on_its_side_is_read(parsers: Parsers) -> None:
    data = laid_out.drawn([(80, 300, "Open from nine"), (80, 280, "to five.")], turned=90)
    assert words_of(parsers, data) == "Open from nine to five.".split()


def test_what_lies_beyond_the_edge_of_the_page_is_not_read(parsers: Parsers) -> None:
    data = laid_out.drawn([(80, 300, "Seen."), (80, 2000, "Unseen."), (-900, 300, "Nor this.")])
    assert words_of(parsers, data) == ["Seen."]
