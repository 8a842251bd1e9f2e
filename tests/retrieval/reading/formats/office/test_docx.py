"""Word documents: nothing that stands on the page may be lost."""

import re

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import office, zips
from tests.support.formats.reading import assert_headings_stand_where_they_say, headings_of, text_of
from tests.support.formats.specimens import AUTHOR, BLOCKS, HEADINGS, TABLE, TITLE

RUN = "<w:r><w:t>{}</w:t></w:r>"
INSERTED = '<w:p><w:ins w:id="1" w:author="A">' + RUN.format("Inserted words.") + "</w:ins></w:p>"
DELETED = (
    '<w:p><w:del w:id="1" w:author="A"><w:r><w:delText>Deleted words.</w:delText></w:r></w:del>'
    + RUN.format("Kept words.")
    + "</w:p>"
)
CONTROL = (
    f"<w:sdt><w:sdtContent><w:p>{RUN.format('Controlled words.')}</w:p></w:sdtContent></w:sdt>"
)
LINKED = f'<w:p><w:hyperlink w:anchor="x">{RUN.format("Linked words.")}</w:hyperlink></w:p>'
# As Word writes a text box: once for today's programs, and once for old ones.
BOX = (
    '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
    'markup-compatibility/2006"><mc:Choice Requires="wps"><w:drawing>{0}</w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict>{0}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
).format(f"<w:txbxContent><w:p>{RUN.format('Boxed words.')}</w:p></w:txbxContent>")


def test_headings_stand_where_they_say_with_their_levels(parsers: Parsers) -> None:
    content = parsers.read(office.docx(BLOCKS))
    assert content.kind == "docx"
    assert headings_of(content) == HEADINGS
    assert_headings_stand_where_they_say(content)


def test_a_heading_counts_by_its_level_in_any_language(parsers: Parsers) -> None:
    data = zips.edited(office.docx(BLOCKS), "word/styles.xml", '"heading 1"', '"Überschrift 1"')
    assert headings_of(parsers.read(data)) == HEADINGS


def test_a_document_says_its_title_its_author_and_its_day(parsers: Parsers) -> None:
    content = parsers.read(office.docx(BLOCKS, TITLE, AUTHOR))
    assert (content.title, content.author) == (TITLE, AUTHOR)
    assert content.date.startswith("2024-05-06")


def test_a_document_without_a_title_of_its_own_is_called_by_its_heading(parsers: Parsers) -> None:
    assert parsers.read(office.docx(BLOCKS)).title == "Leave"


def test_the_day_of_the_template_is_not_the_documents(parsers: Parsers) -> None:
    data = office.docx(BLOCKS, TITLE)
    core = zips.members(data)["docProps/core.xml"].replace(b"2024-05-06", b"2013-12-23")
    assert parsers.read(zips.changed(data, {"docProps/core.xml": core})).date == ""


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        (INSERTED, "Inserted words."),
        (DELETED, "Kept words."),
        (CONTROL, "Controlled words."),
        (LINKED, "Linked words."),
        (BOX, "Boxed words."),
    ],
)
def test_words_are_kept_however_they_are_wrapped(parsers: Parsers, xml: str, words: str) -> None:
    text = text_of(parsers.read(office.with_xml(office.docx(["The end."]), xml)))
    assert text.count(words) == 1
    assert "Deleted" not in text
    assert text.endswith("The end.")


def test_tabs_and_line_breaks_part_words(parsers: Parsers) -> None:
    run = "<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>"
    text = text_of(parsers.read(office.with_xml(office.docx([]), f"<w:p>{run}</w:p>")))
    assert text.split() == ["one", "two", "three"]
    assert "two\nthree" in text


def test_list_items_are_marked(parsers: Parsers) -> None:
    text = text_of(parsers.read(office.docx(["You may ask", "- in writing", "- or by phone"])))
    assert "- in writing\n" in text
    assert "- or by phone" in text


def test_a_table_tells_in_each_row_what_its_cells_are(parsers: Parsers) -> None:
    text = text_of(parsers.read(office.docx(["Weeks of leave:", TABLE, "That is all."])))
    assert "Who: Ann · Weeks: 20" in text
    assert "Who: Bo · Weeks: 12" in text
    assert text.index("Weeks of leave:") < text.index("Ann") < text.index("That is all.")


def test_a_table_in_a_table_is_kept(parsers: Parsers) -> None:
    table = "<w:tbl><w:tr><w:tc><w:p/>{}</w:tc></w:tr></w:tbl>"
    inner = table.format(f"<w:p>{RUN.format('Innermost words.')}</w:p>")
    data = office.with_xml(office.docx(["The end."]), table.format(inner))
    assert text_of(parsers.read(data)).count("Innermost words.") == 1


def test_footnotes_come_at_the_end(parsers: Parsers) -> None:
    content = parsers.read(office.with_footnote(office.docx(["The end."]), "Since 1998."))
    text = text_of(content)
    assert text.index("The end.") < text.index("Since 1998.")
    assert text.rpartition("\n\n")[2].startswith("[note 1]:")


def test_a_table_of_one_column_is_running_text(parsers: Parsers) -> None:
    def paragraph(words: str, properties: str = "") -> str:
        return f"<w:p><w:pPr>{properties}</w:pPr>{RUN.format(words)}</w:p>"

    heading = paragraph("Leave", '<w:outlineLvl w:val="0"/>')
    item = paragraph("in writing", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    cells = (heading + paragraph("Ask early:") + item, paragraph("Kind regards"))
    rows = "".join(f"<w:tr><w:tc>{cell}</w:tc></w:tr>" for cell in cells)
    content = parsers.read(office.with_xml(office.docx(["The end."]), f"<w:tbl>{rows}</w:tbl>"))
    assert text_of(content) == "Leave\n\nAsk early:\n\n- in writing\n\nKind regards\n\nThe end."
    assert headings_of(content) == [(1, "Leave")]
    assert_headings_stand_where_they_say(content)


def test_a_table_in_one_that_only_frames_it_is_a_table(parsers: Parsers) -> None:
    inner = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:p>{RUN.format(cell)}</w:p></w:tc>' for cell in row)}</w:tr>"
        for row in TABLE
    )
    frame = f"<w:tbl><w:tr><w:tc><w:tbl>{inner}</w:tbl><w:p/></w:tc></w:tr></w:tbl>"
    text = text_of(parsers.read(office.with_xml(office.docx([]), frame)))
    assert text == "Who: Ann · Weeks: 20\n\nWho: Bo · Weeks: 12"


LABELLED = [["Name:", "Ann Lee"], ["Team:", "Tea"], ["Room:", "B"]]
UNHEADED = '<w:tblLook w:firstRow="0" w:firstColumn="1"/>'


def test_a_table_of_labels_has_no_header(parsers: Parsers) -> None:
    text = text_of(parsers.read(office.docx([LABELLED])))
    assert text == "Name: Ann Lee\n\nTeam: Tea\n\nRoom: B"


def test_a_table_whose_first_column_alone_is_set_off_has_no_header(parsers: Parsers) -> None:
    rows = [[label.rstrip(":"), value] for label, value in LABELLED]
    data = office.docx([rows])
    look = re.search("<w:tblLook[^>]*/>", zips.members(data)["word/document.xml"].decode())
    assert look
    data = zips.edited(data, "word/document.xml", look[0], UNHEADED)
    assert text_of(parsers.read(data)) == "Name · Ann Lee\n\nTeam · Tea\n\nRoom · B"
