"""The hyperlinks of a document, in what Discord shows of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.messages.answer import answer_messages, source_messages
from bot.discord.messages.dressing.hyperlinks import with_hyperlinks, without_hyperlinks
from bot.discord.records.question_log import Cited
from retrieval.types import Answer, Citation, Hyperlink, Passage

FORM = "https://harbour.example/form"
QUOTE = "Fill in the berth form before you moor."
BERTH = Hyperlink(112, 122, FORM)  # of a quote that begins at 100
CITED = Citation(1, "d", "Berths", "upload:b.md", None, 100, 139, QUOTE, hyperlinks=(BERTH,))


def shown(cited: Citation) -> str:
    answer = Answer("Which form?", True, f"{cited.quote} [1]", 0.9, "quote", (cited,))
    return answer_messages(answer)[0].split("\n")[0]


def test_the_words_of_a_link_lead_where_they_do_in_the_document() -> None:
    assert shown(CITED) == f"Fill in the [berth form](<{FORM}>) before you moor. [1]"


@pytest.mark.parametrize(
    ("address", "led"),
    [
        ("https://a.example/x_(y)", "https://a.example/x_%28y%29"),
        ("https://a.example/<@1>", "https://a.example/%3C@1%3E"),
        ("https://a.example/" + "x" * 300, None),
    ],
)
def test_an_address_ends_nothing_early_and_is_left_out_where_it_is_long(
    address: str, led: str | None
) -> None:
    line = shown(replace(CITED, hyperlinks=(replace(BERTH, address=address),)))
    words = f"[berth form](<{led}>)" if led else "berth form"
    assert line == f"Fill in the {words} before you moor. [1]"


@pytest.mark.parametrize(
    ("quote", "line"),
    [
        ("## The berth form", f"**The [berth form](<{FORM}>)**"),
        ("Room: A · Plan: berth form", f"**Room:** A · **Plan:** [berth form](<{FORM}>)"),
        ("- Take a berth form", f"- Take a [berth form](<{FORM}>)"),
    ],
)
def test_links_are_shown_in_every_kind_of_block(quote: str, line: str) -> None:
    at = 100 + quote.index("berth form")
    links = (Hyperlink(at, at + len("berth form"), FORM),)
    cited = replace(CITED, quote=quote + "\n\nAnd so on.", hyperlinks=links)
    assert shown(cited) == line


def test_sources_show_links_and_the_quote_in_bold() -> None:
    passage = Passage("d", "Berths", "upload:b.md", None, 90, 151, f"All year. {QUOTE} Thank you.")
    passage = replace(passage, hyperlinks=(BERTH,))
    (message,) = source_messages([(Cited(1, "d", 100, 139), passage)])
    assert (
        f"All year. **Fill in the [berth form](<{FORM}>) before you moor.** Thank you." in message
    )


def test_words_that_a_quote_ends_in_stay_words() -> None:
    text, spans = with_hyperlinks(QUOTE, [BERTH], 100, [(0, 17)])
    assert (text, spans) == (QUOTE, [(0, 17)])


@given(st.text("ab .\n[", max_size=30), st.data())
def test_no_word_is_lost_and_spans_move_along(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True)))
    links = [Hyperlink(a + 7, b + 7, FORM) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    linked, ((first, last),) = with_hyperlinks(text, links, 7, [(start, end)])
    assert without_hyperlinks(linked) == text
    if start < end:
        assert without_hyperlinks(linked[first:last]) == text[start:end]
