"""`calibrate`: confidence fitted to the operator's own questions, kept in the home or given up."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retrieval.answer.confidence import Signals
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.weights.calibration_file import FILE, SavedCalibration, keep, measured_with
from retrieval.weights.fitted import Calibration, load_fitted
from tests.bot.conftest import Stock
from tests.support.processes.owned_home import owned
from tests.support.shell import Outcome, assert_refused, footnote
from tests.support.texts.golden import (
    OTHER_QUESTIONS,
    TOWN_QUESTIONS,
    article,
    case,
    town_articles,
    town_cases,
    write_cases,
    write_squad,
    write_towns,
)

pytestmark = pytest.mark.long

STANDING = ["auroc", "threshold", "answered", "false_answers"]
SHIPPED = load_fitted()
ASKED = next(iter(TOWN_QUESTIONS))
STALE = "The home's own calibration was measured with another model or an older Footnote"


@pytest.fixture(scope="module")
def shared_towns(tmp_path_factory: pytest.TempPathFactory, one_model: None) -> Stock:
    """A home with twenty documents of a sentence each, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("towns")
    stock = Stock(folder / "home", write_towns(folder / "notes"))
    assert footnote("add", stock.notes, "--home", stock.home).code == 0
    return stock


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty questions that the towns answer, and twenty about other things."""
    return write_cases(tmp_path_factory.mktemp("questions") / "towns.yaml", *town_cases())


@pytest.fixture
def towns(shared_towns: Stock, tmp_path: Path) -> Stock:
    """A home with the same documents, to be calibrated."""
    return Stock(shutil.copytree(shared_towns.home, tmp_path / "towns"), shared_towns.notes)


@pytest.fixture(scope="module")
def refitted(shared_towns: Stock, questions: Path) -> Any:
    """Return what `--json` prints of a dry run."""
    return calibrate(shared_towns.home, questions, "--dry-run")


@pytest.fixture(scope="module")
def dry_run(shared_towns: Stock, questions: Path) -> Outcome:
    """Return what a terminal shows of a dry run."""
    return footnote("calibrate", questions, "--dry-run", "--home", shared_towns.home)


@pytest.fixture(scope="module")
def calibrated(
    shared_towns: Stock, questions: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Outcome]:
    """A home that is calibrated, and what a terminal showed of that."""
    home = shutil.copytree(shared_towns.home, tmp_path_factory.mktemp("calibrated") / "home")
    return home, footnote("calibrate", questions, "--home", home)


def calibrate(home: Path, *arguments: str | Path) -> Any:
    done = footnote("calibrate", *arguments, "--json", "--home", home)
    assert (done.code, done.err) == (0, "")
    return done.json


def keep_calibration(home: Path, embedder: SentenceEmbedder, **numbers: float) -> Calibration:
    """Gives a home a calibration of its own, the shipped one but for some numbers."""
    calibration = replace(
        SHIPPED.confidence, data="my own questions", date=date(2026, 1, 2), **numbers
    )
    keep(home, SavedCalibration(measured_with(embedder.identity, SHIPPED.ranking), calibration))
    return calibration


def threshold(home: Path, tmp_path: Path) -> float:
    """The threshold that answers of a home go by."""
    asked = write_cases(tmp_path / "one.yaml", case(ASKED))
    value = footnote("eval", asked, "--json", "--home", home).json["threshold"]
    assert isinstance(value, float)
    return value


def checked(home: Path) -> Mapping[str, Any]:
    """Return what `doctor` says of the calibration."""
    checks = footnote("doctor", "--json", "--home", home).json["checks"]
    (check,) = [check for check in checks if check["name"] == "confidence"]
    assert isinstance(check, dict)
    return check


def answered(home: Path) -> bool:
    return bool(footnote("ask", ASKED, "--json", "--home", home).json["answered"])


# --- Enough questions


@pytest.mark.parametrize(
    ("answerable", "others", "missing"),
    [
        (12, 19, "8 more with an answer and 1 more to abstain on"),
        (19, 20, "1 more with an answer"),
        (20, 1, "19 more to abstain on"),
        (0, 20, "20 more with an answer"),
    ],
)
def test_too_few_questions_are_refused_with_what_is_missing(
    answerable: int, others: int, missing: str, towns: Stock, tmp_path: Path
) -> None:
    few = write_cases(tmp_path / "few.yaml", *town_cases(answerable, others))
    done = footnote("calibrate", few, "--home", towns.home)
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        f"footnote: There are {answerable} questions with an answer and {others} to abstain on, "
        f"and 20 of each are needed. Add {missing}.\n"
    )
    assert not (towns.home / FILE).exists()


def test_questions_that_are_left_out_may_be_missing(towns: Stock, questions: Path) -> None:
    done = footnote("calibrate", questions, "--questions", "30", "--home", towns.home)
    assert_refused(done, "There are 15 questions with an answer and 15 to abstain on")


def test_questions_of_several_files_count_together(shared_towns: Stock, tmp_path: Path) -> None:
    cases = town_cases()
    files = [write_cases(tmp_path / f"{number}.yaml", *cases[number::2]) for number in range(2)]
    found = calibrate(shared_towns.home, *files, "--dry-run")
    assert found["questions"] == 40
    assert found["calibration"]["data"] == "0.yaml, 1.yaml, 40 questions"


# --- What a calibration is worth


def test_a_dry_run_shows_what_it_would_be_worth(refitted: Any) -> None:
    assert list(refitted) == ["questions", "before", "after", "calibration", "kept"]
    assert refitted["questions"] == 40
    assert list(refitted["before"]) == list(refitted["after"]) == STANDING
    assert refitted["before"]["threshold"] == SHIPPED.confidence.threshold
    assert refitted["after"]["threshold"] == refitted["calibration"]["threshold"]
    for standing in (refitted["before"], refitted["after"]):
        assert all(0 <= standing[name] <= 1 for name in STANDING)
    assert refitted["after"]["auroc"] > 0.9
    assert refitted["after"]["false_answers"] <= 0.05
    assert refitted["calibration"]["data"] == "towns.yaml, 40 questions"
    assert refitted["calibration"]["date"] == date.today().isoformat()


def test_a_dry_run_keeps_nothing(
    shared_towns: Stock, dry_run: Outcome, refitted: Any, tmp_path: Path
) -> None:
    assert (dry_run.code, dry_run.err) == (0, "Nothing was changed: this was a dry run.\n")
    assert refitted["kept"] is False
    assert not (shared_towns.home / FILE).exists()
    assert threshold(shared_towns.home, tmp_path) == SHIPPED.confidence.threshold


def test_a_terminal_shows_before_beside_after(dry_run: Outcome, refitted: Any) -> None:
    heading, *rows = dry_run.out.splitlines()
    assert heading.split() == ["before", "after,", "cross-validated"]
    before, after = refitted["before"], refitted["after"]
    assert [re.split(r"  +", row.strip()) for row in rows] == [
        ["AUROC of confidence", f"{before['auroc']:.3f}", f"{after['auroc']:.3f}"],
        ["threshold", f"{before['threshold']:.3f}", f"{after['threshold']:.3f}"],
        [
            "questions with an answer, answered",
            f"{before['answered']:.1%}",
            f"{after['answered']:.1%}",
        ],
        [
            "questions to abstain on, answered",
            f"{before['false_answers']:.1%}",
            f"{after['false_answers']:.1%}",
        ],
    ]


def test_the_share_of_false_answers_bounds_them_and_moves_the_threshold(
    shared_towns: Stock, questions: Path, refitted: Any
) -> None:
    none, all_of_them = (
        calibrate(shared_towns.home, questions, "--dry-run", "--false-answers", share)
        for share in ("0", "1")
    )
    assert none["after"]["false_answers"] == 0
    thresholds = [found["after"]["threshold"] for found in (none, refitted, all_of_them)]
    assert thresholds == sorted(thresholds, reverse=True)


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize("share", ["1.01", "-0.1", "nan", "5%", ""])
def test_a_share_that_is_none_is_wrong_usage(
    share: str, shared_towns: Stock, questions: Path
) -> None:
    done = footnote("calibrate", questions, "--false-answers", share, "--home", shared_towns.home)
    assert (done.code, done.out) == (2, "")
    assert "--false-answers" in done.err


# --- Keeping it


def test_what_is_kept_decides_over_later_answers(
    calibrated: tuple[Path, Outcome], refitted: Any, tmp_path: Path
) -> None:
    home, done = calibrated
    assert done.code == 0
    assert "questions with an answer, answered" in done.out
    assert str(home) in done.err
    assert "--reset" in done.err
    assert threshold(home, tmp_path) == refitted["calibration"]["threshold"]


def test_nothing_but_the_calibration_is_left_in_the_home(
    calibrated: tuple[Path, Outcome], shared_towns: Stock
) -> None:
    before, after = (
        {path.name for path in home.iterdir()} for home in (shared_towns.home, calibrated[0])
    )
    assert after == {*before, FILE}


def test_doctor_says_whose_calibration_is_in_force(
    calibrated: tuple[Path, Outcome], shared_towns: Stock, refitted: Any
) -> None:
    shipped, own = checked(shared_towns.home), checked(calibrated[0])
    assert (shipped["ok"], own["ok"]) == (True, True)
    assert shipped["found"].startswith("as it comes with Footnote: answers from ")
    assert SHIPPED.confidence.data in shipped["found"]
    value = refitted["calibration"]["threshold"]
    assert own["found"] == (
        f"your own: answers from {value:.2f}; fitted {date.today()} to towns.yaml, 40 questions"
    )


def test_fitting_again_sets_out_from_what_comes_with_footnote(
    calibrated: tuple[Path, Outcome], questions: Path, refitted: Any
) -> None:
    again = calibrate(calibrated[0], questions)
    assert again["kept"] is True
    assert again["calibration"] == refitted["calibration"]
    assert again["before"]["threshold"] == refitted["after"]["threshold"]


def test_a_calibration_of_ones_own_makes_answers_surer_or_rarer(
    towns: Stock, embedder: SentenceEmbedder
) -> None:
    assert answered(towns.home)
    keep_calibration(towns.home, embedder, threshold=1.0)
    assert not answered(towns.home)
    keep_calibration(towns.home, embedder, threshold=0.0)
    assert answered(towns.home)


def test_documents_are_asked_in_a_home_of_their_own_and_the_result_stays_in_the_home(
    shared_towns: Stock, questions: Path, refitted: Any, home: Path, temporary: Path
) -> None:
    found = calibrate(home, questions, "--documents", shared_towns.notes)
    assert found["calibration"] == refitted["calibration"]
    assert [path.name for path in home.iterdir()] == [FILE]
    assert list(temporary.iterdir()) == []
    assert checked(home)["found"].startswith("your own: ")


def test_articles_are_fitted_to_in_halves_and_without_their_tricks(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Counter[str]()
    signals = Library.signals

    def counted(library: Library, question: str, libraries: Sequence[str]) -> Signals | None:
        asked.update(libraries)
        return signals(library, question, libraries)

    monkeypatch.setattr(Library, "signals", counted)
    trick = article("Sark", "The town of Sark is small.", {"What is the town of Sark?": ""})
    file = write_squad(tmp_path / "towns.json", [*town_articles(), trick])
    found = calibrate(home, file, "--dry-run")
    assert found["questions"] == 40
    assert asked == {"first-half": 20, "second-half": 20}
    assert found["after"]["auroc"] > 0.9
    assert not home.exists()


# --- Going back


def test_reset_goes_back_to_what_comes_with_footnote(
    towns: Stock, embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    keep_calibration(towns.home, embedder, threshold=0.7654)
    assert threshold(towns.home, tmp_path) == 0.7654
    done = footnote("calibrate", "--reset", "--home", towns.home)
    assert (done.code, done.err) == (0, "")
    assert done.out == "Back to the calibration that comes with Footnote.\n"
    assert not (towns.home / FILE).exists()
    assert threshold(towns.home, tmp_path) == SHIPPED.confidence.threshold


def test_reset_says_whether_there_was_anything_to_give_up(
    towns: Stock, embedder: SentenceEmbedder
) -> None:
    keep_calibration(towns.home, embedder)
    assert calibrate(towns.home, "--reset") == {"reset": True}
    assert calibrate(towns.home, "--reset") == {"reset": False}
    assert "none of your own" in footnote("calibrate", "--reset", "--home", towns.home).out


def test_reset_makes_no_home(home: Path) -> None:
    assert calibrate(home, "--reset") == {"reset": False}
    assert not home.exists()


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize(
    "arguments",
    [(), ("--dry-run",), ("--reset", "FILE"), ("--reset", "--dry-run"), ("--reset", "--force")],
    ids=" ".join,
)
def test_it_is_either_a_file_or_a_reset(
    arguments: tuple[str, ...], towns: Stock, questions: Path, embedder: SentenceEmbedder
) -> None:
    keep_calibration(towns.home, embedder)
    named = [questions if argument == "FILE" else argument for argument in arguments]
    done = footnote("calibrate", *named, "--home", towns.home)
    assert (done.code, done.out) == (2, "")
    assert "--reset" in done.err
    assert (towns.home / FILE).exists()


# --- A fit that would answer less


@pytest.fixture
def generous(towns: Stock, embedder: SentenceEmbedder) -> Stock:
    """A home that answers whatever it is asked."""
    keep_calibration(towns.home, embedder, threshold=0.0)
    return towns


@pytest.fixture(scope="module")
def misleading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Questions of which a third of the answerable ones are about nothing in the documents."""
    cases = [*town_cases(14, 10), *(case(question, "x") for question in OTHER_QUESTIONS[10:])]
    absent = (case(f"{question} And when?") for question in OTHER_QUESTIONS[:10])
    return write_cases(tmp_path_factory.mktemp("misleading") / "q.yaml", *cases, *absent)


