"""`--baseline`: an earlier run beside this one."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.report.baseline import Baseline, compare, read_baseline
from bot.report.eval_json import case_form
from retrieval.evaluation.figures import Figure, every_figure
from retrieval.evaluation.golden import Golden, Kind, Outcome
from retrieval.evaluation.run import Evaluation
from retrieval.types import Answer
from tests.bot.conftest import Stock
from tests.support.shell import assert_refused, footnote, measure
from tests.support.texts.golden import case, write_cases


@pytest.fixture
def changed(tmp_path: Path) -> tuple[Path, Path, Path]:
    """A home whose documents have changed, a file of cases, and what was printed before that."""
    home, notes, asked = tmp_path / "changed", tmp_path / "notes", tmp_path / "c.yaml"
    notes.mkdir()
    write_cases(
        asked,
        case("For how long is the soup boiled?", "one hour"),
        case("Where does the key of the tower hang?", "kitchen clock"),
        case("Which colour is the gate of the garden?", "green"),
    )
    (notes / "gate.txt").write_text("The gate of the garden is green.")
    (notes / "soup.txt").write_text("The soup is boiled for one hour.")
    (notes / "key.txt").write_text("The key of the tower hangs behind the stove.")
    assert footnote("add", notes, "--home", home).code == 0
    earlier = tmp_path / "earlier.json"
    earlier.write_text(footnote("eval", asked, "--json", "--home", home).out)
    (notes / "soup.txt").write_text("The soup is boiled for two hours.")
    (notes / "key.txt").write_text("The key of the tower hangs behind the kitchen clock.")
    assert footnote("add", notes, "--home", home).code == 0
    return home, asked, earlier


def test_cases_that_changed_sides_since_an_earlier_run_are_named(
    changed: tuple[Path, Path, Path], measured: Any
) -> None:
    home, asked, earlier = changed
    form = measure(home, asked, "--baseline", earlier)
    assert list(form) == [*measured, "mended", "broken"]
    (mended,), (broken,) = form["mended"], form["broken"]
    assert mended == {
        "question": "Where does the key of the tower hang?",
        "library": "common",
        "kind": "answerable",
        "passed": True,
    }
    assert broken["question"] == "For how long is the soup boiled?"
    assert broken["passed"] is False


def test_a_terminal_shows_the_earlier_figures_and_the_cases_that_changed_sides(
    changed: tuple[Path, Path, Path],
) -> None:
    home, asked, earlier = changed
    done = footnote("eval", asked, "--baseline", earlier, "--home", home)
    assert (done.code, done.err) == (0, "")
    lines = [line.rstrip() for line in done.out.splitlines()]
    assert lines[0].split() == ["figure", "now", "before", "change"]
    assert re.search(r"^  answer in the quotes +0\.667 +0\.667 +±0 *$", done.out, re.MULTILINE)
    at = lines.index("Right now, wrong before:")
    assert lines[at + 1 : at + 5] == [
        "  Where does the key of the tower hang?",
        "",
        "Wrong now, right before:",
        "  For how long is the soup boiled?",
    ]


def test_a_report_tells_of_an_earlier_run(changed: tuple[Path, Path, Path], tmp_path: Path) -> None:
    home, asked, earlier = changed
    page = tmp_path / "report.html"
    done = footnote("eval", asked, "--baseline", earlier, "--report", page, "--home", home)
    assert done.code == 0
    assert "Since the earlier run: 1 mended, 1 broken." in page.read_text()


def test_a_run_beside_itself_has_no_cases_that_changed_sides(
    cases: Path, measured: Any, shared_stock: Stock, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(json.dumps(measured))
    form = measure(shared_stock.home, cases, "--baseline", earlier)
    assert form["mended"] == form["broken"] == []
    done = footnote("eval", cases, "--baseline", earlier, "--home", shared_stock.home)
    assert "before:" not in done.out


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "no JSON",
        "[]",
        "7",
        "{}",
        '{"cases": 7}',
        '{"cases": [{}]}',
        '{"cases": ["a"]}',
        "\udcff",
    ],
    ids=ascii,
)
def test_a_baseline_that_is_no_earlier_run_is_refused(
    text: str, right: Path, shared_stock: Stock, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_bytes(text.encode(errors="surrogateescape"))
    done = footnote("eval", right, "--baseline", earlier, "--home", shared_stock.home)
    assert_refused(done, str(earlier), "footnote eval --json")


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize(
    ("name", "reason"), [("nowhere.json", "No such file"), (".", "Is a directory")]
)
def test_a_baseline_that_can_not_be_read_is_refused(
    name: str, reason: str, right: Path, shared_stock: Stock, tmp_path: Path
) -> None:
    done = footnote("eval", right, "--baseline", tmp_path / name, "--home", shared_stock.home)
    assert_refused(done, str(tmp_path / name), reason)


# --- Piece by piece


def outcome(
    question: str, right: bool = True, kind: Kind = Kind.ANSWERABLE, library: str = "common"
) -> Outcome:
    """A question that came out right or not: it is answered or abstained from."""
    golden = Golden(question, ("green",) if kind is Kind.ANSWERABLE else (), "", "", library, kind)
    text = "It is green." if right is (kind is Kind.ANSWERABLE) else "Not said."
    return Outcome(golden, Answer(question, text == "It is green.", text, 0.5, "quote"))


def earlier_run(path: Path, *outcomes: Outcome, **figures: object) -> Baseline:
    """Return what is read from a file that tells how some questions came out."""
    form = {**figures, "cases": [case_form(one) for one in outcomes]}
    path.write_text(json.dumps(form), encoding="utf-8")
    return read_baseline(path)


def test_only_cases_that_were_asked_both_times_change_sides(tmp_path: Path) -> None:
    before = (
        outcome("both, broken"),
        outcome("both, mended", False),
        outcome("both, right"),
        outcome("then"),
    )
    now = (
        outcome("both, mended"),
        outcome("both, broken", False),
        outcome("both, right"),
        outcome("now, right"),
        outcome("now, wrong", False),
    )
    comparison = compare(earlier_run(tmp_path / "run.json", *before), (), Evaluation(now))
    assert comparison.mended == (now[0],)
    assert comparison.broken == (now[1],)


def test_a_question_is_another_one_in_another_library_or_of_another_kind(tmp_path: Path) -> None:
    before = (
        outcome("?", library="guild-1"),
        outcome("?", kind=Kind.ABSENT),
        outcome("?", False, Kind.TRICK),
    )
    now = (
        outcome("?", False),
        outcome("?", False, library="guild-1"),
        outcome("?", kind=Kind.TRICK),
    )
    comparison = compare(earlier_run(tmp_path / "run.json", *before), (), Evaluation(now))
    assert comparison.broken == now[1:2]
    assert comparison.mended == now[2:]


def test_a_case_is_the_same_wherever_in_its_file_it_stands(tmp_path: Path) -> None:
    before = outcome("Which colour?")
    golden = replace(before.golden, answers=("red",), source="gate.txt", place="other.yaml:99")
    now = replace(before, golden=golden)
    comparison = compare(earlier_run(tmp_path / "run.json", before), (), Evaluation((now,)))
    assert comparison.broken == (now,)


def test_controls_change_no_sides(tmp_path: Path) -> None:
    run = earlier_run(tmp_path / "run.json", outcome("?"))
    comparison = compare(run, (), Evaluation((), (outcome("?", False),)))
    assert comparison.mended == comparison.broken == ()


def test_earlier_figures_are_found_by_their_dotted_names(tmp_path: Path) -> None:
    run = earlier_run(
        tmp_path / "run.json",
        **{
            "hit@1": 1,
            "mrr": None,
            "abstention": {"recall": 0.25, "answered_at_1%": 0.5},
            "ask_ms": 7,
        },
    )
    names = ["hit@1", "mrr", "ndcg@5", "ask_ms.p50", "abstention.recall", "abstention"]
    names.append("abstention.answered_at_1%")
    comparison = compare(run, [Figure(name, name, 0.5) for name in names], Evaluation(()))
    assert comparison.before == {
        "hit@1": 1.0,
        "abstention.recall": 0.25,
        "abstention.answered_at_1%": 0.5,
    }


def test_what_is_printed_now_is_a_baseline_later(measured: Any, tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(measured), encoding="utf-8")
    figures = [figure for figure in every_figure() if not figure.name.startswith("unanswerable")]
    before = compare(read_baseline(path), figures, Evaluation(())).before
    assert list(before) == [figure.name for figure in figures]
    assert before["ask_ms.p50"] == measured["ask_ms"]["p50"]


def test_a_question_that_two_files_ask_is_compared_with_its_own(
    tmp_path: Path, shared_stock: Stock
) -> None:
    question = "Who was the first keeper of the lighthouse at Skerry Point?"
    asked = [
        write_cases(tmp_path / "a.yaml", case(question, "Ada Lorne")),
        write_cases(tmp_path / "b.yaml", case(question, "Nobody knows")),
    ]
    earlier = tmp_path / "earlier.json"
    done = footnote("eval", *asked, "--json", "--home", shared_stock.home)
    earlier.write_text(done.out, encoding="utf-8-sig")  # as some shells redirect
    form = measure(shared_stock.home, *asked, "--baseline", earlier)
    assert (form["mended"], form["broken"]) == ([], [])
