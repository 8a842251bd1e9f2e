"""The words of `footnote doctor` on Discord, and on what was asked there."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot import VERSION
from bot.discord.records.question_log import QuestionLog
from bot.discord.startup.portal import BAD_TOKEN, Application
from bot.doctor.check_up import check_up
from bot.remote.owner_address import OwnedError, Owner, new_token
from bot.settings import Settings, read_settings
from retrieval.errors import FootnoteError
from retrieval.types import Answer
from tests.bot.conftest import Stock
from tests.support.shell import Outcome, footnote


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    """A token in the settings."""
    monkeypatch.setenv("FOOTNOTE_DISCORD_TOKEN", "hush-hush")
    return "hush-hush"


def answering(patch: pytest.MonkeyPatch, said: Application | FootnoteError) -> list[str]:
    """Has Discord's portal say something; returns the tokens that it is asked about."""
    tokens: list[str] = []

    async def look_up(token: str) -> Application:
        tokens.append(token)
        if isinstance(said, FootnoteError):
            raise said
        return said

    patch.setattr("bot.discord.startup.portal.look_up", look_up)
    return tokens


def found(done: Outcome, name: str) -> dict[str, Any]:
    """One of the checks."""
    [check] = [check for check in done.json["checks"] if check["name"] == name]
    assert isinstance(check, dict)
    return check


@pytest.mark.parametrize(
    ("granted", "words"), [(True, "may read along"), (False, "has to be mentioned")]
)
def test_it_says_whose_the_token_is_and_how_to_invite_it(
    shared_stock: Stock, monkeypatch: pytest.MonkeyPatch, token: str, granted: bool, words: str
) -> None:
    tokens = answering(monkeypatch, Application(4711, "Librarian", granted))
    done = footnote("doctor", "--json", "--home", shared_stock.home)
    check = found(done, "discord")
    assert (done.code, check["ok"], tokens) == (0, True, [token])
    assert "Librarian" in check["found"]
    assert words in check["found"]
    assert "client_id=4711" in check["found"]


def test_a_token_that_discord_refuses_is_wrong_and_it_says_what_to_click(
    shared_stock: Stock, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    answering(monkeypatch, FootnoteError(BAD_TOKEN))
    done = footnote("doctor", "--json", "--home", shared_stock.home)
    assert (done.code, found(done, "discord")["ok"]) == (1, False)
    assert found(done, "discord")["found"] == BAD_TOKEN
    assert token not in done.out + done.err


def test_without_a_token_discord_is_not_asked(
    shared_stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = answering(monkeypatch, FootnoteError(BAD_TOKEN))
    assert footnote("doctor", "--home", shared_stock.home).code == 0
    assert not tokens


def test_it_counts_what_was_asked_and_how_it_was_liked(stock: Stock) -> None:
    before = found(footnote("doctor", "--json", "--home", stock.home), "activity")
    assert "nobody has asked" in before["found"]
    record(stock.home / "activity.db")
    after = found(footnote("doctor", "--json", "--home", stock.home), "activity")
    assert "2 questions in Discord, 1 of them not in the documents; 1 👍, 2 👎" in after["found"]


def record(path: Path) -> None:
    """Two questions, one of them not answered, and three votes."""
    with closing(QuestionLog(path)) as question_log:
        question_log.record_answer(1, None, Answer("When?", True, "At nine.", 0.9, "quote"))
        question_log.record_answer(2, None, Answer("Why?", False, "Not said.", 0.1, "quote"))
        for member, up in ((10, True), (20, False), (30, False)):
            question_log.vote(1, None, member, up)


def test_a_home_that_somebody_has_just_taken_is_theirs_to_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Owner(pid=4711, version=VERSION, token=new_token())

    @contextmanager
    def taken(settings: Settings) -> Iterator[None]:
        raise OwnedError(tmp_path, owner)
        yield

    monkeypatch.setattr("bot.doctor.check_up.open_library", taken)
    with pytest.raises(OwnedError):
        list(check_up(read_settings(tmp_path)))


def test_a_home_with_the_sample_alone_is_told_how_to_add_documents(tmp_path: Path) -> None:
    home = tmp_path / "home"
    footnote("ask", "Who is Anne Bayefsky?", "--home", home)
    checks = footnote("doctor", "--json", "--home", home).json["checks"]
    [check] = [check for check in checks if check["name"] == "documents"]
    assert check["advice"] == "footnote add FILE_OR_FOLDER …"
