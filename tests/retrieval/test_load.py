import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from retrieval import decode, load
from retrieval.errors import FootnoteError, LoadError
from retrieval.load import find, load_bytes, load_file

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Kettles - House of Tea</title></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/shop">Shop</a></li></ul></nav>
<div class="cookie-banner"><p>We use cookies. <button>Accept all</button></p></div>
<main><article><h1>How to descale a kettle<a class="headerlink" href="#k">¶</a></h1>
<p>Hard water leaves a <em>white</em> crust in every kettle, and a
crust makes it <a href="/slow">slow</a>. Once a month is often enough: 2 * 3 spoons of snake_case
&amp; vinegar do it, and nothing in the kitchen is cheaper than that.</p>
<h2>Steps</h2>
<ol><li><p>Fill it halfway.</p></li><li>Add <b>vinegar</b>:<ul><li>white</li><li>or cider</li></ul>
</li></ol>
<table><tr><th>Water</th><th>How often</th></tr><tr><td>Hard</td><td>Monthly</td></tr>
<tr><td>Soft</td><td></td></tr></table>
<pre><code>def boil():
    return "hot"
</code></pre>
<p>Rinse it twice,<br>then boil it empty of anything but water before the next cup of tea.</p>
</article></main>
<footer><p>© House of Tea. All rights reserved.</p></footer></body></html>
"""


def read(data: bytes | str, name: str = "notes.txt") -> str:
    data = data.encode() if isinstance(data, str) else data
    return load_bytes(data, "memory", name)[0].page_content


def title_of(text: str, name: str = "", title: str | None = None) -> str:
    found = load_bytes(text.encode(), "memory", name, title)[0].metadata["title"]
    assert isinstance(found, str)
    return found


@pytest.fixture
def partly_closed() -> Iterator[Path]:
    """A folder with a folder and a file in it that may not be opened, not even by root."""
    with TemporaryDirectory() as name:
        folder, user = Path(name), os.geteuid()
        folder.chmod(0o755)
        (folder / "open.txt").write_text("hello")
        (folder / "closed").mkdir(mode=0)
        (folder / "closed.txt").touch(mode=0)
        # Root may open anything, so it steps down for the length of the test.
        os.seteuid(user or 65534)
        yield folder
        os.seteuid(user)


# --- Which files a source means


def test_a_file_named_outright_is_tried_whatever_its_suffix(tmp_path: Path) -> None:
    odd = tmp_path / ".notes.log"
    odd.write_text("hello")
    assert find(str(odd)) == [odd]


def test_a_folder_gives_the_files_we_read_at_any_depth_in_order(tmp_path: Path) -> None:
    wanted = ["a.md", "b/c/d.TXT", "b/e.html", "f.xhtml"]
    for name in [*wanted, "photo.png", "b/Makefile", ".secret.md", ".git/notes.md"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("hello")
    assert find(str(tmp_path)) == [tmp_path / name for name in wanted]


def test_links_are_followed_inside_a_folder_and_not_out_of_it(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for each in (folder, folder / ".store", outside):
        each.mkdir()
        (each / "text.md").write_text("hello")
    (folder / "stored.md").symlink_to(folder / ".store" / "text.md")
    (folder / "escape.md").symlink_to(outside / "text.md")
    (folder / "away").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    (folder / "broken.md").symlink_to(folder / "nothing.md")
    assert find(str(folder)) == [folder / "stored.md", folder / "text.md"]


def test_a_file_and_a_link_to_it_count_once(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text("hello")
    (tmp_path / "again.md").symlink_to(tmp_path / "text.md")
    assert len(find(str(tmp_path))) == 1


def test_a_missing_path_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="nowhere"):
        find(str(tmp_path / "nowhere"))
    with pytest.raises(LoadError):
        find("null\0byte")


def test_a_folder_without_readable_files_says_what_to_put_in(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    with pytest.raises(LoadError, match=r"holds no file to read.*\.md"):
        find(str(tmp_path))


def test_a_closed_folder_is_reported_and_not_passed_over(partly_closed: Path) -> None:
    with pytest.raises(LoadError, match="closed: Permission denied"):
        find(str(partly_closed))


# --- What a document holds


def test_a_document_holds_the_whole_text_and_where_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "tea.md"
    raw = b"\xef\xbb\xbf# Tea\r\n\r\nPour at  once.\n"
    path.write_bytes(raw)
    (document,) = load_file(path)
    assert document.page_content == "# Tea\n\nPour at  once.\n"
    assert document.metadata == {
        "title": "Tea",
        "source": str(path.resolve()),
        "sha256": hashlib.sha256(raw).hexdigest(),
        "bytes": len(raw),
        "page": None,
    }


def test_the_source_of_a_file_is_absolute_and_resolved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real.txt").write_text("hello")
    (tmp_path / "link.txt").symlink_to("real.txt")
    monkeypatch.chdir(tmp_path)
    assert load_file(Path("link.txt"))[0].metadata["source"] == str(tmp_path / "real.txt")


# U+FEFF is left out at the start, where it marks the encoding and isn't part of the text.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\r")).filter(
    lambda text: text.strip() and not text.lstrip().startswith(("<", "\ufeff"))
)


@given(texts, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_in_unicode_comes_back_exactly(text: str, encoding: str) -> None:
    assume(not any(text.encode().startswith(start) for start in decode.SIGNATURES))
    assert read(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    for text in ("Tea — 茶", "😀" * 9):
        assert read(f"\ufeff{text}".encode(encoding)) == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("windows-1252", "El niño comió una piña en la mañana."),
        ("windows-1252", "Café crème à la française, s'il vous plaît."),
        ("windows-1252", "£5 – that’s the price"),
        ("latin-1", "Der Müller geht täglich über die Brücke."),
        ("windows-1250", "Muzeum jest otwarte od dziewiątej rano, żółć gęślą jaźń."),
        ("windows-1251", "Музей открыт с девяти утра до пяти вечера."),
        ("shift_jis", "図書館は午前九時に開館します。"),
        ("gb18030", "博物馆早上九点开门,下午五点关门。"),
        ("euc_kr", "박물관은 오전 아홉 시에 문을 엽니다."),
    ],
)
def test_older_encodings_are_recognised(encoding: str, text: str) -> None:
    assert read(text.encode(encoding)) == text


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    page = '<html><head><meta charset="koi8-r"></head><body><p>Музей открыт.</p></body></html>'
    assert read(page.encode("koi8-r")) == "Музей открыт."


def test_a_page_that_says_latin_1_is_read_as_browsers_do() -> None:
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>“Crème” … yes.</p></body></html>'
    assert read(page.encode("windows-1252")) == "“Crème” … yes."


def test_line_ends_become_newlines_and_nuls_go() -> None:
    assert read("one two three\r\nfour\rfive\0\n\n six ") == "one two three\nfour\nfive\n\n six "


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", "\n".encode("utf-16")])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_an_empty_file_holds_no_text(data: bytes, name: str) -> None:
    with pytest.raises(LoadError, match="memory holds no text"):
        load_bytes(data, "memory", name)


# --- What is refused


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\nplain so far", "a PDF"),
        (b"PK\x03\x04\x14\x00word/document.xml", "an Office document or another ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"{\\rtf1 hello}", "an RTF document"),
        (bytes(range(256)) * 4, "binary data"),
        (b"\x01\x00\x00\x00\x02\x00\x00\x00" * 9, "binary data"),
        (b"\xff\xfe\x00\xd8\x00", "binary data"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", ""])
def test_what_is_not_text_is_named_with_the_kinds_we_read(
    data: bytes, kind: str, name: str
) -> None:
    with pytest.raises(LoadError, match=f"looks like {kind}. Footnote reads plain text, Markdown"):
        load_bytes(data, "memory", name)


def test_a_file_past_the_limit_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(load.SIZE_LIMIT + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("it was read"))
    with pytest.raises(LoadError, match="larger than 20 MiB"):
        load_file(large)


def test_bytes_past_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "SIZE_LIMIT", 5)
    assert read("12345") == "12345"
    with pytest.raises(LoadError, match="memory is larger"):
        read("123456")


def test_what_is_not_a_file_is_an_error_a_person_can_act_on(tmp_path: Path) -> None:
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "round.txt").symlink_to(tmp_path / "round.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    for name in ("", "missing.txt", "broken.txt", "round.txt", "pipe.txt", "null\0byte"):
        with pytest.raises(FootnoteError, match=r"\. (Check|Name)"):
            load_file(tmp_path / name)


def test_a_file_we_may_not_read_says_so(partly_closed: Path) -> None:
    with pytest.raises(LoadError, match=r"closed\.txt: Permission denied") as caught:
        load_file(partly_closed / "closed.txt")
    assert isinstance(caught.value.__cause__, PermissionError)


def test_a_path_that_is_not_unicode_has_to_be_renamed(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    try:
        path.write_text("hello")
    except OSError:
        pytest.skip("this file system takes only Unicode names")
    with pytest.raises(LoadError, match="Rename it") as caught:
        load_file(path)
    str(caught.value).encode()


# --- Titles


def test_a_given_title_wins() -> None:
    assert title_of("# Heading\n", "file.md", " My\ntitle ") == "My title"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("intro\n\n# First #\n\n# Second", "First"),
        ("Set in\n======\n\n# Later", "Set in"),
        ("```sh\n# a comment\n```\n# Real", "Real"),
        ("~~~\n# a comment", "my file"),
        ("## Only a subheading", "my file"),
        ("# The **bold** `one` [linked](http://x.org)", "The bold one linked"),
        ("# C#", "C#"),
        ("#hashtag", "my file"),
    ],
)
def test_markdown_is_called_by_its_first_heading(text: str, title: str) -> None:
    assert title_of(text, "my_file.md") == title


def test_plain_text_is_called_by_its_file_name() -> None:
    assert title_of("# not a heading", "opening-hours_2024.v2.txt") == "opening hours 2024.v2"


def test_text_without_a_name_is_called_by_its_first_line() -> None:
    assert title_of("\n  Dear   reader,\nhello") == "Dear reader,"
    assert title_of("x" * 100) == "x" * 60


def test_a_page_is_called_by_its_heading_or_its_title() -> None:
    assert title_of(PAGE, "k.html") == "How to descale a kettle"
    assert title_of("<html><title>Node.js</title><body><p>Hi.</p></body></html>") == "Node.js"
    assert title_of("<html><body><p>Hi.</p></body></html>", "the-page.html") == "the page"


# --- Pages


def test_a_page_gives_its_article_laid_out_as_text() -> None:
    assert read(PAGE, "kettle.html") == (
        "How to descale a kettle\n\n"
        "Hard water leaves a white crust in every kettle, and a crust makes it slow. Once a month "
        "is often enough: 2 * 3 spoons of snake_case & vinegar do it, and nothing in the kitchen "
        "is cheaper than that.\n\n"
        "Steps\n\n"
        "1. Fill it halfway.\n2. Add vinegar:\n  - white\n  - or cider\n\n"
        "Water · How often\nHard · Monthly\nSoft\n\n"
        'def boil():\n    return "hot"\n\n'
        "Rinse it twice,\nthen boil it empty of anything but water before the next cup of tea."
    )


@pytest.mark.parametrize("start", ["", "\n ", '<?xml version="1.0"?>\n', "<!-- a -->" * 30])
def test_a_page_is_recognised_whatever_its_name(start: str) -> None:
    assert read(f"{start}<HTML><body><p>Hello there.</p></body></HTML>", "x.txt") == "Hello there."


@pytest.mark.parametrize("text", ["a < b and <b>c</b>", "Write <!doctype html> first."])
def test_text_with_tags_in_it_is_not_a_page(text: str) -> None:
    assert read(text, "notes.md") == text


def test_a_short_page_keeps_its_shape_without_navigation() -> None:
    page = (
        "<html><head><title>T</title></head><body><nav><a>Home</a></nav>"
        "<p>We open <b>at</b>\n nine.</p><ul><li>Not on Mondays</li><li></li></ul>"
        "<table><tr><td><ul><li>Or at night</li></ul></td></tr></table>"
        "<table><tr><td><p>Sunday</p></td><td>10</td></tr></table><p>&nbsp;</p>"
        "<script>let x</script><footer>© Us</footer></body></html>"
    )
    assert (
        read(page, "x.html")
        == "We open at nine.\n\n- Not on Mondays\n\n- Or at night\n\nSunday · 10"
    )


def test_a_fragment_of_a_page_is_enough() -> None:
    assert read("<p>Hello there.</p>", "x.html") == "Hello there."
    assert read("Only words", "x.html") == "Only words"


KETTLES = [f"Kettle {n} is made of steel and holds {n} litres of water." for n in range(30)]
ARTICLE = "".join(f"<p>{line}</p>" for line in KETTLES[:8])


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("<div>{}{}</div>", "<ul><li>{}</li></ul>"),
        ("<p>Menu</p><main>{}{}</main>", "<form><fieldset><p>{}</p></fieldset></form>"),
        ("<p>Menu</p><div role=main>{}{}</div>", "<div class=related><p>{}</p></div>"),
    ],
)
def test_parts_of_a_manual_that_an_article_would_lack_are_kept(page: str, rows: str) -> None:
    lines = "".join(rows.format(line) for line in KETTLES[8:16])
    text = read(f"<html><body>{page.format(ARTICLE, lines)}", "x.html")
    assert [line for line in KETTLES[:16] if line not in text] == []
    assert "Menu" not in text


def test_a_page_is_taken_whole_when_its_article_is_a_small_part() -> None:
    lines = "".join(f"<fieldset><p>{line}</p></fieldset>" for line in KETTLES[8:])
    text = read(f"<html><body><p>{ARTICLE}<form>{lines}</form>", "x.html")
    assert text == "\n\n".join(KETTLES)


def test_what_readers_wrote_under_an_article_is_left_out() -> None:
    comments = '<div id="comments"><div class="comment"><p>Mine is a samovar!</p></div></div>'
    page = f"<html><body><article><h1>Kettles</h1>{ARTICLE}</article>{comments}</body></html>"
    assert read(page, "x.html") == "\n\n".join(["Kettles", *KETTLES[:8]])


def test_teasers_beside_an_article_are_left_out() -> None:
    teaser = (
        '<div class="teaser"><p>Ten teapots you have to see before the summer is over.</p></div>'
    )
    assert "Ten teapots" not in read(f"<html><body><div>{ARTICLE}{teaser}</div>", "x.html")


@pytest.mark.parametrize("body", ["", "<script>app()</script>", "<noscript>Turn it on</noscript>"])
def test_a_page_without_words_holds_no_text(body: str) -> None:
    with pytest.raises(LoadError, match="holds no text"):
        read(f"<!doctype html><html><body>{body}<div id=root></div></body></html>", "x.html")


def test_entities_that_multiply_or_fetch_files_are_left_alone() -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    outside = '<!ENTITY file SYSTEM "file:///etc/passwd">'
    page = f'<!DOCTYPE html [<!ENTITY e0 "ha">{levels}{outside}]><html><body><p>Hi &e9; &file;</p>'
    text = read(page, "x.xhtml")
    assert "Hi" in text
    assert "haha" not in text
    assert "root:" not in text


def test_a_page_nested_out_of_all_reason_is_read_or_refused() -> None:
    for tag in ("div", "ul><li", "b", "table><tr><td"):
        with suppress(LoadError):
            assert "deep" in read(f"<html><body>deep {f'<{tag}>' * 50_000} end", "x.html")


def test_trouble_in_the_parser_is_an_error_about_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trafilatura.extract_metadata", lambda *_, **__: 1 / 0)
    with pytest.raises(LoadError, match="memory could not be read as a web page") as caught:
        read(PAGE)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_reading_pages_says_nothing_on_the_log(caplog: pytest.LogCaptureFixture) -> None:
    level = logging.getLogger().level
    for page in ("<p>x</p>", "<html></html>", PAGE):
        with suppress(LoadError):
            read(page, "x.html")
    assert not caplog.records
    assert logging.getLogger().level == level


# --- Whatever comes

markup = """<html> <body> <p> </p> <ul> <li> <table> <tr> <td> <br> <pre> <code> <nav> <main> <a>
<h1> <b> </main> </table> </ul> &nbsp; &#0; &#xD800; &#13; &bad; <!-- --> <![CDATA[ <!DOCTYPE <svg>
<dl> <dt> <dd> <title> <script> " ' > / word"""
pieces = st.sampled_from([*markup.split(), *"\0\r\n \ufeff"])
pages = st.lists(pieces | st.text(max_size=3), max_size=25).map(
    lambda parts: "".join(parts).encode(errors="replace")
)


@settings(deadline=None)
@given(st.binary() | pages, st.sampled_from(["a.txt", "a.md", "a.html", ""]))
def test_any_bytes_at_all_load_or_raise_load_error(data: bytes, name: str) -> None:
    try:
        (document,) = load_bytes(data, "memory", name)
    except LoadError:
        return
    assert document.page_content.strip()
    assert not {"\0", "\r"} & set(document.page_content)
    assert document.metadata["title"].strip()
    (document.page_content + document.metadata["title"]).encode()
