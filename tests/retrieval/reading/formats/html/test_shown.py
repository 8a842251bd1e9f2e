"""The text of a page is stored as a browser shows it, all of it and nothing else."""

import re

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import (
    assert_headings_stand_where_they_say,
    headings_of,
    text_of,
)
from tests.support.web.site_pages.generators import GENERATORS
from tests.support.web.site_pages.manual import manuals

WORD = re.compile(r"\w+")
FENCE = re.compile(r"^\s*```\w*$", re.M)


def read(parsers: Parsers, body: str) -> str:
    page = f"<html><body><main>{body}</main></body></html>"
    content = parsers.read(page.encode(), "a.html")
    assert_headings_stand_where_they_say(content)
    return text_of(content)


@pytest.mark.parametrize("generator", GENERATORS)
def test_words_shown_are_found_and_others_are_not(parsers: Parsers, generator: str) -> None:
    for manual in manuals():
        content = parsers.read(GENERATORS[generator](manual).encode(), "a.html")
        stored, shown = WORD.findall(FENCE.sub("", text_of(content))), WORD.findall(manual.shown())
        assert set(shown) <= set(stored)
        assert {word for word in stored if not word.isdigit()} <= set(shown)


@pytest.mark.parametrize("generator", GENERATORS)
def test_pages_of_generators_keep_their_shape(parsers: Parsers, generator: str) -> None:
    for manual in manuals():
        content = parsers.read(GENERATORS[generator](manual).encode(), "a.html")
        text = text_of(content)
        steps = (f"{n}. {step}" for n, step in enumerate(manual.steps, manual.start))
        assert "\n".join(steps) in text
        assert re.search(rf"^```\w*\n{re.escape(manual.code)}\n```$", text, re.M)
        assert text.count("Sensor: S") == len(manual.rows)
        assert all(f"\n\n{name}:\n\n" in text for name, _ in manual.tabs)
        assert f"{manual.term}: {manual.meaning}" in text
        titles = [title for _, title in headings_of(content)]
        assert titles[:4] == [manual.title, "Steps", "Names", "Questions"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Open on <time datetime=2031-05-02>2 May</time> at ten.", "Open on 2 May at ten."),
        ("<section>Mon–Fri 9–17<div>14 Quay</div></section>", "Mon–Fri 9–17\n\n14 Quay"),
        ("<p><a href=tel:5>555 01</a></p><ul><li><a href=f>A form</a></ul>", "555 01\n\n- A form"),
        ("<h3><button aria-expanded=false>May I pay?</button></h3><p>Yes.", "May I pay?\n\nYes."),
        ("<blockquote>So be it.<footer>Ada</footer></blockquote>", "So be it.\n\nAda"),
        ("<p>one<br>two</p>three<p>four", "one\ntwo\n\nthree\n\nfour"),
        ("<p>He says <q>no</q> to it.", "He says “no” to it."),
        ("<p>pass&shy;word, zero&#8203;width", "password, zerowidth"),
        ("<p>10<sup>6</sup> m<sup>2</sup> of H<sub>2</sub>O", "10⁶ m² of H₂O"),
        ("<p>10<sup>-3</sup>, 2<sup>nd</sup>, x<sup>2k</sup>", "10⁻³, 2nd, x^2k"),
        ("<p>So it is.<sup><a href=#n1>1</a></sup> And<sup>[2]</sup> on.", "So it is. And on."),
        ("<p>Costs <del>four</del><ins>five</ins> <mark>crowns</mark>.", "Costs five crowns."),
        ("<p><s>At seven.</s></p><p><span style='text-decoration:line-through'>At six.</span></p>"
         "<p>At nine.", "At nine."),
        ("<p hidden>a</p><p style='display: none'>b</p><i aria-hidden=true>c</i><p>d", "d"),
        ("<details><summary><h4>Why not?</h4></summary>Because.</details>", "Why not?\n\nBecause."),
        ("<details><summary>More</summary>Here.</details><p>There.", "More:\n\nHere.\n\nThere."),
        ("<dl><dt>Ada<dt>Bo<dd>people<dt>Tar<dd><p>dark</dl>", "Ada, Bo: people\n\nTar: dark"),
        ("<nav><a href=/>Home</a></nav><div class=breadcrumbs><a href=/>Up</a></div><p>a", "a"),
        ("<aside><p>By the way, tea is cheap.</p></aside>", "By the way, tea is cheap."),
        ("<h2 id=cookies class=comments>Cookies</h2><p>None.", "Cookies\n\nNone."),
        ("<p>So <a class=footnote-reference href='#f'>1</a>, on.", "So, on."),
        ("<p><span class=strike>At six.</span> At nine.", "At nine."),
        ("<figure><img alt=''><figcaption aria-hidden=true>The quay</figcaption>", "The quay"),
        ("<h2><a class=toc-backref role=doc-backlink href='#i1'>Boats</a></h2><p>Two.",
         "Boats\n\nTwo."),
        ("<aside role=doc-footnote><span class=label><span>[</span><a role=doc-backlink href='#i1'>"
         "1</a><span>]</span></span><p>By post.</p></aside>", "By post."),
        ("<p>Up to <span class=math>\\(n^2\\)</span> <div class=math>\\[E = m\\]</div>",
         "Up to n^2\n\nE = m"),
    ],
)  # fmt: skip
def test_what_is_shown_is_stored(parsers: Parsers, body: str, text: str) -> None:
    assert read(parsers, body) == text


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ("<ol start=4><li>d<li>e</ol>", "4. d\n5. e"),
        ("<ol reversed><li>b<li>a</ol>", "2. b\n1. a"),
        ("<ol><li value=7>g<li>h</ol>", "7. g\n8. h"),
        ("<ol type=a start=27><li>x</ol><ol type=I><li>y<li>z</ol>", "aa. x\n\nI. y\nII. z"),
        ("<ol start=9999999999999><li>x</ol>", "1. x"),
        ("<ol><li>a<pre>x\n  y</pre>b<ul><li>c</ul></ol>",
         "1. a\n  ```\n  x\n    y\n  ```\n  b\n  - c"),
    ],
)  # fmt: skip
def test_items_have_the_marks_that_a_browser_sets(parsers: Parsers, items: str, text: str) -> None:
    assert read(parsers, items) == text


