"""Golden cases as tests: what the documents must answer, what not, and where an answer stands.

`examples/test_my_documents.py` is the same for documents of your own.
"""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import retrieval
from retrieval.embedding.embedder import SentenceEmbedder
from retrieval.evaluation.golden import Golden
from retrieval.evaluation.run import Plan, evaluate
from retrieval.evaluation.yaml_cases import read_cases
from retrieval.library import Library
from retrieval.reading.intake import Intake
from retrieval.reading.source import from_paths
from retrieval.store.home import Home
from retrieval.weights.fitted import load_fitted

DOCUMENTS = Path(
    retrieval.__path__[0], "reading", "sample", "briefing.md"
)  # a file, or a folder with all that is in it
CASES = Path(__file__).with_name("briefing.yaml")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    embedder = SentenceEmbedder()
    home = Home(tmp_path_factory.mktemp("home"), embedder.identity, on_wait=lambda: None)
    with (
        closing(Intake()) as intake,
        closing(Library(home, embedder, load_fitted(), intake)) as library,
    ):
        for added in library.add(from_paths([str(DOCUMENTS)])):
            assert added.error is None, added.error
        yield library


@pytest.mark.parametrize("case", read_cases(CASES), ids=lambda case: case.question)
def test_golden_case(case: Golden, library: Library) -> None:
    [outcome] = evaluate(library, Plan((case,)), asked=lambda: None).outcomes
    assert outcome.fault is None, f"{case.place}: {outcome.fault}: {outcome.answer.text}"
