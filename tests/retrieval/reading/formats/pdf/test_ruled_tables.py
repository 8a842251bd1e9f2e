"""Tables of a PDF with ruling lines, and the lines that are no table's."""

import pypdfium2
import pytest

from retrieval.reading.formats.pdf.page.rules import MOST_SEGMENTS, rules_of
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.drawn import laid_out, pdfs
from tests.support.formats.drawn.laid_out import grid

from .test_layout import PROSE, WRAPPED, blocks_of

# Columns so narrow that only the lines tell one cell from the next.
ACROSS, DOWN = (50, 83, 114, 150), (700, 684, 668, 652)
CELLS = [
    *((52, 688, "Sauna"), (85, 688, "Heat"), (116, 688, "Oven")),
    *((52, 672, "Earth"), (85, 672, "60 C"), (116, 672, "wood")),
    *((52, 656, "Steam"), (85, 656, "45 C"), (116, 656, "mains")),
]
ROWS = ["Sauna: Earth · Heat: 60 C · Oven: wood", "Sauna: Steam · Heat: 45 C · Oven: mains"]
PLANS = [
    ["Boat", "Hire", "Seats"],
    ["Canoe", "12 EUR", "three"],
    ["Skiff", "20 EUR", "five"],
    ["Punt", "18 EUR", "six"],
]


@pytest.mark.parametrize("way", ["strokes", "boxes", "path"])
def test_a_line_parts_the_columns_however_near_their_words_are(parsers: Parsers, way: str) -> None:
    data = laid_out.drawn(CELLS, lines=grid(ACROSS, DOWN), way=way)
    assert blocks_of(parsers, data) == ROWS


def test_a_table_on_a_page_that_lies_on_its_side_is_one(parsers: Parsers) -> None:
    lower = [(x, y - 300, text) for x, y, text in CELLS]
    data = laid_out.drawn(lower, turned=90, lines=grid(ACROSS, [y - 300 for y in DOWN]))
    assert blocks_of(parsers, data) == ROWS


@pytest.mark.parametrize(
    "borders", ["ALL", "INTERNAL", "MINIMAL", "NO_HORIZONTAL_LINES", "SINGLE_TOP_LINE"]
)
def test_a_table_may_lack_some_of_its_lines(parsers: Parsers, borders: str) -> None:
    assert blocks_of(parsers, pdfs.tabled(PLANS, borders)) == [
        f"Boat: {boat} · Hire: {hire} · Seats: {seats}" for boat, hire, seats in PLANS[1:]
    ]


def test_rows_without_lines_between_them_are_rows(parsers: Parsers) -> None:
    data = laid_out.drawn(CELLS, lines=grid(ACROSS, (700, 684, 652)))
    assert blocks_of(parsers, data) == ROWS


def test_what_stands_between_two_lines_is_one_row(parsers: Parsers) -> None:
    more = [(52, 640, "Hay"), (85, 640, "80 C"), (116, 640, "logs of"), (116, 626, "birch")]
    data = laid_out.drawn([*CELLS, *more], lines=grid((50, 83, 114, 160), (*DOWN, 622)))
    assert blocks_of(parsers, data) == [*ROWS, "Sauna: Hay · Heat: 80 C · Oven: logs of birch"]


def test_the_lines_of_a_cell_may_stand_as_far_apart_as_rows(parsers: Parsers) -> None:
    long = f"five, and {PROSE.lower()}"
    assert blocks_of(parsers, pdfs.tabled([*PLANS, ["Barge", "on request", long]]))[3:] == [
        f"Boat: Barge · Hire: on request · Seats: {long}"
    ]