def test_items_with_headings_are_sections(parsers: Parsers) -> None:
    page = (
        "<main><ul><li><h3>Auk</h3><p>Four seats.</p></li><li><h3>Tern</h3>Nine.</li></ul></main>"
    )
    content = parsers.read(f"<html><body>{page}".encode(), "a.html")
    assert headings_of(content) == [(3, "Auk"), (3, "Tern")]
    assert text_of(content) == "Auk\n\nFour seats.\n\nTern\n\nNine."


@pytest.mark.parametrize(
    "marked",
    [
        '<pre><code class="language-sh">{}</code></pre>',
        '<div class="highlight-sh notranslate"><div class="highlight"><pre>{}</pre></div></div>',
        '<figure class="sourceCode"><pre class="sourceCode sh"><code>{}</code></pre></figure>',
        '<pre data-lang="sh">{}</pre>',
    ],
)
def test_code_says_its_language(parsers: Parsers, marked: str) -> None:
    assert read(parsers, marked.format("if a\n  b")) == "```sh\nif a\n  b\n```"


def test_lines_of_code_that_are_boxes_of_their_own_end_once(parsers: Parsers) -> None:
    lines = "".join(f"<div><span>{line}</span><br></div>" for line in ("if a", "  b", "", "c"))
    assert read(parsers, f"<pre><code>{lines}</code></pre>") == "```\nif a\n  b\n\nc\n```"


@pytest.mark.parametrize(
    ("boxes", "text"),
    [
        ("<div><div>Mon</div><div>9–17</div></div><div><div>Sat</div><div>closed</div></div>",
         "Mon: 9–17\n\nSat: closed"),
        ("<ul><li><span>Mon</span><time>9–17</time><li><span>Sat</span><b>closed</b></ul>",
         "Mon: 9–17\n\nSat: closed"),
        ("<div><p>Day<p>5<p>crowns</div><div><p>Week<p>20<p>crowns</div>",
         "Day · 5 · crowns\n\nWeek · 20 · crowns"),
        ("<div class=tr-head><div>Berth</div><div>Week</div></div><div><div>North</div><div>140"
         "</div></div><div><div>South</div><div>90</div></div>",
         "Berth: North · Week: 140\n\nBerth: South · Week: 90"),
        ("<div role=table><div role=rowgroup><div role=row><span role=columnheader>Pier</span>"
         "<span role=columnheader>Feet</span></div></div><div role=row><span role=cell>A</span>"
         "<span role=cell>30</span></div></div>", "Pier: A · Feet: 30"),
        ("<div role=grid>Loose words<div role=row><div role=cell>A</div></div></div>",
         "Loose words\n\nA"),
        ("<div><p>May I?<p>Yes.</div><div><p>Is it far?<p>No.</div>",
         "May I?\n\nYes.\n\nIs it far?\n\nNo."),
        ("<ul><li><b>Ada</b> <i>cooks</i><li><b>Bo</b> <i>sings</i></ul>",
         "- Ada cooks\n- Bo sings"),
        ("<div><div>One</div><div>box</div></div>", "One\n\nbox"),
    ],
)  # fmt: skip
def test_boxes_beside_one_another_are_rows(parsers: Parsers, boxes: str, text: str) -> None:
    assert read(parsers, boxes) == text


