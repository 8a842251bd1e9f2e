"""The shell, with answers that a real small model writes: what is shown stands in the documents."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.models.real import NAME
from tests.support.shell import Outcome, footnote_process

pytestmark = [pytest.mark.model, pytest.mark.allow_hosts(["127.0.0.1"])]

NOTE = (
    "The ferry to Skerry leaves at nine in the morning. A ticket costs four crowns. The ferry was "
    "run by Ivo Brand for ten summers. Ivo Brand was born in the port of Holm."
)
MARK = re.compile(r"\[(\d+)\]")


@pytest.fixture
def home(tmp_path: Path, smollm: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one document, and the model in the settings."""
    note = tmp_path / "ferry.txt"
    note.write_text(NOTE)
    monkeypatch.chdir(tmp_path)
    settings = {"FOOTNOTE_CHAT_MODEL": f"openai:{NAME}", "FOOTNOTE_CHAT_URL": smollm}
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    assert footnote_process("add", note, home=tmp_path / "home").code == 0
    return tmp_path / "home"


def answers(done: Outcome) -> list[dict[str, Any]]:
    """The answers that were printed, a line each."""
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def assert_stands_in_the_documents(answer: dict[str, Any]) -> None:
    """Every footnote is to the letter, and every mark is a footnote's."""
    for citation in answer["citations"]:
        assert NOTE[citation["start"] : citation["end"]] == citation["quote"]
    numbers = {citation["number"] for citation in answer["citations"]}
    assert {int(number) for number in MARK.findall(answer["answer"])} == numbers


def test_an_answer_is_written_by_the_model_and_cited(home: Path) -> None:
    done = footnote_process("ask", "--json", "When does the ferry to Skerry leave?", home=home)
    [answer] = answers(done)
    assert (answer["reader"], answer["answered"]) == ("chat", True)
    assert "nine in the morning" in answer["answer"]
    assert_stands_in_the_documents(answer)


def test_a_conversation_finds_who_is_meant(home: Path) -> None:
    typed = "Who ran the ferry?\nWhere was he born?\n"
    [first, then] = answers(footnote_process("chat", "--json", home=home, typed=typed))
    assert "Ivo Brand" in str(first["citations"])
    assert "port of Holm" in str(then["citations"])
    for answer in (first, then):
        assert_stands_in_the_documents(answer)


def test_what_the_documents_do_not_say_is_not_made_up(home: Path) -> None:
    [answer] = answers(footnote_process("ask", "--json", "Who won the cup in Lima?", home=home))
    assert not answer["answered"]


def test_the_terminal_shows_the_answer_whole_and_once(home: Path) -> None:
    done = footnote_process("ask", "When does the ferry to Skerry leave?", home=home)
    assert done.out.count("leaves at nine in the morning. [1]") == 1
    assert "ferry.txt" in done.out


def test_doctor_says_that_it_answers_and_what_it_has_used(home: Path) -> None:
    footnote_process("ask", "When does the ferry to Skerry leave?", home=home)
    [report] = answers(footnote_process("doctor", "--json", home=home))
    found = {check["name"]: check for check in report["checks"]}
    assert found["chat model"]["ok"]
    assert f"openai:{NAME} answers" in found["chat model"]["found"]
    assert "1 questions" in found["chat use"]["found"]
    assert not re.search(r"\b0 tokens read", found["chat use"]["found"])
