"""A body is unpacked within its limit, and named by what its server says of it."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.web.body import (
    Unpacker,
    charset,
    check_readable,
    file_name,
    gunzip,
    media_type,
)
from retrieval.reading.web.errors import NoPageError
from retrieval.reading.web.url import read_place

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("", "text/html", "a.example.com.html"),
        ("", "", ""),
        ("guide/", "text/html", "a.example.com.html"),
        ("guide", "text/html", "guide.html"),
        ("guide.html", "text/html", "guide.html"),
        ("guide.HTM", "application/xhtml+xml", "guide.HTM"),
        ("guide.php?file=b.md", "text/html", "guide.html"),
        ("v1.2", "text/html", "v1.2.html"),
        ("README.md", "text/html", "README.md.html"),
        ("README.md", "text/plain", "README.md"),
        ("README.markdown", "text/markdown", "README.markdown"),
        ("README", "text/x-markdown", "README.md"),
        ("LICENSE", "text/plain", "LICENSE.txt"),
        ("list.php", "text/plain", "list.txt"),
        ("report", "application/pdf", "report.pdf"),
        ("letter", DOCX, "letter.docx"),
        ("letter.docx", "application/octet-stream", "letter.docx"),
        ("letter.docx", "", "letter.docx"),
        ("get?id=1", "application/octet-stream", "get"),
        ("M%C3%BCll%20und%20Mehr.pdf", "application/pdf", "Müll und Mehr.pdf"),
        ("%2e%2e%2f..%2fetc%2fpasswd", "text/plain", ".._.._etc_passwd"),
        ("a%00b%5cc.txt", "text/plain", "a_b_c.txt"),
        (f"{'x' * 500}.md", "text/markdown", f"{'x' * 197}.md"),
    ],
)
def test_a_page_is_named_by_its_path_and_its_kind(path: str, kind: str, name: str) -> None:
    assert file_name(read_place(f"https://a.example.com/{path}"), kind) == name


@pytest.mark.parametrize(
    ("header", "kind", "label"),
    [
        (None, "", None),
        ("", "", None),
        ("text/html", "text/html", None),
        ("Text/HTML; Charset=UTF-8", "text/html", "utf-8"),
        ("text/html;charset='iso-8859-1'", "text/html", "iso-8859-1"),
        ('text/html; a=b; charset = "Shift_JIS"; c=d', "text/html", "shift_jis"),
        ("text/html; charset=utf-8, text/html", "text/html", "utf-8"),
        ("text/html; charset=", "text/html", None),
        ("text/html; notcharset=utf-8", "text/html", None),
        (f"text/html; charset={'x' * 60_000}", "text/html", "x" * 40),
    ],
)
def test_a_header_says_kind_and_encoding(header: str | None, kind: str, label: str | None) -> None:
    assert media_type(header) == kind
    assert charset(header) == label


def test_kinds_that_may_hold_text_are_let_through() -> None:
    for kind in ("", "text/html", "application/octet-stream", "application/pdf", "x/y", "images"):
        check_readable(kind)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4), st.integers(1, 200))
def test_gzip_in_pieces_gives_what_went_in(members: list[bytes], size: int) -> None:
    archive = b"".join(map(gzip.compress, members))
    unpacker = Unpacker(2000)
    pieces = [archive[start : start + size] for start in range(0, len(archive), size)]
    assert b"".join(map(unpacker.unpack, pieces)) == b"".join(members)
    assert unpacker.complete


@given(st.binary(max_size=2000), st.integers(0, 3000))
def test_unpacking_never_goes_past_its_room(data: bytes, room: int) -> None:
    assert Unpacker(room).unpack(gzip.compress(data)) == data[:room]


@pytest.mark.parametrize("tail", [b"", b"\0" * 50, b"padding"])
def test_what_follows_an_archive_is_left_out(tail: bytes) -> None:
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b") + tail, 2) == b"ab"


@pytest.mark.parametrize(
    "archive", [b"", b"plain", gzip.compress(b"abc", mtime=0)[:-1], zlib.compress(b"abc")]
)
def test_a_damaged_archive_is_said_to_be(archive: bytes) -> None:
    with pytest.raises(NoPageError, match="cut off or damaged"):
        gunzip(archive, 1000)
