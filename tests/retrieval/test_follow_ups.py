"""A follow-up finds what the same question finds that is written out, with no chat model."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from retrieval.condense import condense
from retrieval.embed import SentenceEmbedder
from retrieval.library import Library
from retrieval.schema import Turn
from retrieval.sources import sample

from .places import note, opened, put

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("follow_ups.yaml").read_text(encoding="utf-8")
)
ARTICLE = Path(__file__).parents[3] / "shared" / "article" / "article.txt"
# What else there is to be found.
OTHERS = {
    "Lighthouses": "The lighthouse at Skerry was built in 1851. Its first keeper was Ada Lorne.",
    "The ferry": "The ferry to Skerry leaves at nine. It was run by Ivo Brand for ten summers.",
    "Lending": "Members may borrow five books at a time, for three weeks. She who is late pays.",
    "Hours": "The office opens at nine in the morning. When it is closed, write a letter to it.",
    "Council": "The council has twelve members. He who leaves his post tells it before.",
    "Printing": "You can print at the desk. A page costs ten cents. Where it is, the map shows.",
}
MOST_LOST = 0.05


@dataclass(frozen=True, slots=True)
class Found:
    """The mean of one by the rank of the passage that has the answer, and the share of cases in
    which it is among the first five."""

    mrr: float
    hit_5: float


@pytest.fixture(scope="module", params=["sample", "article"])
def about(request: pytest.FixtureRequest) -> str:
    """What is asked about."""
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
    others = [note(title, text, title) for title, text in OTHERS.items()]
    with opened(tmp_path_factory.mktemp("home"), embedder) as library:
        put(library, [asked_about, *others])
        yield library


def turns(library: Library, case: dict[str, Any]) -> list[Turn]:
    """What was said before the follow-up."""
    before, asked = list[Turn](), case["first"]
    for question in [asked] if isinstance(asked, str) else asked:
        before.append(Turn(question, library.ask(question, before).text))
    return before


def measure(library: Library, queries: Sequence[str], answers: Sequence[str]) -> Found:
    """How well some queries find."""
    ranks = [rank(library, *pair) for pair in zip(queries, answers, strict=True)]
    found = [place for place in ranks if place]
    return Found(sum(1 / place for place in found) / len(ranks), len(found) / len(ranks))


def rank(library: Library, query: str, answer: str) -> int:
    """Which of the first five passages has the answer, from 1; 0 if none has."""
    found = library.search(query, 5)
    texts = [" ".join(passage.text.split()) for passage in found]
    return next((place for place, text in enumerate(texts, 1) if answer in text), 0)


@pytest.fixture(scope="module")
def asking(library: Library, about: str) -> Callable[[Callable[[dict[str, Any]], str]], Found]:
    """Measures one way to ask."""
    cases = CASES[about]
    answers = [case["answer"] for case in cases]
    return lambda way: measure(library, [way(case) for case in cases], answers)


def test_there_are_as_many_conversations_as_promised() -> None:
    assert len(CASES["sample"]) >= 24
    assert len(CASES["sample"]) + len(CASES["article"]) >= 40


def test_a_follow_up_finds_what_is_found_for_it_written_out(
    library: Library, asking: Callable[[Callable[[dict[str, Any]], str]], Found]
) -> None:
    alone = asking(lambda case: str(case["follow_up"]))
    condensed = asking(lambda case: condense(case["follow_up"], turns(library, case)))
    written_out = asking(lambda case: str(case["written_out"]))
    assert condensed.hit_5 >= written_out.hit_5 - MOST_LOST
    assert condensed.mrr > alone.mrr
