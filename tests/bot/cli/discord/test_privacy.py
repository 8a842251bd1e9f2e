"""`footnote privacy`: what is kept of a member of Discord, for who runs the bot."""

import json
from pathlib import Path

import pytest

from bot.discord.records.records import open_records
from retrieval.types import Answer
from tests.support.shell import footnote
from tests.support.texts.traces import files_with

ANN, SERVER = 987_654_321_012_345_678, 7
ASKED = "How hot is the zorrifax?"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which Ann asked something."""
    home = tmp_path / "home"
    home.mkdir()
    with open_records(home) as records:
        records.privacy.asks(1, SERVER, ANN)
        records.questions.record_answer(1, SERVER, Answer(ASKED, False, "…", 0, "quote"))
    return home


def test_it_is_shown(home: Path) -> None:
    assert footnote("privacy", str(ANN), "--home", home).out == f"1 question asked\n- {ASKED}\n"
    assert footnote("privacy", "12", "--home", home).out == "Nothing is kept.\n"
    form = footnote("privacy", str(ANN), "--json", "--home", home).json
    assert form["kept"]["questions"][0]["words"] == ASKED


def test_it_is_exported_and_deleted(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "ann.json"
    done = footnote("privacy", str(ANN), "--export", file, "--delete", "--home", home)
    assert done.code == 0
    assert done.out.startswith("Deleted: 1 question asked.\n")
    assert json.loads(file.read_text())["kept"]["questions"][0]["words"] == ASKED
    assert not files_with(home, [ANN, "zorrifax"])


def test_a_file_that_is_there_is_not_written_over(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "ann.json"
    file.write_text("mine", encoding="utf-8")
    done = footnote("privacy", str(ANN), "--export", file, "--delete", "--home", home)
    assert done.code == 1
    assert "is there already" in done.err
    assert file.read_text() == "mine"
    assert files_with(home, [ANN])
