"""Slides: a slide is a page, its title a heading; tables, groups, notes and hidden slides count."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pptx as slideshow
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import office
from tests.support.formats.reading import assert_headings_stand_where_they_say, refusal, text_of
from tests.support.formats.specimens import TABLE, TITLE

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLIDES = [
    ("Leave", ["Ask early", "In writing"], "Smile at everyone."),
    ("Pay", ["Monthly"], ""),
]


def test_a_slide_is_a_page_with_its_title_as_its_heading(parsers: Parsers) -> None:
    content = parsers.read(office.pptx(SLIDES))
    assert content.kind == "pptx"
    assert [part.page for part in content.parts] == [1, 2]
    headings = [[(each.level, each.title) for each in part.headings] for part in content.parts]
    assert headings == [[(1, "Leave")], [(1, "Pay")]]
    assert_headings_stand_where_they_say(content)


def test_slides_say_their_title_author_and_day(parsers: Parsers) -> None:
    content = parsers.read(office.pptx(SLIDES, TITLE))
    assert (content.title, content.author) == (TITLE, "Ann Lee")
    assert content.date.startswith("2024-05-06")


def test_points_stand_on_a_line_each(parsers: Parsers) -> None:
    lines = parsers.read(office.pptx(SLIDES)).parts[0].text.split("\n")
    points = [line.removeprefix("- ") for line in lines]
    assert {"Leave", "Ask early", "In writing"} <= set(points)


def test_notes_are_part_of_their_slide(parsers: Parsers) -> None:
    first, second = parsers.read(office.pptx(SLIDES)).parts
    assert "Smile at everyone." in first.text
    assert "Smile" not in second.text


def test_a_hidden_slide_is_read(parsers: Parsers) -> None:
    assert "Monthly" in text_of(parsers.read(office.pptx(SLIDES)))


def test_tables_and_grouped_shapes_are_read(parsers: Parsers) -> None:
    text = text_of(parsers.read(office.slide_of_shapes(TABLE, "Boxed words")))
    assert "Boxed words" in text
    assert all(cell in text for row in TABLE for cell in row)
    assert text.index("Ann") < text.index("20") < text.index("Bo")


def test_slides_without_a_word_hold_no_text(parsers: Parsers) -> None:
    assert refusal(parsers, office.pptx([("", [], "")])).startswith("holds no text.")


def slide(fill: Callable[[Any], None]) -> bytes:
    show = slideshow.Presentation()
    fill(show.slides.add_slide(show.slide_layouts[6]).shapes)
    file = BytesIO()
    show.save(file)
    return file.getvalue()


def test_automatic_numbers_and_struck_out_words_read_as_they_look(parsers: Parsers) -> None:
    def fill(shapes: Any) -> None:
        frame = shapes.add_textbox(0, 0, 100_000, 100_000).text_frame
        frame.text = "Lift it\nTurn it"
        for paragraph in frame.paragraphs:
            numbers = {"type": "arabicPeriod"}
            etree.SubElement(paragraph._p.get_or_add_pPr(), f"{{{DRAWING}}}buAutoNum", numbers)
        gone, power = frame.paragraphs[1].add_run(), frame.paragraphs[1].add_run()
        gone.text, power.text = " slowly", "2"
        gone.font._element.set("strike", "sngStrike")
        power.font._element.set("baseline", "30000")

    assert text_of(parsers.read(slide(fill))) == "1. Lift it\n2. Turn it²"


def test_a_chart_is_a_table_with_its_title(parsers: Parsers) -> None:
    def fill(shapes: Any) -> None:
        made: Any = CategoryChartData
        data = made()
        data.categories = ["North", "South"]
        data.add_series("Boats", (4, 7))
        size = (0, 0, 100_000, 100_000)
        chart = shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *size, data).chart
        chart.has_title = True
        chart.chart_title.text_frame.text = "Boats at the piers"

    text = text_of(parsers.read(slide(fill)))
    assert "Boats at the piers" in text
    assert "North · Boats: 4" in text
    assert "South · Boats: 7" in text
