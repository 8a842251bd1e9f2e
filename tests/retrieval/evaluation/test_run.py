"""Golden questions are asked as members ask, of the libraries that they are meant for."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.errors import FootnoteError
from retrieval.evaluation.figures import measure
from retrieval.evaluation.golden import Fault, Golden, Kind
from retrieval.evaluation.golden_files import GoldenSet, read_questions
from retrieval.evaluation.run import (
    HALVES,
    Evaluation,
    Plan,
    add_articles,
    check_cases,
    evaluate,
    plan,
)
from retrieval.evaluation.yaml_cases import read_cases
from retrieval.library import Library
from retrieval.weights.fitted import Fitted
from tests.support.homes import contents, never_abstaining, note, opened, put
from tests.support.texts.outcomes import outcome

FIRST, SECOND = HALVES

# Four articles of two paragraphs, each with a question that one of them answers.
ARTICLES = {
    "Copper_kettles": [
        "A copper kettle warms evenly. Smiths of Holm beat it from one sheet of metal.",
        "The spout is soldered on last. A lid of brass keeps the steam in.",
    ],
    "The_night_ferry": [
        "The night ferry leaves the harbour at eleven. It reaches the island before dawn.",
        "Cabins hold four people each. Dogs travel on the upper deck.",
    ],
    "Bridge_of_nine_arches": [
        "The bridge was opened in 1912. Oda Krall drew its nine arches of red stone.",
        "Carts paid a toll of two crowns. Walkers crossed it for nothing.",
    ],
    "Beekeeping": [
        "Bees are kept in boxes of lime wood. The combs are taken out in August.",
        "Smoke calms a swarm. A keeper wears a veil and thick gloves.",
    ],
}
ASKED = {
    "Copper_kettles": ("From how many sheets of metal is a copper kettle beaten?", "one sheet"),
    "The_night_ferry": ("When does the night ferry leave the harbour?", "at eleven"),
    "Bridge_of_nine_arches": ("Who drew the nine arches of the bridge?", "Oda Krall"),
    "Beekeeping": ("What calms a swarm of bees?", "Smoke"),
}
TRICK = "Who soldered the nine arches of the night ferry?"
CASES = """\
- question: When does the night ferry leave the harbour?
  expect: [at noon, at eleven]
  source: ferry.md
- question: When does the night ferry reach the island?
  expect: before dawn
  source: bridge.md
- question: Who drew the nine arches of the bridge?
  expect: Ada Lovelace
- question: What is the highest mountain of Peru?
  expect: abstain
- question: How many people does a cabin hold?
  expect: four people
  library: harbour
"""


def squad_file(path: Path) -> Path:
    """The articles in SQuAD's format, with their questions and a trick."""
    articles = []
    for title, paragraphs in ARTICLES.items():
        question, answer = ASKED[title]
        parts = []
        for text in paragraphs:
            start = text.find(answer)
            answers = [{"text": answer, "answer_start": start}]
            asked = [{"question": question, "answers": answers}] if start >= 0 else []
            parts.append({"context": text, "qas": asked})
        articles.append({"title": title, "paragraphs": parts})
    articles[0]["paragraphs"][1]["qas"].append({"question": TRICK, "answers": []})  # type: ignore[index]
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return path


def golden_set(*sources: str, tricks: Sequence[str] = ()) -> GoldenSet:
    """Documents, with one question on each and a trick on some."""
    place = "set.json: {}".format
    asked = [Golden(f"What of {s}?", (s,), f"It is {s}.", s, place=place(s)) for s in sources]
    asked += [Golden(f"Why {s}?", source=s, kind=Kind.TRICK, place=place(s)) for s in tricks]
    return GoldenSet(tuple((source, f"It is {source}.") for source in sources), tuple(asked))


def deaf(fitted: Fitted) -> Fitted:
    """The same numbers with a threshold that no answer passes."""
    return replace(fitted, confidence=replace(fitted.confidence, threshold=2.0))


def with_numbers(library: Library, fitted: Fitted) -> Library:
    """The same home, asked with other numbers."""
    return Library(library.home, library.embedder, fitted, library.intake, reader=library.reader)


def run(library: Library, planned: Plan) -> Evaluation:
    """An evaluation that tells of every question."""
    asked: list[bool] = []
    found = evaluate(library, planned, lambda: asked.append(True))
    assert len(asked) == len(planned)
    assert [o.golden for o in found.outcomes] == list(planned.cases)
    assert [o.golden for o in found.controls] == list(planned.controls)
    for one in (*found.outcomes, *found.controls):
        assert one.answer.question == one.golden.question
        assert one.answer.elapsed_ms > 0
    return found


