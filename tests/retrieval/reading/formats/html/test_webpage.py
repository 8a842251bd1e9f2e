"""Web pages: the article laid out as text, without the navigation, and its headings."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import (
    assert_headings_stand_where_they_say,
    headings_of,
    refusal,
    text_of,
)
from tests.support.formats.specimens import AUTHOR, HEADINGS, PAGE, TITLE

MANUAL = """<!doctype html>
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
KETTLES = [f"Kettle {n} is made of steel and holds {n} litres of water." for n in range(30)]
ARTICLE = "".join(f"<p>{line}</p>" for line in KETTLES[:8])


def read(parsers: Parsers, page: str, name: str = "a.html") -> str:
    content = parsers.read(page.encode(), name)
    assert_headings_stand_where_they_say(content)
    return text_of(content)


def test_a_page_gives_its_article_laid_out_as_text(parsers: Parsers) -> None:
    assert read(parsers, MANUAL) == (
        "How to descale a kettle\n\n"
        "Hard water leaves a white crust in every kettle, and a crust makes it slow. Once a month "
        "is often enough: 2 * 3 spoons of snake_case & vinegar do it, and nothing in the kitchen "
        "is cheaper than that.\n\n"
        "Steps\n\n"
        "1. Fill it halfway.\n2. Add vinegar:\n  - white\n  - or cider\n\n"
        "Water: Hard · How often: Monthly\n\nWater: Soft\n\n"
        '```\ndef boil():\n    return "hot"\n```\n\n'
        "Rinse it twice,\nthen boil it empty of anything but water before the next cup of tea."
    )


def test_headings_stand_where_they_say_with_their_levels(parsers: Parsers) -> None:
    content = parsers.read(PAGE.encode(), "a.html")
    assert headings_of(content) == HEADINGS
    assert_headings_stand_where_they_say(content)
    assert headings_of(parsers.read(MANUAL.encode())) == [
        (1, "How to descale a kettle"),
        (2, "Steps"),
    ]


@pytest.mark.parametrize("page", ["<p>{}</p>", "<main><p>{}</p></main>", "<article>{}</article>"])
def test_headings_are_found_however_the_text_was(parsers: Parsers, page: str) -> None:
    body = page.format("Some words.</p><h3>The <em>small</em>\n print</h3><p>More words.")
    content = parsers.read(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert headings_of(content) == [(3, "The small print")]
    assert_headings_stand_where_they_say(content)


def test_a_page_says_its_author_and_its_day(parsers: Parsers) -> None:
    date = '<meta property="article:published_time" content="2024-05-06T10:00:00Z">'
    content = parsers.read(PAGE.replace("<meta", f"{date}<meta", 1).encode(), "a.html")
    assert content.author == AUTHOR
    assert content.date.startswith("2024-05-06")


def test_a_page_is_called_by_its_heading_or_its_title(parsers: Parsers) -> None:
    assert parsers.read(MANUAL.encode()).title == "How to descale a kettle"
    page = "<html><title>{}</title><body><p>Hi.</p></body></html>"
    assert parsers.read(page.format("Node.js").encode()).title == "Node.js"
    assert parsers.read(page.format("").encode()).title == ""
    assert TITLE not in text_of(parsers.read(PAGE.encode()))


@pytest.mark.parametrize("start", ["", "\n ", '<?xml version="1.0"?>\n', "<!-- a -->" * 30])
def test_a_page_is_recognised_whatever_its_name(parsers: Parsers, start: str) -> None:
    page = f"{start}<HTML><body><p>Hello there.</p></body></HTML>"
    assert read(parsers, page, "x.txt") == "Hello there."


@pytest.mark.parametrize("text", ["a < b and <b>c</b>", "Write <!doctype html> first."])
def test_text_with_tags_in_it_is_not_a_page(parsers: Parsers, text: str) -> None:
    assert text_of(parsers.read(text.encode(), "notes.txt")) == text


def test_a_short_page_keeps_its_shape_without_navigation(parsers: Parsers) -> None:
    page = (
        "<html><head><title>T</title></head><body><nav><a>Home</a></nav>"
        "<p>We open <b>at</b>\n nine.</p><ul><li>Not on Mondays</li><li></li></ul>"
        "<table><tr><td><ul><li>Or at night</li></ul></td></tr></table>"
        "<table><tr><td><p>Sunday</p></td><td>10</td></tr></table><p>&nbsp;</p>"
        "<script>let x</script><footer>© Us</footer></body></html>"
    )
    shape = "We open at nine.\n\n- Not on Mondays\n\n- Or at night\n\nSunday · 10"
    assert read(parsers, page) == shape


def test_a_fragment_of_a_page_is_enough(parsers: Parsers) -> None:
    assert read(parsers, "<p>Hello there.</p>") == "Hello there."
    assert read(parsers, "Only words") == "Only words"


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        ("<div>{}{}</div>", "<ul><li>{}</li></ul>"),
        ("<p>Menu</p><main>{}{}</main>", "<form><fieldset><p>{}</p></fieldset></form>"),
        ("<p>Menu</p><div role=main>{}{}</div>", "<div class=related><p>{}</p></div>"),
    ],
)
def test_parts_of_a_manual_that_an_article_would_lack_are_kept(
    parsers: Parsers, page: str, rows: str
) -> None:
    lines = "".join(rows.format(line) for line in KETTLES[8:16])
    text = read(parsers, f"<html><body>{page.format(ARTICLE, lines)}")
    assert [line for line in KETTLES[:16] if line not in text] == []
    assert "Menu" not in text