def test_a_fit_that_answers_a_tenth_less_is_refused_and_changes_nothing(
    generous: Stock, misleading: Path
) -> None:
    before = (generous.home / FILE).read_bytes()
    done = footnote("calibrate", misleading, "--json", "--home", generous.home)
    assert done.code == 1
    found = done.json
    assert found["kept"] is False
    assert found["before"]["answered"] - found["after"]["answered"] > 0.1
    assert done.err.startswith("footnote: Nothing was changed: ")
    assert f"{found['after']['answered']:.1%}" in done.err
    assert "100.0% are now" in done.err
    assert "--force" in done.err
    assert (generous.home / FILE).read_bytes() == before


def test_force_keeps_it_all_the_same(generous: Stock, misleading: Path) -> None:
    found = calibrate(generous.home, misleading, "--force")
    assert found["kept"] is True
    kept = json.loads((generous.home / FILE).read_text())["calibration"]
    assert kept["threshold"] == found["calibration"]["threshold"]


def test_a_dry_run_says_that_it_would_be_refused(generous: Stock, misleading: Path) -> None:
    done = footnote("calibrate", misleading, "--dry-run", "--home", generous.home)
    assert done.code == 0
    assert "this was a dry run" in done.err
    assert "--force alone" in done.err


# --- Where an owner has the home