def test_a_merged_cell_counts_for_every_row_and_column_that_it_spans(parsers: Parsers) -> None:
    words = [
        *((52, 680, "Hut"), (102, 688, "Fee"), (102, 672, "Night"), (152, 672, "Week")),
        *((52, 656, "Tarn"), (102, 656, "9"), (152, 656, "50"), (102, 640, "free")),
    ]
    lines = [
        *grid((50, 100, 200), (700, 668, 636)),
        *((150, 652, 150, 684), (100, 684, 200, 684), (100, 652, 200, 652)),
    ]
    assert blocks_of(parsers, laid_out.drawn(words, lines=lines)) == [
        "Hut: Tarn · Fee Night: 9 · Fee Week: 50",
        "Hut: Tarn · Fee Night: free",
    ]


def test_a_ruled_table_in_one_of_two_columns_stays_in_its_place(parsers: Parsers) -> None:
    data = laid_out.pages([PROSE, WRAPPED, *[PROSE] * 30], columns=2, ruled=True)
    blocks = blocks_of(parsers, data)
    rows = [f"Tool: {tool} · What it is for: {use}" for tool, use in WRAPPED[1:]]
    assert blocks[1:4] == rows
    assert blocks[0] == PROSE


def test_a_ruled_table_that_goes_on_names_its_columns_on_the_next_page(parsers: Parsers) -> None:
    rows = [["No.", "Peg", "Hook"], *([f"{at}", f"p{at}", f"h{at}"] for at in range(1, 90))]
    data = laid_out.pages([PROSE, rows], ruled=True, repeated=False)
    blocks = blocks_of(parsers, data)
    assert blocks[1:] == [f"No.: {at} · Peg: p{at} · Hook: h{at}" for at in range(1, 90)]


def test_a_frame_around_the_page_may_share_a_line_with_a_table(parsers: Parsers) -> None:
    above = (52, 740, "The saunas by the lake are open in winter.")
    lines = [*grid((50, 400), (780, 40)), *grid(ACROSS, DOWN)]
    assert blocks_of(parsers, laid_out.drawn([above, *CELLS], lines=lines)) == [above[2], *ROWS]


# --- Lines that are no table's

SAID = [
    (60, 700, "The ferry leaves at eight."),
    (60, 686, "Bring warm clothes and a hat."),
    (60, 672, "Dogs travel free of charge."),
]


@pytest.mark.parametrize(
    "lines",
    [
        grid((50, 400), (720, 660)),
        grid((20, 560), (820, 20)),
        [(60, 697, 400, 697)],
        [(82, 698, 110, 698), (60, 670, 90, 670)],
        grid((50, 98, 150, 212, 400), (720, 696, 682, 660)),
        grid((50, 400), (720, 696, 682, 660)),
    ],
    ids=["box", "frame", "rule", "underlines", "crossed", "stacked"],
)
def test_lines_about_prose_make_no_table(parsers: Parsers, lines: list[laid_out.Line]) -> None:
    assert blocks_of(parsers, laid_out.drawn(SAID, lines=lines)) == [
        " ".join(text for _, _, text in SAID)
    ]


def test_the_lines_of_a_chart_make_no_table(parsers: Parsers) -> None:
    lines = grid(range(100, 501, 50), range(600, 399, -40))
    words = [(160, 500, "highest"), (330, 540, "last"), (200, 380, "Years"), (60, 500, "Guests")]
    assert " · " not in " ".join(blocks_of(parsers, laid_out.drawn(words, lines=lines)))


def test_boxes_of_prose_side_by_side_are_read_one_after_the_other(parsers: Parsers) -> None:
    right = [(x + 200, y, text.replace("The", "No")) for x, y, text in SAID]
    data = laid_out.drawn([*SAID, *right], lines=grid((50, 250, 450), (720, 660)))
    assert "hat. Dogs travel" in " ".join(blocks_of(parsers, data))


def test_a_drawing_of_very_many_lines_is_not_looked_at(parsers: Parsers) -> None:
    lines = [(50.0, at / 100, 90.0, at / 100) for at in range(MOST_SEGMENTS // 2 + 1)]
    data = laid_out.drawn(SAID, lines=lines, way="path")
    assert rules_of(pypdfium2.PdfDocument(data)[0]) == []
    assert "Dogs travel free" in " ".join(blocks_of(parsers, data))