def test_a_page_is_taken_whole_when_its_article_is_a_small_part(parsers: Parsers) -> None:
    lines = "".join(f"<fieldset><p>{line}</p></fieldset>" for line in KETTLES[8:])
    text = read(parsers, f"<html><body><p>{ARTICLE}<form>{lines}</form>")
    assert text == "\n\n".join(KETTLES)


def test_what_readers_wrote_under_an_article_is_left_out(parsers: Parsers) -> None:
    comments = '<div id="comments"><div class="comment"><p>Mine is a samovar!</p></div></div>'
    page = f"<html><body><article><h1>Kettles</h1>{ARTICLE}</article>{comments}</body></html>"
    assert read(parsers, page) == "\n\n".join(["Kettles", *KETTLES[:8]])


def test_teasers_beside_an_article_are_left_out(parsers: Parsers) -> None:
    teaser = '<div class="teaser"><p>Ten teapots you have to see before summer is over.</p></div>'
    assert "Ten teapots" not in read(parsers, f"<html><body><div>{ARTICLE}{teaser}</div>")


@pytest.mark.parametrize("body", ["", "<script>app()</script>", "<noscript>Turn it on</noscript>"])
def test_a_page_without_words_holds_no_text(parsers: Parsers, body: str) -> None:
    page = f"<!doctype html><html><body>{body}<div id=root></div></body></html>"
    assert refusal(parsers, page.encode(), "a.html").startswith("holds no text.")


def test_entities_that_multiply_or_fetch_files_are_left_alone(parsers: Parsers) -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    outside = '<!ENTITY file SYSTEM "file:///etc/passwd">'
    page = f'<!DOCTYPE html [<!ENTITY e0 "ha">{levels}{outside}]><html><body><p>Hi &e9; &file;</p>'
    text = read(parsers, page, "x.xhtml")
    assert "Hi" in text
    assert "haha" not in text
    assert "root:" not in text


def test_a_table_that_only_frames_an_article_is_running_text(parsers: Parsers) -> None:
    cell = f"<div>Tea Ltd</div>Dear all<h2>Kettles</h2>{ARTICLE}"
    frame = "<table><tr><td>{}</td></tr></table>"
    content = parsers.read(f"<html><body>{frame.format(frame.format(cell))}".encode())
    blocks = ["Tea Ltd", "Dear all", "Kettles", *KETTLES[:8]]
    assert text_of(content) == "\n\n".join(blocks)
    assert headings_of(content) == [(2, "Kettles")]


def test_each_row_of_a_table_with_one_column_names_it(parsers: Parsers) -> None:
    page = "<table><tr><th>Teas</th></tr><tr><td>Assam</td></tr><tr><td>Oolong</td></tr></table>"
    assert read(parsers, page) == "Teas: Assam\n\nTeas: Oolong"
