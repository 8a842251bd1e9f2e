"""A follow-up finds what the same question finds that is written out, with no chat model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from retrieval.answer.follow_up import condense
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.library import Library
from retrieval.reading.source import sample
from retrieval.types import Turn
from tests.support.homes import note, opened, put

pytestmark = pytest.mark.long

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("follow_ups.yaml").read_text(encoding="utf-8")
)
ARTICLE = Path(__file__).parents[4] / "shared" / "article" / "article.txt"
# What else there is to be found.
OTHERS = {
    "Lighthouses": "The lighthouse at Skerry was built in 1851. Its first keeper was Ada Lorne.",
    "The ferry": "The ferry to Skerry leaves at nine. It was run by Ivo Brand for ten summers.",
    "Lending": "Members may borrow five books at a time, for three weeks. She who is late pays.",
    "Hours": "The office opens at nine in the morning. When it is closed, write a letter to it.",
    "Council": "The council has twelve members. He who leaves his post tells it before.",
    "Printing": "You can print at the desk. A page costs ten cents. Where it is, the map shows.",
}
# Who did much the same, so that one has to know who is meant.
PEOPLE = [
    ("Ada Lorne", "she", "lighthouse board", "Ivo Brand"),
    ("Ivo Brand", "he", "ferry company", "Petra Voll"),
    ("Petra Voll", "she", "town library", "Samir Aas"),
    ("Samir Aas", "he", "council of Holm", "Greta Lund"),
    ("Greta Lund", "she", "printing office", "Tom Weir"),
    ("Tom Weir", "he", "museum of Skerry", "Ada Lorne"),
]
DEEDS = [
    "{name} was head of the {office} and left in protest. Before that {who} was its adviser.",
    "{name} wrote a letter to {other} in May, when {who} retired. It was put in the newspaper.",
    "{name} told the {office} in June why {who} was leaving. The {office} said what it thought.",
    "{other} criticised {name} on social media. {name} accused {other} of what {who} did there.",
]
RIVALS = [
    (f"{deed.split()[1]} {name}", deed.format(name=name, who=who, office=office, other=other))
    for name, who, office, other in PEOPLE
    for deed in DEEDS
]
# Shares of the cases that may be lost against the question written out: of those in which one of
# the first five passages has the answer, and of those in which the first one has.
MOST_LOST, MOST_LOST_FIRST = 0.05, 0.1


@dataclass(frozen=True, slots=True)
class Found:
    """The shares of cases in which the first passage has the answer, or one of the first five."""

    hit_1: float
    hit_5: float


@dataclass(frozen=True, slots=True)
class Ways:
    """The findings for follow-ups alone, for what they are made into, and for them written out."""

    alone: Found
    condensed: Found
    written_out: Found


@pytest.fixture(scope="module", params=["sample", "article"])
def about(request: pytest.FixtureRequest) -> str:
    """Return what is asked about."""
    name: str = request.param
    if name == "article" and not ARTICLE.exists():
        pytest.skip("the article is not here")
    return name


@pytest.fixture(scope="module")
def library(
    about: str, embedder: SentenceEmbedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """A library with that, among others."""
    asked_about = sample() if about == "sample" else note("article", ARTICLE.read_text())
    others = [note(title, text, title) for title, text in [*OTHERS.items(), *RIVALS]]
    with opened(tmp_path_factory.mktemp("home"), embedder) as library:
        put(library, [asked_about, *others])
        yield library


def turns(library: Library, case: dict[str, Any]) -> list[Turn]:
    """Return what was said before the follow-up."""
    before, asked = list[Turn](), case["first"]
    for question in [asked] if isinstance(asked, str) else asked:
        before.append(Turn(question, library.ask(question, before).text))
    return before


def measure(library: Library, queries: Sequence[str], answers: Sequence[str]) -> Found:
    """Return how well some queries find."""
    ranks = [rank(library, *pair) for pair in zip(queries, answers, strict=True)]
    return Found(ranks.count(1) / len(ranks), sum(place > 0 for place in ranks) / len(ranks))


def rank(library: Library, query: str, answer: str) -> int:
    """Which of the first five passages has the answer, from 1; 0 if none has."""
    found = library.search(query, 5)
    texts = [" ".join(passage.text.split()) for passage in found]
    return next((place for place, text in enumerate(texts, 1) if answer in text), 0)


@pytest.fixture(scope="module")
def ways(library: Library, about: str) -> Ways:
    """Return how well each way to ask finds."""
    cases = CASES[about]
    answers = [case["answer"] for case in cases]
    alone = [case["follow_up"] for case in cases]
    condensed = [condense(case["follow_up"], turns(library, case)) for case in cases]
    written_out = [case["written_out"] for case in cases]
    return Ways(*(measure(library, asked, answers) for asked in (alone, condensed, written_out)))


def test_there_are_as_many_conversations_as_promised() -> None:
    assert len(CASES["sample"]) >= 24
    assert len(CASES["article"]) >= 20


def test_a_follow_up_finds_what_is_found_for_it_written_out(ways: Ways) -> None:
    assert ways.condensed.hit_5 >= ways.written_out.hit_5 - MOST_LOST


def test_what_is_found_for_a_follow_up_seldom_stands_further_down(ways: Ways) -> None:
    assert ways.condensed.hit_1 >= ways.written_out.hit_1 - MOST_LOST_FIRST


def test_it_would_not_be_found_for_the_follow_up_alone(ways: Ways) -> None:
    assert ways.alone.hit_5 < ways.written_out.hit_5 - MOST_LOST
    assert ways.alone.hit_5 < ways.condensed.hit_5
