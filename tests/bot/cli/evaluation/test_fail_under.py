"""`--fail-under`: the least that figures must be."""

from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli.evaluation.eval import gated, parse_gate, shortfalls
from retrieval.evaluation.figures import Figure, every_figure
from tests.bot.conftest import Stock
from tests.support.shell import footnote, measure


def test_figures_that_are_reached_end_with_0(cases: Path, shared_stock: Stock) -> None:
    gate = "answer_in_quote=0.5, hit@5=0.8,abstention.recall=0.5,"
    measure(shared_stock.home, cases, "--fail-under", gate)


def test_a_figure_that_is_not_reached_ends_with_1_after_all_is_printed(
    cases: Path, measured: Any, shared_stock: Stock
) -> None:
    gate = "hit@5=0.8,answer_in_quote=0.51,right_document=1"
    for form in ([], ["--json"]):
        done = footnote("eval", cases, "--fail-under", gate, *form, "--home", shared_stock.home)
        assert done.code == 1
        first, second = done.err.splitlines()
        assert first.startswith("footnote: answer_in_quote is 0.5000, and must be at least 0.51.")
        assert second.startswith("footnote: right_document is 0.5000, and must be at least 1.")
        if form:
            assert done.json["cases"] == measured["cases"]
        else:
            assert "5 of 8 cases failed:" in done.out


def test_a_figure_that_can_not_be_measured_is_not_reached(right: Path, shared_stock: Stock) -> None:
    gate = "unanswerable.recall=0,hit@1=1"
    done = footnote("eval", right, "--fail-under", gate, "--json", "--home", shared_stock.home)
    assert done.code == 1
    assert done.json["hit@1"] == 1.0
    (sentence,) = done.err.splitlines()
    assert sentence.startswith("footnote: unanswerable.recall could not be measured")


@pytest.mark.usefixtures("unasked")
@pytest.mark.parametrize(
    ("gate", "words"),
    [
        ("hit@7=0.9", ["'hit@7'", "hit@5"]),
        ("recall=0.9", ["'recall'", "abstention.recall"]),
        ("ask_ms.p50=0.9", ["'ask_ms.p50'"]),
        ("hit@5", ["'hit@5'", "from 0 to 1"]),
        ("hit@5=", ["from 0 to 1"]),
        ("hit@5=high", ["'hit@5=high'", "from 0 to 1"]),
        ("hit@5=90%", ["from 0 to 1"]),
        ("mrr=0.9,hit@5=1.01", ["'hit@5=1.01'", "from 0 to 1"]),
        ("hit@5=-0.1", ["from 0 to 1"]),
        ("hit@5=nan", ["from 0 to 1"]),
        ("=0.9", ["''"]),
    ],
)
def test_a_figure_that_no_one_can_insist_on_is_wrong_usage(
    gate: str, words: list[str], right: Path, shared_stock: Stock
) -> None:
    done = footnote("eval", right, "--fail-under", gate, "--home", shared_stock.home)
    assert (done.code, done.out) == (2, "")
    assert [word for word in words if word not in done.err] == []


# --- Piece by piece


NAMES = ["hit@5", "mrr", "abstention.answered_at_1%"]


@pytest.mark.parametrize("text", ["", " ", ",", " , ,"])
def test_nothing_to_insist_on_is_insisted_on_in_vain(text: str) -> None:
    assert parse_gate([text], NAMES) == {}


def test_white_space_and_commas_too_many_do_no_harm() -> None:
    text = " hit@5 = 0.9 ,, mrr=1,\n abstention.answered_at_1% = .5,"
    assert parse_gate([text], NAMES) == {"hit@5": 0.9, "mrr": 1.0, "abstention.answered_at_1%": 0.5}


@pytest.mark.parametrize(("name", "meant"), [("hit@6", "hit@5"), ("mmr", "mrr"), ("hits", "hit@5")])
def test_a_name_that_is_nearly_one_is_guessed(name: str, meant: str) -> None:
    with pytest.raises(typer.BadParameter, match=f"no figure '{name}'.* Did you mean {meant}"):
        parse_gate([f"{name}=0.9"], NAMES)


def test_a_name_that_is_like_none_is_answered_with_all_there_are() -> None:
    with pytest.raises(typer.BadParameter) as caught:
        parse_gate(["characters=1"], NAMES)
    assert "Did you mean" not in str(caught.value)
    assert ", ".join(NAMES) in str(caught.value)


def test_only_figures_of_which_more_is_better_can_be_insisted_on() -> None:
    names = gated(every_figure())
    assert {"hit@1", "ndcg@5", "answer_in_quote", "abstention.auroc"} < set(names)
    for name in ("questions", "ask_ms.p95", "quoted_characters", "questions_a_second"):
        assert name not in names


def test_every_figure_that_can_be_insisted_on_stands_in_json(measured: Any) -> None:
    for name in gated(every_figure()):
        *levels, last = name.split(".")
        place = measured
        for level in levels:
            place = place.get(level, {})
        assert last in place or levels == ["unanswerable"]


def test_a_figure_that_is_just_reached_is_reached() -> None:
    figures = [
        Figure("hit@5", "", 0.9),
        Figure("mrr", "", 0.8),
        Figure("questions", "", 3, "count"),
    ]
    assert list(shortfalls({"hit@5": 0.9, "mrr": 0.0}, figures)) == []


def test_each_figure_that_is_not_reached_gets_a_sentence() -> None:
    figures = [Figure("hit@5", "", 0.5), Figure("mrr", "", None), Figure("ndcg@5", "", 0.9)]
    gate = {"mrr": 0.0, "hit@5": 0.75, "ndcg@5": 0.8, "unanswerable.recall": 0.1}
    below, missing, absent = sorted(shortfalls(gate, figures))
    assert below == "hit@5 is 0.5000, and must be at least 0.75."
    assert missing.startswith("mrr could not be measured")
    assert absent.startswith("unanswerable.recall could not be measured")


def test_figures_may_be_named_in_several_options_but_none_twice() -> None:
    assert parse_gate(["hit@5=0.9", "mrr=0.8"], NAMES) == {"hit@5": 0.9, "mrr": 0.8}
    for texts in (["mrr=1,mrr=0"], ["mrr=1", "mrr=0"]):
        with pytest.raises(typer.BadParameter, match="mrr is named twice"):
            parse_gate(texts, NAMES)
