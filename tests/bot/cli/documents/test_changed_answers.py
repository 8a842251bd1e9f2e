"""After a sync it is told whose answer is another now: of golden questions, and of liked ones."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cli.documents.changed_answers import comparing_in_background
from bot.discord.records.golden_questions import watched_questions
from bot.discord.records.question_log import QuestionLog
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.types import Answer
from tests.bot.cli.documents.test_sync import harbour as harbour  # noqa: PLC0414 -- a fixture
from tests.bot.cli.documents.test_sync import ids, synced
from tests.support.homes import opened
from tests.support.shell import footnote

WIND, TIDE = "Where does the wind blow from?", "When does high tide come?"
CASES = f"- question: {WIND}\n  expect: west\n- question: {TIDE}\n  expect: an hour later\n"
ANSWER = Answer(WIND, True, "From the west.", 0.9, "quote")
WEST, EAST = "The wind blows from the west.", "The wind blows from the east."


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """A file of golden questions."""
    file = tmp_path / "cases.yaml"
    file.write_text(CASES)
    return file


def like(home: Path, question: str, guild: int | None = None, up: bool = True) -> None:
    """Has a member vote on the answer to a question in Discord."""
    with closing(QuestionLog(home / "activity.db")) as log:
        number = len(log.liked(100)) + 1
        answered = replace(ANSWER, question=question)
        log.record_answer(number, guild, answered)
        log.vote(number, guild, 7, up)


def changed(home: Path, *arguments: str | Path) -> list[dict[str, Any]]:
    """The answers that are others after a sync."""
    found = synced(home, *map(str, arguments))["changed_answers"]
    assert isinstance(found, list)
    return found


def test_a_golden_question_with_another_answer_is_told_with_both_quotes(
    home: Path, harbour: Path, cases: Path
) -> None:
    id = ids(home)["wind.txt"]
    (harbour / "wind.txt").write_text(EAST)
    (one,) = changed(home, "--golden", cases)
    assert one == {
        "question": WIND,
        "before": {"quotes": [WEST], "documents": [id]},
        "after": {"quotes": [EAST], "documents": [id]},
    }
    assert changed(home, "--golden", cases) == []


def test_it_is_printed_with_the_verb_that_takes_it_back(
    home: Path, harbour: Path, cases: Path
) -> None:
    id = ids(home)["wind.txt"]
    (harbour / "wind.txt").unlink()
    told = footnote("sync", "--golden", cases, "--home", home).out
    assert f"  {WIND}\n    before: “{WEST}”\n    now:    the documents don't say\n" in told
    assert f"footnote restore-version {id}" in told


def test_questions_in_the_homes_own_folder_are_asked_each_time(
    home: Path, harbour: Path, cases: Path
) -> None:
    (home / "golden").mkdir()
    cases.rename(home / "golden" / "cases.yaml")
    (harbour / "wind.txt").write_text(EAST)
    done = footnote("refresh", "--json", "--home", home)
    assert [one["question"] for one in done.json["changed_answers"]] == [WIND]


def test_answers_that_members_liked_are_watched(home: Path, harbour: Path) -> None:
    like(home, WIND)
    like(home, TIDE, up=False)
    (harbour / "wind.txt").write_text(EAST)
    (harbour / "tide.txt").write_text("High tide comes at noon.")
    assert [one["question"] for one in changed(home)] == [WIND]


def test_what_a_server_asks_is_watched_in_its_own_library_and_in_common(
    home: Path, harbour: Path, embedder: SentenceEmbedder
) -> None:
    like(home, WIND, guild=5)
    with opened(home, embedder) as library:
        (watched,) = watched_questions(library, "common")
        assert watched.libraries == ("common",)
        assert watched_questions(library, "guild-6") == []
    footnote("add", harbour, "-l", "guild-5", "--home", home)
    with opened(home, embedder) as library:
        (watched,) = watched_questions(library, "guild-5")
        assert watched.libraries == ("guild-5", "common")


def test_nothing_is_asked_where_only_the_outcome_is_wanted(
    home: Path, harbour: Path, cases: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a question was asked")

    monkeypatch.setattr(Library, "retriever", refuse)
    (harbour / "wind.txt").write_text(EAST)
    assert changed(home, "--golden", cases, "--dry-run") == []


def test_a_golden_file_that_cannot_be_read_is_refused_before_anything_changes(
    home: Path, harbour: Path, cases: Path
) -> None:
    cases.write_text("no cases")
    (harbour / "wind.txt").write_text(EAST)
    done = footnote("sync", "--golden", cases, "--home", home)
    assert (done.code, done.out) == (1, "")
    assert footnote("sync", "--dry-run", "--home", home).out.endswith("1 replaced, 2 unchanged.\n")


def test_what_the_background_changed_is_kept_for_doctor(
    home: Path, harbour: Path, cases: Path, embedder: SentenceEmbedder
) -> None:
    (home / "golden").mkdir()
    (home / "golden" / "bad.yaml").write_text("no cases")
    (harbour / "wind.txt").write_text(EAST)
    with opened(home, embedder) as library:
        with comparing_in_background(library, "common") as hearing:
            hearing.changes += library.sync()
        assert hearing.answers == []  # the questions can't be read, and the sync went on
        (home / "golden" / "bad.yaml").write_text(CASES)
        (harbour / "wind.txt").write_text(WEST)
        with comparing_in_background(library, "common") as hearing:
            hearing.changes += library.sync()
        assert [one.question for one in hearing.answers] == [WIND]
    checks = footnote("doctor", "--json", "--home", home).json["checks"]
    (told,) = [check["found"] for check in checks if check["name"] == "answers"]
    assert told.startswith("1 answer changed with common on 2")
    assert WIND in told