# What is planned


def test_cases_without_documents_are_asked_as_they_stand() -> None:
    cases = (Golden("When?", ("at noon",), library="harbour"), Golden("Who?", kind=Kind.ABSENT))
    assert plan(GoldenSet((), cases)) == Plan(cases)
    assert len(plan(GoldenSet((), cases))) == 2


def test_one_document_has_no_other_half() -> None:
    alone = golden_set("tea", tricks=["tea"])
    assert plan(alone) == Plan(alone.cases)


def test_each_question_is_a_control_in_its_own_half_and_absent_from_the_other() -> None:
    given_set = golden_set("tea", "ferry", "bridge", tricks=["ferry"])
    planned = plan(given_set)
    assert planned.cases[:4] == given_set.cases
    controls = [replace(one, library=half) for one, half in zip(
        given_set.cases, [FIRST, SECOND, SECOND], strict=False,
    )]  # fmt: skip
    assert list(planned.controls) == controls
    assert list(planned.cases[4:]) == [
        Golden(one.question, library=half, kind=Kind.ABSENT, place=one.place)
        for one, half in zip(controls, [SECOND, FIRST, FIRST], strict=True)
    ]
    assert len(planned) == 4 + 3 + 3


@given(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=8, unique=True),
    st.sets(st.sampled_from("abcdefgh")),
)
def test_controls_and_absent_ones_are_put_to_the_same_libraries(
    sources: list[str], tricks: set[str]
) -> None:
    given_set = golden_set(*sources, tricks=sorted(tricks & set(sources)))
    planned = plan(given_set)
    absent = [one for one in planned.cases if one.kind is Kind.ABSENT]
    assert planned.cases[: len(given_set.cases)] == given_set.cases
    assert len(absent) == len(planned.controls) == (len(sources) if len(sources) > 1 else 0)
    for control, other in zip(planned.controls, absent, strict=True):
        assert {control.library, other.library} == set(HALVES)
        assert (control.question, control.place) == (other.question, other.place)
        assert control.answers
        assert (other.answers, other.evidence, other.source) == ((), "", "")
    # Every document lies in one half, and the halves are as even as can be.
    halves = [control.library for control in planned.controls]
    assert halves == sorted(halves, key=HALVES.index)
    assert abs(halves.count(FIRST) - halves.count(SECOND)) <= 1


def test_abstaining_is_judged_on_controls_where_there_are_some() -> None:
    held, absent = outcome(Golden("When?", ("at noon",))), outcome(Golden("?", kind=Kind.ABSENT))
    control = outcome(Golden("When?", ("at noon",), library=FIRST))
    assert Evaluation((held, absent)).held == [held]
    assert Evaluation((held, absent), (control,)).held == (control,)
    assert Evaluation((held, absent), (control,)).of(Kind.ABSENT) == [absent]


# The libraries


def test_articles_are_put_into_one_library_and_into_its_halves(library: Library) -> None:
    documents = [("Tea", "Tea is hot."), ("Ferry", "It is slow."), ("Bridge", "It is old.")]
    passages: list[int] = []
    added = list(add_articles(library, documents, passages.append))
    assert [one.document.title for one in added if one.document] == [
        "Tea", "Ferry", "Bridge", "Tea", "Ferry", "Bridge",
    ]  # fmt: skip
    assert sum(passages) == len(added)
    titles = {
        name: sorted(contents(library, name).titles.values()) for name in library.home.names()
    }
    assert titles == {
        "common": ["Bridge", "Ferry", "Tea"], FIRST: ["Tea"], SECOND: ["Bridge", "Ferry"],
    }  # fmt: skip


def test_an_article_that_cannot_be_added_stops_it(library: Library) -> None:
    with pytest.raises(FootnoteError, match="An article can't be added: squad:Ferry "):
        list(add_articles(library, [("Tea", "Tea is hot."), ("Ferry", " \n")]))


def test_a_library_that_is_not_there_is_named_with_the_case_that_asks_it(library: Library) -> None:
    put(library, [note("tea", "Tea is hot.")])
    cases = [
        Golden("How hot?", place="a.yaml:1"),
        Golden("When?", library="harbour", place="a.yaml:3"),
        Golden("Who?", library="harbour", place="a.yaml:5"),
    ]
    check_cases(library, cases[:1])
    with pytest.raises(FootnoteError) as caught:
        check_cases(library, cases)
    assert str(caught.value) == ("a.yaml:3: There is no library 'harbour'. There are: common.")
    assert library.home.names() == ["common"]


