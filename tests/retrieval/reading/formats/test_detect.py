"""A file is what it holds, not what it is called."""

import struct
from zipfile import ZIP_STORED

import pytest

from retrieval.reading.formats.registry import FORMATS
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats import zips
from tests.support.formats.hostile.archives import old_office
from tests.support.formats.reading import refusal, text_of
from tests.support.formats.specimens import KINDS, MARKDOWN, PAGE, RST, SENTENCE, specimens

BINARY_KINDS = [each.kind for each in FORMATS if each.binary]
ARCHIVES = [each.kind for each in FORMATS if each.archive]
NAMES = ("a.txt", "a.md", "a.html", "a.csv", "a.zip", "a.docx", "a.pdf", "a.exe", "")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_read_under_its_name(parsers: Parsers, kind: str) -> None:
    specimen = specimens()[kind]
    content = parsers.read(specimen.data, specimen.name)
    assert content.kind == kind
    assert SENTENCE in text_of(content)


@pytest.mark.parametrize("kind", BINARY_KINDS)
def test_a_name_does_not_hide_what_a_file_is(parsers: Parsers, kind: str) -> None:
    for name in NAMES:
        content = parsers.read(specimens()[kind].data, name)
        assert content.kind == kind
        assert SENTENCE in text_of(content)


@pytest.mark.parametrize("kind", ARCHIVES)
def test_archives_packed_in_another_order_and_way_are_known(parsers: Parsers, kind: str) -> None:
    members = sorted(zips.members(specimens()[kind].data).items(), reverse=True)
    assert parsers.read(zips.archive(dict(members), ZIP_STORED)).kind == kind


def test_a_text_about_pdf_is_text(parsers: Parsers) -> None:
    text = "A PDF begins with %PDF-1.7, and near its end it says where its table begins."
    for name in ("a.txt", "a.md", ""):
        assert text_of(parsers.read(text.encode(), name)) == text


@pytest.mark.parametrize(
    "text",
    [
        "The ftyp box of a film says what it is made for.",
        "GIF89a is how a picture of that kind begins.",
        "MZ begins a program, as Mark Zbikowski thought it should.",
        "PK, he said, begins an archive.",
        "ID3 is how songs say who sings them.",
        "RIFF is followed by a size, and then WAVE.",
    ],
)
def test_a_text_about_other_kinds_is_text(parsers: Parsers, text: str) -> None:
    assert text_of(parsers.read(text.encode(), "a.txt")) == text


def test_a_page_is_known_without_its_suffix(parsers: Parsers) -> None:
    for name in ("a.txt", "a", "", "a.php"):
        assert parsers.read(PAGE.encode(), name).kind == "html"


def test_json_is_known_without_its_suffix(parsers: Parsers) -> None:
    data = specimens()["json"].data
    assert all(parsers.read(data, name).kind == "json" for name in ("a.txt", "a", ""))


@pytest.mark.parametrize(("name", "kind"), [("a.md", "markdown"), ("a.csv", "csv")])
def test_json_called_otherwise_is_what_its_name_says(
    parsers: Parsers, name: str, kind: str
) -> None:
    assert parsers.read(specimens()["json"].data, name).kind == kind


@pytest.mark.parametrize("text", ["[1]", "{}", "[ ] milk", "[link](http://x.org)", "{a} or {b}"])
def test_a_few_brackets_make_no_json(parsers: Parsers, text: str) -> None:
    assert parsers.read(text.encode(), "a.txt").kind == "text"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("a.md", "markdown"), ("a.MARKDOWN", "markdown"), ("a.rst", "rst"), ("a.csv", "csv")),
        *(("a.tsv", "csv"), ("a.htm", "html"), ("a.xhtml", "html"), ("a.txt", "text")),
        *(("a.log", "text"), ("a", "text"), ("", "text"), ("a.pdf", "text"), ("a.docx", "text")),
    ],
)
def test_among_texts_the_suffix_decides(parsers: Parsers, name: str, kind: str) -> None:
    assert parsers.read(f"# Tea\n\n{SENTENCE}\n".encode(), name).kind == kind


