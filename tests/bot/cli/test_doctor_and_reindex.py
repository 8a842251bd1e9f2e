"""`reindex` and `doctor`, and homes that can't be used as they are."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import torch
from filelock import FileLock

from tests.bot.conftest import NOTES, Stock
from tests.support.processes.owned_home import once_waiting
from tests.support.shell import Outcome, footnote, powerless

KEEPER = "Who was the first keeper of the lighthouse at Skerry Point?"
CHECK = ("name", "ok", "found", "advice")
ANY_VERB = [("ask", "lighthouse"), ("search", "lighthouse"), ("add", "-"), ("list",), ("doctor",)]


def in_catalog(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "libraries" / "common.db")) as connection, connection:
        connection.execute(statement)


def assert_refused(done: Outcome, *words: str) -> None:
    """It failed in a sentence on standard error."""
    assert (done.code, done.out) == (1, "")
    *_, last = done.err.splitlines()
    assert last.startswith("footnote: ")
    assert last.endswith(".")
    assert [word for word in words if word not in last] == []


# --- Another model


@pytest.fixture
def made_with_another_model(stock: Stock) -> Stock:
    in_catalog(stock.home, "UPDATE settings SET value = 'other' WHERE name = 'embedding_model'")
    return stock


@pytest.mark.parametrize("verb", [("ask", "x"), ("search", "x"), ("chat",), ("add", "-")])
def test_a_home_made_with_another_model_is_refused_with_advice(
    verb: tuple[str, ...], made_with_another_model: Stock
) -> None:
    done = footnote(*verb, "--home", made_with_another_model.home, typed="Some text.")
    assert_refused(done, "the embedding model other", "footnote reindex")


def test_doctor_says_that_another_model_made_the_home(made_with_another_model: Stock) -> None:
    done = footnote("doctor", "--json", "--home", made_with_another_model.home)
    assert done.code == 1
    assert any("footnote reindex" in check["found"] for check in done.json["checks"])


def test_reindex_changes_a_home_over_to_the_model_that_is_chosen(
    made_with_another_model: Stock,
) -> None:
    home = made_with_another_model.home
    assert footnote("reindex", "--home", home).code == 0
    assert "Ada Lorne" in footnote("ask", KEEPER, "--home", home).out


def test_reindex_with_a_model_that_cannot_be_loaded_leaves_the_home_as_it_was(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("FOOTNOTE_EMBEDDING_MODEL", "no/such")
        assert_refused(footnote("reindex", "--home", stock.home), "'no/such' could not be loaded")
    assert "Ada Lorne" in footnote("ask", KEEPER, "--home", stock.home).out


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has the device")
@pytest.mark.parametrize("device", ["cuda", "no-such-device"])
def test_a_device_that_is_not_there_is_refused_by_the_setting(
    device: str, shared_stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_DEVICE", device)
    assert_refused(footnote("ask", KEEPER, "--home", shared_stock.home), "FOOTNOTE_DEVICE")


# --- Reindexing


def test_reindex_tells_what_it_did(stock: Stock) -> None:
    done = footnote("reindex", "--json", "--home", stock.home)
    assert (done.code, done.err) == (0, "")
    assert list(done.json) == ["documents", "embedding_model"]
    assert done.json["documents"] == len(NOTES)
    assert "MiniLM" in done.json["embedding_model"]


def test_reindex_changes_no_document_and_no_answer(stock: Stock) -> None:
    def seen() -> list[str]:
        listed = footnote("list", "--json", "--home", stock.home).out
        return [listed, footnote("ask", KEEPER, "--home", stock.home).out]

    before = seen()
    assert footnote("reindex", "--home", stock.home).code == 0
    assert seen() == before


def test_reindex_does_every_library(stock: Stock) -> None:
    footnote("add", "-", "-l", "guild-1", "--home", stock.home, typed="The gate is green.")
    done = footnote("reindex", "--json", "--home", stock.home)
    assert done.json["documents"] == len(NOTES) + 1


def test_reindex_of_an_empty_home_has_nothing_to_do(home: Path) -> None:
    assert footnote("reindex", "--json", "--home", home).json["documents"] == 0


# --- Looking at the health of a home


def test_doctor_gives_its_checks_with_the_promised_keys(shared_stock: Stock) -> None:
    done = footnote("doctor", "--json", "--home", shared_stock.home)
    assert (done.code, done.err) == (0, "")
    assert list(done.json) == ["ok", "checks"]
    assert done.json["ok"] is True
    assert all(tuple(check) == CHECK for check in done.json["checks"])
    found = {check["name"]: check["found"] for check in done.json["checks"]}
    assert str(shared_stock.home) in found["home"]
    assert "384 dimensions" in found["model"]
    assert f"{len(NOTES)} documents" in found["common"]


def test_doctor_finds_an_empty_home_well_and_says_what_to_do(home: Path) -> None:
    done = footnote("doctor", "--home", home)
    assert done.code == 0
    assert "footnote add" in done.out


def test_doctor_prints_a_line_for_each_check(shared_stock: Stock) -> None:
    report = footnote("doctor", "--json", "--home", shared_stock.home).json
    printed = footnote("doctor", "--home", shared_stock.home).out
    for check in report["checks"]:
        assert f"ok     {check['name']}" in printed


def test_doctor_notices_vectors_that_are_gone_and_reindex_brings_them_back(stock: Stock) -> None:
    shutil.rmtree(stock.home / "vectors")
    ill = footnote("doctor", "--json", "--home", stock.home)
    assert ill.code == 1
    (wrong,) = [check for check in ill.json["checks"] if not check["ok"]]
    assert "footnote reindex" in wrong["advice"]
    assert "WRONG" in footnote("doctor", "--home", stock.home).out
    assert footnote("reindex", "--home", stock.home).code == 0
    assert footnote("doctor", "--home", stock.home).code == 0


def test_doctor_never_shows_the_token(shared_stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOOTNOTE_DISCORD_TOKEN", "hush-hush")
    done = footnote("doctor", "--json", "--home", shared_stock.home)
    assert "hush-hush" not in done.out + done.err


# --- Homes that can't be used


@pytest.mark.parametrize("verb", ANY_VERB[:-1])
def test_a_home_that_is_a_file_is_refused_in_a_sentence(
    verb: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    done = footnote(*verb, "--home", tmp_path / "file", typed="Some text.")
    assert_refused(done, str(tmp_path / "file"), "--home")


def test_doctor_reports_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = footnote("doctor", "--json", "--home", tmp_path / "file")
    assert done.code == 1
    assert done.json["ok"] is False
    assert done.json["checks"][0]["name"] == "home"
    assert str(tmp_path / "file") in done.json["checks"][0]["found"]


def test_a_home_that_may_not_be_written_to_is_refused_in_a_sentence(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with powerless():
        done = footnote("list", "--home", open_folder)
    assert_refused(done, str(open_folder), "Permission denied", "--home")


def test_a_home_in_use_is_waited_for(shared_stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = FileLock(shared_stock.home / "lock")
    lock.acquire()
    once_waiting(monkeypatch, lock.release)
    done = footnote("list", "--json", "--home", shared_stock.home)
    assert done.code == 0
    assert len(done.json["documents"]) == len(NOTES)
    assert done.err == f"Waiting for another footnote that uses {shared_stock.home} …\n"


@pytest.mark.parametrize("verb", ANY_VERB[:-1])
def test_a_home_that_stays_in_use_is_refused_after_a_while(
    verb: tuple[str, ...], shared_stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("retrieval.store.home.PATIENCE", 0.01)
    with FileLock(shared_stock.home / "lock"):
        done = footnote(*verb, "--home", shared_stock.home, typed="Some text.")
    assert_refused(done, "Another footnote", str(shared_stock.home))
    assert done.err.startswith("Waiting for another footnote")


@pytest.mark.parametrize("verb", ANY_VERB)
def test_a_damaged_home_gets_no_traceback(verb: tuple[str, ...], stock: Stock) -> None:
    (stock.home / "libraries" / "common.db").write_bytes(b"no database " * 1000)
    done = footnote(*verb, "--home", stock.home, typed="Some text.")
    assert done.code == 1
    assert str(stock.home) in done.out + done.err


def test_a_catalog_without_its_tables_gets_no_traceback(stock: Stock) -> None:
    in_catalog(stock.home, "DROP TABLE documents")
    assert_refused(footnote("list", "--home", stock.home))


def test_a_home_of_a_newer_footnote_is_refused(stock: Stock) -> None:
    in_catalog(stock.home, "PRAGMA user_version = 99")
    assert_refused(footnote("ask", KEEPER, "--home", stock.home), "newer Footnote")


def test_without_its_vectors_a_home_answers_and_says_why(stock: Stock) -> None:
    (stock.home / "vectors" / "chroma.sqlite3").write_bytes(b"no database " * 1000)
    done = footnote("ask", KEEPER, "--home", stock.home)
    assert done.code == 0
    assert "[1]" in done.out
    assert "answers come from the full text alone" in done.err
    assert "footnote reindex" in done.err
    assert footnote("reindex", "--home", stock.home).code == 0
    assert "catalog and vectors agree" in footnote("doctor", "--home", stock.home).out


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_without_its_server_a_home_answers_and_says_why(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOOTNOTE_CHROMA_URL", "http://127.0.0.1:9")
    done = footnote("ask", KEEPER, "--home", stock.home)
    assert (done.code, done.out.count("[1]")) == (0, 2)
    assert "The Chroma server at http://127.0.0.1:9 can't be used" in done.err
    seen = footnote("doctor", "--home", stock.home)
    assert seen.code == 1
    assert "which answer from the full text alone" in seen.out
    assert_refused(footnote("reindex", "--home", stock.home), "http://127.0.0.1:9")


def test_reindex_gives_a_home_the_multilingual_model_which_it_keeps_without_a_setting(
    stock: Stock,
) -> None:
    done = footnote("reindex", "--model", "multilingual", "--json", "--home", stock.home)
    assert done.json["embedding_model"].startswith("multilingual-e5-small@")
    asked = footnote("ask", "Wer hütet das Feuer des Leuchtturms?", "--json", "--home", stock.home)
    assert asked.code == 0, asked.err
    checks = footnote("doctor", "--json", "--home", stock.home).json["checks"]
    assert any("multilingual-e5-small" in check["found"] for check in checks)
    assert footnote("reindex", "--model", "bundled", "--home", stock.home).code == 0
    assert "Ada Lorne" in footnote("ask", KEEPER, "--home", stock.home).out


def test_reindex_with_another_model_than_the_setting_s_is_refused(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("FOOTNOTE_EMBEDDING_MODEL", "bundled")
        done = footnote("reindex", "--model", "multilingual", "--home", stock.home)
        assert_refused(done, "FOOTNOTE_EMBEDDING_MODEL is 'bundled'")
    assert "Ada Lorne" in footnote("ask", KEEPER, "--home", stock.home).out


def test_reindex_with_a_model_that_cannot_be_had_changes_nothing(stock: Stock) -> None:
    done = footnote("reindex", "--model", "no/such", "--home", stock.home)
    assert_refused(done, "'no/such' could not be loaded")
    assert "Ada Lorne" in footnote("ask", KEEPER, "--home", stock.home).out
