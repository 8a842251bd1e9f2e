"""AsciiDoc: what its page shows, with attributes in place and includes out of sight."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, text_of


def read(parsers: Parsers, text: str) -> str:
    content = parsers.read(text.encode(), "a.adoc")
    assert content.kind == "asciidoc"
    return text_of(content)


def test_the_header_says_title_author_and_date(parsers: Parsers) -> None:
    text = "// remark\n= Boat house\nAda Lorne <a@example.org>\nv1.2, 2026-03-04\n:toc:\n\nWord.\n"
    content = parsers.read(text.encode(), "a.adoc")
    assert (content.title, content.author, content.date) == (
        *("Boat house", "Ada Lorne"),
        "2026-03-04",
    )
    assert text_of(content) == "Boat house\n\nWord."


def test_sections_are_headings_with_their_levels(parsers: Parsers) -> None:
    content = parsers.read(b"= A\n\n== B\n\nx\n\n=== C\n\ny\n", "a.adoc")
    assert headings_of(content) == [(1, "A"), (2, "B"), (3, "C")]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*nine*", "nine"),
        ("_nine_", "nine"),
        ("`nine`", "nine"),
        ("n**in**e", "nine"),
        ("10^6^", "10⁶"),
        ("[.line-through]#nine# ten", "ten"),
        ("<<fees>>", "What it costs"),
        ("<<fees,the fees>>", "the fees"),
        ("xref:other.adoc#top[the top]", "the top"),
        ("https://example.org[our page^]", "our page"),
        ("link:a.pdf[the plan]", "the plan"),
        ("{club}", "Rowing club"),
        ("{unknown}", "{unknown}"),
        ("kbd:[Ctrl]", "Ctrl"),
        ("nine footnote:[In May.]", "nine (In May)"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_a_line_comes_without_its_marks(parsers: Parsers, written: str, shown: str) -> None:
    text = read(
        parsers, f":club: Rowing club\n\nAt {written} today.\n\n[#fees]\n== What it costs\n\nx"
    )
    assert text.split("\n\n")[0] == f"At {shown} today."


def test_what_is_no_text_is_out_of_sight(parsers: Parsers) -> None:
    text = "Before.\n\n// remark\ninclude::x.adoc[]\ntoc::[]\n'''\n\n////\nhidden\n////\n\nAfter.\n"
    assert read(parsers, text) == "Before.\n\nAfter."


@pytest.mark.parametrize("remark", ["[comment]\nhidden\ntoo", "[comment]\n--\nhidden\n\ntoo\n--"])
def test_what_is_called_a_comment_is_out_of_sight(parsers: Parsers, remark: str) -> None:
    assert read(parsers, f"= A\n\nBefore.\n\n{remark}\n\nAfter.\n") == "A\n\nBefore.\n\nAfter."


def test_a_licence_in_a_remark_above_the_title_is_no_text(parsers: Parsers) -> None:
    remark = "////\n * Copyright: everyone.\n * Free: for all.\n////\n"
    text = f"{remark}// by Ada\n\n{remark}\n= The hall\n:author: Ada\n\nOpen at ten.\n"
    content = parsers.read(text.encode(), "a.adoc")
    assert (content.title, content.author) == ("The hall", "Ada")
    assert text_of(content) == "The hall\n\nOpen at ten."


def test_boxes_and_their_titles_are_kept(parsers: Parsers) -> None:
    boxes = "NOTE: Low tide\nat six.\n\n[WARNING]\n.Mind\n====\nStay *away*.\n====\n\n"
    text = f"{boxes}____\nSaid.\n____\n"
    assert read(parsers, text) == "Low tide at six.\n\nMind:\n\nStay away.\n\nSaid."


def test_lists_are_one_block_with_marks_and_numbers(parsers: Parsers) -> None:
    text = (
        "* one\n** two\n* three\n+\nmore\n\nText.\n\n. First\n. Second\n\nText.\n\noar:: A lever.\n"
    )
    assert read(parsers, text).split("\n\n") == [
        *("- one\n  - two\n- three\n  more", "Text.", "1. First\n2. Second", "Text."),
        "oar: A lever.",
    ]


def test_code_keeps_its_lines_and_its_language(parsers: Parsers) -> None:
    text = "[source,bash]\n----\nmake # <1>\n\nrun\n----\n<1> Builds.\n\nText.\n\n one\n  two\n"
    assert read(parsers, text) == (
        "```bash\nmake\n\nrun\n```\n\n1. Builds.\n\nText.\n\n```\none\n two\n```"
    )


@pytest.mark.parametrize(
    "table",
    [
        "|===\n|Who |Fee\n\n|Junior |20\n|Senior |40\n|===",
        "|===\n|Who |Fee\n\n|Junior\n|20\n\n|Senior\n|40\n|===",
        '[cols="1,2", options="header"]\n|===\n|Who |Fee\n|Junior |20\n|Senior\n|40\n|===',
        "[%header,cols=2*]\n|===\n|Who\n|Fee\n|Junior\n|20\na|Senior\n>|40\n|===",
        "[%header]\n,===\nWho,Fee\nJunior,20\nSenior, 40\n,===",
    ],
)
def test_a_row_says_what_its_columns_are(parsers: Parsers, table: str) -> None:
    assert read(parsers, f"{table}\n") == "Who: Junior · Fee: 20\n\nWho: Senior · Fee: 40"


def test_a_merged_cell_counts_for_every_row_that_it_spans(parsers: Parsers) -> None:
    text = read(parsers, "|===\n|Day |Time\n\n.2+|Mon |nine\n|ten\n2+|closed on Tue\n|===\n")
    assert text == "Day: Mon · Time: nine\n\nDay: Mon · Time: ten\n\nDay: closed on Tue"


def test_attributes_that_name_each_other_come_to_an_end(parsers: Parsers) -> None:
    text = ":a: {b}{b}{b}{b}\n:b: {c}{c}{c}{c}\n:c: {a}{a}{a}{a}\n\nWord {a}.\n"
    assert "Word" in read(parsers, text)
