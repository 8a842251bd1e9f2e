"""`footnote gaps`: what members asked in Discord without a good answer."""

from pathlib import Path

import pytest

from bot.discord.records.records import open_records
from retrieval.types import Answer
from tests.support.shell import footnote

SERVER, OTHER = 7, 77
SAUNA = "How hot is the sauna?"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with a document, in which two servers asked."""
    home, file = tmp_path / "home", tmp_path / "baths.txt"
    file.write_text("The baths open at six in the morning.", encoding="utf-8")
    assert footnote("add", file, "--home", home).code == 0
    with open_records(home) as records:
        asked = [(SAUNA, SERVER), ("how hot is it in the sauna?", SERVER), ("Any dogs?", OTHER)]
        for id, (question, server) in enumerate(asked, start=1):
            records.questions.record_answer(id, server, Answer(question, False, "…", 0, "quote"))
        records.questions.record_answer(9, None, Answer("Is there tea?", False, "…", 0, "quote"))
    return home


def test_they_are_listed_with_their_number_and_what_came_nearest(home: Path) -> None:
    out = footnote("gaps", "--home", home).out
    assert "   2 ×  " in out
    assert f"(server {SERVER}, today)" in out
    assert "nearest: baths: “The baths open at six in the morning.”" in out
    assert "(direct messages, today)" in out


def test_as_json_each_has_its_questions(home: Path) -> None:
    gaps = footnote("gaps", "--json", "--home", home).json["gaps"]
    assert [(gap["server"], gap["count"]) for gap in gaps] == [(None, 1), ("7", 2), ("77", 1)]
    assert {one["question"] for one in gaps[1]["questions"]} >= {SAUNA}
    assert gaps[1]["nearest"]["title"] == "baths"


def test_one_servers_alone_may_be_listed(home: Path) -> None:
    gaps = footnote("gaps", "--server", str(OTHER), "--json", "--home", home).json["gaps"]
    assert [gap["question"] for gap in gaps] == ["Any dogs?"]


def test_where_nobody_asked_it_says_so(tmp_path: Path) -> None:
    done = footnote("gaps", "--home", tmp_path / "home")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("No gaps:")
