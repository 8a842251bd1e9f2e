"""The words of `footnote doctor` on the chat model."""

from contextlib import closing

import pytest

from bot.wiring import USAGE
from retrieval.answer.chat.budget import Usage
from retrieval.answer.chat.options import DailyBudget
from tests.bot.cli.test_chat_model import model
from tests.bot.conftest import Stock
from tests.support.model_server.behaviours import Refuses, Says
from tests.support.model_server.wire import error
from tests.support.shell import footnote

from .test_check_up import found

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


def test_without_a_chat_model_it_says_whose_words_answers_are(shared_stock: Stock) -> None:
    done = footnote("doctor", "--json", "--home", shared_stock.home)
    assert found(done, "chat model") == {
        "name": "chat model",
        "ok": True,
        "found": "none set; answers are the documents' own words",
        "advice": "",
    }


def test_a_chat_model_is_asked_for_a_word(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    with model(monkeypatch, Says(["Well."])) as server:
        done = footnote("doctor", "--json", "--home", stock.home)
    check = found(done, "chat model")
    assert (done.code, check["ok"], len(server.asked)) == (0, True, 1)
    assert "openai:scripted answers, with a first word after" in check["found"]
    assert "FOOTNOTE_CHAT_CONTEXT" in check["advice"]


def test_how_much_the_model_reads_is_as_set(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_CHAT_CONTEXT", "4096")
    with model(monkeypatch, Says(["Well."])):
        check = found(footnote("doctor", "--json", "--home", stock.home), "chat model")
    assert "it reads 4,096 tokens" in check["found"]
    assert check["advice"] == ""


def test_a_chat_model_that_does_not_answer_is_wrong(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with model(monkeypatch, Refuses(401, error("no such key"))):
        done = footnote("doctor", "--json", "--home", stock.home)
    check = found(done, "chat model")
    assert (done.code, check["ok"]) == (1, False)
    assert "no such key" in check["found"]
    assert "documents' own words" in check["advice"]


def test_a_chat_model_that_can_not_be_used_is_wrong(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_CHAT_MODEL", "nobody:nothing")
    done = footnote("doctor", "--json", "--home", stock.home)
    assert (done.code, found(done, "chat model")["ok"]) == (1, False)


def test_it_counts_questions_and_tokens_beside_the_days_budget(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Usage(stock.home / USAGE, DailyBudget())) as usage:
        usage.take("guild-1")
        usage.record("guild-1", 1200, 80)
    monkeypatch.setenv("FOOTNOTE_CHAT_DAILY_QUESTIONS", "50")
    with model(monkeypatch, Says(["Well."], usage=(10, 1))):
        check = found(footnote("doctor", "--json", "--home", stock.home), "chat use")
    assert "today (UTC) 1 of 50 questions" in check["found"]
    assert "in 30 days 1 questions" in check["found"]
