"""Pictures and scanned pages: their text, what is refused, and what is never taken for text."""

from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from retrieval.reading.formats.content import Gathering
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.pdf.picture.picture import read_picture
from retrieval.reading.formats.pdf.picture.recognition import can_recognise, lines_in
from retrieval.reading.formats.registry import IN_PICTURE
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.drawn import laid_out, pdfs, pictures
from tests.support.formats.reading import refusal, text_of

recognising = pytest.mark.skipif(not can_recognise(), reason="footnote-bot[ocr] isn't installed")
OPEN = "The workshop opens at nine o'clock on Monday."
PRICES = [
    ["Membership", "Price", "Guests"],
    ["Standard", "26 a month", "none"],
    ["Keyholder", "40 a month", "two a day"],
]
PARAGRAPHS = [
    "Bring proof of your address. Children under twelve are welcome on Sunday mornings when a "
    "volunteer is there to look after the machines.",
    "Membership costs 26 pounds a month. The kiln is fired at 1,200 degrees on the first Friday.",
]
# What a font without a proper map says of letters: others, 29 places away.
SHIFTED = pdfs.by_hand(
    *(pdfs.CATALOG, pdfs.PAGES, pdfs.PAGE),
    pdfs.stream(
        b"BT /F 18 Tf 50 700 Td (The workshop opens at nine on Monday.) Tj "
        b"0 -30 Td (Bring proof of your address, and a friend) Tj "
        b"0 -30 Td (who knows the machines as well as you do.) Tj ET"
    ),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
    pdfs.stream(
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> "
        b"endcodespacerange 1 beginbfrange <41> <7a> <0024> endbfrange endcmap end"
    ),
)


def seen(*lines: list[tuple[str, float]]) -> SimpleNamespace:
    """The words of lines with their scores, as RapidOCR tells what it sees."""

    def box(
        left: float, right: float, top: float
    ) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        return np.array([[left, top], [right, top], [right, top + 20], [left, top + 20]], float)

    found = [
        [
            (word, score, box(100 * at, 100 * at + 80, 40 * row).tolist())
            for at, (word, score) in enumerate(line)
        ]
        for row, line in enumerate(lines)
    ]
    return SimpleNamespace(
        txts=[" ".join(word for word, _ in line) for line in lines],
        boxes=[box(0, 100 * len(line) - 20, 40 * row) for row, line in enumerate(lines)],
        word_results=found,
    )


def read_from(*lines: list[tuple[str, float]]) -> list[str]:
    """The lines that are made of words seen with some scores."""
    image = Image.new("RGB", (900, 100))
    return [line.text for line in lines_in(image, lambda _: seen(*lines))]


# --- Without the models


def test_a_word_that_is_not_sure_is_left_out_and_shows_that_it_is() -> None:
    line = [("Open", 0.99), ("at", 0.99), ("nlne", 0.5), ("0r", 0.4), ("ten.", 0.97)]
    assert read_from(line) == ["Open at […] ten."]


def test_a_line_that_is_not_sure_is_left_out() -> None:
    assert read_from([("Open.", 0.99)], [("x", 0.1)], [("Closed.", 0.99)]) == ["Open.", "Closed."]


def test_a_picture_of_which_little_is_sure_shows_something_else_than_text() -> None:
    assert read_from([("leaves", 0.9), ("tw", 0.3), ("gs", 0.4)]) == []


def test_a_picture_without_the_extra_is_refused_and_the_extra_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = "retrieval.reading.formats.pdf.picture.picture.can_recognise"
    monkeypatch.setattr(module, lambda: False)
    with pytest.raises(UnreadableError, match=r"pip install 'footnote-bot\[ocr\]'"):
        read_picture(pictures.saved(pictures.written(["Open."])), Gathering(1000))


# --- With them


@recognising
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_text_in_a_picture_is_read(parsers: Parsers, kind: str) -> None:
    content = parsers.read(pictures.saved(pictures.written([OPEN]), kind), "sign.png")
    assert (content.kind, text_of(content)) == ("picture", OPEN)
    assert content.parts[0].rows == ((0, IN_PICTURE),)


@recognising
def test_a_page_that_is_a_picture_is_read_and_no_other_page_is_said_to_be(
    parsers: Parsers,
) -> None:
    content = parsers.read(
        pictures.scan(["The first page.", pictures.written([OPEN]), "The last."])
    )
    assert [(part.page, part.text, part.rows) for part in content.parts] == [
        (1, "The first page.", ()),
        (2, OPEN, ((0, IN_PICTURE),)),
        (3, "The last.", ()),
    ]


@recognising
def test_a_text_layer_that_is_no_language_is_read_from_what_the_page_shows(
    parsers: Parsers,
) -> None:
    content = parsers.read(SHIFTED)
    assert "The workshop opens at nine on Monday." in text_of(content)
    assert content.parts[0].rows == ((0, IN_PICTURE),)


@recognising
@pytest.mark.parametrize(("dots", "askew", "most"), [(200, 0, 0.02), (150, 2, 0.08)])
def test_a_page_is_read_with_few_wrong_characters_and_its_table_with_its_columns(
    parsers: Parsers, dots: int, askew: float, most: float
) -> None:
    page = pictures.page_seen(laid_out.pages([*PARAGRAPHS, PRICES]), dots, askew)
    text = text_of(parsers.read(pictures.saved(page)))
    prose, _, table = text.partition("Membership: ")
    expected = " ".join(PARAGRAPHS)
    wrong = Levenshtein.distance(" ".join(prose.split()), expected)
    assert wrong <= most * len(expected)
    assert "Keyholder · Price: 40 a month · Guests: two a day" in table


@recognising
def test_a_picture_of_a_hundred_megapixels_is_refused(parsers: Parsers) -> None:
    data = pictures.saved(Image.new("1", (10_000, 10_000)))
    assert refusal(parsers, data) == (
        "has 100 megapixels, and more than 64 are not read. Make it smaller and add it again."
    )


@recognising
def test_a_picture_without_text_and_one_that_is_cut_are_refused(parsers: Parsers) -> None:
    blank = pictures.saved(Image.new("RGB", (200, 200), "green"))
    assert refusal(parsers, blank).startswith("is a picture without text")
    whole = pictures.saved(pictures.written([OPEN]))
    assert refusal(parsers, whole[: len(whole) // 2]).startswith("is damaged")
