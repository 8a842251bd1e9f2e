"""The report: one page that loads nothing, shows every case, and takes no text for markup."""

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from lxml import etree

from bot.report.baseline import Comparison
from bot.report.page import make_page, write_report
from bot.report.report import Report
from retrieval.errors import FootnoteError
from retrieval.evaluation.figures import Figure, measure
from retrieval.evaluation.golden import Golden, Kind, Outcome
from retrieval.evaluation.run import Evaluation
from retrieval.types import Answer, Citation, Passage

TEXT = "The lamp was lit in 1851. 😀 Ada Lorne kept it for thirty years."
QUOTE = "Ada Lorne kept it for thirty years."
START = TEXT.index(QUOTE)
PASSAGE = Passage("d1", "Skerry", "/notes/skerry.txt", 3, 100, 100 + len(TEXT), TEXT, 1.25)
CITATION = Citation(1, "d1", "Skerry", "/notes/skerry.txt", 3, 100 + START, 100 + len(TEXT), QUOTE)
OTHER = Passage("d2", "Rye bread", "/notes/rye.md", None, 0, 21, "Rye bread takes long.", 0.5)
ASKED_AT = datetime(2026, 11, 24, 14, 3, tzinfo=UTC)
FACTS = (("documents", "2 in the library common"), ("embedding model", "all-MiniLM-L6-v2"))
HOSTILE = (
    "</script><script>alert(1)</script><!-- <img src=http://evil.example/x onerror=alert(2)>"
    "\u2028\u202e{{ 7 * 7 }} {% raw %} \"'&amp;</style></title><svg onload=alert(3)>\x00\x1b[31m"
    "<style>@import url(http://evil.example/y)</style> 😀 javascript:alert(4)"
)
NONE = "No question was asked."
NONE_ABSENT = "No question that must be refused was asked."
NONE_ANSWERABLE = "No question that the documents answer was asked."
# What may not be used to put a text into the page, and what would load something.
FORBIDDEN = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function\(|import|fetch|"
    r"XMLHttpRequest|WebSocket|url\(|@font-face|http"
)


def outcome(
    question: str,
    kind: Kind = Kind.ANSWERABLE,
    *,
    answered: bool = True,
    confidence: float = 0.9,
    passages: Sequence[Passage] = (PASSAGE, OTHER),
    elapsed_ms: float = 20.0,
) -> Outcome:
    """A question on who kept the lamp, and an answer that quotes it, or none."""
    gold = ("ada lorne",) if kind is Kind.ANSWERABLE else ()
    golden = Golden(question, gold, source="Skerry" if gold else "", kind=kind, place="c.yaml:1")
    text = f"{QUOTE} [1]" if answered else "The documents don't say."
    citations = (CITATION,) if answered else ()
    answer = Answer(question, answered, text, confidence, "quote", citations, tuple(passages))
    return Outcome(golden, replace(answer, elapsed_ms=elapsed_ms))


OUTCOMES = (
    outcome("Who kept the lamp?"),
    outcome("Who was it that kept the lamp?", elapsed_ms=30),
    outcome("Whose was the lamp?", answered=False, confidence=0.2),
    outcome("Who baked for the keeper?", passages=(OTHER,), answered=False, confidence=0.1),
    outcome("Is there parking?", Kind.ABSENT, answered=False, confidence=0.05),
    outcome("Is there a bus?", Kind.ABSENT, confidence=0.6),
    outcome("Who sank the lamp?", Kind.TRICK, confidence=0.8),
)


def report(
    *outcomes: Outcome, comparison: Comparison | None = None, figures: Sequence[Figure] = ()
) -> Report:
    """A report of some outcomes; of all sorts where none are given."""
    evaluation = Evaluation(outcomes)
    figures = tuple(figures) or measure(evaluation)
    return Report("cases.yaml", ASKED_AT, FACTS, evaluation, tuple(figures), 0.45, comparison)


def parse(page: str) -> Any:
    """A page as a tree."""
    return lxml.html.document_fromstring(page)


def data_of(tree: Any) -> Any:
    """Return what the page's script is given."""
    return json.loads(tree.get_element_by_id("data").text)


def text_of(element: Any) -> str:
    """Return what an element shows, with white space as one space."""
    return " ".join(element.text_content().split())


