"""A terminal shows an evaluation piece by piece."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest

from bot.output.terminal import make_console
from bot.report.baseline import Comparison
from bot.report.report import Report
from bot.report.terminal_summary import LONGEST, came, expected, show_scores
from retrieval.evaluation.figures import Figure, measure
from retrieval.evaluation.golden import Golden, Kind, Outcome
from retrieval.evaluation.run import Evaluation
from retrieval.types import Answer, Citation, Passage

TEXT = "The gate of the garden is green."
PASSAGE = Passage("d1", "Garden", "/garden.txt", None, 0, len(TEXT), TEXT)
OTHER = Passage("d2", "Soup", "/soup.txt", None, 0, 18, "The soup is green.")
CITATION = Citation(1, "d1", "Garden", "/garden.txt", None, 0, len(TEXT), TEXT)
GREEN = Golden("Which colour is the gate?", ("green",), place="c.yaml:1")
RED = replace(GREEN, answers=("red", "crimson"))
ABSENT = Golden("Who broke the gate?", kind=Kind.ABSENT, place="c.yaml:4")
TRICK = Golden("Which colour is the fence?", kind=Kind.TRICK, place="squad.json: Garden")
THRESHOLD = 0.4


def outcome(golden: Golden, answered: bool = True, text: str = f"{TEXT} [1]") -> Outcome:
    """A question that is answered from the garden, or abstained from."""
    answer = Answer(
        golden.question,
        answered,
        text if answered else "The documents don't say.",
        0.75 if answered else 0.25,
        "quote",
        (CITATION,) if answered else (),
        (OTHER, PASSAGE),
    )
    return Outcome(golden, replace(answer, elapsed_ms=20.0))


def report(
    *outcomes: Outcome, comparison: Comparison | None = None, figures: tuple[Figure, ...] = ()
) -> Report:
    evaluation = Evaluation(outcomes)
    figures = figures or measure(evaluation)
    return Report("c.yaml", datetime.now(UTC), (), evaluation, figures, THRESHOLD, comparison)


def shown(found: Report) -> str:
    stream = StringIO()
    show_scores(make_console(stream), found)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


# --- The table


def test_the_table_has_a_row_for_each_figure_under_its_group() -> None:
    figures = (
        Figure("hit@1", "hit@1", 0.25),
        Figure("mrr", "MRR", None),
        Figure("answer_in_quote", "answer in the quotes", 1 / 3),
        Figure("ask_ms.p50", "ask, median", 1234.56, "ms"),
    )
    lines = shown(report(figures=figures)).splitlines()
    assert [re.split("  +", line) for line in lines] == [
        ["Finding"],
        ["", "hit@1", "0.250"],
        ["", "MRR", "–"],
        ["Quoting"],
        ["", "answer in the quotes", "0.333"],
        ["Speed"],
        ["", "ask, median", "1,234.6 ms"],
    ]
    assert len({len(line) for line in lines if line.startswith("  ")}) == 1


def test_beside_an_earlier_run_the_table_has_its_values_and_the_change() -> None:
    figures = (
        Figure("hit@1", "hit@1", 0.25),
        Figure("mrr", "MRR", 0.5),
        Figure("hit@3", "hit@3", 1.0),
    )
    comparison = Comparison({"hit@1": 0.5, "hit@3": 1.0}, (), ())
    lines = shown(report(figures=figures, comparison=comparison)).splitlines()
    assert [line.split() for line in lines] == [
        ["figure", "now", "before", "change"],
        ["Finding"],
        ["hit@1", "0.250", "0.500", "−0.250"],
        ["MRR", "0.500", "–", "–"],
        ["hit@3", "1.000", "1.000", "±0"],
    ]


# --- The cases that went wrong


def test_a_case_that_went_wrong_is_shown_in_two_lines() -> None:
    lines = shown(report(outcome(RED), outcome(GREEN), outcome(ABSENT))).splitlines()
    assert lines[lines.index("2 of 3 cases failed:") - 1 :] == [
        "",
        "2 of 3 cases failed:",
        "",
        "not retrieved: Which colour is the gate?  c.yaml:1",
        f"   expected “red” or “crimson”; came “{TEXT} [1]” from Garden, at a confidence of 0.75",
        "",
        "should have abstained: Who broke the gate?  c.yaml:4",
        f"   expected that it abstains; came “{TEXT} [1]” from Garden, at a confidence of 0.75",
    ]


def test_nothing_is_said_of_cases_where_all_came_out_right() -> None:
    found = shown(report(outcome(GREEN), outcome(ABSENT, False), outcome(TRICK, False)))
    assert "" not in found.splitlines()
    assert "failed" not in found
    assert "answered;" not in found


def test_tricks_that_were_answered_are_counted_and_not_listed() -> None:
    *_, blank, line = shown(report(outcome(GREEN), outcome(TRICK), outcome(TRICK))).splitlines()
    assert blank == ""
    assert line.startswith("2 of SQuAD's own unanswerable questions were answered")
    assert "--report" in line
    assert "--json" in line


def test_cases_that_changed_sides_stand_under_a_heading_of_their_own() -> None:
    mended, broken = outcome(GREEN), outcome(ABSENT)
    found = shown(report(mended, broken, comparison=Comparison({}, (mended,), (broken,))))
    assert "\n\nRight now, wrong before:\n  Which colour is the gate?\n" in found
    assert "\n\nWrong now, right before:\n  Who broke the gate?\n" in found


def test_no_heading_stands_over_nothing() -> None:
    one = (outcome(GREEN),)
    mended = shown(report(*one, comparison=Comparison({}, one, ())))
    broken = shown(report(*one, comparison=Comparison({}, (), one)))
    assert "Right now, wrong before:" in mended
    assert "Right now, wrong before:" not in broken
    assert "Wrong now, right before:" in broken
    assert "Wrong now, right before:" not in mended


# --- What was expected, and what came


@pytest.mark.parametrize(
    ("golden", "words"),
    [
        (GREEN, "“green”"),
        (RED, "“red” or “crimson”"),
        (replace(GREEN, source="garden.txt"), "“green” from garden.txt"),
        (ABSENT, "that it abstains"),
    ],
)
def test_what_was_expected(golden: Golden, words: str) -> None:
    assert expected(outcome(golden)) == words


def test_an_abstention_is_told_with_its_confidence_and_the_threshold() -> None:
    assert came(outcome(RED, False), THRESHOLD) == (
        "it abstained, at a confidence of 0.25 below 0.40"
    )


def test_where_a_passage_that_was_found_holds_the_answer_its_place_is_told() -> None:
    garden = replace(GREEN, answers=("gate of the garden",))
    assert came(outcome(garden, False), THRESHOLD).endswith(", though passage 2 holds it")
    elsewhere = outcome(replace(GREEN, source="soup.txt"))
    assert came(elsewhere, THRESHOLD).endswith("at a confidence of 0.75, though passage 1 holds it")
    assert "though" not in came(outcome(RED), THRESHOLD)
    assert "though" not in came(outcome(ABSENT), THRESHOLD)


def test_each_document_that_was_cited_is_named_once() -> None:
    found = outcome(RED)
    cited = (CITATION, replace(CITATION, number=2), replace(CITATION, number=3, title="Soup"))
    answer = replace(found.answer, citations=cited)
    assert "from Garden, Soup, at a confidence of 0.75" in came(
        replace(found, answer=answer), THRESHOLD
    )


def test_a_long_answer_is_cut_between_words_and_put_on_one_line() -> None:
    words = came(outcome(RED, text="one\ntwo\n\n" * 100), THRESHOLD)
    quoted = words[words.index("“") + 1 : words.index("”")]
    assert quoted.startswith("one two one")
    assert quoted.endswith(" …")
    assert len(quoted) <= LONGEST + len(" …")


def test_markup_and_emoji_codes_stay_text() -> None:
    marked = "[bold]x[/bold] [/] :smile: [link=https://example.org]y"
    golden = Golden(marked, (f"{marked}!",), source=marked, place=marked)
    right = outcome(replace(GREEN, question=marked))
    wrong = outcome(golden, text=marked)
    titled = replace(wrong.answer, citations=(replace(CITATION, title=marked),))
    comparison = Comparison({}, (right,), ())
    found = shown(report(replace(wrong, answer=titled), comparison=comparison))
    assert found.count(marked) == 1 + 2 + 2 + 2
