"""Long texts become as many messages as they need, each cut where it hurts least."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.discord.messages.dressing.inline import units
from bot.discord.messages.markdown import plain, readable
from bot.discord.messages.split import MESSAGE, length, pack
from tests.support.texts.any_text import ARTICLES, SENTENCES

# Each sentence as it stands in a message, with the white space before it.
PARTS = st.lists(st.builds(lambda s: f" {plain(s)}", SENTENCES), min_size=1, max_size=12)
# A text of what may not be taken apart: a backslash with what it escapes, and an address.
ADDRESS = "<https://a.example/b?c=d*e>"
WHOLES = st.sampled_from(["\\*", "\\\\", "\\_", ADDRESS, "🙂", "word", "a", " "])
UNBROKEN = st.lists(WHOLES, min_size=1, max_size=80).map("".join)
LIMIT = 60


def fits(text: str, limit: int = MESSAGE) -> bool:
    """Tell whether Discord takes it: it counts in UTF-16."""
    return len(text.encode("utf-16-le")) <= 2 * limit


def test_length_is_what_discord_counts() -> None:
    assert [length(text) for text in ("", "ab", "é", "🙂", "👨\u200d👩")] == [0, 2, 1, 2, 5]


@given(st.lists(ARTICLES, min_size=1, max_size=4).map("\n\n".join))
@example("a" * 10_000)
@example("\\" * 5_000)
@example("🙂" * 5_000)
@example("https://example.org/" + "a/" * 2_000)
@example("One." + " " * 5_000 + "Two.")
def test_any_text_becomes_messages_with_all_its_words_in_order(text: str) -> None:
    packed = pack(units(text))
    assert all(fits(message) for message in packed)
    assert all(message == message.strip() != "" for message in packed)
    assert "".join("".join(map(readable, packed)).split()) == "".join(text.split())


@given(PARTS)
def test_messages_end_with_sentences_and_are_as_full_as_they_can_be(parts: list[str]) -> None:
    limit = max(map(length, parts))
    left = [*parts]
    for message in pack(parts, limit):
        taken = left.pop(0).lstrip()
        while left and fits(taken + left[0], limit):
            taken += left.pop(0)
        assert message == taken.rstrip()
    assert not left


@given(UNBROKEN)
def test_nothing_that_belongs_together_is_cut(text: str) -> None:
    packed = pack([text], LIMIT)
    assert all(fits(message, LIMIT) for message in packed)
    assert "".join(packed).replace(" ", "") == text.replace(" ", "")
    for message in packed:
        assert re.fullmatch(rf"(?:\\[^\w\s]|\\_|{re.escape(ADDRESS)}|[🙂a-z ])*", message)


def test_an_address_that_no_message_holds_is_cut_all_the_same() -> None:
    address = f"<https://a.example/{'b' * 3 * LIMIT}>"
    packed = pack([address], LIMIT)
    assert all(fits(message, LIMIT) for message in packed)
    assert "".join(packed) == address


def test_a_part_that_is_too_long_is_cut_after_a_word() -> None:
    packed = pack(["word " * 30], LIMIT)
    assert {*" ".join(packed).split()} == {"word"}
    assert all(length(message) > LIMIT // 2 for message in packed[:-1])


@pytest.mark.parametrize("parts", [[], [""], [" \n", "\n\n"]])
def test_of_nothing_come_no_messages(parts: list[str]) -> None:
    assert pack(parts) == []


def test_a_message_does_not_begin_with_the_space_before_its_first_part() -> None:
    assert pack(["\n\nOne.", " Two.", "\n\nThree."], 10) == ["One. Two.", "Three."]
