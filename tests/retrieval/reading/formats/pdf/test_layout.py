"""Pages of a PDF in columns and with tables: the order of reading, and rows that name columns."""

from itertools import product

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.drawn import laid_out
from tests.support.formats.reading import headings_of, text_of

PRICES = [
    ["Membership", "Price", "Opening hours", "Guests"],
    ["Standard", "£26 a month", "Monday to Friday", "none"],
    ["Keyholder", "£40 a month", "Any time", "two a day"],
    ["Student", "£13 a month", "Weekday evenings", "one day"],
]
ROWS = [
    "Membership: Standard · Price: £26 a month · Opening hours: Monday to Friday · Guests: none",
    "Membership: Keyholder · Price: £40 a month · Opening hours: Any time · Guests: two a day",
    "Membership: Student · Price: £13 a month · Opening hours: Weekday evenings · Guests: one day",
]
PROSE = (
    "Bring proof of your address. Children under twelve are welcome on Sunday mornings when a "
    "volunteer is there to look after the machines, and may try most of them."
)
WRAPPED = [
    ["Tool", "What it is for"],
    ["Laser cutter", "Wood, card and leather. It cannot cut metal of any kind, nor PVC."],
    ["Lathe", "Turning wood and soft metals up to a length of forty centimetres."],
    ["Kiln", "Firing clay. Ask a week ahead, since it takes two days to cool down again."],
]


def blocks_of(parsers: Parsers, data: bytes) -> list[str]:
    """The paragraphs and rows of a PDF, each on one line."""
    return [" ".join(block.split()) for block in text_of(parsers.read(data)).split("\n\n")]


def numbered(count: int) -> list[str]:
    """So many paragraphs, each with its number."""
    return [f"Paragraph {number} begins. {PROSE}" for number in range(1, count + 1)]


# --- Tables


@pytest.mark.parametrize("ruled", [True, False])
def test_a_row_says_what_its_columns_are(parsers: Parsers, ruled: bool) -> None:
    data = laid_out.pages([PROSE, PRICES, "Ask at the desk."], ruled=ruled)
    assert blocks_of(parsers, data) == [PROSE, *ROWS, "Ask at the desk."]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_cell_of_several_lines_is_whole(parsers: Parsers, ruled: bool) -> None:
    data = laid_out.pages([PROSE, WRAPPED, PROSE], columns=2, ruled=ruled)
    assert [block for block in blocks_of(parsers, data) if "Tool" in block] == [
        f"Tool: {tool} · What it is for: {use}" for tool, use in WRAPPED[1:]
    ]


def test_a_table_in_one_of_two_columns_is_a_table(parsers: Parsers) -> None:
    prices = [[row[0], row[1], row[3]] for row in PRICES]
    blocks = blocks_of(parsers, laid_out.pages([*numbered(8), prices, *numbered(8)], columns=2))
    assert "Membership: Keyholder · Price: £40 a month · Guests: two a day" in blocks


def test_a_table_that_goes_on_keeps_the_names_of_its_columns(parsers: Parsers) -> None:
    tools = [[f"Tool {number}", f"Room {number % 7}", f"{number} kg"] for number in range(90)]
    pages = parsers.read(laid_out.pages([[["Tool", "Place", "Weight"], *tools]])).parts
    assert len(pages) > 1
    rows = "\n\n".join(part.text for part in pages).split("\n\n")
    assert rows == [f"Tool: {a} · Place: {b} · Weight: {c}" for a, b, c in tools]


def test_a_table_that_goes_on_without_its_header_keeps_it(parsers: Parsers) -> None:
    tools = [[f"Tool {number}", f"Room {number % 7}", f"{number} kg"] for number in range(90)]
    table = laid_out.pages([[["Tool", "Place", "Weight"], *tools]], repeated=False)
    text = text_of(parsers.read(table))
    assert text.split("\n\n")[-1] == "Tool: Tool 89 · Place: Room 5 · Weight: 89 kg"


def test_the_cells_of_a_table_may_be_drawn_in_any_order(parsers: Parsers) -> None:
    cells = [
        (60 + 120 * column, 700 - 20 * row, PRICES[row][column])
        for column, row in product(range(4), range(4))
    ]
    by_length = sorted(cells, key=lambda cell: len(cell[2]))
    assert blocks_of(parsers, laid_out.drawn(by_length)) == ROWS


