"""`eval` of SQuAD's articles: asked whole, and in halves for what is absent."""

from pathlib import Path
from typing import Any

import pytest

from tests.bot.conftest import Stock
from tests.support.shell import assert_refused, contents, footnote, measure
from tests.support.texts.golden import article, write_squad

ARTICLES = [
    article(
        "Skerry_Lighthouse",
        "Ada Lorne built the lighthouse at Skerry Point in 1851.",
        {
            "Who built the lighthouse at Skerry Point?": "Ada Lorne",
            "Who painted the lighthouse at Skerry Point?": "",
        },
    ),
    article(
        "Rye bread",
        "Rye bread is baked for an hour at two hundred degrees.",
        {"How long is rye bread baked?": "an hour"},
    ),
    article(
        "Kettles",
        "Red kettles are sold at the market of Tarn.",
        {"Where are red kettles sold?": "market of Tarn"},
    ),
    article(
        "Tides",
        "High tide at Holm comes fifty minutes later every day.",
        {"How much later does high tide come at Holm?": "fifty minutes"},
    ),
]
ANSWERABLE = [
    *("Who built the lighthouse at Skerry Point?", "How long is rye bread baked?"),
    *("Where are red kettles sold?", "How much later does high tide come at Holm?"),
]
TRICK = "Who painted the lighthouse at Skerry Point?"


@pytest.fixture(scope="module")
def squad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of four articles, with one of SQuAD's tricks."""
    return write_squad(tmp_path_factory.mktemp("squad") / "squad.json", ARTICLES)


@pytest.fixture(scope="module")
def squad_measured(squad: Path, shared_stock: Stock) -> Any:
    """Return what `--json` prints of them."""
    return measure(shared_stock.home, squad)


def test_articles_are_asked_whole_for_what_they_answer(squad_measured: Any) -> None:
    assert (squad_measured["questions"], squad_measured["answerable"]) == (5, 4)
    assert squad_measured["answer_in_quote"] == squad_measured["right_document"] == 1.0
    found = [one for one in squad_measured["cases"] if one["kind"] == "answerable"]
    assert [one["question"] for one in found] == ANSWERABLE
    assert {one["library"] for one in found} == {"common"}


def test_questions_on_one_half_are_absent_from_the_other(squad_measured: Any) -> None:
    absent = [one for one in squad_measured["cases"] if one["kind"] == "absent"]
    halves = [*["second-half"] * 2, *["first-half"] * 2]
    assert [(one["question"], one["library"]) for one in absent] == [
        *zip(ANSWERABLE, halves, strict=True)
    ]
    assert squad_measured["abstention"]["questions"] == 4
    assert squad_measured["abstention"]["recall"] == 1.0
    assert squad_measured["abstention"]["auroc"] == 1.0


def test_tricks_are_counted_apart(squad_measured: Any, measured: Any) -> None:
    names = list(squad_measured)
    assert names.pop(names.index("abstention") + 1) == "unanswerable"
    assert names == list(measured)
    assert list(squad_measured["unanswerable"]) == ["questions", "recall", "auroc"]
    assert squad_measured["unanswerable"]["questions"] == 1
    (trick,) = [one for one in squad_measured["cases"] if one["kind"] == "unanswerable"]
    assert trick["question"] == TRICK
    assert squad_measured["unanswerable"]["recall"] == float(trick["passed"])


def test_a_terminal_counts_the_tricks_that_were_answered_and_lists_none(
    squad: Path, squad_measured: Any, shared_stock: Stock
) -> None:
    (failure,) = squad_measured["failures"]
    assert (failure["question"], failure["why"]) == (TRICK, "should have abstained")
    done = footnote("eval", squad, "--home", shared_stock.home)
    *_, blank, line = done.out.splitlines()
    assert blank == ""
    assert line.startswith("1 of SQuAD's own unanswerable questions")
    assert TRICK not in done.out
    assert "SQuAD’s tricks" in done.out


def test_articles_leave_the_home_alone(
    squad: Path, stock: Stock, home: Path, temporary: Path
) -> None:
    before = contents(stock.home)
    for place in (stock.home, home):
        assert measure(place, squad, "--questions", "1")["questions"] == 1
    assert contents(stock.home) == before
    assert not home.exists()
    assert list(temporary.iterdir()) == []


def test_one_article_has_no_other_half_to_be_absent_from(tmp_path: Path, home: Path) -> None:
    form = measure(home, write_squad(tmp_path / "one.json", ARTICLES[1:2]))
    assert (form["questions"], form["answer_in_quote"]) == (1, 1.0)
    assert form["abstention"]["questions"] == 0
    assert form["abstention"]["recall"] is None


def test_a_few_questions_on_articles_are_asked_with_their_absent_twins(
    squad: Path, home: Path
) -> None:
    form = measure(home, squad, "--questions", "2")
    asked = [(one["kind"], one["question"]) for one in form["cases"]]
    assert asked == [
        (kind, question)
        for kind in ("answerable", "absent")
        for question in (ANSWERABLE[0], ANSWERABLE[2])
    ]
    assert form["questions"] == 2


def test_articles_of_several_files_are_asked_together(tmp_path: Path, home: Path) -> None:
    first = write_squad(tmp_path / "first.json", ARTICLES[1:2])
    second = write_squad(tmp_path / "second.JSON", ARTICLES[2:3])
    form = measure(home, first, second)
    assert (form["questions"], form["abstention"]["questions"]) == (2, 2)


@pytest.mark.usefixtures("unasked")
def test_articles_and_yaml_are_not_measured_together(squad: Path, right: Path, home: Path) -> None:
    done = footnote("eval", right, squad, "--home", home)
    assert_refused(done, str(squad), str(right))
    assert not home.exists()


@pytest.mark.usefixtures("unasked")
def test_articles_with_other_documents_are_wrong_usage(
    squad: Path, shared_stock: Stock, home: Path
) -> None:
    done = footnote("eval", squad, "--documents", shared_stock.notes, "--home", home)
    assert (done.code, done.out) == (2, "")
    assert "their own documents" in done.err
    assert not home.exists()
