"""Manual pages in the macros of man(7) read as `man` shows them."""

import pytest

from retrieval.reading.formats.content import Content, Gathering
from retrieval.reading.formats.errors import OtherFormatError, UnreadableError
from retrieval.reading.formats.plain.man_pages.man_page import looks_like_man, read_man

PAGE = r"""'\" t
.\" Made by hand.
.TH BAKE 1 "March 2026" "Bakery 2.1" "User Commands"
.SH NAME
bake \- make bread of dough
.SH SYNOPSIS
.B bake
[\fB\-q\fR] [\fB\-\-heat\fR=\fIDEGREES\fR]
.I loaf
\&...
.br
.B bake \-\-list
.SH OPTIONS
.TP
.BR \-q ", " \-\-quiet
Say nothing. See
.BR rise (1).
.TP
\fB\-\-heat\fR=\fIDEGREES\fR
The heat of the oven; 220 unless told otherwise.
.IP
More than 280 is refused.
.TP
.B \-l
.TQ
.B \-\-list
List loaves.
.PP
\-\-dry\-run
.RS 4
Only tell.
.RE
.SS "Of dough"
Dough may be
.IP \(bu 2
of wheat,
.IP \(bu
of rye.
.PP
Start it so:
.PP
.nf
  bake --heat=220 \e
    loaf.txt
.fi
.IP 1. 4
Knead.
.IP 2. 4
Wait.
.SH "SEE ALSO"
.UR https://example.org/bread
The book
.UE .
"""


def content_of(source: str) -> Content:
    gathering = Gathering(1_000_000)
    read_man(source, gathering)
    return gathering.content("man")


def seen(source: str) -> str:
    """Return what a reader of a page sees."""
    return "\n\n".join(part.text for part in content_of(source).parts)


def page(body: str) -> str:
    """Return the text of a section."""
    return seen(f".TH A 1\n.SH B\n{body}").removeprefix("B").strip()


def test_a_page_reads_as_man_shows_it() -> None:
    assert seen(PAGE).split("\n\n") == [
        *("NAME", "bake - make bread of dough", "SYNOPSIS"),
        *("bake [-q] [--heat=DEGREES] loaf ...", "bake --list", "OPTIONS"),
        "-q, --quiet: Say nothing. See rise(1).",
        "--heat=DEGREES: The heat of the oven; 220 unless told otherwise.",
        "More than 280 is refused.",
        *("-l, --list: List loaves.", "--dry-run: Only tell.", "Of dough", "Dough may be"),
        *("- of wheat,\n- of rye.", "Start it so:"),
        "```\n  bake --heat=220 \\\n    loaf.txt\n```",
        *("1. Knead.\n2. Wait.", "SEE ALSO", "The book ⟨https://example.org/bread⟩."),
    ]


def test_a_page_has_its_name_date_and_headings() -> None:
    content = content_of(PAGE)
    assert (content.title, content.date) == ("bake(1)", "March 2026")
    (part,) = content.parts
    assert [(each.level, each.title) for each in part.headings] == [
        *((1, "NAME"), (1, "SYNOPSIS"), (1, "OPTIONS"), (2, "Of dough"), (1, "SEE ALSO"))
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"a\-b \(em c\[u2026] \(bu \fBd\fP\fI\,e\/\fR \s-1F\s0", "a-b — c… • de F"),
        (r"\*(lqRye\*(rq costs 4\ \[Eu] a \(12 loaf, \('e\(:u", "“Rye” costs 4 € a ½ loaf, éü"),
        ('a\\\nb \\" remark', "ab"),
        (".B one two\n.BI a b c\n.RB ( d )", "one two abc (d)"),
        (".ds name rye\nBread of \\*[name].", "Bread of rye."),
        (
            '.de BREAD\nBread of \\\\$1, \\\\$2.\n..\n.BREAD rye "and more"',
            "Bread of rye, and more.",
        ),
        (".ie n For terminals.\n.el On paper.", "For terminals."),
        (".ie t \\{\\\n.B On\npaper.\n.\\}\n.el \\{\\\nFor\n.B terminals.\n.\\}", "For terminals."),
        (".if '\\*x'' Same.\n.if !'a'a' Other.", "Same."),
        (".nr n 2\n.if \\nn>1 Two.\n.if \\nn=1 One.", "Two."),
        (".ig\nNot this.\n..\nThis.", "This."),
        (".PS\nbox\n.PE\nThis.", "This."),
        ("One,\n two.\n.br\nThree.", "One,\ntwo.\nThree."),
        (".B\nloud", "loud"),
        (".SY bake\n.OP \\-q\n.YS", "bake [-q]"),
        (".MR rise 1 .", "rise(1)."),
        ("word\\c\ns and more", "words and more"),
        (".RS\n.IP \\(bu\none\n.RS\n.IP \\(bu\ntwo\n.RE\n.RE", "- one\n  - two"),
        (".TP\n.B \\-a\n.TP\n.B \\-b\nBoth.", "-a, -b: Both."),
        (".TP\n.B \\-a\n.EX\ncode\n.EE", "-a:\n\n```\ncode\n```"),
    ],
)
def test_requests_and_escapes_show_what_they_mean(source: str, text: str) -> None:
    assert page(source) == text


def test_a_row_of_a_table_says_what_its_columns_are() -> None:
    table = ".TS\ntab(|);\nlb lb\nl l.\nLoaf|Price\n_\nRye|4\nWheat|T{\n3 or\nmore\nT}\n.TE\nAfter."
    assert page(table).split("\n\n") == [
        *("Loaf: Rye · Price: 4", "Loaf: Wheat · Price: 3 or more", "After.")
    ]


def test_a_macro_that_calls_itself_comes_to_an_end() -> None:
    assert page(".de x\na\n.x\n.x\n..\n.x\nThe end.").endswith("The end.")


def test_strings_that_double_come_to_an_end() -> None:
    doubling = "".join(f".ds s{n} \\*[s{n - 1}]\\*[s{n - 1}]\n" for n in range(1, 60))
    assert len(page(f".ds s0 bread\n{doubling}\\*[s59]\nThe end.")) < 200_000


def test_a_page_by_another_name_says_which() -> None:
    with pytest.raises(UnreadableError, match=r"man1/bake\.1"):
        read_man(".so man1/bake.1\n", Gathering(1_000))


def test_a_text_without_its_macros_is_none() -> None:
    with pytest.raises(OtherFormatError):
        read_man("Bread costs 4.\n.5 more on Sundays.\n", Gathering(1_000))
    assert not looks_like_man("Bread.\n.TH BAKE 1\n")
    assert looks_like_man(PAGE)
