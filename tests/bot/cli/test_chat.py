"""`chat`: a conversation of questions, each of which may refer to the one before."""

import os
import pty

import pytest

from tests.bot.cli.test_ask_and_search import ANSWER, KEEPER, UNSAID
from tests.bot.conftest import Stock
from tests.support.shell import footnote


@pytest.mark.parametrize(
    ("opening", "place"), [(KEEPER, "Tarn"), ("Who ran the ferry to Skerry?", "Holm")]
)
def test_a_follow_up_means_what_was_talked_about(
    opening: str, place: str, shared_stock: Stock
) -> None:
    typed = f"{opening}\nIn what place was that person born?\n"
    done = footnote("chat", "--json", "--home", shared_stock.home, typed=typed)
    assert (done.code, done.err) == (0, "")
    first, second = done.lines
    assert list(first) == list(second) == list(ANSWER)
    assert second["question"] == "In what place was that person born?"
    assert place in second["answer"]


def test_an_empty_line_ends_a_conversation(shared_stock: Stock) -> None:
    typed = f"{KEEPER}\n\n{UNSAID}\n"
    done = footnote("chat", "--json", "--home", shared_stock.home, typed=typed)
    assert [line["question"] for line in done.lines] == [KEEPER]


def test_a_conversation_goes_on_after_a_question_that_is_refused(shared_stock: Stock) -> None:
    typed = f"{'x' * 20_000}\n{KEEPER}\n"
    done = footnote("chat", "--json", "--home", shared_stock.home, typed=typed)
    assert "20,000 characters" in done.err
    assert [line["question"] for line in done.lines] == [KEEPER]


def test_answers_of_a_conversation_are_printed_apart(shared_stock: Stock) -> None:
    typed = f"{KEEPER}\n{KEEPER}\n"
    done = footnote("chat", "--home", shared_stock.home, typed=typed)
    lines = done.out.rstrip("\n").split("\n")
    second = [number for number, line in enumerate(lines) if line == lines[0]][1]
    assert lines[second - 1] == ""


def test_on_a_terminal_a_conversation_prompts_beside_the_result(
    shared_stock: Stock,
) -> None:
    keyboard, terminal = pty.openpty()
    with os.fdopen(keyboard, "wb", buffering=0) as keys, os.fdopen(terminal) as screen:
        keys.write(KEEPER.encode() + b"\n\n")
        done = footnote("chat", "--json", "--home", shared_stock.home, typed=screen)
    assert done.err.count("? ") == 2
    assert [line["question"] for line in done.lines] == [KEEPER]
