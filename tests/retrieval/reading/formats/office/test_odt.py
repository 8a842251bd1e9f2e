"""Open Document texts; their sheets are tested with the others."""

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import opened, zips
from tests.support.formats.reading import (
    assert_headings_stand_where_they_say,
    headings_of,
    refusal,
    text_of,
)
from tests.support.formats.specimens import AUTHOR, BLOCKS, HEADINGS, TABLE, TITLE


def test_headings_stand_where_they_say_with_their_levels(parsers: Parsers) -> None:
    content = parsers.read(opened.odt(BLOCKS))
    assert content.kind == "odt"
    assert headings_of(content) == HEADINGS
    assert_headings_stand_where_they_say(content)


def test_a_document_says_its_title_its_author_and_its_day(parsers: Parsers) -> None:
    content = parsers.read(opened.odt(BLOCKS, TITLE, AUTHOR))
    assert (content.title, content.author) == (TITLE, AUTHOR)
    assert content.date.startswith("2024-05-06")


def test_tables_and_lists_are_laid_out(parsers: Parsers) -> None:
    text = text_of(parsers.read(opened.odt(["Weeks:", "- in writing", TABLE, "The end."])))
    assert "- in writing" in text
    assert "Who: Ann · Weeks: 20" in text
    assert text.index("Bo") < text.index("The end.")


def test_spaces_tabs_breaks_and_spans_are_kept(parsers: Parsers) -> None:
    xml = (
        "<text:p>One<text:s/><text:span>two</text:span><text:tab/>three<text:line-break/>"
        "four <text:span>fi</text:span>ve</text:p>"
    )
    text = text_of(parsers.read(opened.odt([], xml=xml)))
    assert text.split() == ["One", "two", "three", "four", "five"]
    assert "three\nfour" in text


def test_an_absurd_number_of_spaces_is_one(parsers: Parsers) -> None:
    xml = '<text:p>One<text:s text:c="2000000000"/>two.</text:p>'
    assert " ".join(text_of(parsers.read(opened.odt([], xml=xml))).split()) == "One two."


def test_what_was_deleted_with_changes_tracked_is_gone(parsers: Parsers) -> None:
    gone = "<text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
    xml = f"<text:tracked-changes>{gone}</text:changed-region></text:tracked-changes>"
    assert text_of(parsers.read(opened.odt(["Kept."], xml=xml))) == "Kept."


def test_a_document_with_a_password_says_what_to_do(parsers: Parsers) -> None:
    entry = (
        '<manifest:file-entry manifest:full-path="content.xml">'
        "<manifest:encryption-data/></manifest:file-entry>"
    )
    data = zips.changed(opened.odt(BLOCKS), {"content.xml": b"\x8f\x01"})
    manifest = {"META-INF/manifest.xml": opened.MANIFEST.format(entry)}
    message = refusal(parsers, zips.changed(data, manifest))
    assert message == "is protected with a password. Save it without one and add it again."


def test_a_table_of_one_column_is_running_text(parsers: Parsers) -> None:
    cell = (
        '<text:h text:outline-level="1">Leave</text:h><text:p>Ask early:</text:p>'
        "<text:list><text:list-item><text:p>in writing</text:p></text:list-item></text:list>"
    )
    row = f"<table:table-row><table:table-cell>{cell}</table:table-cell></table:table-row>"
    content = parsers.read(opened.odt([], xml=f"<table:table>{row}</table:table>"))
    assert text_of(content) == "Leave\n\nAsk early:\n\n- in writing"
    assert headings_of(content) == [(1, "Leave")]


NUMBERED = (
    '<text:list-style style:name="L9">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    "</text:list-style>"
)
STYLES = (
    '<style:style style:name="Gone"><style:text-properties'
    ' style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Up"><style:text-properties style:text-position="super 58%"/>'
    "</style:style>"
)


def styled(xml: str) -> bytes:
    """A text whose content has styles of its own."""
    data = opened.odt([], xml=f"<text:p/>{xml}")
    styles = (
        '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        f"{STYLES}{NUMBERED}</office:automatic-styles>"
    )
    return zips.edited(data, "content.xml", "<office:body>", f"{styles}<office:body>")


def test_steps_keep_their_automatic_numbers(parsers: Parsers) -> None:
    inner = "<text:list><text:list-item><text:p>slowly</text:p></text:list-item></text:list>"
    xml = (
        '<text:list text:style-name="L9"><text:list-item><text:p>Lift it.</text:p></text:list-item>'
        f"<text:list-item><text:p>Turn it.</text:p>{inner}</text:list-item></text:list>"
        '<text:p>Wait.</text:p><text:list text:style-name="L9" text:continue-numbering="true">'
        "<text:list-item><text:p>Go on.</text:p></text:list-item></text:list>"
    )
    told = ["1. Lift it.", "2. Turn it.", "a) slowly", "Wait.", "3. Go on."]
    assert text_of(parsers.read(styled(xml))).split("\n\n") == told


def test_struck_out_words_do_not_hold_and_superscripts_are_raised(parsers: Parsers) -> None:
    xml = (
        '<text:p>At <text:span text:style-name="Gone">six</text:span> nine, 10'
        '<text:span text:style-name="Up">6</text:span> m wide.</text:p>'
    )
    assert " ".join(text_of(parsers.read(styled(xml))).split()) == "At nine, 10⁶ m wide."


def test_a_sheets_cells_read_as_shown_and_merged_ones_count_for_every_row(parsers: Parsers) -> None:
    tall = (
        '<table:table-cell table:number-rows-spanned="2"><text:p>North</text:p></table:table-cell>'
    )
    told_by_value = '<table:table-cell office:value-type="percentage" office:value="0.15"/>'
    rows = [["Pier", "Share"], [tall, told_by_value], ["<table:covered-table-cell/>", "20%"]]
    content = parsers.read(opened.ods({"S": rows}))
    assert text_of(content).split("\n\n") == [
        "Pier: North · Share: 15%",
        "Pier: North · Share: 20%",
    ]