def charts_of(tree: Any) -> dict[str, Any]:
    """The drawings by what they tell those who can't see them, and by the headings above them."""
    figures = tree.xpath("//section[@id='charts']//figure")
    return {
        figure.xpath(".//h3")[0].text: figure.xpath(".//*[name()='svg']")[0] for figure in figures
    }


@pytest.fixture(scope="module")
def page() -> str:
    """The page of all sorts of outcomes."""
    return make_page(report(*OUTCOMES))


@pytest.fixture(scope="module")
def tree(page: str) -> Any:
    """The same as a tree."""
    return parse(page)


@pytest.fixture(scope="module")
def compared() -> Any:
    """The page of a run that is compared with an earlier one."""
    before = {"hit@1": 0.25, "hit@3": 1.0, "ask_ms.p50": 31.0, "questions": 7.0}
    return parse(
        make_page(report(*OUTCOMES, comparison=Comparison(before, OUTCOMES[1:2], OUTCOMES[5:6])))
    )


# The page


def test_the_page_is_html_without_mistakes(page: str) -> None:
    parser = etree.HTMLParser()
    etree.fromstring(page, parser)
    # The parser is of the time before HTML 5 and SVG in a page.
    unknown = {"HTML_UNKNOWN_TAG"}
    assert [error for error in parser.error_log if error.type_name not in unknown] == []
    assert page.startswith("<!doctype html>\n")


def test_the_page_says_what_it_is(tree: Any) -> None:
    assert tree.get("lang") == "en"
    assert tree.xpath("//title")[0].text == "cases.yaml – Footnote eval"
    assert tree.xpath("//meta[@name='viewport']/@content") == [
        "width=device-width, initial-scale=1"
    ]
    head = text_of(tree.xpath("//header")[0])
    for words in ("cases.yaml", "24 November 2026, 14:03 UTC", *FACTS[0], *FACTS[1]):
        assert words in head
    assert tree.xpath("//time/@datetime") == ["2026-11-24T14:03:00+00:00"]


def test_how_it_went_stands_at_the_top(tree: Any) -> None:
    assert text_of(tree.xpath("//*[@class='lede']")[0]) == (
        "3 of 7 cases came out right. "
        "The others: 2 should have abstained, 1 abstained, 1 not retrieved."
    )


def test_the_page_can_be_found_ones_way_about_in(tree: Any) -> None:
    assert [
        element.tag for element in tree.body if element.tag in ("header", "main", "footer")
    ] == [
        "header",
        "main",
        "footer",
    ]
    assert len(tree.xpath("//h1")) == 1
    for section in tree.xpath("//main/section"):
        assert tree.get_element_by_id(section.get("aria-labelledby")).tag == "h2"
    for link in tree.xpath("//nav/a/@href | //a[@class='skip']/@href"):
        assert tree.get_element_by_id(link.removeprefix("#")) is not None
    assert tree.xpath("//label[.//input[@id='find']]")


def test_every_id_is_there_once(tree: Any) -> None:
    ids = Counter(tree.xpath("//@id"))
    assert ids.most_common(1)[0][1] == 1


def test_the_same_report_makes_the_same_page(page: str) -> None:
    import matplotlib as mpl

    with mpl.rc_context({"lines.linewidth": 9, "svg.fonttype": "path", "font.size": 30}):
        assert make_page(report(*OUTCOMES)) == page


# What it loads, and what it lets in


def test_the_page_loads_nothing(tree: Any) -> None:
    loading = "link img image iframe frame object embed audio video source track base form"
    assert not [element for tag in loading.split() for element in tree.xpath(f"//{tag}")]
    for element in tree.iter(etree.Element):
        for name, value in element.attrib.items():
            if name in ("href", "src", "xlink:href", "clip-path"):
                assert re.fullmatch(r"#[\w-]+|url\(#[\w-]+\)", value), (element.tag, value)
            elif element.tag != "meta":
                assert "url(" not in value
                assert "http" not in value
    for own in (tree.xpath("//style")[0].text, tree.xpath("//script")[-1].text):
        assert FORBIDDEN.findall(own) == []


def test_the_policy_allows_this_style_and_this_script_and_no_more(page: str) -> None:
    tree = parse(page)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    texts = {"style": tree.xpath("//style")[0].text, "script": tree.xpath("//script")[-1].text}
    hashes = {
        name: b64encode(sha256(text.encode()).digest()).decode() for name, text in texts.items()
    }
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes['style']}'; "
        f"script-src 'sha256-{hashes['script']}'; base-uri 'none'; form-action 'none'"
    )
    assert page.index("Content-Security-Policy") < page.index("<style>")
    assert tree.xpath("//@style") == []
    assert [name for e in tree.iter(etree.Element) for name in e.attrib if name[:2] == "on"] == []


