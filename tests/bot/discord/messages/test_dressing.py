"""Texts of documents are shown as a reader sees them, and no word of them changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.messages.dressing.blocks import Kind, blocks, flowing
from bot.discord.messages.dressing.dress import dressed
from bot.discord.messages.dressing.inline import units
from bot.discord.messages.markdown import NOBODY, readable
from bot.discord.messages.split import MESSAGE, length, pack
from tests.support.texts.any_text import ARTICLES, TEXTS

STEPS = "To install it:\n\n1. Get Python.\n2. Clone it and\n   enter it.\n\nThen rest."
CODE = "Run this:\n\n```bash\ncd bridge\n\n./install  # as *you*\n```\n\nRestart it."


def shown(text: str, *quotes: str, **options: object) -> str:
    """A text as it is shown, some of it quoted."""
    spans = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    return "".join(dressed(text, spans, **options))  # type: ignore[arg-type]


def words(text: str) -> str:
    """All letters and digits of a text, in order."""
    return "".join(re.findall(r"[^\W_]", text))


# Blocks


def test_every_kind_of_block_is_told() -> None:
    text = "# Fees\n\nThey are:\n\n- one\n  more\n\nBook: a · Fee: b\n\n```\nx\n\ny\n```\nEnd."
    assert [(block.kind, text[block.start : block.end]) for block in blocks(text)] == [
        (Kind.HEADING, "Fees"),
        (Kind.PROSE, "They are:"),
        (Kind.ITEM, "one\n  more"),
        (Kind.ROW, "Book: a · Fee: b"),
        (Kind.CODE, "```\nx\n\ny\n```"),
        (Kind.PROSE, "End."),
    ]


def test_a_short_line_is_a_heading_only_above_something() -> None:
    assert next(blocks("Parking\n\nBehind the house.")).kind is Kind.HEADING
    assert [block.kind for block in blocks("No dogs")] == [Kind.PROSE]


# Paragraphs


def test_line_ends_of_the_file_alone_are_spaces() -> None:
    text = (
        "We ask all visitors to leave their bags in the lockers by the door, which\n"
        "take a coin of one crown that comes back when the locker is opened again,\n"
        "and to be silent."
    )
    assert shown(text) == text.replace("\n", " ")
    assert (
        shown("The ferry leaves at nine.\nIt is blue.") == "The ferry leaves at nine. It is blue."
    )


def test_lines_that_were_meant_stay() -> None:
    assert shown("Address:\n12 Pier Street\nSkerry") == "Address:\n12 Pier Street\nSkerry"
    assert shown("Monday 9 to 5\nTuesday closed") == "Monday 9 to 5\nTuesday closed"


@given(TEXTS)
def test_joining_lines_moves_no_character(text: str) -> None:
    flown = flowing(text)
    assert len(flown) == len(text)
    assert flown.split() == text.split()


def test_headings_are_bold_and_what_stands_above_already_is_left_out() -> None:
    text = "# Fees\n\n## Late *books*\n\nTen cents."
    assert shown(text) == "**Fees**\n**Late \\*books\\***\nTen cents."
    assert shown(text, without={"Fees", "Late *books*"}) == "Ten cents."


# Lists, steps, rows


def test_steps_are_a_numbered_list_close_to_what_announces_it() -> None:
    assert shown(STEPS) == (
        "To install it:\n1. Get Python.\n2. Clone it and enter it.\n\nThen rest."
    )


@pytest.mark.parametrize(
    ("text", "list_"),
    [
        ("* a\n+ b\n• c\n- d", "- a\n- b\n- c\n- d"),
        ("- a\n  - b\n    - c\n- d", "- a\n  - b\n    - c\n- d"),
        ("1) a\n2) b", "1. a\n2. b"),
        ("4. a\n5. b", "4. a\n5. b"),
        ("1. a\n   - b\n2. c", "1. a\n  - b\n2. c"),
        # Discord counts by itself, and would change these.
        ("1. a\n3. b", "1. a\n3\\. b"),
        ("0. a\n1. b", "0\\. a\n1. b"),
    ],
)
def test_items_are_those_of_discord_with_their_own_numbers(text: str, list_: str) -> None:
    assert shown(text) == list_


def test_a_row_is_its_labelled_cells() -> None:
    row = "Membership: *Standard* · Price: £26 · new"
    assert shown(row) == "**Membership:** \\*Standard\\* · **Price:** £26 · new"
    other = "Membership: Patron · Price: £60"
    assert shown(f"{row}\n\n{other}", other) == (
        f"- {shown(row)}\n- **Membership: Patron · Price: £60**"
    )


# Code


def test_code_is_a_block_with_its_language_to_the_letter() -> None:
    assert shown(CODE) == (
        "Run this:\n```bash\ncd bridge\n\n./install  # as *you*\n```\nRestart it."
    )


def test_code_in_a_list_is_not_indented_and_nothing_ends_it_early() -> None:
    assert shown("1. Run:\n\n   ```py\n   x = 1\n     y()\n   ```") == (
        "1. Run:\n```py\nx = 1\n  y()\n```"
    )
    inside = shown('```\nprint("```")\n@everyone\n```')
    assert inside.count("```") == 2
    assert readable(inside) == '```\nprint("```")\n@everyone\n```'


def test_fences_without_code_are_shown_as_they_are() -> None:
    assert readable(shown("```\n\n```")) == "```\n\n```"


def test_code_that_no_message_holds_is_closed_and_opened_again() -> None:
    lines = [f"line {n}" for n in range(500)]
    code = "\n".join(lines)
    messages = pack(dressed(f"Run this:\n\n```py\n{code}\n```\n\nDone."))
    assert all(length(message) <= MESSAGE for message in messages)
    assert all(message.count("```") in (0, 2) for message in messages)
    assert messages[1].startswith("```py\nline ")
    found = re.findall(r"line \d+", "\n".join(messages))
    assert found == lines
    [*_, long] = pack(dressed(f"```\n{'x' * 5000}\n```"))
    assert long.startswith("```\nx")


# Within a line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Edit `a_*b*` now.", "Edit `a_*b*` now."),
        ("It is **never** shared.", "It is **never** shared."),
        (
            "See [the *notes*](https://x.example/a).",
            "See [the \\*notes\\*](<https://x.example/a>).",
        ),
        ("See https://x.example/a.", "See <https://x.example/a>."),
        # Not what it seems.
        ("5 ** 3 ** 2", "5 \\*\\* 3 \\*\\* 2"),
        ("[1](http://evil.example)", "\\[1\\](<http://evil.example>)"),
        ("[https://good.example](https://evil.example)", None),
        ("Edit `a\nb` now.", "Edit `a b` now."),
        ("[a](javascript:x)", "\\[a\\](javascript:x)"),
        ("`@everyone` @everyone", f"`@everyone` @{NOBODY}everyone"),
    ],
)
def test_code_bold_and_links_of_a_document_are_such(text: str, line: str | None) -> None:
    if line is not None:
        assert shown(text) == line
    assert "](<https://evil" not in shown(text).replace("\\]", "")


def test_what_a_chat_model_writes_is_no_hidden_link() -> None:
    hidden = "Read [the rules](https://evil.example/?q=secret)."
    assert shown(hidden, links=False) == ("Read \\[the rules\\](<https://evil.example/?q=secret>).")


def test_quotes_are_bold_in_every_line_and_hold_no_other_bold() -> None:
    text = "It rains. Never **ever** swim.\n\n- one\n- two\n\nEnd."
    assert shown(text, "Never **ever** swim.\n\n- one") == (
        "It rains. **Never ever swim.**\n\n- **one**\n- two\n\nEnd."
    )


# All of it


@given(ARTICLES)
def test_units_are_made_harmless_with_nothing_lost(text: str) -> None:
    assert words(readable("".join(units(text)))) == words(text)


@given(st.one_of(ARTICLES, TEXTS), st.data())
def test_no_word_is_lost_or_changed_whatever_the_text_and_the_quotes(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert words(readable("".join(dressed(text, [(start, end)])))) == words(text)
