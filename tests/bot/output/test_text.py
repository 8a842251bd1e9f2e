"""Text that is printed steers no terminal, and is cut between words."""

from hypothesis import given
from hypothesis import strategies as st

from bot.output.text import printable, shortened
from tests.support.shell import STEERING


@given(st.text())
def test_printable_text_steers_no_terminal_and_loses_nothing_else(text: str) -> None:
    assert not STEERING.search(printable(text))
    assert printable(text) == STEERING.sub("", text)


def test_a_glimpse_of_a_long_text_ends_between_words() -> None:
    assert shortened("one two three", 8) == "one …"
    assert shortened("one two three", 13) == "one two three"
    assert shortened("one two three", None) == "one two three"
