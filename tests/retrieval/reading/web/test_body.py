"""What a server says of a page becomes a name, an encoding and what to ask with next time."""

from http.client import HTTPMessage

import pytest

from retrieval.reading.web.body import charset, check_readable, file_name, media_type
from retrieval.reading.web.fetch import Fetched, Page, Validators, page_of
from retrieval.reading.web.http import Answer
from retrieval.reading.web.url import read_place

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(url: str, asked: str | None = None, for_good: bool = False, **headers: str) -> Page:
    message = HTTPMessage()
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    answer = Answer(200, message, b"hi")
    return page_of(Fetched(read_place(asked or url), read_place(url), answer, for_good))


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


def test_a_page_that_was_sent_on_for_good_gets_its_new_address() -> None:
    there, old = "https://b.example.com/x", "http://a.example.com/"
    assert page(there, old, for_good=True).url == there
    assert page(there, old, for_good=False).url == old


def test_a_page_knows_where_it_was_and_which_version() -> None:
    found = page(
        "https://b.example.com/x", "http://a.example.com/", ETag='W/"1"', Last_Modified="t"
    )
    assert found.validators == Validators("https://b.example.com/x", 'W/"1"', "t")
    assert found.validators.headers() == {"If-None-Match": 'W/"1"', "If-Modified-Since": "t"}


@pytest.mark.parametrize("etag", ["", "x" * 501, "a\r\n b", "a\0b"])
def test_odd_versions_are_not_kept(etag: str) -> None:
    validators = page("https://b.example.com/x", ETag=etag).validators
    assert validators.etag is None
    assert validators.headers() == {}