def test_a_library_that_holds_nothing_is_named_with_the_way_to_fill_it(library: Library) -> None:
    with pytest.raises(FootnoteError) as caught:
        check_cases(library, [Golden("How hot?", place="a.yaml:7")])
    assert str(caught.value) == (
        "a.yaml:7: The library 'common' holds no documents to ask about. "
        "Add some with `footnote add`, or name them with --documents."
    )


def test_no_cases_need_no_libraries(library: Library) -> None:
    check_cases(library, [])
    assert run(library, Plan(())) == Evaluation(())


# From a file to its outcomes


@pytest.fixture(scope="module")
def articles(
    embedder: SentenceEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Library, GoldenSet]]:
    """A home with the articles, whole and in halves, and what is asked of them."""
    folder = tmp_path_factory.mktemp("squad")
    golden = read_questions([squad_file(folder / "four.json")])
    with opened(folder / "home", embedder) as library:
        for _ in add_articles(library, golden.documents):
            pass
        yield library, golden


def test_squad_end_to_end(articles: tuple[Library, GoldenSet]) -> None:
    library, golden = articles
    willing = with_numbers(library, never_abstaining(library.fitted))
    planned = plan(golden)
    check_cases(willing, planned.cases)
    found = run(willing, planned)
    kinds = [o.golden.kind for o in found.outcomes]
    assert kinds == [Kind.ANSWERABLE] * 4 + [Kind.TRICK] + [Kind.ABSENT] * 4
    assert [o.rank for o in found.of(Kind.ANSWERABLE)] == [1, 1, 1, 1]
    assert [o.fault for o in (*found.of(Kind.ANSWERABLE), *found.controls)] == [None] * 8
    assert {o.fault for o in found.of(Kind.ABSENT)} == {Fault.ANSWERED}
    for control, absent in zip(found.controls, found.of(Kind.ABSENT), strict=True):
        assert control.golden.source in {p.title for p in control.answer.passages}
        assert control.golden.source not in {p.title for p in absent.answer.passages}
        assert control.answer.confidence > absent.answer.confidence
    figures = {figure.name: figure.value for figure in measure(found)}
    assert figures["questions"] == 5
    for name in ("hit@1", "mrr", "answer_in_quote", "right_document", "abstention.auroc"):
        assert figures[name] == 1.0
    assert figures["abstention.recall"] == figures["unanswerable.recall"] == 0.0


def test_with_a_threshold_that_nothing_passes_all_is_abstained_on(
    articles: tuple[Library, GoldenSet],
) -> None:
    library, golden = articles
    found = run(with_numbers(library, deaf(library.fitted)), plan(golden))
    assert {o.fault for o in (*found.of(Kind.ANSWERABLE), *found.controls)} == {Fault.ABSTAINED}
    assert {o.fault for o in (*found.of(Kind.ABSENT), *found.of(Kind.TRICK))} == {None}
    figures = {figure.name: figure.value for figure in measure(found)}
    assert figures["abstention.precision"] == 0.5
    assert figures["abstention.recall"] == figures["unanswerable.recall"] == 1.0
    assert figures["hit@1"] == 1.0


def test_yaml_end_to_end(library: Library, tmp_path: Path) -> None:
    ferry, bridge = ("\n\n".join(ARTICLES[t]) for t in ("The_night_ferry", "Bridge_of_nine_arches"))
    put(library, [note("/docs/ferry.md", ferry), note("/docs/bridge.md", bridge)])
    put(library, [note("/docs/ferry.md", ferry)], "harbour")
    (tmp_path / "cases.yaml").write_text(CASES)
    planned = plan(GoldenSet((), read_cases(tmp_path / "cases.yaml")))
    check_cases(library, planned.cases)
    found = run(with_numbers(library, never_abstaining(library.fitted)), planned)
    assert not found.controls
    assert [o.fault for o in found.outcomes] == [
        None, Fault.ELSEWHERE, Fault.NOT_RETRIEVED, Fault.ANSWERED, None,
    ]  # fmt: skip
    assert {p.source for p in found.outcomes[-1].answer.passages} == {"/docs/ferry.md"}


def test_it_is_the_members_own_way_of_asking_that_is_measured(
    articles: tuple[Library, GoldenSet],
) -> None:
    library, golden = articles
    for one in run(library, Plan(golden.cases)).outcomes:
        asked = library.ask(one.golden.question)
        assert replace(one.answer, elapsed_ms=asked.elapsed_ms) == asked
        assert one.answer.passages == tuple(library.search(one.golden.question))
        scores = [passage.score for passage in one.answer.passages]
        assert all(better >= worse for better, worse in pairwise(scores))