# The names of the second and third column stand but a space apart.
WIDE_APART = [
    *((50, 650, "Day"), (95, 650, "Opens"), (130, 650, "Closes")),
    *((50, 632, "Monday"), (95, 632, "8:15"), (130, 632, "17:40")),
    *((50, 614, "Friday"), (95, 614, "9:30"), (130, 614, "21:00")),
    *((50, 596, "Sunday"), (95, 596, "10:00"), (130, 596, "16:20")),
]


def test_names_of_columns_that_are_pressed_together_are_told_by_the_columns(
    parsers: Parsers,
) -> None:
    data = laid_out.drawn([(50, 700, "Come early."), *WIDE_APART])
    assert blocks_of(parsers, data) == [
        "Come early.",
        "Day: Monday · Opens: 8:15 · Closes: 17:40",
        "Day: Friday · Opens: 9:30 · Closes: 21:00",
        "Day: Sunday · Opens: 10:00 · Closes: 16:20",
    ]


def test_a_line_over_a_table_stays_a_line(parsers: Parsers) -> None:
    words = [(50, 650, "The hours of all our boats"), *WIDE_APART[3:]]
    assert blocks_of(parsers, laid_out.drawn(words))[0] == "The hours of all our boats"


def test_an_empty_cell_leaves_the_others_in_their_columns(parsers: Parsers) -> None:
    table = [list(row) for row in PRICES]
    table[2][1] = ""
    assert blocks_of(parsers, laid_out.pages([table]))[1] == (
        "Membership: Keyholder · Opening hours: Any time · Guests: two a day"
    )


# --- No tables


@pytest.mark.parametrize("columns", [2, 3])
def test_columns_of_prose_are_read_one_after_the_other(parsers: Parsers, columns: int) -> None:
    paragraphs = numbered(40)
    text = " ".join(" ".join(blocks_of(parsers, laid_out.pages(paragraphs, columns))).split())
    assert text == " ".join(paragraphs)


def test_columns_whose_lines_stand_at_different_heights_are_read_in_order(
    parsers: Parsers,
) -> None:
    paragraphs = ["# Rules of the house", *numbered(26)]
    content = parsers.read(laid_out.pages(paragraphs, 2))
    assert headings_of(content) == [(1, "Rules of the house")]
    text = " ".join(text_of(content).split())
    assert text == " ".join(paragraphs).removeprefix("# ")


def test_prose_drawn_across_its_columns_is_no_table(parsers: Parsers) -> None:
    left = ["Bring proof of your address and", "a friend who knows the house as", "well as you do."]
    right = ["Children under twelve are very", "welcome on Sunday mornings when", "one is there."]
    lines = [
        (60 + 250 * column, 700 - 14 * row, ((left, right)[column] * 2)[row])
        for row, column in product(range(6), range(2))
    ]
    text = " ".join(text_of(parsers.read(laid_out.drawn(lines))).split())
    assert text == " ".join([*left, *left, *right, *right])


def test_a_list_is_no_table(parsers: Parsers) -> None:
    items = ["Bring your card.", "Sign the book.", "Switch off the light."]
    marks = ["•", "•", "•"], ["1.", "2.", "3."]
    for signs in marks:
        words = [
            (60 + 30 * column, 700 - 16 * row, (signs, items)[column][row])
            for row, column in product(range(3), range(2))
        ]
        text = " ".join(text_of(parsers.read(laid_out.drawn(words))).split())
        assert text == " ".join(f"{sign} {item}" for sign, item in zip(signs, items, strict=True))


def test_addresses_side_by_side_are_read_one_after_the_other(parsers: Parsers) -> None:
    left = ["The Workshop", "12 Mill Lane", "Harbourtown"]
    right = ["The Library", "3 Church Street", "Harbourtown"]
    lines = [(60, 700 - 14 * row, line) for row, line in enumerate(left)]
    lines += [(300, 700 - 14 * row, line) for row, line in enumerate(right)]
    text = text_of(parsers.read(laid_out.drawn(lines)))
    assert text.split() == " ".join([*left, *right]).split()
