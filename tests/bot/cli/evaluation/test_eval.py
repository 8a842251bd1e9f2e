"""`eval`: golden questions in, figures out, and every failed case with what came instead."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from retrieval.library import Library
from tests.bot.conftest import Stock
from tests.support.shell import assert_refused, contents, footnote, measure
from tests.support.texts.golden import (
    BORN,
    BREAD,
    CASES,
    KEEPER,
    LAMP,
    LEAD,
    MERCURY,
    RIGHT,
    TICKET,
    WRONG,
    case,
    write_cases,
)

ABSTENTION = ("questions", "precision", "recall", "auroc")
AT_FALSE_ANSWERS = tuple(f"answered_at_{percent}%" for percent in (1, 2, 5, 10))
FIGURES = [
    *("questions", "answerable", "hit@1", "hit@3", "hit@5", "mrr", "ndcg@5"),
    *("answer_in_quote", "answer_in_quote_never_abstaining"),
    *("right_document", "quoted_characters", "abstention"),
    *("ask_ms", "questions_a_second", "threshold", "failures", "cases"),
]
FAILURE = [
    *("question", "place", "why", "expected", "source"),
    *("answer", "confidence", "rank", "citations"),
]


def why(form: Any) -> dict[str, str]:
    """Return what went wrong with each failed case, by its question."""
    return {failure["question"]: failure["why"] for failure in form["failures"]}


@pytest.fixture(scope="module")
def printed(cases: Path, shared_stock: Stock) -> list[str]:
    """The lines that a terminal shows of them."""
    done = footnote("eval", cases, "--home", shared_stock.home)
    assert (done.code, done.err) == (0, "")
    return [line.rstrip() for line in done.out.splitlines()]


# --- The figures


def test_the_figures_have_the_promised_names_and_no_others(measured: Any) -> None:
    assert list(measured) == FIGURES
    assert list(measured["abstention"]) == [*ABSTENTION, *AT_FALSE_ANSWERS]
    assert list(measured["ask_ms"]) == ["p50", "p95"]


def test_the_figures_are_those_of_the_cases(measured: Any) -> None:
    assert (measured["questions"], measured["answerable"]) == (8, 6)
    assert measured["hit@5"] == pytest.approx(5 / 6, abs=1e-4)
    assert measured["answer_in_quote"] == 3 / 6
    assert measured["right_document"] == 1 / 2
    abstention = {name: measured["abstention"][name] for name in ABSTENTION[:3]}
    assert abstention == {"questions": 2, "precision": 1 / 2, "recall": 1 / 2}


def test_the_figures_agree_with_each_other(measured: Any) -> None:
    hits = [measured[f"hit@{k}"] for k in (1, 3, 5)]
    assert 0 < hits[0] <= measured["mrr"] <= measured["ndcg@5"] <= hits[2]
    assert hits == sorted(hits)
    assert 0 < measured["ask_ms"]["p50"] <= measured["ask_ms"]["p95"]
    assert measured["questions_a_second"] > 0
    assert measured["quoted_characters"] > len("Ada Lorne")
    shares = [measured["abstention"][name] for name in AT_FALSE_ANSWERS]
    assert all(share <= more for share, more in pairwise(shares))
    assert 0 <= measured["abstention"]["auroc"] <= 1


def test_every_case_is_listed_with_how_it_came_out(measured: Any) -> None:
    assert measured["cases"] == [
        {
            "question": one["question"],
            "library": "common",
            "kind": "absent" if one["expect"] == "abstain" else "answerable",
            "passed": one in RIGHT,
        }
        for one in CASES
    ]


def test_every_failure_says_why_and_what_came_instead(measured: Any) -> None:
    assert why(measured) == {str(one["question"]): cause for cause, one in WRONG.items()}
    failures = {failure["why"]: failure for failure in measured["failures"]}
    assert all(list(failure) == FAILURE for failure in failures.values())
    lead = failures["abstained"]
    assert lead["expected"] == ["Ada  Lorne", "Ivo Brand"]
    assert lead["source"] is None
    assert (lead["answer"], lead["citations"]) == ("The documents don't say.", [])
    assert lead["confidence"] < measured["threshold"]
    assert lead["rank"] in range(1, 6)
    assert failures["not retrieved"]["rank"] is None
    bread = failures["cited another document"]
    assert bread["source"] == "lighthouse"
    assert "an hour" in bread["answer"]
    assert bread["citations"][0]["title"] == "Baking rye bread"
    born = failures["should have abstained"]
    assert born["expected"] == "abstain"
    assert "Tarn" in born["answer"]
    assert born["confidence"] >= measured["threshold"]


def test_a_failure_names_the_file_and_line_of_its_case(measured: Any, cases: Path) -> None:
    lines = cases.read_text().splitlines()
    for failure in measured["failures"]:
        name, _, line = failure["place"].rpartition(":")
        assert name == "cases.yaml"
        assert lines[int(line) - 1] == f"- question: {failure['question']}"


def test_cases_that_are_all_answerable_measure_no_abstaining(
    tmp_path: Path, shared_stock: Stock
) -> None:
    form = measure(shared_stock.home, write_cases(tmp_path / "c.yaml", RIGHT[0]))
    assert form["answer_in_quote"] == form["hit@1"] == 1.0
    assert form["abstention"]["questions"] == 0
    assert all(form["abstention"][name] is None for name in (*ABSTENTION[1:], *AT_FALSE_ANSWERS))


def test_cases_that_are_all_to_abstain_on_measure_no_finding(
    tmp_path: Path, shared_stock: Stock
) -> None:
    form = measure(shared_stock.home, write_cases(tmp_path / "c.yaml", case(MERCURY)))
    assert (form["questions"], form["answerable"]) == (1, 0)
    assert form["hit@1"] is form["mrr"] is form["answer_in_quote"] is None
    assert form["abstention"]["recall"] == 1.0
    assert form["abstention"]["auroc"] is None


# --- What a terminal shows


def test_a_terminal_shows_one_table_of_the_figures(printed: list[str], measured: Any) -> None:
    table = printed[: printed.index("")]
    assert [line for line in table if not line.startswith(" ")] == [
        *("Finding", "Quoting", "Abstaining", "Speed")
    ]
    shown = {
        name: value
        for line in table
        if (row := re.fullmatch(r"  (.+?)  +(\S+(?: ms)?)", line))
        for name, value in [row.groups()]
    }
    assert shown["questions"] == "8"
    assert shown["hit@1"] == f"{measured['hit@1']:.3f}"
    assert shown["answer in the quotes"] == "0.500"
    assert shown["absent ones abstained on"] == "0.500"
    assert "5 of 8 cases failed:" in printed


@pytest.mark.parametrize("cause", list(WRONG))
def test_a_terminal_shows_two_lines_for_a_failed_case(
    cause: str, printed: list[str], measured: Any
) -> None:
    (failure,) = [failure for failure in measured["failures"] if failure["why"] == cause]
    heading = f"{cause}: {failure['question']}  {failure['place']}"
    before, _, detail, after = [*printed, ""][printed.index(heading) - 1 :][:4]
    assert before == after == ""
    assert detail.startswith("   expected ")
    if cause == "abstained":
        assert "“Ada Lorne” or “Ivo Brand”; it abstained, at a confidence of 0." in detail
        assert f"below {measured['threshold']:.2f}, though passage {failure['rank']} " in detail
    else:
        # A long answer is cut short.
        assert f"came “{failure['answer'][:100]}" in detail
        assert f"” from {failure['citations'][0]['title']}" in detail


def test_cases_that_come_out_right_are_not_listed(printed: list[str]) -> None:
    assert not [line for line in printed for one in RIGHT if str(one["question"]) in line]


def test_where_nothing_failed_only_the_figures_are_shown(right: Path, shared_stock: Stock) -> None:
    done = footnote("eval", right, "--home", shared_stock.home)
    assert (done.code, done.err) == (0, "")
    assert "failed" not in done.out
    assert "" not in done.out.splitlines()


# --- Sources and libraries


@pytest.mark.parametrize(
    ("source", "is_it"),
    [
        ("Baking rye bread", True),
        ("baking RYE bread", True),
        ("baking.html", True),
        ("more/baking.html", True),
        ("aking.html", False),
        ("rye bread", False),
        ("ferry.md", False),
    ],
)
def test_a_source_is_a_title_or_the_end_of_where_a_document_is_from(
    source: str, is_it: bool, tmp_path: Path, shared_stock: Stock
) -> None:
    asked = write_cases(tmp_path / "c.yaml", case(BREAD, "an hour", source=source))
    form = measure(shared_stock.home, asked)
    assert form["right_document"] == float(is_it)
    assert why(form) == ({} if is_it else {BREAD: "cited another document"})


@pytest.fixture
def guild(stock: Stock) -> Stock:
    """A home with a second library."""
    note = "The key of the tower hangs behind the kitchen clock."
    assert footnote("add", "-", "-l", "guild-1", "--home", stock.home, typed=note).code == 0
    return stock


def test_a_case_is_asked_of_its_library_and_otherwise_of_the_one_that_is_named(
    guild: Stock, tmp_path: Path
) -> None:
    asked = write_cases(
        tmp_path / "c.yaml",
        case("Where does the key of the tower hang?", "kitchen clock"),
        case(KEEPER, "Ada Lorne", library="common"),
    )
    form = measure(guild.home, asked, "--library", "guild-1")
    assert [one["library"] for one in form["cases"]] == ["guild-1", "common"]
    assert form["failures"] == []


def test_the_same_may_be_asked_of_two_libraries(guild: Stock, tmp_path: Path) -> None:
    question = "Where does the key of the tower hang?"
    asked = write_cases(
        tmp_path / "c.yaml",
        case(question, "kitchen clock", library="guild-1"),
        case(question, "kitchen clock"),
    )
    form = measure(guild.home, asked)
    assert [one["passed"] for one in form["cases"]] == [True, False]


@pytest.mark.usefixtures("unasked")
def test_a_library_that_is_not_there_is_refused_with_the_place_of_the_case(
    tmp_path: Path, shared_stock: Stock
) -> None:
    asked = write_cases(tmp_path / "c.yaml", *RIGHT, case(LEAD, library="guild-7"))
    line = asked.read_text().splitlines().index(f"- question: {LEAD}") + 1
    done = footnote("eval", asked, "--home", shared_stock.home)
    assert_refused(done, f"c.yaml:{line}", "'guild-7'", "There are: common")
    assert not list(shared_stock.home.rglob("guild-7*"))


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize(
    ("name", "words"),
    [("guild-9", "There is no library 'guild-9'"), ("No Such", "can't be called 'No Such'")],
)
def test_naming_a_library_that_is_not_there_is_refused(
    name: str, words: str, right: Path, shared_stock: Stock
) -> None:
    done = footnote("eval", right, "--library", name, "--home", shared_stock.home)
    assert_refused(done, words)


@pytest.mark.usefixtures("unasked")
def test_an_empty_home_is_refused_and_given_no_sample(right: Path, home: Path) -> None:
    done = footnote("eval", right, "--json", "--home", home)
    assert_refused(done, "'common' holds no documents", "footnote add", "--documents")
    assert footnote("list", "--json", "--home", home).json["documents"] == []


# --- Several files, and a few of many questions


def test_several_files_are_asked_in_their_order(tmp_path: Path, shared_stock: Stock) -> None:
    first = write_cases(tmp_path / "first.yaml", RIGHT[1], WRONG["not retrieved"])
    second = write_cases(tmp_path / "second.yml", RIGHT[0], WRONG["should have abstained"])
    form = measure(shared_stock.home, second, first)
    assert [one["question"] for one in form["cases"]] == [KEEPER, BORN, TICKET, LAMP]
    assert [failure["place"] for failure in form["failures"]] == ["second.yml:3", "first.yaml:6"]


def test_a_file_that_is_named_twice_counts_once(right: Path, shared_stock: Stock) -> None:
    same = right.with_name("same.yaml")
    same.symlink_to(right)
    assert measure(shared_stock.home, right, same, right)["questions"] == len(RIGHT)


@pytest.mark.parametrize("most", [1, 3, 5, 8])
def test_a_few_questions_are_always_the_same_spread_over_all(
    most: int, cases: Path, shared_stock: Stock
) -> None:
    form = measure(shared_stock.home, cases, "--questions", str(most))
    chosen = [CASES[number * len(CASES) // most] for number in range(most)]
    assert [one["question"] for one in form["cases"]] == [one["question"] for one in chosen]


def test_more_questions_than_there_are_are_all_of_them(right: Path, shared_stock: Stock) -> None:
    assert measure(shared_stock.home, right, "--questions", "999")["questions"] == len(RIGHT)


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize("most", ["0", "-1", "many", "2.5", ""])
def test_a_number_of_questions_that_is_none_is_wrong_usage(
    most: str, right: Path, shared_stock: Stock
) -> None:
    done = footnote("eval", right, "--questions", most, "--home", shared_stock.home)
    assert (done.code, done.out) == (2, "")
    assert "--questions" in done.err


# --- Documents in a temporary home


def test_documents_are_asked_in_a_home_of_their_own(
    cases: Path, measured: Any, shared_stock: Stock, home: Path, temporary: Path
) -> None:
    form = measure(home, cases, "--documents", shared_stock.notes)
    assert form["cases"] == measured["cases"]
    assert not home.exists()
    assert list(temporary.iterdir()) == []


def test_documents_leave_the_home_as_it_is(stock: Stock, tmp_path: Path, temporary: Path) -> None:
    note = tmp_path / "key.txt"
    note.write_text("The key of the tower hangs behind the kitchen clock.")
    question = "Where does the key of the tower hang?"
    asked = write_cases(tmp_path / "c.yaml", case(question, "kitchen clock"), case(KEEPER))
    before = contents(stock.home)
    assert measure(stock.home, asked, "--documents", note)["failures"] == []
    assert contents(stock.home) == before
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(
    "order",
    [
        ("QUESTIONS", "--documents", "FERRY", "LIGHTHOUSE"),
        ("QUESTIONS", "--documents", "FERRY", "--documents", "LIGHTHOUSE"),
        ("--documents", "FERRY", "QUESTIONS", "--documents", "LIGHTHOUSE"),
        ("--documents", "LIGHTHOUSE", "QUESTIONS", "FERRY"),
    ],
    ids=" ".join,
)
def test_several_documents_are_named_in_any_order(
    order: tuple[str, ...], right: Path, shared_stock: Stock, home: Path
) -> None:
    places = {
        "QUESTIONS": right,
        "FERRY": shared_stock.notes / "ferry.md",
        "LIGHTHOUSE": shared_stock.notes / "lighthouse.txt",
    }
    form = measure(home, *(places.get(word, word) for word in order))
    assert form["questions"] == len(RIGHT)
    assert form["failures"] == []


def test_documents_go_into_the_library_that_is_named(
    right: Path, shared_stock: Stock, home: Path
) -> None:
    form = measure(home, right, "--documents", shared_stock.notes, "--library", "guild-1")
    assert {one["library"] for one in form["cases"]} == {"guild-1"}
    assert form["failures"] == []


@pytest.mark.usefixtures("unasked")
def test_documents_that_can_not_be_read_are_refused(
    right: Path, home: Path, tmp_path: Path, temporary: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    for name in ("nowhere", "empty", "picture.txt"):
        done = footnote("eval", right, "--documents", tmp_path / name, "--home", home)
        assert_refused(done, str(tmp_path / name))
    assert not home.exists()
    assert list(temporary.iterdir()) == []


def test_a_run_that_is_stopped_leaves_nothing_behind(
    right: Path, shared_stock: Stock, home: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Library, "ask", stop)
    done = footnote("eval", right, "--documents", shared_stock.notes, "--json", "--home", home)
    assert (done.code, done.out) == (130, "")
    assert not home.exists()
    assert list(temporary.iterdir()) == []


# --- The report


def test_a_report_is_written_beside_what_is_printed(
    cases: Path, measured: Any, shared_stock: Stock, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    page.write_text("what was there before")
    done = footnote("eval", cases, "--report", page, "--json", "--home", shared_stock.home)
    assert done.code == 0
    assert done.json["cases"] == measured["cases"]
    assert str(page) in done.err
    html = page.read_text()
    assert html.startswith("<!doctype html>")
    assert "cases.yaml" in html
    assert LAMP in html
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_report_is_written_even_where_figures_are_not_reached(
    right: Path, shared_stock: Stock, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    gate = ("--fail-under", "unanswerable.recall=1")
    done = footnote("eval", right, "--report", page, *gate, "--home", shared_stock.home)
    assert done.code == 1
    assert page.exists()


@pytest.mark.usefixtures("unasked")
def test_a_folder_that_is_missing_is_told_before_anything_is_asked(
    right: Path, shared_stock: Stock, tmp_path: Path
) -> None:
    page = tmp_path / "nowhere" / "report.html"
    done = footnote("eval", right, "--report", page, "--home", shared_stock.home)
    assert_refused(done, str(page.parent))


@pytest.mark.usefixtures("unasked")
def test_a_report_that_can_not_be_written_is_told_before_anything_is_asked(
    right: Path, shared_stock: Stock, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    done = footnote("eval", right, "--report", folder, "--json", "--home", shared_stock.home)
    assert_refused(done, str(folder), "is a folder")
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("unasked")
def test_a_report_does_not_replace_the_questions(right: Path, shared_stock: Stock) -> None:
    questions = right.read_text()
    done = footnote("eval", right, "--report", right, "--home", shared_stock.home)
    assert_refused(done, str(right))
    assert right.read_text() == questions


def test_questions_in_a_file_of_another_name_are_no_documents(
    tmp_path: Path, shared_stock: Stock
) -> None:
    asked = [write_cases(tmp_path / f"q{n}.txt", one) for n, one in enumerate(RIGHT[:2])]
    done = footnote("eval", *asked, "--documents", shared_stock.notes, "--json")
    assert done.json["questions"] == 2


def test_a_case_of_a_library_that_documents_do_not_fill_is_refused(
    tmp_path: Path, shared_stock: Stock
) -> None:
    asked = write_cases(tmp_path / "c.yaml", case(KEEPER, library="guild-7"))
    done = footnote("eval", asked, "--documents", shared_stock.notes)
    assert_refused(done, "c.yaml:1", "'guild-7'", "--documents")
