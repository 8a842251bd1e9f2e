"""MediaWiki's text: what its page shows, its tables as rows, its templates' sentences."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, text_of


def read(parsers: Parsers, text: str) -> str:
    content = parsers.read(text.encode(), "a.wiki")
    assert content.kind == "mediawiki"
    return text_of(content)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("'''nine'''", "nine"),
        ("''nine''", "nine"),
        ("[[Oar|oars]]", "oars"),
        ("[[Oar]]s", "Oars"),
        ("[https://example.org here]", "here"),
        ("nine<!-- remark -->", "nine"),
        ("nine<ref>A book</ref>", "nine"),
        ("<s>eight</s> nine", "nine"),
        ("10<sup>6</sup>", "10⁶"),
        ("9 &amp; 10", "9 & 10"),
        ("{{convert|12|m}}", "12 m"),
        ("{{stub}} nine", "nine"),
        ("<nowiki>[[nine]]</nowiki>", "[[nine]]"),
        ("nine __NOTOC__", "nine"),
    ],
)
def test_a_line_comes_without_its_marks(parsers: Parsers, written: str, shown: str) -> None:
    assert read(parsers, f"At {written}.\n[[Category:Boats]]\n") == f"At {shown}."


def test_headings_and_lists(parsers: Parsers) -> None:
    lists = "* one\n** two\n* three\n\n# first\n# second\n\n; oar : A lever.\n"
    text = f"== Fees ==\n{lists}=== More ===\nx\n"
    content = parsers.read(text.encode(), "a.mediawiki")
    assert headings_of(content) == [(2, "Fees"), (3, "More")]
    assert text_of(content).split("\n\n") == [
        *("Fees", "- one\n  - two\n- three", "1. first\n2. second", "oar: A lever.", "More", "x"),
    ]


def test_a_template_keeps_its_sentences_and_a_box_its_facts(parsers: Parsers) -> None:
    text = "{{Infobox boat|name=Eight|seats=8}}{{note|Keep off at low tide.}}\n"
    assert read(parsers, text) == "name: Eight\n\nseats: 8\n\nKeep off at low tide."


def test_a_row_says_what_its_columns_are(parsers: Parsers) -> None:
    text = (
        '{| class="wikitable"\n|+ Prices\n! Who !! Fee\n|-\n| Junior || 20\n|-\n'
        '| rowspan="2" | Senior || 40\n|-\n| 50\n|}\n'
    )
    assert read(parsers, text).split("\n\n") == [
        *("Prices:", "Who: Junior · Fee: 20", "Who: Senior · Fee: 40", "Who: Senior · Fee: 50"),
    ]


def test_code_keeps_its_lines_and_its_language(parsers: Parsers) -> None:
    text = 'Run:\n<syntaxhighlight lang="bash">\nmake\n\nrun\n</syntaxhighlight>\nDone.\n'
    assert read(parsers, text) == "Run:\n\n```bash\nmake\n\nrun\n```\n\nDone."


@pytest.mark.parametrize("broken", ["{{" * 3000, "{|\n" * 500, "[[a|" * 3000, "<b>" * 3000])
def test_what_never_ends_is_read(parsers: Parsers, broken: str) -> None:
    assert "Word." in text_of(parsers.read(f"Word.\n\n{broken}".encode(), "a.wiki"))