def test_calibrate_and_reset_take_effect_in_the_owner_at_once(
    towns: Stock, questions: Path, refitted: Any, tmp_path: Path
) -> None:
    here: list[str | Path] = []
    with owned(towns.home):
        for more in (here, ["--documents", towns.notes]):
            assert threshold(towns.home, tmp_path) == SHIPPED.confidence.threshold
            assert footnote("calibrate", questions, *more, "--home", towns.home).code == 0
            fitted = refitted["calibration"]["threshold"]
            assert threshold(towns.home, tmp_path) == fitted != SHIPPED.confidence.threshold
            assert checked(towns.home)["found"].startswith("your own: ")
            assert calibrate(towns.home, "--reset") == {"reset": True}
        assert threshold(towns.home, tmp_path) == SHIPPED.confidence.threshold
        assert checked(towns.home)["found"].startswith("as it comes with Footnote: ")


# --- A calibration that can't be used


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\xff\xfe", b"[]", b"{}", b'{"measured_with": "x", "calibration": {}}'],
    ids=ascii,
)
def test_a_damaged_calibration_is_reported_and_reset_mends_it(
    damage: bytes, towns: Stock, questions: Path
) -> None:
    file = towns.home / FILE
    file.write_bytes(damage)
    for verb in (("ask", ASKED), ("eval", questions), ("calibrate", questions), ("list",)):
        done = footnote(*verb, "--home", towns.home)
        assert_refused(done, str(file), "footnote calibrate --reset")
    ill = footnote("doctor", "--json", "--home", towns.home)
    assert ill.code == 1
    assert any(str(file) in check["found"] for check in ill.json["checks"] if not check["ok"])
    assert calibrate(towns.home, "--reset") == {"reset": True}
    assert answered(towns.home)
    assert footnote("doctor", "--home", towns.home).code == 0