def test_hostile_text_stays_text() -> None:
    passage = replace(PASSAGE, document=HOSTILE, title=HOSTILE, source=HOSTILE, text=HOSTILE)
    citation = replace(CITATION, document=HOSTILE, title=HOSTILE, source=HOSTILE, quote=HOSTILE)
    outcomes = tuple(
        Outcome(
            Golden(HOSTILE, (HOSTILE,), HOSTILE, HOSTILE, HOSTILE, kind, HOSTILE),
            Answer(HOSTILE, True, HOSTILE, 0.7, HOSTILE, (citation,), (passage,), 20.0),
        )
        for kind in Kind
    )
    comparison = Comparison({}, outcomes[:1], outcomes[1:])
    hostile = replace(
        report(*outcomes, comparison=comparison), title=HOSTILE, facts=((HOSTILE, HOSTILE),)
    )
    page = make_page(hostile)
    tree = parse(page)
    shown = HOSTILE.replace("\x00", "").replace("\x1b", "").replace("\u202e", "")
    assert tree.xpath("//h1")[0].text == shown
    assert [link.text for link in tree.xpath("//section[@id='changed']//a")] == [shown] * 3
    assert tree.xpath("//ol[@id='rows']//*[@class='question']")[0].text == shown
    assert not set("\x00\x1b\u202e") & set(page)
    # Nothing in the text became an element, and the script gets it to the letter.
    assert len(tree.xpath("//script")) == 2
    assert len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img")
    assert data_of(tree)["cases"][0]["question"] == HOSTILE
    assert data_of(tree)["passages"][0][-1] == HOSTILE
    assert not re.search("[<>&\u2028\u2029]", tree.get_element_by_id("data").text)


def test_half_a_character_does_not_keep_the_report_from_being_written(tmp_path: Path) -> None:
    half = report(outcome("Who \ud800 kept the lamp?", passages=(OTHER,), answered=False))
    write_report(tmp_path / "report.html", half)
    tree = parse((tmp_path / "report.html").read_text(encoding="utf-8"))
    assert data_of(tree)["cases"][0]["question"] == "Who \ud800 kept the lamp?"
    assert tree.xpath("//ol[@id='rows']//*[@class='question']")[0].text == "Who ? kept the lamp?"


# Figures


def groups_of(tree: Any) -> dict[str, list[list[str]]]:
    """The figures by their groups' headings, each with its label first."""
    return {
        table.xpath("caption")[0].text: [
            [text_of(cell) for cell in row.xpath("th | td")] for row in table.xpath("tbody/tr")
        ]
        for table in tree.xpath("//section[@id='figures']//table")
    }


def test_the_figures_are_there_in_groups(tree: Any) -> None:
    groups = groups_of(tree)
    assert list(groups) == ["Finding", "Quoting", "Abstaining", "SQuAD’s tricks", "Speed"]
    assert ["hit@1", "0.750"] in groups["Finding"]
    assert ["questions", "7"] in groups["Finding"]
    assert ["absent ones abstained on", "0.500"] in groups["Abstaining"]
    assert ["ask, median", "20.0 ms"] in groups["Speed"]
    assert sum(map(len, groups.values())) == len(report(*OUTCOMES).figures)


def test_what_can_not_be_measured_is_a_dash() -> None:
    groups = groups_of(parse(make_page(report(OUTCOMES[4]))))
    assert ["hit@1", "–"] in groups["Finding"]
    assert "SQuAD’s tricks" not in groups


def test_a_figure_of_no_known_group_is_shown_too() -> None:
    figures = [Figure("news.share", "a new one", 0.5), Figure("hit@1", "hit@1", 0.25)]
    groups = groups_of(parse(make_page(report(OUTCOMES[0], figures=figures))))
    assert groups == {"Finding": [["hit@1", "0.250"]], "Others": [["a new one", "0.500"]]}


