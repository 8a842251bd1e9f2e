"""With a chat model set, the shell's answers are written by it, and say so where they are not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.conftest import Stock
from tests.support.model_server.behaviours import Behaviour, Refuses, Says
from tests.support.model_server.server import ModelServer
from tests.support.model_server.wire import NAME, error
from tests.support.shell import assert_refused, footnote

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

QUESTION = "Who was the first keeper of the lighthouse at Skerry Point?"
ANSWER = Says(["The first keeper of the lighthouse at Skerry Point ", "was Ada Lorne. [1]"])


@contextmanager
def model(patch: pytest.MonkeyPatch, *script: Behaviour) -> Iterator[ModelServer]:
    """A chat model that does as it is told, named in the settings."""
    with ModelServer(*script).running() as server:
        patch.setenv("FOOTNOTE_CHAT_MODEL", f"openai:{NAME}")
        patch.setenv("FOOTNOTE_CHAT_URL", server.url)
        yield server


def test_the_answer_is_the_models_with_footnotes_to_the_letter(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model(monkeypatch, ANSWER):
        done = footnote("ask", "--json", QUESTION, "--home", stock.home)
    assert (done.code, done.err) == (0, "")
    assert done.json["reader"] == "chat"
    assert done.json["answer"] == (
        "The first keeper of the lighthouse at Skerry Point was Ada Lorne. [1]"
    )
    [citation] = done.json["citations"]
    assert "Its first keeper was Ada Lorne" in citation["quote"]
    assert "note" not in done.json


def test_a_model_that_fails_is_stood_in_for_by_quotes_and_standard_error_says_why(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model(monkeypatch, Refuses(401, error("no such key"))):
        done = footnote("ask", "--json", QUESTION, "--home", stock.home)
    assert (done.code, done.json["reader"]) == (0, "quote")
    assert "Ada Lorne" in done.json["answer"]
    assert "chat model is unavailable" in done.json["note"]
    assert "the chat model failed: " in done.err
    assert "no such key" in done.err


def test_what_the_documents_do_not_say_is_never_asked_of_the_model(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model(monkeypatch, ANSWER) as server:
        done = footnote("ask", "--json", "Who won the cup in Lima?", "--home", stock.home)
    assert not done.json["answered"]
    assert not server.asked


def test_a_days_budget_holds_from_one_run_to_the_next(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_CHAT_DAILY_QUESTIONS", "1")
    readers = []
    for _ in range(2):
        with model(monkeypatch, ANSWER):
            done = footnote("ask", "--json", QUESTION, "--home", stock.home)
        readers.append(done.json["reader"])
    assert readers == ["chat", "quote"]
    assert "used up" in done.json["note"]


def test_a_conversation_lets_the_model_say_what_a_follow_up_means(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = [ANSWER, Says(["Where was Ada Lorne born?"]), Says(["In Tarn was she born. [1]"])]
    with model(monkeypatch, *script) as server:
        typed = f"{QUESTION}\nWhere was she born?\n"
        done = footnote("chat", "--json", "--home", stock.home, typed=typed)
    assert (done.code, len(server.asked)) == (0, 3)
    assert "Where was Ada Lorne born?" in str(server.asked[2].body)
    [_, follow_up] = done.lines
    assert "village of Tarn" in str(follow_up["citations"])


def test_what_the_model_does_wrong_ends_in_a_text_without_marks_of_nothing(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = "Ada Lorne kept the lamp for thirty years. [1] She had 7 sons. [1] She wrote. [9]"
    with model(monkeypatch, Says([wrong])):
        done = footnote("ask", QUESTION, "--home", stock.home)
    assert "kept the lamp for thirty years. [1]" in done.out
    assert "sons" not in done.out
    assert "[9]" not in done.out


def test_adding_and_listing_ask_no_model(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    with model(monkeypatch, ANSWER) as server:
        assert footnote("add", stock.notes, "--home", stock.home).code == 0
        assert footnote("list", "--home", stock.home).code == 0
        assert footnote("search", "lamp", "--home", stock.home).code == 0
    assert not server.asked


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FOOTNOTE_CHAT_MODEL", "llama3.2", ["provider:model", "ollama:llama3.2"]),
        ("FOOTNOTE_CHAT_MODEL", "nobody:nothing", ["'nobody'", "openai"]),
        ("FOOTNOTE_PROMPTS_DIR", "/nowhere", ["/nowhere", "answer.md"]),
    ],
)
def test_what_can_not_be_used_is_said_before_anything_is_asked(
    name: str, value: str, words: list[str], stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model(monkeypatch, ANSWER) as server:
        monkeypatch.setenv(name, value)
        assert_refused(footnote("ask", QUESTION, "--home", stock.home), *words)
    assert not server.asked


def test_a_prompt_of_ones_own_is_what_the_model_is_told(
    stock: Stock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "answer.md").write_text("Arr, matey.\n---\n{passages}\n{question}\n")
    monkeypatch.setenv("FOOTNOTE_PROMPTS_DIR", str(tmp_path))
    with model(monkeypatch, ANSWER) as server:
        footnote("ask", QUESTION, "--home", stock.home)
    [asked] = server.asked
    assert "Arr, matey." in str(asked.body)
