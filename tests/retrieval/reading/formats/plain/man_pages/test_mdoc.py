"""Manual pages in the macros of mdoc(7) read as `man` shows them."""

import pytest

from .test_man import content_of, seen

PAGE = r""".Dd March 4, 2026
.Dt BAKE 8
.Os
.Sh NAME
.Nm bake
.Nd make bread of dough
.Sh SYNOPSIS
.Nm
.Op Fl q
.Op Fl h Ar degrees
.Ar
.Nm
.Fl -list
.Sh DESCRIPTION
The
.Nm
utility bakes,
.Pq see Xr rise 1 .
The options are:
.Bl -tag -width Ds
.It Fl q , Fl -quiet
Say nothing.
.It Fl h Ar degrees
The heat of the oven.
.Pp
More than 280 is refused.
.It Fl L Xo
.Sm off
.Ar loaf : size
.Sm on
.Xc
One loaf.
.El
.Pp
Dough is
.Bl -bullet -compact
.It
of wheat,
.It
of
.Em rye .
.El
.Bd -literal -offset indent
bake -h 220 \e
   loaf
.Ed
.Dl bake -q
.Bl -column "Loaf" "Price"
.It Sy Loaf Ta Sy Price
.It Rye Ta 4
.El
.Sh EXIT STATUS
.Ex -std bake
"""


def test_a_page_reads_as_man_shows_it() -> None:
    assert seen(PAGE).split("\n\n") == [
        *("NAME", "bake – make bread of dough", "SYNOPSIS"),
        *("bake [-q] [-h degrees] file ...", "bake --list", "DESCRIPTION"),
        "The bake utility bakes, (see rise(1)). The options are:",
        *("-q, --quiet: Say nothing.", "-h degrees: The heat of the oven."),
        *("More than 280 is refused.", "-L loaf:size: One loaf.", "Dough is"),
        *("- of wheat,\n- of rye.", "```\nbake -h 220 \\\n   loaf\n```", "```\nbake -q\n```"),
        *("Loaf: Rye · Price: 4", "EXIT STATUS"),
        "The bake utility exits 0 on success, and >0 if an error occurs.",
    ]


def test_a_page_has_its_name_and_date() -> None:
    content = content_of(PAGE)
    assert (content.title, content.date) == ("bake(8)", "March 4, 2026")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (".Oo Fl a Oc Ns Ar b", "[-a]b"),
        (".Dq Li bread , Sq rye .", "“bread, ‘rye’”."),
        (".Pf ( Ar a ) Ns Ap s", "(a)'s"),
        ('.Fn bake "int heat" size ;', "bake(int heat, size);"),
        (".Fo bake\n.Fa int\n.Fa size\n.Fc", "bake(int, size)"),
        ('.Lk https://example.org "the book"', "the book ⟨https://example.org⟩"),
        (".St -p1003.1-2008 and\n.Bx 4.4 .", "IEEE Std 1003.1-2008 (“POSIX.1”) and 4.4BSD."),
        (".Rs\n.%A Ann Lee\n.%T Bread\n.Re", "Ann Lee, Bread."),
        (".Bl -enum\n.It\na\n.It\nb\n.El", "1. a\n2. b"),
    ],
)
def test_macros_show_what_they_mean(source: str, text: str) -> None:
    assert seen(f".Dd x\n.Dt A 1\n.Sh B\n{source}").removeprefix("B").strip() == text
