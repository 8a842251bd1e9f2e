"""Electronic books: chapters in the order they are read in, with their headings."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import opened, zips
from tests.support.formats.reading import (
    assert_headings_stand_where_they_say,
    headings_of,
    refusal,
    text_of,
)
from tests.support.formats.specimens import AUTHOR, CHAPTERS, HEADINGS, SENTENCE, TITLE


def test_chapters_are_parts_with_their_headings(parsers: Parsers) -> None:
    content = parsers.read(opened.epub(CHAPTERS))
    assert content.kind == "epub"
    assert [part.page for part in content.parts] == [None, None]
    assert headings_of(content) == HEADINGS
    assert_headings_stand_where_they_say(content)


def test_a_book_says_its_title_its_author_and_its_day(parsers: Parsers) -> None:
    content = parsers.read(opened.epub(CHAPTERS, TITLE, AUTHOR))
    assert (content.title, content.author, content.date) == (TITLE, AUTHOR, "2024-05-06")


def test_chapters_come_in_the_order_of_reading(parsers: Parsers) -> None:
    data = opened.epub(["<p>Second.</p>", "<p>First.</p>"])
    both = '<itemref idref="c1"/><itemref idref="c2"/>'
    turned = '<itemref idref="c2"/><itemref idref="c1"/>'
    content = parsers.read(zips.edited(data, "OEBPS/book.opf", both, turned))
    assert text_of(content) == "First.\n\nSecond."


def test_blocks_lists_and_tables_are_laid_out(parsers: Parsers) -> None:
    body = (
        "<p>One<br/>two.</p><ul><li>a</li><li><p>b</p></li></ul>"
        "<table><tr><th>Who</th><th>Weeks</th></tr><tr><td>Ann</td><td>20</td></tr></table>"
    )
    text = text_of(parsers.read(opened.epub([body])))
    assert text.startswith("One\ntwo.\n\n- a\n- b\n\n")
    assert "Ann" in text.rpartition("\n")[2]
    assert "20" in text.rpartition("\n")[2]


def test_entities_of_web_pages_are_read(parsers: Parsers) -> None:
    text = text_of(parsers.read(opened.epub(["<p>Crème&#160;br&#251;l&eacute;e &amp; tea</p>"])))
    assert text.replace("\xa0", " ") == "Crème brûlée & tea"


def test_the_table_of_contents_is_no_chapter(parsers: Parsers) -> None:
    contents = '<ol><li><a href="1.xhtml">All about leave</a></li></ol>'
    assert "All about" not in text_of(parsers.read(opened.epub(CHAPTERS, contents=contents)))


def test_a_chapter_that_is_missing_costs_only_itself(parsers: Parsers) -> None:
    data = opened.epub(["<p>Gone.</p>", f"<p>{SENTENCE}</p>"])
    rest = {name: text for name, text in zips.members(data).items() if name != "OEBPS/1.xhtml"}
    assert text_of(parsers.read(zips.archive(rest))) == SENTENCE


def test_a_chapter_that_is_no_text_costs_only_itself(parsers: Parsers) -> None:
    data = opened.epub(["<p>Gone.</p>", f"<p>{SENTENCE}</p>"])
    data = zips.changed(data, {"OEBPS/1.xhtml": bytes(range(256)) * 9})
    assert text_of(parsers.read(data)) == SENTENCE


def test_a_chapter_listed_twice_is_read_once(parsers: Parsers) -> None:
    data = opened.epub([f"<p>{SENTENCE}</p>"])
    chapter = '<itemref idref="c1"/>'
    assert text_of(parsers.read(zips.edited(data, "OEBPS/book.opf", chapter, chapter * 9))) == (
        SENTENCE
    )


def test_the_table_of_contents_heads_chapters_without_headings(parsers: Parsers) -> None:
    contents = '<ol><li><a href="1.xhtml">All about leave</a></li></ol>'
    data = opened.epub([f"<p>{SENTENCE}</p>", CHAPTERS[1]], contents=contents)
    assert headings_of(parsers.read(data)) == [(1, "All about leave"), (1, "Pay")]


@pytest.mark.parametrize("tag", ["title", "script", "style", "textarea", "iframe", "a"])
def test_an_element_closed_as_xml_does_swallows_nothing(parsers: Parsers, tag: str) -> None:
    data = opened.epub([f"<{tag}/><p>{SENTENCE}</p><div/><p>The end.</p>"])
    assert text_of(parsers.read(data)) == f"{SENTENCE}\n\nThe end."


def test_names_in_a_book_may_be_escaped(parsers: Parsers) -> None:
    data = opened.epub([f"<p>{SENTENCE}</p>"])
    data = zips.edited(data, "OEBPS/book.opf", "1.xhtml", "chapter%20one.xhtml")
    data = zips.changed(data, {"OEBPS/chapter one.xhtml": opened.xhtml(f"<p>{SENTENCE}</p>")})
    assert SENTENCE in text_of(parsers.read(data))


def test_a_book_of_pictures_holds_no_text(parsers: Parsers) -> None:
    assert refusal(parsers, opened.epub(["<img src='a.png'/>"])).startswith("holds no text.")


def test_a_chapter_may_have_a_colon_in_its_name(parsers: Parsers) -> None:
    data = opened.epub([f"<p>{SENTENCE}</p>"])
    name = "OEBPS/book.opf"
    data = zips.edited(data, name, "1.xhtml", "../Chapter%201:%20Tea.xhtml")
    data = zips.changed(data, {"Chapter 1: Tea.xhtml": opened.xhtml(f"<p>{SENTENCE}</p>")})
    assert text_of(parsers.read(data)) == SENTENCE


def test_a_table_of_one_column_is_running_text(parsers: Parsers) -> None:
    cell = "<td><h2>Leave</h2><p>Ask early:</p><ul><li>in writing</li></ul><p>Bye.</p></td>"
    content = parsers.read(opened.epub([f"<table><tbody><tr>{cell}</tr></tbody></table>"]))
    assert text_of(content) == "Leave\n\nAsk early:\n\n- in writing\n\nBye."
    assert headings_of(content) == [(2, "Leave")]