def test_what_a_server_says_counts_as_the_suffix_does(parsers: Parsers) -> None:
    assert parsers.read(MARKDOWN.encode(), "a.php", kind="markdown").kind == "markdown"
    assert parsers.read(b"<p>Hello there.</p>", "a", kind="html").kind == "html"


def test_a_message_is_plain_text_whatever_it_looks_like(parsers: Parsers) -> None:
    for text in (PAGE, RST, MARKDOWN, '{"a": "one", "b": "two"}', "%PDF-1.7", "{\\rtf1 a}"):
        content = parsers.read(text.encode(), "a.html", kind="text")
        assert (content.kind, text_of(content).strip()) == ("text", text.strip())


@pytest.mark.parametrize(
    ("stream", "told"),
    [
        ("WordDocument", "is in Word's old .doc format. Save it as .docx and add that."),
        ("Workbook", "is in Excel's old .xls format. Save it as .xlsx and add that."),
        (
            "PowerPoint Document",
            "is in PowerPoint's old .ppt format. Save it as .pptx and add that.",
        ),
        (
            "EncryptedPackage",
            "is protected with a password. Save it without one and add it again.",
        ),
    ],
)
def test_old_office_files_say_what_to_save_them_as(
    parsers: Parsers, stream: str, told: str
) -> None:
    assert refusal(parsers, old_office(stream), "a.docx") == told


WAVE = b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt "


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"GIF89a\1\0\1\0", "GIF image"),
        (b"ID3\x04\0\0\0\0\0\0", "recording"),
        (WAVE, "recording"),
        (b"\0\0\0\x20ftypisom\0\0\2\0", "video"),
        (b"MZ\x90\0\3\0\0\0", "program"),
        (b"\x7fELF\2\1\1\0", "program"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "archive"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "archive"),
        (b"Rar!\x1a\x07\1\0", "archive"),
        (b"{\\rtf1\\ansi Hello.}", "RTF"),
    ],
)
def test_what_is_no_document_is_named(parsers: Parsers, data: bytes, words: str) -> None:
    for name in ("a.txt", "a.html", ""):
        assert words in refusal(parsers, data + b"\0" * 20, name)


def test_an_archive_is_to_be_unpacked(parsers: Parsers) -> None:
    message = "is an archive. Unpack it and add the files in it."
    assert refusal(parsers, zips.archive({"a.txt": SENTENCE}), "a.zip") == message
    assert refusal(parsers, zips.archive({"a.txt": SENTENCE}), "a.docx") == message
    assert refusal(parsers, zips.archive({})) == message


@pytest.mark.parametrize("kind", ["odt", "ods", "epub"])
@pytest.mark.parametrize("told", [None, b"", b"\xff\xfeapplica", b"application/zip"])
def test_a_document_that_does_not_say_its_kind_rightly_is_known_by_its_members(
    parsers: Parsers, kind: str, told: bytes | None
) -> None:
    members = zips.members(specimens()[kind].data)
    rest = {name: content for name, content in members.items() if name != "mimetype"}
    mimetype = {} if told is None else {"mimetype": told}
    content = parsers.read(zips.archive({**mimetype, **rest}))
    assert content.kind == kind
    assert SENTENCE in text_of(content)


def test_a_broken_mimetype_does_not_cost_the_document(parsers: Parsers) -> None:
    data = zips.archive(zips.members(specimens()["odt"].data), ZIP_STORED)
    broken = data.replace(b"application/vnd.oasis", b"application/vnd.oaXXX", 1)
    assert parsers.read(broken).kind == "odt"


def test_open_document_slides_are_no_archive(parsers: Parsers) -> None:
    body = "<office:body><office:presentation/></office:body>"
    content = f'<office:document-content xmlns:office="o">{body}</office:document-content>'
    data = zips.archive({"content.xml": content, "META-INF/manifest.xml": "<manifest/>"})
    assert refusal(parsers, data).startswith("is an OpenDocument file that holds no text document")
