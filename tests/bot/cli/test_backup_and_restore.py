"""`backup` and `restore`: a home in one file, alone and through an owner."""

from pathlib import Path

import pytest

from tests.bot.conftest import NOTES, Stock
from tests.support.processes.owned_home import owned
from tests.support.shell import assert_refused, footnote

QUESTION = "Who was the first keeper of the lighthouse at Skerry Point?"


def test_what_is_backed_up_can_be_restored(stock: Stock, home: Path, folder: Path) -> None:
    made = footnote("backup", "home.backup", "--home", stock.home)
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"Backed up to home.backup: {len(NOTES)} documents, ")
    done = footnote("restore", "home.backup", "--home", home)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Restored {len(NOTES)} documents from the backup of 20")
    assert "Ada Lorne" in footnote("ask", QUESTION, "--home", home).out


def test_an_owner_backs_up_and_restores_while_it_goes_on(
    stock: Stock, home: Path, folder: Path
) -> None:
    with owned(stock.home):
        made = footnote("backup", "home.backup", "--json", "--home", stock.home)
    file = folder / "home.backup"
    assert made.json == {
        "file": str(file),
        "documents": len(NOTES),
        "bytes": file.stat().st_size,
    }
    with owned(home):
        done = footnote("restore", "home.backup", "--json", "--home", home)
        assert (done.code, done.json["documents"]) == (0, len(NOTES))
        assert "Ada Lorne" in footnote("ask", QUESTION, "--home", home).out


@pytest.mark.usefixtures("folder")
def test_a_backup_is_not_replaced_unless_one_says_so(stock: Stock) -> None:
    assert footnote("backup", "home.backup", "--home", stock.home).code == 0
    assert_refused(footnote("backup", "home.backup", "--home", stock.home), "--force")
    assert footnote("backup", "home.backup", "--force", "--home", stock.home).code == 0


def test_a_home_in_use_is_not_restored_over(stock: Stock, folder: Path) -> None:
    footnote("backup", "home.backup", "--home", stock.home)
    assert_refused(footnote("restore", "home.backup", "--home", stock.home), "holds documents")