@pytest.fixture(params=["another model", "another ranking"])
def stale(request: pytest.FixtureRequest, towns: Stock, embedder: SentenceEmbedder) -> Stock:
    """A home whose calibration was measured with what is no longer used, and abstains always."""
    keep_calibration(towns.home, embedder, threshold=1.0)
    form = json.loads((towns.home / FILE).read_text())
    if request.param == "another model":
        form["measured_with"] = measured_with("another model", SHIPPED.ranking)
    else:
        other = replace(SHIPPED.ranking, passage_dense=SHIPPED.ranking.passage_dense + 1)
        form["measured_with"] = measured_with(embedder.identity, other)
    (towns.home / FILE).write_text(json.dumps(form))
    return towns


def test_a_stale_calibration_is_announced_and_not_used(stale: Stock, tmp_path: Path) -> None:
    done = footnote("ask", ASKED, "--json", "--home", stale.home)
    assert done.code == 0
    assert done.json["answered"] is True
    assert done.err.startswith(STALE)
    assert "footnote calibrate" in done.err
    assert done.err.count("\n") == 1
    assert threshold(stale.home, tmp_path) == SHIPPED.confidence.threshold


def test_doctor_calls_a_stale_calibration_wrong_and_says_what_to_do(stale: Stock) -> None:
    check = checked(stale.home)
    assert check["ok"] is False
    assert check["found"].startswith("as it comes with Footnote: ")
    assert "not used" in check["found"]
    assert "`footnote calibrate --reset`" in check["advice"]
    printed = footnote("doctor", "--home", stale.home)
    assert printed.code == 1
    assert "WRONG  confidence" in printed.out