def test_a_list_in_columns_is_a_list(parsers: Parsers) -> None:
    table = "<table><tr><td><ul><li>red<li>blue</ul></td><td><ul><li>white</ul></td></tr></table>"
    assert read(parsers, table) == "- red\n- blue\n\n- white"


def test_terms_and_numbers_that_stand_in_a_table_belong_to_what_is_beside_them(
    parsers: Parsers,
) -> None:
    terms = "<table><tr><td class=hdlist1>Pick</td><td class=hdlist2><p>one pass</p></td></tr>"
    marks = "<div class=colist><table><tr><td><b>1</b></td><td>No brake.</td></tr></table></div>"
    assert read(parsers, f"{terms}</table>{marks}") == "Pick: one pass\n\n1. No brake."


def test_tabs_whose_names_stand_among_their_panels_keep_them(parsers: Parsers) -> None:
    tabs = "".join(
        f"<input type=radio id=t{at}><label for=t{at}>{name}</label><div class=tab>{words}</div>"
        for at, (name, words) in enumerate((("Oil", "Trim the wick."), ("Gas", "Turn the cock.")))
    )
    after = "<details><summary>Why?</summary><p>So.</p></details>"
    text = "Oil:\n\nTrim the wick.\n\nGas:\n\nTurn the cock.\n\nWhy?\n\nSo."
    assert read(parsers, f"<div>{tabs}</div>{after}") == text


def test_what_a_page_sets_around_its_text_is_kept_where_it_belongs_to_it(parsers: Parsers) -> None:
    """As in Pandoc's pages, which mark no main part."""
    header = "<header><h1>The ferry</h1><p>Ines Falk</p></header>"
    body = f"{header}<h1>Fares</h1><p>Four crowns.</p><aside><p>Dogs pay one.</p></aside><p>Bye."
    page = f"<html><head><title>The ferry</title></head><body>{body}</body></html>"
    shown = "The ferry\n\nInes Falk\n\nFares\n\nFour crowns.\n\nDogs pay one.\n\nBye."
    assert text_of(parsers.read(page.encode(), "a.html")) == shown


def test_what_a_browser_folds_away_is_kept_under_its_name(parsers: Parsers) -> None:
    page = (
        '<ul class=nav role=tablist><li><a role=tab href="#one">Bus</a></li><li><a role=tab '
        'href="#two">Boat</a></li></ul><div id=one role=tabpanel>Noon.</div><div id=two '
        "role=tabpanel hidden>Six.</div><button aria-expanded=false aria-controls=q>May I smoke?"
        "</button><div id=q hidden>Outside.</div>"
    )
    text = "Bus:\n\nNoon.\n\nBoat:\n\nSix.\n\nMay I smoke?\n\nOutside."
    assert read(parsers, page) == text


def test_menus_around_a_text_that_no_page_marks_are_left_out(parsers: Parsers) -> None:
    words = "<p>Kettles are made of steel, and they hold several litres of water each.</p>" * 6
    menu = "<div><a href=1>One</a> <a href=2>Two</a> <a href=3>Three</a></div>"
    forms = "<ul><li><a href=a>Form A</a><li><a href=b>Form B</a><li><a href=c>Form C</a></ul>"
    body = f"{menu}<div><h1>Kettles</h1>{words}{forms}</div><div>Open nine to five</div>"
    text = text_of(parsers.read(f"<html><body>{body}</body></html>".encode(), "a.html"))
    assert text.startswith("Kettles\n\n")
    assert text.endswith("- Form A\n- Form B\n- Form C\n\nOpen nine to five")
