"""Which shards a process runs, as it is written, and whose library belongs in its home."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import read_settings
from bot.shards import Shards, read_shards
from retrieval.errors import FootnoteError
from tests.support.shell import Outcome, footnote

from .conftest import Stock

# Servers on each of four shards.
SERVERS = {shard: (4711 * 4 + shard) << 22 | 99 for shard in range(4)}


@pytest.mark.parametrize(
    ("written", "shards", "told"),
    [
        ("0/1", Shards((0,), 1), "shard 0 of 1"),
        ("0/4", Shards((0,), 4), "shard 0 of 4"),
        (" 0-1/4 ", Shards((0, 1), 4), "shards 0 and 1 of 4"),
        ("1-3/4", Shards((1, 2, 3), 4), "shards 1 to 3 of 4"),
        ("2-2/4", Shards((2,), 4), "shard 2 of 4"),
    ],
)
def test_shards_are_written_in_short_and_named_in_words(
    written: str, shards: Shards, told: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_SHARDS", written)
    assert read_settings().shards == shards
    assert str(shards) == told


@pytest.mark.parametrize(
    "written", "4 /4 0/ 0/0 4/4 0-4/4 2-1/4 -1/4 0,1/4 ٠/4 0/4/4 all 0/1000000".split()
)
def test_shards_that_cannot_be_are_refused_in_a_sentence_that_names_the_setting(
    written: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_SHARDS", written)
    with pytest.raises(FootnoteError, match=r"The setting FOOTNOTE_SHARDS is wrong: .*\.$"):
        read_settings()


def test_unset_or_empty_means_all_shards(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().shards is None
    monkeypatch.setenv("FOOTNOTE_SHARDS", "")
    assert read_settings().shards is None


@given(st.integers(0, 2**63 - 1), st.integers(1, 50), st.data())
def test_a_server_belongs_to_one_process_alone(guild: int, count: int, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, count))
    written = [f"0-{cut - 1}/{count}", *([f"{cut}-{count - 1}/{count}"] if cut < count else [])]
    processes = [read_shards(one) for one in written]
    assert [shards.have(guild) for shards in processes].count(True) == 1


# What doctor says


@pytest.fixture
def servers(stock: Stock) -> Path:
    """A home with libraries of two servers, one on shard 1 of 4 and one on shard 2."""
    for shard in (1, 2):
        library = f"guild-{SERVERS[shard]}"
        added = footnote(
            "add", stock.notes / "ferry.md", "--library", library, "--home", stock.home
        )
        assert added.code == 0
    return stock.home


def checks(done: Outcome) -> list[dict[str, Any]]:
    """Return what is said of shards."""
    return [check for check in done.json["checks"] if check["name"] == "shards"]


def test_doctor_says_nothing_of_shards_where_none_are_set(servers: Path) -> None:
    done = footnote("doctor", "--json", "--home", servers)
    assert (done.code, checks(done)) == (0, [])


def test_doctor_finds_nothing_wrong_where_every_server_is_at_home(
    servers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_SHARDS", "1-2/4")
    done = footnote("doctor", "--json", "--home", servers)
    [check] = checks(done)
    assert (done.code, check["ok"]) == (0, True)
    assert "shards 1 and 2 of 4; no library here belongs elsewhere" in check["found"]


def test_doctor_names_a_library_that_belongs_to_another_process_and_common_never_does(
    servers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_SHARDS", "0-1/4")
    done = footnote("doctor", "--json", "--home", servers)
    [check] = checks(done)
    assert (done.code, check["ok"]) == (1, False)
    assert check["found"].startswith(f"guild-{SERVERS[2]} belongs to shard 2 of 4")


def test_a_library_moved_as_doctor_says_is_whole_in_the_other_home(
    servers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, library = tmp_path / "other home", f"guild-{SERVERS[2]}"
    assert footnote("list", "--home", other).code == 0
    monkeypatch.setenv("FOOTNOTE_SHARDS", "0-1/4")
    [check] = checks(footnote("doctor", "--json", "--home", servers))
    command = check["advice"].partition("then: ")[2].partition(" (HOME")[0]
    subprocess.run(command.replace("HOME/", f"'{other}'/"), shell=True, check=True)  # noqa: S602
    [well] = checks(footnote("doctor", "--json", "--home", servers))
    assert well["ok"]
    monkeypatch.setenv("FOOTNOTE_SHARDS", "2-3/4")
    answer = footnote("ask", "When does the ferry leave?", "--library", library, "--home", other)
    assert "nine in the morning" in answer.out
    [there] = checks(footnote("doctor", "--json", "--home", other))
    assert there["ok"]