def test_a_stale_calibration_is_mended_by_another(stale: Stock, questions: Path) -> None:
    done = footnote("calibrate", questions, "--json", "--home", stale.home)
    assert done.code == 0
    assert done.json["before"]["threshold"] == SHIPPED.confidence.threshold
    assert checked(stale.home)["ok"] is True
    assert answered(stale.home)


# --- What else a calibration decides over


def test_a_temporary_home_goes_by_the_calibration_of_the_home(
    home: Path, shared_towns: Stock, embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    keep_calibration(home, embedder, threshold=0.7654)
    asked = write_cases(tmp_path / "one.yaml", case(ASKED))
    squad = write_squad(tmp_path / "two.json", town_articles()[:2])
    for arguments in ([asked, "--documents", shared_towns.notes], [squad]):
        done = footnote("eval", *arguments, "--json", "--home", home)
        assert (done.code, done.err) == (0, "")
        assert done.json["threshold"] == 0.7654
    assert [path.name for path in home.iterdir()] == [FILE]


def test_a_report_names_the_calibration_that_was_in_force(
    towns: Stock, embedder: SentenceEmbedder, tmp_path: Path
) -> None:
    keep_calibration(towns.home, embedder, threshold=0.7654)
    asked, page = write_cases(tmp_path / "one.yaml", case(ASKED)), tmp_path / "report.html"
    assert footnote("eval", asked, "--report", page, "--home", towns.home).code == 0
    assert "2026-01-02 to my own questions" in page.read_text()


# --- Questions that can't be asked


@pytest.mark.usefixtures("unasked")
def test_files_are_read_as_eval_reads_them(
    shared_towns: Stock, questions: Path, home: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("- question: Who?\n  expects: Ada\n")
    done = footnote("calibrate", wrong, "--home", shared_towns.home)
    assert_refused(done, str(wrong), "line 2")
    done = footnote("calibrate", tmp_path / "nowhere.yaml", "--home", shared_towns.home)
    assert_refused(done, "nowhere.yaml", "No such file")
    done = footnote("calibrate", questions, "--library", "guild-7", "--home", shared_towns.home)
    assert_refused(done, "'guild-7'")
    done = footnote("calibrate", questions, "--home", home)
    assert_refused(done, "'common' holds no documents")


def test_no_question_is_both_asked_and_another(questions: Path) -> None:
    assert len({*TOWN_QUESTIONS, *OTHER_QUESTIONS}) == 40
    assert len(questions.read_text().splitlines()) == 80
