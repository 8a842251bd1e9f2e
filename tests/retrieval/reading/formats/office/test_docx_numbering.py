"""Word's automatic numbers, and what is struck out, raised or merged, read as they look."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import office, zips
from tests.support.formats.reading import headings_of, rows_of, text_of

RUN = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"


def paragraph(words: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{RUN.format(run, words)}</w:p>"


def item(words: str, level: int = 0, listed: int = 70) -> str:
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{listed}"/></w:numPr>'
    return paragraph(words, numbers)


def levels(*kinds: tuple[str, str, int]) -> str:
    return "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (kind, text, start) in enumerate(kinds)
    )


def numbered(xml: str, defined: str, lists: str = "") -> bytes:
    """A document with a list 70 of these levels, and more lists."""
    data = office.with_xml(office.docx([]), xml)
    name = "word/numbering.xml"
    abstract = f'<w:abstractNum w:abstractNumId="70">{defined}</w:abstractNum>'
    one = '<w:num w:numId="70"><w:abstractNumId w:val="70"/></w:num>'
    part = f'<w:numbering xmlns:w="{office.WORD}">{abstract}{one}{lists}</w:numbering>'
    assert name in zips.members(data)
    return zips.changed(data, {name: part})


def test_steps_keep_their_automatic_numbers(parsers: Parsers) -> None:
    xml = item("Lift the lid.") + paragraph("It is heavy.") + item("Turn the key.")
    data = numbered(xml, levels(("decimal", "%1.", 1)))
    assert rows_of(parsers.read(data)) == ["1. Lift the lid.", "It is heavy.", "2. Turn the key."]


def test_numbers_and_bullets_of_one_document_are_told_apart(parsers: Parsers) -> None:
    bullets = (
        f'<w:abstractNum w:abstractNumId="71">{levels(("bullet", "•", 1))}</w:abstractNum>'
        '<w:num w:numId="71"><w:abstractNumId w:val="71"/></w:num>'
    )
    xml = item("Lift the lid.") + item("a lamp", listed=71) + item("Turn the key.")
    data = numbered(xml, levels(("decimal", "%1.", 1)), bullets)
    assert rows_of(parsers.read(data)) == ["1. Lift the lid.", "- a lamp", "2. Turn the key."]


def test_levels_count_within_those_above_them(parsers: Parsers) -> None:
    kinds = levels(("decimal", "%1.", 4), ("decimal", "%1.%2", 1), ("lowerRoman", "(%3)", 1))
    told = (("a", 0), ("b", 1), ("c", 1), ("d", 2), ("e", 2), ("f", 0), ("g", 1))
    data = numbered("".join(item(words, level) for words, level in told), kinds)
    assert rows_of(parsers.read(data)) == [
        *("4. a", "4.1 b", "4.2 c", "(i) d", "(ii) e", "5. f", "5.1 g"),
    ]


@pytest.mark.parametrize(
    ("kind", "start", "shown"),
    [
        ("lowerLetter", 27, "aa) x"),
        ("upperLetter", 3, "C) x"),
        ("upperRoman", 44, "XLIV) x"),
        ("decimalZero", 7, "07) x"),
        ("lowerRoman", 999999, "999999) x"),
        ("bullet", 1, "- x"),
    ],
)
def test_numbers_have_their_format(parsers: Parsers, kind: str, start: int, shown: str) -> None:
    data = numbered(item("x"), levels((kind, "%1)", start)))
    assert text_of(parsers.read(data)) == shown


def test_a_list_may_begin_anew_or_count_on(parsers: Parsers) -> None:
    lists = (
        '<w:num w:numId="71"><w:abstractNumId w:val="70"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        '<w:num w:numId="72"><w:abstractNumId w:val="70"/></w:num>'
    )
    xml = item("a") + item("b") + item("c", listed=71) + item("d", listed=71) + item("e", listed=72)
    data = numbered(xml, levels(("decimal", "%1.", 1)), lists)
    assert rows_of(parsers.read(data))[:4] == ["1. a", "2. b", "1. c", "2. d"]


def test_a_style_may_number_its_paragraphs_and_headings(parsers: Parsers) -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Step"><w:name w:val="Step"/><w:pPr><w:outlineLvl'
        ' w:val="0"/><w:numPr><w:numId w:val="70"/></w:numPr></w:pPr></w:style></w:styles>'
    )
    xml = paragraph("Fees", '<w:pStyle w:val="Step"/>') + paragraph("All pay.")
    data = numbered(xml, levels(("decimal", "§ %1", 3)))
    data = zips.edited(data, "word/styles.xml", "</w:styles>", style)
    content = parsers.read(data)
    assert headings_of(content) == [(1, "§ 3 Fees")]
    assert text_of(content) == "§ 3 Fees\n\nAll pay."


@pytest.mark.parametrize(
    ("mark", "shown"),
    [
        ("<w:strike/>", "It opens at ."),
        ('<w:dstrike w:val="true"/>', "It opens at ."),
        ("<w:vanish/>", "It opens at ."),
        ('<w:strike w:val="0"/>', "It opens at 6."),
        ('<w:vertAlign w:val="superscript"/>', "It opens at ⁶."),
        ('<w:vertAlign w:val="subscript"/>', "It opens at ₆."),
    ],
)
def test_words_read_as_they_look(parsers: Parsers, mark: str, shown: str) -> None:
    runs = RUN.format("", "It opens at ") + RUN.format(mark, "6") + RUN.format("", ".")
    xml = f"<w:p>{runs}</w:p>".replace("<w:t>", '<w:t xml:space="preserve">')
    assert text_of(parsers.read(office.with_xml(office.docx([]), xml))) == shown


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(words)}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_merged_cells_count_for_every_row_and_column(parsers: Parsers) -> None:
    begins, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = (
        row(cell("Pier"), cell("Fare", '<w:gridSpan w:val="2"/>'))
        + row(cell(""), cell("Adult"), cell("Child"))
        + row(cell("North", begins), cell("4"), cell("2"))
        + row(cell("", goes_on), cell("5"), cell("3"))
    )
    data = office.with_xml(office.docx([]), f"<w:tbl>{table}</w:tbl>")
    assert rows_of(parsers.read(data)) == [
        "Pier: North · Fare Adult: 4 · Fare Child: 2",
        "Pier: North · Fare Adult: 5 · Fare Child: 3",
    ]


def test_rows_that_every_page_repeats_are_the_header(parsers: Parsers) -> None:
    table = row(cell("2024"), cell("7"), properties="<w:tblHeader/>") + row(cell("8"), cell("9"))
    data = office.with_xml(office.docx([]), f"<w:tbl>{table}</w:tbl>")
    assert rows_of(parsers.read(data)) == ["2024: 8 · 7: 9"]


def test_a_word_table_without_a_header_has_none(parsers: Parsers) -> None:
    data = office.docx([[["Kai Dorn", "2025-03-01"], ["Una Pell", "2025-04-11"]]])
    assert rows_of(parsers.read(data)) == ["Kai Dorn · 2025-03-01", "Una Pell · 2025-04-11"]
