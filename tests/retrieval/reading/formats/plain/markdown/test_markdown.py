"""Markdown: the text that a reader sees, its headings, and what its front matter says."""

import pytest

from retrieval.reading.formats.sandbox.process_pool import Parsers
from tests.support.formats.reading import headings_of, text_of
from tests.support.formats.specimens import AUTHOR, DATE, HEADINGS, MARKDOWN, SENTENCE, TITLE

TEXT = "# Leave\n\nAsk *early*.\n\nPay\n---\n\nMonthly.\n"


def test_the_text_comes_without_its_marks(parsers: Parsers) -> None:
    content = parsers.read(TEXT.replace("\n", "\r\n").encode(), "a.md")
    assert content.kind == "markdown"
    assert text_of(content) == "Leave\n\nAsk early.\n\nPay\n\nMonthly."


def test_headings_of_both_styles_are_found_with_their_levels(parsers: Parsers) -> None:
    content = parsers.read(b"Tea\n===\n\nText.\n\n## Green\n\nPots\n----\n\n### Cups ###\n", "a.md")
    assert headings_of(content) == [(1, "Tea"), (2, "Green"), (2, "Pots"), (3, "Cups")]
    (part,) = content.parts
    lines = [part.text[each.start :].partition("\n")[0] for each in part.headings]
    assert lines == ["Tea", "Green", "Pots", "Cups"]


@pytest.mark.parametrize("text", ["```\n# no\n```", "~~~ sh\n# no\n~~~", "```\n# never closed"])
def test_a_comment_in_code_is_no_heading(parsers: Parsers, text: str) -> None:
    assert headings_of(parsers.read(f"# Yes\n\n{text}\n".encode(), "a.md")) == [(1, "Yes")]


def test_titles_come_without_marks(parsers: Parsers) -> None:
    content = parsers.read(b"# The **bold** `one` [linked](http://x.org)\n\nText.\n", "a.md")
    assert headings_of(content) == [(1, "The bold one linked")]


def test_front_matter_tells_title_author_and_day_and_is_no_text(parsers: Parsers) -> None:
    content = parsers.read(MARKDOWN.encode(), "handbook.md")
    assert (content.title, content.author, content.date) == (TITLE, AUTHOR, DATE)
    assert text_of(content).startswith("Leave")
    assert headings_of(content) == HEADINGS


@pytest.mark.parametrize("front", ["title: [", "- just\n- a list", "just text"])
def test_front_matter_that_makes_no_sense_is_text(parsers: Parsers, front: str) -> None:
    content = parsers.read(f"---\n{front}\n---\n\n{SENTENCE}\n".encode(), "a.md")
    assert SENTENCE in text_of(content)
    assert front.rsplit(maxsplit=1)[-1] in text_of(content)


def test_a_rule_further_down_opens_no_front_matter(parsers: Parsers) -> None:
    content = parsers.read(b"Text.\n\n---\ntitle: Rules\n---\n", "a.md")
    assert "title: Rules" in text_of(content)


def test_front_matter_that_multiplies_is_harmless(parsers: Parsers) -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    data = f"---\na0: &a0 [x]\n{levels}title: *a9\n---\n{SENTENCE}\n".encode()
    content = parsers.read(data, "a.md")
    assert SENTENCE in text_of(content)
    assert content.title == ""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("intro\n\n# First #\n\n# Second", "First"),
        ("Set in\n======\n\n# Later", "Set in"),
        ("```sh\n# a comment\n```\n# Real", "Real"),
        ("## Only a subheading", ""),
        ("# The **bold** `one` [linked](http://x.org)", "The bold one linked"),
        ("# C#", "C#"),
        ("#hashtag", ""),
    ],
)
def test_markdown_is_called_by_its_first_heading(parsers: Parsers, text: str, title: str) -> None:
    assert parsers.read(text.encode(), "a.md").title == title


def test_a_paragraph_too_long_for_its_marks_is_read_as_it_stands(parsers: Parsers) -> None:
    content = parsers.read(b"Ask *early*.\n\n" + b"or *late* " * 2_500 + b"end.\n", "a.md")
    first, second = text_of(content).split("\n\n")
    assert first == "Ask early."
    assert second == "or *late* " * 2_500 + "end."


@pytest.mark.parametrize("kind", [b"png", b"svg+xml"])
def test_a_picture_written_out_makes_no_paragraph_too_long(parsers: Parsers, kind: bytes) -> None:
    picture = b"![A plan of it](data:image/" + kind + b";base64," + b"iVBORw0KGgo" * 5_000 + b")"
    content = parsers.read(b"Ask *early*. " + picture + b" Then *come*.\n", "a.md")
    assert text_of(content) == "Ask early. A plan of it Then come."