def test_an_earlier_run_stands_beside_this_one(compared: Any) -> None:
    groups = groups_of(compared)
    assert ["hit@1", "0.750", "0.250", "+0.500"] in groups["Finding"]
    assert ["hit@3", "0.750", "1.000", "−0.250"] in groups["Finding"]
    assert ["hit@5", "0.750", "–", "–"] in groups["Finding"]
    assert ["questions", "7", "7", "±0"] in groups["Finding"]
    assert ["ask, median", "20.0 ms", "31.0 ms", "−11.0 ms"] in groups["Speed"]
    assert "Since the earlier run: 1 mended, 1 broken." in text_of(compared.xpath("//header")[0])


# Cases that changed sides


def test_cases_that_changed_sides_are_listed(compared: Any, tree: Any) -> None:
    section = compared.get_element_by_id("changed")
    assert [text_of(heading) for heading in section.xpath(".//h3")] == ["Broken 1", "Mended 1"]
    links = [(link.text, link.get("href")) for link in section.xpath(".//a")]
    assert links == [
        ("Is there a bus?", "#case-6"),
        ("Who was it that kept the lamp?", "#case-2"),
    ]
    assert not tree.xpath("//section[@id='changed']")


def test_where_none_changed_sides_it_says_so() -> None:
    same = report(*OUTCOMES, comparison=Comparison({}, (), ()))
    section = parse(make_page(same)).get_element_by_id("changed")
    assert [text_of(part) for part in section.xpath(".//p")] == ["None.", "None."]


# Charts


def test_charts_are_drawn_of_all_there_is(tree: Any) -> None:
    charts = charts_of(tree)
    assert [chart.get("aria-label") for chart in charts.values()] == [
        "hit@1 0.750, hit@2 0.750, hit@3 0.750, hit@4 0.750, hit@5 0.750",
        "At the threshold 0.45: 0.500 answered, 0.500 falsely",
        "answerable: 2 of 4 answered; absent: 1 of 2 answered; unanswerable: 1 of 1 answered; "
        "the threshold is 0.45",
        "median 20.0 ms, 95th percentile 27.0 ms",
    ]
    assert {chart.get("role") for chart in charts.values()} == {"img"}


def test_the_threshold_is_marked(tree: Any) -> None:
    charts = charts_of(tree)
    assert "threshold 0.45" in charts["Answers against false answers"].itertext()
    assert "threshold 0.45" in charts["How sure"].itertext()


def test_median_and_95th_percentile_are_marked(tree: Any) -> None:
    words = set(charts_of(tree)["How fast"].itertext())
    assert {"median 20.0 ms", "95% within 27.0 ms"} <= words


@pytest.mark.parametrize(
    ("outcomes", "missing"),
    [
        (
            OUTCOMES[:1],
            {"Answers against false answers": NONE_ABSENT},
        ),
        (
            OUTCOMES[4:5],
            {
                "Found among the first passages": NONE_ANSWERABLE,
                "Answers against false answers": NONE_ANSWERABLE,
            },
        ),
        (
            (),
            {
                "Found among the first passages": NONE_ANSWERABLE,
                "Answers against false answers": NONE_ABSENT,
                "How sure": NONE,
                "How fast": NONE,
            },
        ),
    ],
    ids=["no absent ones", "no answerable ones", "none"],
)
def test_a_chart_without_data_is_a_sentence(
    outcomes: tuple[Outcome, ...], missing: dict[str, str]
) -> None:
    tree = parse(make_page(report(*outcomes)))
    places = tree.xpath("//*[@class='missing']")
    assert {place.xpath("h3")[0].text: place.xpath("p")[0].text for place in places} == missing
    assert len(charts_of(tree)) == 4 - len(missing)


def test_charts_have_the_colours_and_the_font_of_the_page(page: str, tree: Any) -> None:
    style = tree.xpath("//style")[0].text
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert "<text" in drawing
        assert "font-family" not in drawing
        assert not re.search(r"#[0-9a-f]{6}\b|<style|xmlns", drawing)
        for name in re.findall(r"var\((--[a-z]+)\)", drawing):
            assert style.count(f"{name}:") == 2, f"{name} is not both light and dark"


def test_charts_point_at_their_own_parts(page: str) -> None:
    for drawing in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        pointed = set(re.findall(r'(?:url\(|href=")#([\w-]+)', drawing))
        assert pointed == set(re.findall(r' id="([\w-]+)"', drawing))


def test_the_earlier_hits_are_rings(compared: Any, tree: Any) -> None:
    def notes(tree: Any) -> str:
        return text_of(tree.xpath("//figcaption")[0])

    assert "Rings are the earlier run." in notes(compared)
    assert "Rings" not in notes(tree)


