"""*Sources* shows a passage as it reads, once, with its quotes marked."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.discord.messages.answer import source_messages
from bot.discord.messages.markdown import readable
from bot.discord.messages.split import MESSAGE, length
from bot.discord.records.question_log import Cited
from retrieval.types import Passage
from tests.support.texts.any_text import ARTICLES

LINK = "https://discord.com/channels/1/2/3"
WHERE = f"[Ferries](<{LINK}#page=2>), page 2"


def source_of(text: str, *quotes: str) -> list[tuple[Cited, Passage]]:
    """A passage that begins at 100, with the places of some quotes in it."""
    passage = Passage("d1", "Ferries", LINK, 2, 100, 100 + len(text), text)
    starts = [100 + text.index(quote) for quote in quotes]
    return [
        (Cited(number, "d1", start, start + len(quote)), passage)
        for number, (start, quote) in enumerate(zip(starts, quotes, strict=True), start=1)
    ]


def shown(found: list[tuple[Cited, Passage]]) -> str:
    """The only message, without its first line."""
    [message] = source_messages(found)
    return message.partition("\n")[2]


def test_a_source_is_the_passage_with_its_quotes_in_bold() -> None:
    text = "It rains. The *ferry*\nleaves at nine. It is blue.\n\nA ticket costs four crowns."
    found = source_of(text, "A ticket costs four crowns.", "The *ferry*\nleaves at nine.")
    assert source_messages(found) == [
        f"### [1] [2] {WHERE}\n"
        "It rains. **The \\*ferry\\* leaves at nine.** It is blue.\n\n"
        "**A ticket costs four crowns.**"
    ]


def test_headings_that_its_place_names_are_not_repeated() -> None:
    text = "# Ferries\n\n## Times\n\nAt nine.\n\n## Fares\n\nFour crowns."
    [(cited, passage)] = source_of(text, "At nine.")
    found = [(cited, replace(passage, section="Ferries › Times"))]
    assert shown(found) == "**At nine.**\n\n**Fares**\nFour crowns."


def test_the_documents_own_date_stands_with_its_place() -> None:
    [(cited, passage)] = source_of("At nine.", "At nine.")
    [dated] = source_messages([(cited, replace(passage, date="2024-03-01T09:00:00Z"))])
    assert dated == f"### [1] {WHERE}, 2024-03-01\n**At nine.**"
    [message] = source_messages([(cited, replace(passage, date="2024-03-01", kind="message"))])
    assert message.startswith(f"### [1] {WHERE}\n")


def test_quotes_that_overlap_are_shown_once() -> None:
    found = source_of("One. Two. Three. Four.", "Two. Three.", "Three. Four.", "Two.")
    assert shown(found).replace("** **", " ") == "One. **Two. Three. Four.**"


def test_what_only_came_nearest_has_no_mark_and_no_bold() -> None:
    found = [(Cited(0, "d1", 100, 105), passage) for _, passage in source_of("One. Two.", "One.")]
    assert source_messages(found) == [f"### {WHERE}\nOne. Two."]


def test_passages_are_shown_in_order_each_once() -> None:
    [(cited, passage), (other, _)] = source_of("One. Two.", "One.", "Two.")
    elsewhere = replace(passage, document="d2", title="Fares", source="upload:fares.md")
    third = Cited(3, "d2", 100, 104)
    [message] = source_messages([(cited, passage), (third, elsewhere), (other, passage)])
    assert re.findall(r"^### ((?:\[\d\] )+)", message, re.M) == ["[1] [2] ", "[3] "]
    assert source_messages([]) == []


@given(ARTICLES, st.data())
def test_all_of_a_passage_is_shown_however_long(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    messages = source_messages(source_of(text * 3, text[start:end]))
    assert all(length(message) <= MESSAGE for message in messages)
    _, *lines = "\n".join(messages).split("\n")
    assert re.findall(r"[^\W_]", readable("\n".join(lines))) == re.findall(r"[^\W_]", text * 3)
