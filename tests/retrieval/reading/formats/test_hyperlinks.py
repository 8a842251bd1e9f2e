"""Hyperlinks: where their words stand in the text, and where they lead."""

from io import BytesIO

import docx
import pptx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.formats.content import Content
from retrieval.reading.formats.hyperlinks import linked, take_out
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import opened
from tests.support.formats.reading import text_of

FORM = "https://harbour.example/form?boat=2"
SENTENCE = "Fill in the berth form before you moor."
MARKUP = {
    "markdown": ("a.md", f"Fill in the [berth *form*]({FORM}) before you moor."),
    "reference": ("a.md", f"Fill in the [berth form][f] before you moor.\n\n[f]: {FORM}"),
    "html in markdown": (
        "a.md",
        f'<p>Fill in the <a href="{FORM}">berth form</a> before you moor.',
    ),
    "html": (
        "a.html",
        f'<!doctype html><main><p>Fill in the <a href="{FORM}"> berth <b>form</b></a> before you'
        "\n moor.</main>",
    ),
    "rst": ("a.rst", f"Fill in the `berth form <{FORM}>`_ before you moor."),
    "asciidoc": ("a.adoc", f"= Berths\n\nFill in the {FORM}[berth form] before you moor."),
    "org": ("a.org", f"* Berths\nFill in the [[{FORM}][berth form]] before you moor."),
    "wiki": ("a.wiki", f"== Berths ==\nFill in the [{FORM} berth form] before you moor."),
}


def found(content: Content) -> list[tuple[str, str]]:
    """The words of all hyperlinks, and their addresses."""
    return [
        (part.text[start:end], address)
        for part in content.parts
        for start, end, address in part.hyperlinks
    ]


@pytest.mark.parametrize("written", MARKUP)
def test_the_words_of_a_link_keep_its_address(parsers: Parsers, written: str) -> None:
    name, text = MARKUP[written]
    content = parsers.read(text.encode(), name)
    assert SENTENCE in text_of(content)
    assert found(content) == [("berth form", FORM)]


def test_word_has_links_in_its_text_and_notes_nothing_else(parsers: Parsers) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Fill in the ")
    reference = document.part.relate_to(FORM, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = f'<w:hyperlink {nsdecls("w", "r")} r:id="{reference}"><w:r><w:t>berth form</w:t></w:r>'
    paragraph._p.append(parse_xml(f"{link}</w:hyperlink>"))
    paragraph.add_run(" before you moor.")
    saved = BytesIO()
    document.save(saved)
    content = parsers.read(saved.getvalue())
    assert text_of(content) == SENTENCE
    assert found(content) == [("berth form", FORM)]


def test_open_document_has_links(parsers: Parsers) -> None:
    xml = (
        '<text:p>Fill in the <text:a xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xlink:href="{FORM}">berth form</text:a> before you moor.</text:p>'
    )
    content = parsers.read(opened.odt([], xml=xml))
    assert text_of(content) == SENTENCE
    assert found(content) == [("berth form", FORM)]


def test_slides_have_links(parsers: Parsers) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    paragraph = slide.placeholders[1].text_frame.paragraphs[0]
    paragraph.add_run().text = "Fill in the "
    run = paragraph.add_run()
    run.text, run.hyperlink.address = "berth form", FORM
    paragraph.add_run().text = " before you moor."
    saved = BytesIO()
    deck.save(saved)
    content = parsers.read(saved.getvalue())
    assert text_of(content) == SENTENCE
    assert found(content) == [("berth form", FORM)]


def test_a_book_has_links_that_lead_out_of_it(parsers: Parsers) -> None:
    chapter = f'<p>See <a href="c2.xhtml">chapter two</a> and the <a href="{FORM}">berth form</a>.'
    content = parsers.read(opened.epub([f"{chapter}</p>"]))
    assert found(content) == [("berth form", FORM)]


def test_a_link_in_a_table_stands_in_its_row_and_not_in_the_names_of_columns(
    parsers: Parsers,
) -> None:
    text = f"| [Berth](https://b.example) | Form |\n|---|---|\n| A1 | [ask]({FORM}) |\n| A2 | no |"
    page = (
        "<!doctype html><main><table><tr><th><a href='https://b.example'>Berth</a></th>"
        f"<th>Form</th></tr><tr><td>A1</td><td><a href='{FORM}'>ask</a></td></tr>"
        "<tr><td>A2</td><td>no</td></tr></table></main>"
    )
    for name, written in (("a.md", text), ("a.html", page)):
        content = parsers.read(written.encode(), name)
        assert text_of(content) == "Berth: A1 · Form: ask\n\nBerth: A2 · Form: no"
        assert found(content) == [("ask", FORM)]


def test_what_leads_nowhere_else_is_no_link(parsers: Parsers) -> None:
    text = (
        f"[Top](#top), [mail](mailto:a@b.example), [call](tel:123), [run](javascript:x), <{FORM}>, "
        f"[![](x.png)]({FORM}), `[code]({FORM})`."
    )
    assert found(parsers.read(text.encode(), "a.md")) == []


def test_a_link_around_blocks_has_no_words_of_its_own(parsers: Parsers) -> None:
    page = f"<!doctype html><main><a href='{FORM}'><h3>Berths</h3><p>Ours.</p></a></main>"
    content = parsers.read(page.encode(), "a.html")
    assert (text_of(content), found(content)) == ("Berths\n\nOurs.", [])


def test_headings_stand_where_they_say_behind_links(parsers: Parsers) -> None:
    for name, text in (
        ("a.md", f"# [Berths]({FORM})\n\nSee the [form]({FORM}).\n\n## Fees\n\nTen."),
        (
            "a.html",
            f"<!doctype html><main><h1><a href='{FORM}'>Berths</a></h1><p>See the <a "
            f"href='{FORM}'>form</a>.</p><h2>Fees</h2><p>Ten.</p></main>",
        ),
    ):
        (part,) = parsers.read(text.encode(), name).parts
        for heading in part.headings:
            assert part.text[heading.start :].startswith(heading.title)
        assert [heading.title for heading in part.headings] == ["Berths", "Fees"]


@given(st.lists(st.tuples(st.text("ab c.", max_size=6), st.text("xy é", max_size=6)), max_size=4))
def test_a_text_loses_its_marks_and_nothing_else(pieces: list[tuple[str, str]]) -> None:
    marked = "".join(before + linked(words, FORM) for before, words in pieces)
    text, links = take_out(marked)
    assert text == "".join(before + words for before, words in pieces)
    assert [text[start:end] for start, end, _ in links] == [
        words.strip() for _, words in pieces if words.strip()
    ]
    assert all(address == FORM for _, _, address in links)
