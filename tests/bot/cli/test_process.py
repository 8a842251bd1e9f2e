"""Every verb as a user starts it: a process of its own, its JSON read from standard output.

The processes run once for the whole module, two at a time; most of what they take is starting.
"""

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import NOTES, Stock
from tests.support.shell import Outcome, footnote, footnote_process
from tests.support.texts.golden import town_cases, write_cases, write_towns

QUESTION = "Who left the UN's human rights office in New York, and why?"
ON_TERMINAL = {"add", "eval", "calibrate"}
IN_PIPES = {"ask", "chat", "search", "list", "show", "remove", "refresh", "reindex", "doctor"}
VERBS = ON_TERMINAL | IN_PIPES


@pytest.fixture(scope="module")
def outcomes(
    shared_stock: Stock, cases: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Outcome]:
    """Return how each verb went: `ask` on an empty home, and those that take long on a terminal."""
    place = tmp_path_factory.mktemp("processes")
    stocked = {verb: shutil.copytree(shared_stock.home, place / verb) for verb in VERBS - {"ask"}}
    lighthouse = id_of(shared_stock, "lighthouse.txt")
    recipe = place / "recipe.txt"
    recipe.write_text("Boil the soup for one hour.")
    assert footnote("add", recipe, "--home", stocked["refresh"]).code == 0
    recipe.write_text("Boil the soup for two hours.")
    soup = id_of(Stock(stocked["refresh"], shared_stock.notes), recipe.name)
    new = place / "new"
    new.mkdir()
    (new / "tide.txt").write_text("High tide at Skerry comes an hour later every day.")
    (new / "wind.md").write_text("# Wind\n\nThe wind at Skerry blows from the west.")
    towns = write_cases(place / "towns.yaml", *town_cases())
    plain: dict[str, list[str | Path]] = {
        "add": [new],
        "eval": [cases],
        "calibrate": [towns, "--documents", write_towns(place / "towns")],
        "search": ["rye bread", "-k", "2"],
        "list": [],
        "show": [lighthouse],
        "remove": [lighthouse],
        "refresh": [soup],
        "reindex": [],
        "doctor": [],
    }
    with ThreadPoolExecutor(2) as pool:
        running = {
            "ask": pool.submit(
                footnote_process, "ask", QUESTION, "--json", home=place / "empty", cold=True
            ),
            "chat": pool.submit(
                footnote_process,
                "chat",
                "--json",
                home=stocked["chat"],
                typed="Who ran the ferry?\nWhere was he born?\n",
            ),
        } | {
            verb: pool.submit(
                footnote_process,
                verb,
                *arguments,
                "--json",
                home=stocked[verb],
                terminal=verb in ON_TERMINAL,
            )
            for verb, arguments in plain.items()
        }
        return {verb: process.result() for verb, process in running.items()}


def id_of(stock: Stock, name: str) -> str:
    documents = footnote("list", "--json", "--home", stock.home).json["documents"]
    (id,) = [document["id"] for document in documents if Path(document["source"]).name == name]
    assert isinstance(id, str)
    return id


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_ends_with_0_when_it_is_done(verb: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[verb].code == 0, outcomes[verb].err


@pytest.mark.parametrize("verb", sorted(IN_PIPES - {"ask"}))
def test_in_a_pipe_nothing_is_said_but_the_result(verb: str, outcomes: dict[str, Outcome]) -> None:
    assert outcomes[verb].err == ""


def test_ask_on_an_empty_home_adds_the_sample_and_says_so(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["ask"].err == "No documents yet: added the built-in sample briefing.\n"


def test_ask_answers_from_the_sample(outcomes: dict[str, Outcome]) -> None:
    answer = outcomes["ask"].json
    assert answer["question"] == QUESTION
    assert answer["answered"] is True
    assert "Mokhiber" in answer["answer"]
    assert {citation["source"] for citation in answer["citations"]} == {"footnote:sample"}


def test_chat_answers_a_line_of_json_each_and_follows_what_was_meant(
    outcomes: dict[str, Outcome],
) -> None:
    first, second = outcomes["chat"].lines
    assert "Ivo Brand" in first["answer"]
    assert second["question"] == "Where was he born?"
    assert "Holm" in second["answer"]


def test_search_gives_as_many_passages_as_asked_for(outcomes: dict[str, Outcome]) -> None:
    found = outcomes["search"].json
    assert found["query"] == "rye bread"
    assert found["passages"][0]["title"] == "Baking rye bread"
    assert len(found["passages"]) == 2


def test_add_goes_through_a_folder(outcomes: dict[str, Outcome]) -> None:
    added = outcomes["add"].json
    assert sorted(document["title"] for document in added["added"]) == ["Wind", "tide"]
    assert added["unchanged"] == added["failed"] == []


def test_add_draws_a_progress_bar_on_a_terminal(outcomes: dict[str, Outcome]) -> None:
    assert "━" in outcomes["add"].err
    assert "passages" in outcomes["add"].err


def test_eval_measures_and_draws_a_progress_bar_on_a_terminal(
    outcomes: dict[str, Outcome], measured: Any
) -> None:
    assert outcomes["eval"].json["cases"] == measured["cases"]
    assert re.search(rf"Asking .*━.*\d/{len(measured['cases'])}", outcomes["eval"].err)
    assert "Adding" not in outcomes["eval"].err


def test_calibrate_draws_one_for_documents_and_one_for_questions(
    outcomes: dict[str, Outcome],
) -> None:
    found = outcomes["calibrate"].json
    assert (found["questions"], found["kept"]) == (40, True)
    assert re.search(r"Adding .*━.*\d/20", outcomes["calibrate"].err)
    assert re.search(r"Asking .*━.*\d/40", outcomes["calibrate"].err)


def test_list_lists_every_document(outcomes: dict[str, Outcome]) -> None:
    assert len(outcomes["list"].json["documents"]) == len(NOTES)


def test_show_gives_the_stored_text(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["show"].json["text"] == NOTES["lighthouse.txt"]


def test_remove_tells_what_it_removed(outcomes: dict[str, Outcome]) -> None:
    (removed,) = outcomes["remove"].json["removed"]
    assert removed["title"] == "lighthouse"


def test_refresh_replaces_what_has_changed(outcomes: dict[str, Outcome]) -> None:
    (added,) = outcomes["refresh"].json["added"]
    assert added["title"] == "recipe"
    assert added["replaced"] is True


def test_reindex_tells_how_many_documents_it_did(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["reindex"].json["documents"] == len(NOTES)


def test_doctor_finds_a_used_home_well(outcomes: dict[str, Outcome]) -> None:
    report = outcomes["doctor"].json
    assert report["ok"] is True
    assert all(check["ok"] for check in report["checks"])


def test_help_is_answered_before_the_heavy_libraries_are_loaded() -> None:
    heavy = {"torch", "transformers", "sentence_transformers", "chromadb", "langchain_core"}
    program = (
        f"import sys, bot.cli\ntry: bot.cli.main()\nfinally: print({heavy} & set(sys.modules))"
    )
    command = [sys.executable, "-c", program, "ask", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("set()\n")
