"""The page on privacy says what the program keeps, and for how long."""

import re
from pathlib import Path

import pytest

from bot.discord.records.knowledge.personal_data import IMPERSONAL, KINDS
from bot.discord.records.question_log import KEPT_DAYS
from bot.discord.records.watched_posts import KEPT_DAYS as WATCHED_DAYS
from retrieval.store.sources.earlier import KEPT_DAYS as EARLIER_DAYS

ROOT = Path(__file__).parents[5]
NAME = re.compile(r"`(\w+)`")


@pytest.fixture(scope="module")
def page() -> str:
    """The page."""
    return (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(page: str) -> list[list[str]]:
    """The rows of its table: what, tables, of a member, for how long, who sees it."""
    lines = [line for line in page.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_table_is_named_once(rows: list[list[str]]) -> None:
    named = [name for row in rows for name in NAME.findall(row[1])]
    assert sorted(named) == sorted({*IMPERSONAL, *(name for kind in KINDS for name in kind.tables)})


def test_what_holds_nothing_of_members_is_said_to(rows: list[list[str]]) -> None:
    for row in rows:
        impersonal = {name in IMPERSONAL for name in NAME.findall(row[1])}
        assert impersonal == {row[2].startswith("nothing")}


def test_the_days_are_those_of_the_program(page: str, rows: list[list[str]]) -> None:
    days = {name: row[3] for row in rows for name in NAME.findall(row[1])}
    assert days["asked"] == f"{KEPT_DAYS} days"
    assert days["watched_posts"] == f"{WATCHED_DAYS} days"
    assert f"kept for {KEPT_DAYS} days, then dropped" in page
    assert f"keeps the version before for {EARLIER_DAYS} days" in " ".join(page.split())


@pytest.mark.parametrize("name", ["README.md", "docs/discord.md"])
def test_it_is_linked_from_where_people_look(name: str) -> None:
    assert "privacy.md" in (ROOT / name).read_text(encoding="utf-8")
