"""Text in whatever encoding it is, with what a server claimed about it as a hint."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from retrieval.reading.formats.content import without_unseen
from retrieval.reading.formats.errors import UnreadableError
from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import fit_for_people, refusal, text_of

RUSSIAN = "Музей открыт с девяти утра до пяти вечера."
FRENCH = "Café crème à la française, s'il vous plaît."
JAPANESE = "図書館は午前九時に開館します。"

# U+FEFF is left out at the start, where it marks the encoding and isn't part of the text.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\r")).filter(
    lambda text: without_unseen(text).strip() and not text.startswith("\ufeff")
)


@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_in_unicode_comes_back_as_it_is_seen(
    parsers: Parsers, text: str, encoding: str
) -> None:
    content = parsers.read(text.encode(encoding), "a.txt", kind="text")
    assert content.kind == "text"
    assert text_of(content).strip() == without_unseen(text).strip()


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le"])
def test_a_byte_order_mark_decides(parsers: Parsers, encoding: str) -> None:
    for text in ("Tea — 茶", "😀" * 9):
        assert text_of(parsers.read(f"\ufeff{text}".encode(encoding), charset="cp1252")) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "El niño comió una piña en la mañana."),
        ("windows-1252", FRENCH),
        ("windows-1252", "£5 – that’s the price"),
        ("latin-1", "Der Müller geht täglich über die Brücke."),
        ("windows-1250", "Muzeum jest otwarte od dziewiątej rano, żółć gęślą jaźń."),
        ("windows-1251", RUSSIAN),
        ("shift_jis", JAPANESE),
        ("gb18030", "博物馆早上九点开门,下午五点关门。"),
        ("euc_kr", "박물관은 오전 아홉 시에 문을 엽니다."),
        ("euc-jp", JAPANESE),
        ("big5", "博物館早上九點開門，下午五點關門。"),
        ("windows-1250", "Muzeum je otevřené každý den, kromě úterý."),
        ("windows-1250", "Szombaton hűvös idő várható, őszi esőkkel."),
        ("iso-8859-2", "Muzeum jest otwarte od dziewiątej, także w święta."),
        ("windows-1253", "Το μουσείο ανοίγει στις εννέα το πρωί."),
        ("windows-1254", "Müze sabah dokuzda açılır, akşam beşte kapanır."),
        ("windows-1255", "המוזיאון נפתח בשעה תשע בבוקר."),
        ("windows-1256", "يفتح المتحف أبوابه في الساعة التاسعة صباحا، ويغلق مساء."),
        ("tis-620", "พิพิธภัณฑ์เปิดเวลาเก้าโมงเช้า"),
        ("iso2022_jp", JAPANESE),
        ("koi8-r", RUSSIAN),
        ("cp866", RUSSIAN),
    ],
)
def test_older_encodings_are_recognised(parsers: Parsers, encoding: str, text: str) -> None:
    assert text_of(parsers.read(text.encode(encoding), "a.txt")) == text


@pytest.mark.parametrize(
    "text",
    [
        *("Müller", "Frau Müller", "Der Fluß fließt.", "Er heißt Jörg.", "ÖFFNUNGSZEITEN"),
        *("Être ou ne pas être", "Ça va ?", "« Bonjour »", "le cœur", "El niño", "¿Qué?", "São"),
        *("It costs 5 €.", "wait … no", "Smørrebrød", "Þetta er ágætt, sagði hún."),
    ],
)
@pytest.mark.parametrize("repeated", [1, 1000])
def test_western_text_is_windows_1252_however_short_or_long(
    parsers: Parsers, text: str, repeated: int
) -> None:
    lines = "\n".join([text] * repeated)
    assert text_of(parsers.read(lines.encode("windows-1252"), "a.txt")) == lines


def test_text_of_dos_is_recognised_where_nothing_else_fits(parsers: Parsers) -> None:
    text = "Die Öffnungszeiten ändern sich über die Feiertage, natürlich auch für Gäste."
    assert text_of(parsers.read(text.encode("cp850"), "a.txt")) == text


def test_the_encoding_that_a_page_declares_goes_before_a_guess(parsers: Parsers) -> None:
    page = '<html><meta charset="iso-8859-5"><body><p>{}</p></body></html>'
    # In windows-1251 these would be letters just as good.
    assert text_of(parsers.read(page.format("РУСР").encode("iso-8859-5"))) == "РУСР"


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("koi8-r", "koi8-r", "Музей."),
        ("ISO-8859-2", "iso-8859-2", "Łódź"),
        ("iso-8859-1", "cp1252", "“Crème” … yes."),
        ("ascii", "cp1252", "“Crème”"),
        ("shift_jis", "cp932", "①時"),
        ("gb2312", "gb18030", "関門"),
        ("euc-kr", "cp949", "똠방각하"),
        ("iso-2022-jp", "iso2022_jp", "図書館"),
        ("utf-16le", "utf-16-le", "Tea"),
        ("big5", "big5", "茶"),
    ],
)
def test_what_a_server_says_decides_where_the_text_leaves_it_open(
    parsers: Parsers, label: str, encoding: str, text: str
) -> None:
    assert text_of(parsers.read(text.encode(encoding), "a.txt", charset=label)) == text


@pytest.mark.parametrize("label", ["iso-8859-1", "windows-1251", "shift_jis", "ascii"])
def test_valid_utf_8_is_utf_8_whatever_a_server_says(parsers: Parsers, label: str) -> None:
    assert text_of(parsers.read(RUSSIAN.encode(), "a.txt", charset=label)) == RUSSIAN


@pytest.mark.parametrize(
    "label",
    [
        *("", "nonsense", "utf-8\0", "punycode", "idna", "unicode_escape", "raw_unicode_escape"),
        *("utf-7", "undefined", "zlib", "rot13", "hex", "base64", "mbcs", "x" * 10_000),
    ],
)
def test_a_label_that_is_no_encoding_of_pages_is_passed_over(parsers: Parsers, label: str) -> None:
    text = "Café +AGE- \\u0041"
    assert text_of(parsers.read(text.encode(), "a.txt", charset=label)) == text
    assert text_of(parsers.read(FRENCH.encode("cp1252"), "a.txt", charset=label)) == FRENCH


def test_a_label_that_is_plainly_wrong_is_passed_over(parsers: Parsers) -> None:
    # Not all of windows-1252's bytes mean anything in Shift JIS.
    assert text_of(parsers.read(FRENCH.encode("cp1252"), charset="shift_jis")) == FRENCH


def test_a_page_is_read_in_the_encoding_it_declares(parsers: Parsers) -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Музей открыт.</p></body></html>'
    assert text_of(parsers.read(page.encode("koi8-r"), "a.html")) == "Музей открыт."


def test_a_page_that_says_latin_1_is_read_as_browsers_do(parsers: Parsers) -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>“Crème” … yes.</p></body></html>'
    assert text_of(parsers.read(page.encode("windows-1252"))) == "“Crème” … yes."


def test_line_ends_become_newlines_and_nuls_go(parsers: Parsers) -> None:
    text = text_of(parsers.read(b"one two three\r\nfour\rfive\0\n\n six", "a.txt"))
    assert text == "one two three\nfour\nfive\n\n six"


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", "\n".encode("utf-16")])
@pytest.mark.parametrize("name", ["", "a.txt", "a.md", "a.html", "a.csv", "a.rst", "a.json"])
def test_an_empty_file_holds_no_text(parsers: Parsers, data: bytes, name: str) -> None:
    message = refusal(parsers, data, name)
    assert message == "holds no text. Check that it is the one you meant."


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, b"\x01\x00\x00\x00\x02\x00\x00\x00" * 9, b"\xff\xfe\x00\xd8\x00"],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", ""])
def test_what_is_no_text_in_any_encoding_is_refused(
    parsers: Parsers, data: bytes, name: str
) -> None:
    assert "binary" in refusal(parsers, data, name)


@given(st.binary(max_size=200), st.text(max_size=12))
def test_any_bytes_under_any_label_are_read_or_refused(
    parsers: Parsers, data: bytes, label: str
) -> None:
    assume(len(data) > 1)
    try:
        text_of(parsers.read(data, "a.txt", charset=label)).encode()
    except UnreadableError as error:
        fit_for_people(error)