def test_what_took_much_longer_than_most_is_told_of() -> None:
    slow = [outcome(f"{n}?", elapsed_ms=4000 if n == 0 else 20) for n in range(40)]
    tree = parse(make_page(report(*slow)))
    note = text_of(tree.xpath("//figcaption[h3='How fast']")[0])
    assert note.endswith("How many questions took how long. One more took 4,000 ms.")


def test_no_time_at_all_can_be_drawn() -> None:
    figures = [Figure("questions", "questions", 1, "count")]
    tree = parse(make_page(report(outcome("Who?", elapsed_ms=0.0), figures=figures)))
    assert charts_of(tree)["How fast"].get("aria-label").startswith("median 0.0 ms")


# Cases


def test_every_case_is_there(tree: Any) -> None:
    cases = data_of(tree)["cases"]
    assert [case["question"] for case in cases] == [one.golden.question for one in OUTCOMES]
    assert [case["verdict"] for case in cases] == [
        "right",
        "right",
        "abstained",
        "not retrieved",
        "right",
        "should have abstained",
        "should have abstained",
    ]
    assert cases[0] == {
        "number": 1,
        "verdict": "right",
        "kind": "answerable",
        "library": "common",
        "place": "c.yaml:1",
        "question": "Who kept the lamp?",
        "expected": ["ada lorne"],
        "source": "Skerry",
        "evidence": "",
        "answered": True,
        "answer": f"{QUOTE} [1]",
        "confidence": "0.900",
        "rank": 1,
        "ms": "20.0",
        "found": [[0, "1.25"], [1, "0.50"]],
        "quotes": [[1, 0, 3, 100 + START, 100 + len(TEXT), QUOTE]],
    }


def test_a_passage_that_many_questions_find_is_there_once(tree: Any) -> None:
    data = data_of(tree)
    assert data["passages"] == [[0, 3, 100, 100 + len(TEXT), TEXT], [1, None, 0, 21, OTHER.text]]
    assert data["documents"] == [["Skerry", "/notes/skerry.txt"], ["Rye bread", "/notes/rye.md"]]


def test_what_went_wrong_can_be_read_without_scripts(tree: Any) -> None:
    rows = tree.xpath("//ol[@id='rows']/li")
    assert [(row.get("id"), text_of(row)) for row in rows][:2] == [
        ("case-3", "abstained Whose was the lamp? ada lorne The documents don't say. 0.200 1"),
        (
            "case-4",
            "not retrieved Who baked for the keeper? ada lorne The documents don't say. 0.100 –",
        ),
    ]
    assert len(rows) == 4
    assert (
        text_of(rows[2]) == f"should have abstained Is there a bus? to abstain {QUOTE} [1] 0.600 –"
    )
    # What only a script can do is not offered without one.
    assert tree.get_element_by_id("controls").get("hidden") is not None
    assert tree.get_element_by_id("more").get("hidden") is not None


def test_the_rows_of_the_script_are_like_those_of_the_page(tree: Any) -> None:
    page, template = (
        [(part.tag, part.get("class").split()[0], part.get("dir")) for part in parts]
        for parts in (tree.xpath("//ol[@id='rows']/li[1]/span"), tree.xpath("//summary/span"))
    )
    assert page == template


# Writing


def test_a_report_is_written(tmp_path: Path, page: str) -> None:
    path = tmp_path / "report.html"
    path.write_text("an older one")
    write_report(path, report(*OUTCOMES))
    assert path.read_text(encoding="utf-8") == page
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_to_a_report_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "report.html", tmp_path / "latest.html"
    link.symlink_to(path)
    write_report(link, report())
    assert link.is_symlink()
    assert path.is_file()


def test_a_report_that_can_not_be_written_leaves_the_older_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "report.html"
    path.write_text("an older one")
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(FootnoteError, match=r"report\.html can't be written: No space left"):
        write_report(path, report())
    assert path.read_text() == "an older one"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/report.html", "No such file or directory"),
        (".", "it is not a file"),
        ("/dev/null", "it is not a file"),
        ("half\0name", "null"),
    ],
)
def test_a_path_that_can_not_be_written_is_refused(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(FootnoteError, match=rf"^The report .* can't be written: .*{why}"):
        write_report(tmp_path / name, report())
    assert list(tmp_path.iterdir()) == []
